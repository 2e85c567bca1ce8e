//! Some ranges mean something else to every host.

use ipnet::Ipv4Net;

use super::plan::{net, wide};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Vpc, overlap};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-002",
    severity: Severity::Error,
    title: text("check.net-002.title", "VPC range that is reserved"),
    why: text(
        "check.net-002.why",
        "0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 and 224.0.0.0/4 have a meaning of their own (this network, loopback, link-local, multicast); AWS refuses them.",
    ),
    advice: text(
        "check.net-002.advice",
        "Use a private range, such as 10.0.0.0/16.",
    ),
    reference: "VPC user guide, VPC CIDR blocks",
    run,
};

/// Ranges that a VPC may not touch.
pub const RESERVED: [Ipv4Net; 4] = [
    net([0, 0, 0, 0], 8),
    net([127, 0, 0, 0], 8),
    net([169, 254, 0, 0], 16),
    net([224, 0, 0, 0], 4),
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, vpc) in subject.topology.all::<Vpc>() {
        let Some(reserved) = RESERVED.iter().find(|it| overlap(it, &vpc.cidr)) else {
            continue;
        };
        let message = text(
            "check.net-002.message",
            "{vpc} has the range {range}, which touches the reserved {reserved}.",
        )
        .with("vpc", name.as_str())
        .with("range", vpc.cidr)
        .with("reserved", *reserved);
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
    fn flags_link_local_addresses() {
        assert_eq!(
            findings(&CHECK, "network.cidr=169.254.0.0/16", &[]),
            "Vpc: Vpc has the range 169.254.0.0/16, which touches the reserved 169.254.0.0/16."
        );
    }

    #[test]
    fn accepts_private_and_public_ranges() {
        for settings in ["network.cidr=172.31.0.0/16", "network.cidr=8.8.0.0/16"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
