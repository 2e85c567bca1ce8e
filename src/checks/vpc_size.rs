//! A VPC's range has between 2^16 and 2^4 addresses.

use super::plan::{LENGTHS, wide};
use super::{Check, Finding, Severity, Subject};
use crate::aws::Vpc;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-001",
    severity: Severity::Error,
    title: text(
        "check.net-001.title",
        "VPC range of a size that AWS refuses",
    ),
    why: text(
        "check.net-001.why",
        "A VPC takes a range from /16 to /28; CreateVpc refuses any other.",
    ),
    advice: text(
        "check.net-001.advice",
        "Give the VPC a /16: ranges cost nothing, and a small one cannot be enlarged later.",
    ),
    reference: "VPC user guide, VPC CIDR blocks",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, vpc) in subject.topology.all::<Vpc>() {
        if LENGTHS.contains(&vpc.cidr.prefix_len()) {
            continue;
        }
        let message = text(
            "check.net-001.message",
            "{vpc} has the range {range}; AWS takes /16 to /28.",
        )
        .with("vpc", name.as_str())
        .with("range", vpc.cidr);
        let finding =
            Finding::new(&CHECK, [name], message).at_options(subject.blame_ranges(&[vpc.cidr]));
        findings.push(finding.with_fix(subject.move_vpc(name, wide(vpc.cidr))));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_ranges_that_are_too_large_and_too_small() {
        assert_eq!(
            findings(&CHECK, "network.cidr=10.0.0.0/8", &[]),
            "Vpc: Vpc has the range 10.0.0.0/8; AWS takes /16 to /28."
        );
        assert_eq!(
            findings(&CHECK, "network.cidr=192.168.5.0/30", &[]),
            "Vpc: Vpc has the range 192.168.5.0/30; AWS takes /16 to /28."
        );
    }

    #[test]
    fn accepts_sixteen_to_twenty_eight_bits() {
        for settings in ["network.cidr=10.0.0.0/16", "network.cidr=10.0.0.0/28"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
