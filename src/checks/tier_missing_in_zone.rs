//! Every zone gets every tier that was asked for: the address plan has room for all of them.

use std::fmt::Display;

use ipnet::Ipv4Net;

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Vpc, Zone};
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
    beside(subject, findings);
}

/// Subnets by zone: name, and range where there is room for one.
type Subnets = Vec<(Zone, String, Option<Ipv4Net>)>;

/// The VPCs beside the main one.
fn beside(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(design) = subject.design else {
        return;
    };
    let further = design.vpcs.all(&design.network).into_iter();
    let further = further.map(|it| (it.node(), it.range, it.subnets(&design.network)));
    let clients = design.clients.all(design).into_iter();
    let zones = design.clients.zones.get();
    let clients = clients.map(|it| (it.node("Vpc"), it.range, it.subnets(zones)));
    let all: Vec<(String, Option<Ipv4Net>, Subnets)> = further.chain(clients).collect();
    for (vpc, range, subnets) in all {
        let unplaced = subnets.into_iter().filter(|(.., range)| range.is_none());
        let unplaced: Vec<String> = unplaced.map(|(_, name, _)| name).collect();
        let vpc = subject.topology.node(&vpc);
        let (Some(range), Some(vpc), false) = (range, vpc, unplaced.is_empty()) else {
            continue;
        };
        let options = subject.blame_ranges(&[range]);
        let message = message(range, &unplaced);
        let finding = Finding::new(&CHECK, [&vpc.name], message).at_options(options);
        findings.push(finding.with_fix(subject.move_beside(&vpc.name)));
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
    fn flags_a_further_vpc_and_a_client_without_room() {
        assert_eq!(
            findings(&CHECK, "vpcs.names=shared vpcs.cidrs=10.9.0.0/28", &[]),
            "VpcShared: 10.9.0.0/28 has no room for VpcSharedSubnetB."
        );
        assert_eq!(
            findings(&CHECK, "client.enabled=true client.cidrs=10.9.0.0/28", &[]),
            "ClientVpc: 10.9.0.0/28 has no room for ClientSubnetB."
        );
    }

    #[test]
    fn accepts_both_tiers_in_each_zone() {
        for settings in ["", "network.zones=1"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
