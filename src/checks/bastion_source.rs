//! The range that a parameter hands to an SSH rule.

use ipnet::Ipv4Net;

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Cidr, Name, SecurityGroupIngress};
use crate::text::text;
use crate::topology::{Parameter, Topology};

pub static CHECK: Check = Check {
    code: "EC2-007",
    severity: Severity::Error,
    title: text("check.ec2-007.title", "SSH from a range that is refused"),
    why: text(
        "check.ec2-007.why",
        "The template takes an IPv4 range of /8 to /32 for SSH and refuses the rest: an SSH port that is open to the internet is attacked within minutes.",
    ),
    advice: text(
        "check.ec2-007.advice",
        "Give the address of your office or VPN, as 203.0.113.7/32, or leave it empty and be asked at deployment.",
    ),
    reference: "SEC05-BP02; CloudFormation user guide, parameters (AllowedPattern)",
    run,
};

/// The widest range that the parameter's pattern lets through.
const WIDEST: u8 = 8;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, rule) in topology.all::<SecurityGroupIngress>() {
        let Some(Cidr::Given(parameter)) = &rule.cidr else {
            continue;
        };
        let Some(given) = default(topology, parameter) else {
            continue;
        };
        if is_fit(given) {
            continue;
        }
        let message = text(
            "check.ec2-007.message",
            "{rule} would let SSH in from “{given}”.",
        )
        .with("rule", name.as_str())
        .with("given", crate::design::shorten(given));
        let ask = text("check.ec2-007.fix", "Ask for the range at deployment");
        let asked = subject.fix(&[(name, "CidrIp")], ask, &[("access.ssh_cidr", &"")]);
        let options = subject.blame(&[(name, "CidrIp")], &["access.ssh_cidr"]);
        findings.push(
            Finding::new(&CHECK, [name, &rule.group.name], message)
                .at_options(options)
                .with_fix(asked),
        );
    }
}

fn default<'a>(topology: &'a Topology, parameter: &Name) -> Option<&'a str> {
    let mut all = topology.stacks.iter().flat_map(|it| &it.parameters);
    let found: &Parameter = all.find(|it| it.name == *parameter)?;
    found.default.as_deref()
}

fn is_fit(given: &str) -> bool {
    let range = given.parse::<Ipv4Net>();
    range.is_ok_and(|it| it.prefix_len() >= WIDEST)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_the_internet_half_of_it_and_no_range_at_all() {
        for given in ["0.0.0.0/0", "128.0.0.0/1", "office"] {
            assert_eq!(
                findings(
                    &CHECK,
                    &format!("access.kind=bastion access.ssh_cidr={given}"),
                    &[]
                ),
                format!(
                    "BastionSshIngress, BastionSecurityGroup: BastionSshIngress would let SSH in from “{given}”."
                )
            );
        }
    }

    #[test]
    fn accepts_a_range_and_what_is_asked_for_at_deployment() {
        for settings in [
            "",
            "access.kind=bastion",
            "access.kind=bastion access.ssh_cidr=203.0.113.0/24",
            "access.kind=none access.ssh_cidr=0.0.0.0/0",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
