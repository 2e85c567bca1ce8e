//! A VPC may take any range, also one that belongs to somebody on the internet.

use super::plan::{PRIVATE, wide};
use super::vpc_reserved_range::RESERVED;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Vpc, overlap};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-005",
    severity: Severity::Medium,
    title: text("check.net-005.title", "VPC range that belongs to others"),
    why: text(
        "check.net-005.why",
        "The VPC's own route wins over the internet: whoever really owns these addresses cannot be reached from inside.",
    ),
    advice: text(
        "check.net-005.advice",
        "Use 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.",
    ),
    reference: "VPC user guide, VPC CIDR blocks; RFC 1918",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, vpc) in subject.topology.all::<Vpc>() {
        let is_private = PRIVATE.iter().any(|it| it.contains(&vpc.cidr));
        let is_reserved = RESERVED.iter().any(|it| overlap(it, &vpc.cidr));
        if is_private || is_reserved {
            continue;
        }
        let message = text(
            "check.net-005.message",
            "{vpc} has the range {range}, which is not private.",
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
    fn flags_addresses_of_the_internet() {
        assert_eq!(
            findings(&CHECK, "network.cidr=8.8.0.0/16", &[]),
            "Vpc: Vpc has the range 8.8.0.0/16, which is not private."
        );
    }

    #[test]
    fn accepts_private_and_shared_space() {
        for settings in ["network.cidr=192.168.0.0/20", "network.cidr=100.64.0.0/16"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
