//! A peering connection leads to its other VPC and no further.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Route, RouteTable, VpcPeeringConnection, overlap};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "PE-003",
    severity: Severity::Error,
    title: text("check.pe-003.title", "Way through a peered VPC"),
    why: text(
        "check.pe-003.why",
        "Peering is not transitive: packets to a third VPC, or to the peer's internet gateway, NAT gateway or gateway endpoint, are dropped.",
    ),
    advice: text(
        "check.pe-003.advice",
        "Peer the two VPCs themselves, join them all by a transit gateway, or give the VPC a gateway of its own.",
    ),
    reference: "VPC peering guide, VPC peering limitations",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, route) in topology.all::<Route>() {
        let (Some(peering), Some(destination)) = (&route.peering, route.destination) else {
            continue;
        };
        let table = topology.get::<RouteTable>(&route.table);
        let (Some(table), Some(it)) = (table, topology.get(peering)) else {
            continue;
        };
        let Some(peer) = it.other_end(&table.vpc.name) else {
            findings.push(strange(subject, name, &peering.name, it, &table.vpc.name));
            continue;
        };
        let ranges = topology.vpc_ranges(&peer.name);
        let meets = ranges.iter().any(|it| overlap(it, &destination));
        // Of a VPC that stands elsewhere nothing is known.
        if !route.is_default() && (meets || ranges.is_empty()) {
            continue;
        }
        let message = text(
            "check.pe-003.message",
            "{route} sends {destination} to {peering}, which leads to {peer} ({ranges}) and no further.",
        )
        .with("route", name.as_str())
        .with("destination", destination)
        .with("peering", peering.name.as_str())
        .with("peer", peer.name.as_str())
        .with("ranges", list(&ranges));
        let fix = subject.undo([name]);
        findings.push(Finding::new(&CHECK, [name, &peering.name], message).with_fix(fix));
    }
}

fn strange(
    subject: &Subject<'_>,
    route: &Name,
    peering: &Name,
    it: &VpcPeeringConnection,
    vpc: &Name,
) -> Finding {
    let message = text(
        "check.pe-003.strange",
        "{route} leads from {vpc} to {peering}, which joins {one} and {other}.",
    )
    .with("route", route.as_str())
    .with("vpc", vpc.as_str())
    .with("peering", peering.as_str())
    .with("one", it.vpc.name.as_str())
    .with("other", it.peer.name.as_str());
    Finding::new(&CHECK, [route, peering], message).with_fix(subject.undo([route]))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use crate::design::Override;
    use serde_json::json;

    fn route(table: &str, to: &str, over: &str) -> Override {
        add(
            "Onward",
            "vpcs",
            "AWS::EC2::Route",
            json!({"RouteTableId": {"Ref": table}, "DestinationCidrBlock": to, "VpcPeeringConnectionId": {"Ref": over}}),
        )
    }

    #[test]
    fn flags_a_way_to_a_third_vpc_and_to_the_internet() {
        let settings = "vpcs.names=shared,tools";
        for (to, over, found) in [
            (
                "10.2.0.0/16",
                "VpcSharedPeering",
                "Onward, VpcSharedPeering: Onward sends 10.2.0.0/16 to VpcSharedPeering, which leads to Vpc (10.0.0.0/16) and no further.",
            ),
            (
                "0.0.0.0/0",
                "VpcSharedPeering",
                "Onward, VpcSharedPeering: Onward sends 0.0.0.0/0 to VpcSharedPeering, which leads to Vpc (10.0.0.0/16) and no further.",
            ),
            (
                "10.2.0.0/16",
                "VpcToolsPeering",
                "Onward, VpcToolsPeering: Onward leads from VpcShared to VpcToolsPeering, which joins Vpc and VpcTools.",
            ),
        ] {
            let edits = [route("VpcSharedRouteTable", to, over)];
            assert_eq!(findings(&CHECK, settings, &edits), found);
        }
    }

    #[test]
    fn accepts_the_way_to_the_peer_and_to_a_part_of_it() {
        assert_eq!(findings(&CHECK, "vpcs.names=shared,tools", &[]), "");
        let edits = [route(
            "VpcSharedRouteTable",
            "10.0.1.0/24",
            "VpcSharedPeering",
        )];
        assert_eq!(findings(&CHECK, "vpcs.names=shared", &edits), "");
    }
}
