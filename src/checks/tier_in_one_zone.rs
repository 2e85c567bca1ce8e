//! A tier in one zone goes down with it.

use super::site::{has_front, list, zones_of_vpc};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet, Vpc, Zone};
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "NET-017",
    severity: Severity::High,
    title: text("check.net-017.title", "Tier in one zone"),
    why: text(
        "check.net-017.why",
        "A tier that stands in one zone goes down with it, however many zones the others have.",
    ),
    advice: text(
        "check.net-017.advice",
        "Give each tier a subnet in each zone.",
    ),
    reference: "REL10-BP01",
    run,
};

const PUBLIC: Text = text("check.net-017.public", "Public");
const PRIVATE: Text = text("check.net-017.private", "Private");

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // A plan without room is NET-015's.
    if !subject.unplaced().is_empty() {
        return;
    }
    let vpcs = subject.topology.all::<Vpc>();
    vpcs.for_each(|(vpc, _)| tiers(subject, vpc, findings));
}

fn tiers(subject: &Subject<'_>, vpc: &Name, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let zones = zones_of_vpc(topology, vpc);
    let (public, private): (Vec<_>, Vec<_>) = topology
        .all::<Subnet>()
        .filter(|(_, it)| it.vpc.name == *vpc)
        .partition(|(name, _)| topology.is_public(name) || has_front(topology, name));
    for (tier, subnets) in [(PUBLIC, public), (PRIVATE, private)] {
        let mut held: Vec<Zone> = subnets.iter().map(|(_, it)| it.zone).collect();
        held.sort();
        held.dedup();
        let (Some(zone), true) = (held.first(), held.len() == 1 && zones.len() > 1) else {
            continue;
        };
        let message = text(
            "check.net-017.message",
            "{tier} subnets stand in zone {zone} alone; the VPC has zones {zones}.",
        )
        .with("tier", tier)
        .with("zone", zone.letter())
        .with("zones", list(&zones));
        let at: Vec<&Name> = subnets.iter().map(|(name, _)| *name).collect();
        let fix = subject.undo([vpc]);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove};

    #[test]
    fn flags_a_tier_in_one_zone() {
        assert_eq!(
            findings(&CHECK, "", &[remove("PublicSubnetB")]),
            "PublicSubnetA: Public subnets stand in zone a alone; the VPC has zones a, b."
        );
    }

    #[test]
    fn accepts_both_tiers_in_each_zone_and_a_plan_without_room() {
        for settings in [
            "",
            "network.zones=1",
            "network.cidr=10.0.0.0/27",
            "network.zones=1 client.enabled=true client.zones=3",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
