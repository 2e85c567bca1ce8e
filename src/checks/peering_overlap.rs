//! Peered VPCs have no address in common.

use ipnet::Ipv4Net;

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Route, VpcPeeringConnection, overlap};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "PE-001",
    severity: Severity::Error,
    title: text("check.pe-001.title", "Peered VPCs that overlap"),
    why: text(
        "check.pe-001.why",
        "AWS refuses a peering connection between VPCs whose ranges overlap, and a route table cannot tell two peers of overlapping ranges apart: its routes name ranges.",
    ),
    advice: text(
        "check.pe-001.advice",
        "Give every VPC that may ever be peered a range of its own, before anything stands in it: a first range cannot be changed.",
    ),
    reference: "REL02-BP05; VPC peering guide, VPC peering limitations",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let all: Vec<(&Name, &VpcPeeringConnection)> = topology.all().collect();
    for (place, (name, it)) in all.iter().enumerate() {
        let (one, other) = (&it.vpc.name, &it.peer.name);
        if let Some(ranges) = clash(topology, one, other) {
            findings.push(refused(subject, name, [one, other], ranges));
        }
        for (other_name, earlier) in all.iter().take(place) {
            if !meet_in_a_table(topology, name, other_name) {
                continue;
            }
            let hub = [one, other].into_iter().find_map(|hub| {
                let (a, b) = (it.other_end(hub)?, earlier.other_end(hub)?);
                (a != b).then_some((hub, &a.name, &b.name))
            });
            let Some((hub, one, other)) = hub else {
                continue;
            };
            if let Some(ranges) = clash(topology, one, other) {
                findings.push(mistaken(subject, hub, [one, other], ranges));
            }
        }
    }
}

/// Whether one table leads to addresses over both connections that overlap: separate tables could tell the VPCs apart.
pub fn meet_in_a_table(topology: &Topology, one: &Name, other: &Name) -> bool {
    let over = |peering: &Name| -> Vec<&Route> {
        let routes = topology.all::<Route>().map(|(_, it)| it);
        let along = |it: &&Route| it.peering.as_ref().is_some_and(|it| it.name == *peering);
        routes.filter(along).collect()
    };
    let others = over(other);
    over(one).iter().any(|it| {
        others.iter().any(|other| {
            let both = it.destination.zip(other.destination);
            it.table.name == other.table.name && both.is_some_and(|(a, b)| overlap(&a, &b))
        })
    })
}

/// Two ranges of two VPCs that overlap.
pub fn clash(topology: &Topology, one: &str, other: &str) -> Option<[Ipv4Net; 2]> {
    let others = topology.vpc_ranges(other);
    let pair = |it: Ipv4Net| {
        let hit = others.iter().find(|other| overlap(&it, other));
        hit.map(|other| [it, *other])
    };
    topology.vpc_ranges(one).into_iter().find_map(pair)
}

fn refused(
    subject: &Subject<'_>,
    peering: &Name,
    vpcs: [&Name; 2],
    ranges: [Ipv4Net; 2],
) -> Finding {
    let message = text(
        "check.pe-001.message",
        "{one} ({range}) and {other} ({taken}) overlap: AWS refuses {peering}.",
    )
    .with("one", vpcs[0].as_str())
    .with("range", ranges[0])
    .with("other", vpcs[1].as_str())
    .with("taken", ranges[1])
    .with("peering", peering.as_str());
    let finding = Finding::new(&CHECK, [peering, vpcs[0], vpcs[1]], message);
    with_ways_out(subject, finding, vpcs, ranges)
}

fn mistaken(subject: &Subject<'_>, hub: &Name, vpcs: [&Name; 2], ranges: [Ipv4Net; 2]) -> Finding {
    let message = text(
        "check.pe-001.mistaken",
        "{one} ({range}) and {other} ({taken}) overlap: a route table of {hub} leads to both and cannot tell them apart.",
    )
    .with("one", vpcs[0].as_str())
    .with("range", ranges[0])
    .with("other", vpcs[1].as_str())
    .with("taken", ranges[1])
    .with("hub", hub.as_str());
    let finding = Finding::new(&CHECK, [vpcs[0], vpcs[1], hub], message);
    with_ways_out(subject, finding, vpcs, ranges)
}

fn with_ways_out(
    subject: &Subject<'_>,
    finding: Finding,
    vpcs: [&Name; 2],
    ranges: [Ipv4Net; 2],
) -> Finding {
    let fix = vpcs.into_iter().find_map(|it| subject.move_beside(it));
    let claims = vpcs.map(|it| (it, "CidrBlock"));
    // The main VPC was there first.
    let mut options = subject.blame_ranges(&ranges);
    options.retain(|it| ["vpcs.cidrs", "client.cidrs"].contains(it));
    finding
        .at_options(subject.blame(&claims, &options))
        .with_fix(fix)
        .with_fix(subject.release(&claims))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{design, findings, remove, set};
    use crate::checks::{Subject, check};
    use serde_json::json;

    #[test]
    fn flags_ranges_that_overlap_the_main_one_or_each_other() {
        assert_eq!(
            findings(&CHECK, "vpcs.names=shared vpcs.cidrs=10.0.128.0/17", &[]),
            "VpcSharedPeering, Vpc, VpcShared: Vpc (10.0.0.0/16) and VpcShared (10.0.128.0/17) overlap: AWS refuses VpcSharedPeering."
        );
        assert_eq!(
            findings(
                &CHECK,
                "network.secondary_cidrs=10.9.0.0/16 vpcs.names=shared vpcs.cidrs=10.8.0.0/15",
                &[]
            ),
            "VpcSharedPeering, Vpc, VpcShared: Vpc (10.9.0.0/16) and VpcShared (10.8.0.0/15) overlap: AWS refuses VpcSharedPeering."
        );
        assert_eq!(
            findings(
                &CHECK,
                "vpcs.names=shared,tools vpcs.cidrs=10.7.0.0/16,10.7.0.0/20",
                &[]
            ),
            "VpcTools, VpcShared, Vpc: VpcTools (10.7.0.0/20) and VpcShared (10.7.0.0/16) overlap: a route table of Vpc leads to both and cannot tell them apart."
        );
    }

    #[test]
    fn flags_clients_that_overlap_the_main_range_or_meet_in_its_table() {
        let clients = "api.enabled=true client.enabled=true client.second=true client.cidrs=";
        assert_eq!(
            findings(&CHECK, &format!("{clients}10.0.0.0/20"), &[]),
            "ClientPeering, ClientVpc, Vpc: ClientVpc (10.0.0.0/20) and Vpc (10.0.0.0/16) overlap: AWS refuses ClientPeering."
        );
        assert_eq!(
            findings(&CHECK, &format!("{clients}10.7.0.0/16,10.7.0.0/20"), &[]),
            "SecondClientVpc, ClientVpc, Vpc: SecondClientVpc (10.7.0.0/20) and ClientVpc (10.7.0.0/16) overlap: a route table of Vpc leads to both and cannot tell them apart."
        );
    }

    #[test]
    fn a_client_moves_to_the_next_free_range() {
        let design = design("client.enabled=true client.cidrs=10.0.0.0/20", &[]);
        let topology = design.expand();
        let subject = Subject::new(Some(&design), &topology);
        let found = check(&subject);
        let found = found.iter().find(|it| it.check.code == CHECK.code).unwrap();
        assert_eq!(found.options, ["client.cidrs"]);
        let title = found.fixes[0].title.to_string();
        assert_eq!(title, "Use 10.1.0.0/16 for ClientVpc");
    }

    #[test]
    fn accepts_the_plan_and_vpcs_that_are_not_peered() {
        assert_eq!(findings(&CHECK, "vpcs.names=shared,tools", &[]), "");
        let clients = "client.enabled=true client.second=true vpcs.names=shared";
        assert_eq!(findings(&CHECK, clients, &[]), "");
        // With a table for each of them, one zone reaches one and the other zone the other.
        let apart = ["PrivateRouteTableAToShared", "PrivateRouteTableBToTools"].map(remove);
        let same = "vpcs.names=shared,tools vpcs.cidrs=10.7.0.0/16,10.7.0.0/16 network.nat=per-az";
        assert_eq!(findings(&CHECK, same, &apart), "");
        let edits = [set("VpcShared", "CidrBlock", json!("10.0.0.0/16"))];
        assert_eq!(
            findings(&CHECK, "vpcs.names=shared vpcs.peered=false", &edits),
            ""
        );
    }
}
