//! Instances behind a load balancer need no address of their own.

use super::remedy::Claim;
use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, Subnet};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EC2-001",
    severity: Severity::High,
    title: text("check.ec2-001.title", "Web instances with public addresses"),
    why: text(
        "check.ec2-001.why",
        "Each address is a second way in, past the load balancer and its logs, and costs 3.65 USD a month.",
    ),
    advice: text(
        "check.ec2-001.advice",
        "Launch instances in subnets that map no public addresses.",
    ),
    reference: "SEC05-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<AutoScalingGroup>() {
        let maps = |it: &Name| {
            topology
                .named::<Subnet>(it)
                .is_some_and(|it| it.public_addresses)
        };
        let mapping: Vec<&Name> = topology
            .subnets_of(name)
            .into_iter()
            .filter(|it| maps(it))
            .collect();
        if mapping.is_empty() {
            continue;
        }
        let message = text(
            "check.ec2-001.message",
            "Instances of {group} get public addresses in {subnets}.",
        )
        .with("group", name.as_str())
        .with("subnets", list(&mapping));
        let claims = mapping.iter().map(|it| (*it, "MapPublicIpOnLaunch"));
        let claims: Vec<Claim<'_>> = claims.chain([(name, "VPCZoneIdentifier")]).collect();
        let fix = subject.release(&claims);
        let at = [name].into_iter().chain(mapping);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_subnet_that_maps_addresses() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("PrivateSubnetA", "MapPublicIpOnLaunch", json!(true))]
            ),
            "WebGroup, PrivateSubnetA: Instances of WebGroup get public addresses in PrivateSubnetA."
        );
    }

    #[test]
    fn accepts_addresses_where_no_instance_is() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("PublicSubnetA", "MapPublicIpOnLaunch", json!(true))]
            ),
            ""
        );
    }
}
