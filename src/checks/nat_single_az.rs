//! One NAT gateway for several zones ties them all to its own.

use super::Fix;
use super::quota_exceeded::ADDRESSES;
use super::site::{list, routing, zone_of};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{ElasticIp, Name, NatGateway, Subnet, Zone};
use crate::design::{Gateways, Nat};
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "RT-006",
    severity: Severity::High,
    title: text(
        "check.rt-006.title",
        "Several zones lean on one NAT gateway",
    ),
    why: text(
        "check.rt-006.why",
        "A zonal NAT gateway goes down with its zone, and no route changes by itself: subnets of the zones that are left lose the internet and every AWS API without an endpoint.",
    ),
    advice: text(
        "check.rt-006.advice",
        "Give each zone its own NAT gateway and route table. A second gateway costs its hours and an address, and saves the traffic between zones.",
    ),
    reference: "REL10-BP01, REL11-BP05; VPC user guide, NAT gateway basics",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, nat) in topology.all::<NatGateway>() {
        let Some(zone) = zone_of(topology, nat) else {
            continue;
        };
        let leaning = leaning(topology, name, zone);
        if leaning.is_empty() {
            continue;
        }
        let mut zones: Vec<Zone> = leaning
            .iter()
            .filter_map(|it| topology.zone_of(it))
            .collect();
        zones.dedup();
        let message = text("check.rt-006.message", "Losing zone {zone} also cuts {subnets} (zone {zones}) off the internet: the default route there leads to {nat} in zone {zone}.")
            .with("zone", zone.letter())
            .with("subnets", list(&leaning))
            .with("zones", list(zones))
            .with("nat", name.as_str());
        let edited = leaning.iter().flat_map(|it| routing(topology, it));
        let fix = in_each_zone(subject, name).or_else(|| in_each_window(subject, name));
        let fix = fix.or_else(|| subject.undo(edited.chain([name])));
        let at = [name].into_iter().chain(leaning);
        let finding = Finding::new(&CHECK, at, message).with_fix(fix);
        findings.push(finding.with_fix(regional(subject, name)));
    }
}

/// Subnets of other zones that route to a gateway, and whose zone has no gateway of its own.
fn leaning<'a>(topology: &'a Topology, nat: &Name, zone: Zone) -> Vec<&'a Name> {
    let routed_here = |subnet: &Name| {
        let route = default_route(topology, subnet).and_then(|it| it.nat.as_ref());
        route.is_some_and(|it| it.name == *nat)
    };
    let alone = |zone: Zone| {
        let mut gateways = topology.all::<NatGateway>();
        !gateways.any(|(_, it)| zone_of(topology, it) == Some(zone))
    };
    topology
        .all::<Subnet>()
        .filter(|(name, it)| it.zone != zone && routed_here(name) && alone(it.zone))
        .map(|(name, _)| name)
        .collect()
}

/// A gateway in each zone, unless that takes more addresses than an account has.
fn in_each_zone(subject: &Subject<'_>, nat: &Name) -> Option<Fix> {
    let network = &subject.design?.network;
    let held = subject.topology.all::<ElasticIp>().count();
    let more = (network.zones.get() as usize).saturating_sub(1);
    if network.nat != Nat::Single || held + more > ADDRESSES {
        return None;
    }
    let title = text("check.rt-006.fix", "Use a NAT gateway in each zone");
    subject.fix(&[(nat, "SubnetId")], title, &[("network.nat", &"per-az")])
}

/// A gateway in each zone, in each window.
fn in_each_window(subject: &Subject<'_>, nat: &Name) -> Option<Fix> {
    let design = subject.design?;
    let machine = subject.topology.node(nat)?.made_by.as_ref()?;
    let zones = design.network.zones.get() as usize;
    if design.schedule.gateways != Gateways::One || zones > ADDRESSES {
        return None;
    }
    let title = text(
        "check.rt-006.fix-windows",
        "Open a NAT gateway in each zone",
    );
    subject.fix(
        &[(machine, "Definition")],
        title,
        &[("schedule.gateways", &"per-az")],
    )
}

/// One gateway that spreads over the zones by itself, and needs no address of the account's.
fn regional(subject: &Subject<'_>, nat: &Name) -> Option<Fix> {
    if subject.design?.network.nat != Nat::Single {
        return None;
    }
    let title = text("check.rt-006.fix-regional", "Use a regional NAT gateway");
    subject.fix(&[(nat, "SubnetId")], title, &[("network.nat", &"regional")])
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_one_gateway_for_two_zones_and_for_three() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "NatGatewayA, PrivateSubnetB: Losing zone a also cuts PrivateSubnetB (zone b) off the internet: the default route there leads to NatGatewayA in zone a."
        );
        assert_eq!(
            findings(&CHECK, "network.zones=3", &[]),
            "NatGatewayA, PrivateSubnetB, PrivateSubnetC: Losing zone a also cuts PrivateSubnetB, PrivateSubnetC (zone b, c) off the internet: the default route there leads to NatGatewayA in zone a."
        );
    }

    #[test]
    fn accepts_one_zone_a_gateway_in_each_and_none() {
        for settings in [
            "network.zones=1",
            "network.nat=per-az",
            "network.nat=none",
            "network.nat=scheduled schedule.gateways=per-az",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
