//! Packets between Regions are smaller than inside of one.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Instance, Name, VpcPeeringConnection};
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::route_to;

pub static CHECK: Check = Check {
    code: "PE-006",
    severity: Severity::Low,
    title: text("check.pe-006.title", "Peering that carries smaller packets"),
    why: text(
        "check.pe-006.why",
        "Instances send packets of up to 9001 bytes inside a VPC; between Regions a peering connection carries 8500. Hosts learn of it by an ICMP message, and where that is filtered, large transfers hang.",
    ),
    advice: text(
        "check.pe-006.advice",
        "Let ICMP type 3 code 4 in from the other VPC, or set the MTU of the hosts to 8500 or less.",
    ),
    reference: "EC2 user guide, network maximum transmission unit (MTU)",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcPeeringConnection>() {
        if it.peer_region.is_none() {
            continue;
        }
        let Some(host) = hosts(topology).find(|host| uses(topology, host, name, it)) else {
            continue;
        };
        let message = text(
            "check.pe-006.message",
            "{host} sends packets of up to 9001 bytes, and {peering} carries 8500 to the other Region.",
        )
        .with("host", host.as_str())
        .with("peering", name.as_str());
        findings.push(Finding::new(&CHECK, [name, host], message));
    }
}

fn hosts(topology: &Topology) -> impl Iterator<Item = &Name> {
    let groups = topology.all::<AutoScalingGroup>().map(|(name, _)| name);
    groups.chain(topology.all::<Instance>().map(|(name, _)| name))
}

/// Whether a host has a route over a peering connection.
fn uses(topology: &Topology, host: &str, peering: &str, it: &VpcPeeringConnection) -> bool {
    let ends = [&it.vpc.name, &it.peer.name];
    let ranges = ends.map(|vpc| topology.vpc_ranges(vpc)).concat();
    topology.subnets_of(host).into_iter().any(|subnet| {
        ranges.iter().any(|range| {
            let route = route_to(topology, subnet, range);
            let over = route.and_then(|it| it.peering.as_ref());
            over.is_some_and(|it| *it.name == *peering)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_instances_with_a_route_to_another_region() {
        assert_eq!(
            findings(&CHECK, "client.enabled=true", &[]),
            "ClientPeering, WebGroup: WebGroup sends packets of up to 9001 bytes, and ClientPeering carries 8500 to the other Region."
        );
    }

    #[test]
    fn accepts_functions_and_peering_in_one_region() {
        for settings in [
            "application.enabled=false api.enabled=true client.enabled=true",
            "client.enabled=true client.region=ap-northeast-1",
            "vpcs.names=shared",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
