//! Every zone gets every tier that was asked for: the address plan has room for all of them.

use std::fmt::Display;

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Vpc;
use crate::text::{Message, text};

pub static CHECK: Check = Check {
    code: "NET-015",
    severity: Severity::Error,
    title: text("check.net-015.title", "No room for the subnets"),
    why: text(
        "check.net-015.why",
        "A subnet that has no range is left out, and with it everything that was to stand in it: what gets deployed is not the design.",
    ),
    advice: text(
        "check.net-015.advice",
        "Use a VPC with room for every tier in every zone, or fewer zones.",
    ),
    reference: "VPC user guide, subnet sizing",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    main(subject, findings);
    further(subject, findings);
}

/// The further VPCs.
fn further(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(design) = subject.design else {
        return;
    };
    for it in design.vpcs.all(&design.network) {
        let subnets = it.subnets(&design.network).into_iter();
        let unplaced = subnets.filter(|(.., range)| range.is_none());
        let unplaced: Vec<String> = unplaced.map(|(_, name, _)| name).collect();
        let vpc = subject.topology.node(&it.node());
        let (Some(range), Some(vpc), false) = (it.range, vpc, unplaced.is_empty()) else {
            continue;
        };
        let options = subject.blame_ranges(&[range]);
        let message = message(range, &unplaced);
        let finding = Finding::new(&CHECK, [&vpc.name], message).at_options(options);
        findings.push(finding.with_fix(subject.move_further(&vpc.name)));
    }
}

fn message(range: impl Display, unplaced: &[String]) -> Message {
    text(
        "check.net-015.message",
        "{range} has no room for {subnets}.",
    )
    .with("range", range.to_string())
    .with("subnets", list(unplaced))
}

/// The main VPC.
fn main(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let unplaced = subject.unplaced();
    if unplaced.is_empty() {
        return;
    }
    let vpcs = subject.topology.all::<Vpc>();
    for (name, _) in vpcs.take(1) {
        let message = message(list(subject.topology.vpc_ranges(name)), &unplaced);
        let fix = subject.renumber(&[name], &|_| true);
        let finding = Finding::new(&CHECK, [name], message);
        let options = subject.blame(&[(name, "CidrBlock")], &["network.cidr", "network.zones"]);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_plan_without_room() {
        assert_eq!(
            findings(&CHECK, "network.cidr=10.0.0.0/27", &[]),
            "Vpc: 10.0.0.0/27 has no room for PublicSubnetB, PrivateSubnetB."
        );
    }

    #[test]
    fn flags_a_further_vpc_without_room() {
        assert_eq!(
            findings(&CHECK, "vpcs.names=shared vpcs.cidrs=10.9.0.0/28", &[]),
            "VpcShared: 10.9.0.0/28 has no room for VpcSharedSubnetB."
        );
    }

    #[test]
    fn accepts_both_tiers_in_each_zone() {
        for settings in ["", "network.zones=1"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
