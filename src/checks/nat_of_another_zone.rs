//! A subnet uses the NAT gateway of its own zone.

use super::site::routing;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, NatGateway, Subnet, Zone};
use crate::text::text;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "RT-007",
    severity: Severity::Medium,
    title: text("check.rt-007.title", "Route to another zone's NAT gateway"),
    why: text(
        "check.rt-007.why",
        "Every gigabyte pays for crossing zones, and the loss of the other zone takes this one's way out, although its own gateway stands ready.",
    ),
    advice: text(
        "check.rt-007.advice",
        "Point each private table's default route to the NAT gateway of its own zone.",
    ),
    reference: "COST08-BP02; VPC user guide, NAT gateway basics",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let zone_of = |nat: &NatGateway| super::site::zone_of(topology, nat);
    let own = |zone: Zone| -> Option<&Name> {
        let mut gateways = topology.all::<NatGateway>();
        gateways
            .find(|(_, it)| zone_of(it) == Some(zone))
            .map(|(name, _)| name)
    };
    for (name, subnet) in topology.all::<Subnet>() {
        let used = default_route(topology, name).and_then(|it| it.nat.as_ref());
        let Some((used, zone)) = used.and_then(|it| Some((it, zone_of(topology.get(it)?)?))) else {
            continue;
        };
        let (Some(own), true) = (own(subnet.zone), zone != subnet.zone) else {
            continue;
        };
        let message = text("check.rt-007.message", "{subnet} in zone {zone} routes to {used} in zone {other}, though {own} stands in its own zone.")
            .with("subnet", name.as_str())
            .with("zone", subnet.zone.letter())
            .with("used", used.name.as_str())
            .with("other", zone.letter())
            .with("own", own.as_str());
        let fix = subject.undo(routing(topology, name).into_iter().chain([&used.name, own]));
        findings.push(Finding::new(&CHECK, [name, &used.name, own], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_route_across_zones() {
        assert_eq!(
            findings(
                &CHECK,
                "network.nat=per-az",
                &[set(
                    "PrivateDefaultRouteB",
                    "NatGatewayId",
                    json!({"Ref": "NatGatewayA"})
                )]
            ),
            "PrivateSubnetB, NatGatewayA, NatGatewayB: PrivateSubnetB in zone b routes to NatGatewayA in zone a, though NatGatewayB stands in its own zone."
        );
    }

    #[test]
    fn accepts_the_only_gateway_and_ones_own() {
        for settings in ["", "network.nat=per-az"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
