//! Docker's own bridge network takes 172.17.0.0/16 unless told otherwise.

use super::plan::{DOCKER, wide};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Vpc, overlap};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-004",
    severity: Severity::Low,
    title: text("check.net-004.title", "VPC range that Docker uses"),
    why: text(
        "check.net-004.why",
        "Hosts that run Docker send 172.17.0.0/16 to their own bridge: services such as AWS Cloud9 and Amazon SageMaker AI cannot reach the VPC there.",
    ),
    advice: text("check.net-004.advice", "Keep VPCs away from 172.17.0.0/16."),
    reference: "VPC user guide, VPC CIDR blocks",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, vpc) in subject.topology.all::<Vpc>() {
        if !overlap(&vpc.cidr, &DOCKER) {
            continue;
        }
        let message = text(
            "check.net-004.message",
            "{vpc} has the range {range}, which overlaps {docker}.",
        )
        .with("vpc", name.as_str())
        .with("range", vpc.cidr)
        .with("docker", DOCKER);
        let finding =
            Finding::new(&CHECK, [name], message).at_options(subject.blame_ranges(&[vpc.cidr]));
        findings.push(finding.with_fix(subject.move_vpc(name, wide(DOCKER))));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_vpc_inside_it() {
        assert_eq!(
            findings(&CHECK, "network.cidr=172.17.64.0/18", &[]),
            "Vpc: Vpc has the range 172.17.64.0/18, which overlaps 172.17.0.0/16."
        );
    }

    #[test]
    fn accepts_its_neighbors() {
        for settings in ["network.cidr=172.16.0.0/16", "network.cidr=172.18.0.0/16"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
