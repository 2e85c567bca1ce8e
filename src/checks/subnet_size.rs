//! A subnet's range has between 2^16 and 2^4 addresses.

use super::plan::LENGTHS;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Subnet;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-012",
    severity: Severity::Error,
    title: text("check.net-012.title", "Subnet of a size that AWS refuses"),
    why: text(
        "check.net-012.why",
        "A subnet takes a range from /16 to /28; five of its addresses stay with AWS.",
    ),
    advice: text(
        "check.net-012.advice",
        "Use /24 where there is room, and never less than /28.",
    ),
    reference: "VPC user guide, subnet sizing",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, subnet) in subject.topology.all::<Subnet>() {
        if LENGTHS.contains(&subnet.cidr.prefix_len()) {
            continue;
        }
        let message = text(
            "check.net-012.message",
            "{subnet} has the range {range}; AWS takes /16 to /28.",
        )
        .with("subnet", name.as_str())
        .with("range", subnet.cidr);
        let fix = subject.renumber(&[name], &|_| true);
        let finding = Finding::new(&CHECK, [name], message);
        let options = subject.blame_ranges(&[subnet.cidr]);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_subnet_of_eight_addresses() {
        assert_eq!(
            findings(&CHECK, "network.private_cidrs=10.0.1.0/29", &[]),
            "PrivateSubnetA: PrivateSubnetA has the range 10.0.1.0/29; AWS takes /16 to /28."
        );
    }

    #[test]
    fn accepts_sixteen_addresses() {
        assert_eq!(
            findings(&CHECK, "network.private_cidrs=10.0.1.0/28", &[]),
            ""
        );
    }
}
