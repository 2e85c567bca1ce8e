//! Every zone has every tier, or its loss is not the only one that counts.

use super::site::{has_front, list};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet, Vpc, Zone};
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "NET-015",
    severity: Severity::High,
    title: text("check.net-015.title", "Tier without a subnet in a zone"),
    why: text(
        "check.net-015.why",
        "A tier that stands in one zone goes down with it, however many zones the others have.",
    ),
    advice: text(
        "check.net-015.advice",
        "Give each tier a subnet in each zone, in a VPC that has room for them.",
    ),
    reference: "REL10-BP01",
    run,
};

const PUBLIC: Text = text("check.net-015.public", "Public");
const PRIVATE: Text = text("check.net-015.private", "Private");

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let unplaced = subject.unplaced();
    if unplaced.is_empty() {
        lonely_tiers(subject, findings);
        return;
    }
    let vpcs = subject.topology.all::<Vpc>();
    for (name, vpc) in vpcs.take(1) {
        let message = text(
            "check.net-015.message",
            "{range} has no room for {subnets}.",
        )
        .with("range", vpc.cidr)
        .with("subnets", list(&unplaced));
        let fix = subject.renumber(&[name], &|_| true);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

fn lonely_tiers(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let zones = topology.zones();
    let (public, private): (Vec<_>, Vec<_>) = topology
        .all::<Subnet>()
        .partition(|(name, _)| topology.is_public(name) || has_front(topology, name));
    for (tier, subnets) in [(PUBLIC, public), (PRIVATE, private)] {
        let mut held: Vec<Zone> = subnets.iter().map(|(_, it)| it.zone).collect();
        held.sort();
        held.dedup();
        let (Some(zone), true) = (held.first(), held.len() == 1 && zones.len() > 1) else {
            continue;
        };
        let message = text(
            "check.net-015.lonely",
            "{tier} subnets stand in zone {zone} alone; the VPC has zones {zones}.",
        )
        .with("tier", tier)
        .with("zone", zone.letter())
        .with("zones", list(&zones));
        let at: Vec<&Name> = subnets.iter().map(|(name, _)| *name).collect();
        let vpcs = subnets.iter().map(|(_, it)| &it.vpc.name);
        let fix = subject.undo(vpcs);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove};

    #[test]
    fn flags_a_plan_without_room_and_a_tier_in_one_zone() {
        assert_eq!(
            findings(&CHECK, "network.cidr=10.0.0.0/27", &[]),
            "Vpc: 10.0.0.0/27 has no room for PublicSubnetB, PrivateSubnetB."
        );
        assert_eq!(
            findings(&CHECK, "", &[remove("PublicSubnetB")]),
            "PublicSubnetA: Public subnets stand in zone a alone; the VPC has zones a, b."
        );
    }

    #[test]
    fn accepts_both_tiers_in_each_zone() {
        for settings in ["", "network.zones=1"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
