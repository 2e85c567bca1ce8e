//! Many VPCs that are all peered with one another grow out of hand.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Vpc, VpcPeeringConnection};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "PE-007",
    severity: Severity::Low,
    title: text("check.pe-007.title", "Full mesh of peerings"),
    why: text(
        "check.pe-007.why",
        "With every VPC peered with every other one, the next VPC takes a connection and routes for each of them, and each connection is one more to review.",
    ),
    advice: text(
        "check.pe-007.advice",
        "Above three VPCs consider a transit gateway, a hub with one attachment each. It bills hours and gigabytes, where peering bills only what crosses zones.",
    ),
    reference: "REL02-BP04",
    run,
};

/// So many VPCs may be peered each with each.
const FEW: usize = 3;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mesh = largest_mesh(topology);
    if mesh.len() <= FEW {
        return;
    }
    let message = text(
        "check.pe-007.message",
        "{count} VPCs are peered each with each: {vpcs}.",
    )
    .with("count", mesh.len())
    .with("vpcs", list(&mesh));
    let peerings = topology.all::<VpcPeeringConnection>();
    let inside = peerings.filter(|(_, it)| {
        [&it.vpc.name, &it.peer.name]
            .iter()
            .all(|it| mesh.contains(it))
    });
    let fix = subject.undo(inside.map(|(name, _)| name));
    findings.push(Finding::new(&CHECK, mesh.iter().copied(), message).with_fix(fix));
}

/// The most VPCs that are peered each with each, grown from every peered pair.
fn largest_mesh(topology: &Topology) -> Vec<&Name> {
    let mut largest: Vec<&Name> = Vec::new();
    for (_, peering) in topology.all::<VpcPeeringConnection>() {
        let mut mesh = vec![&peering.vpc.name, &peering.peer.name];
        for (vpc, _) in topology.all::<Vpc>() {
            if mesh.iter().all(|it| are_peered(topology, it, vpc)) {
                mesh.push(vpc);
            }
        }
        if mesh.len() > largest.len() {
            largest = mesh;
        }
    }
    largest
}

fn are_peered(topology: &Topology, one: &str, other: &str) -> bool {
    let mut all = topology.all::<VpcPeeringConnection>();
    all.any(|(_, it)| it.joins(one, other))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use crate::design::Override;
    use serde_json::json;

    fn peering(name: &str, one: &str, other: &str) -> Override {
        add(
            name,
            "vpcs",
            "AWS::EC2::VPCPeeringConnection",
            json!({"VpcId": {"Ref": one}, "PeerVpcId": {"Ref": other}}),
        )
    }

    #[test]
    fn flags_four_peered_each_with_each() {
        let edits = [
            peering("One", "VpcA", "VpcB"),
            peering("Two", "VpcB", "VpcC"),
            peering("Three", "VpcC", "VpcA"),
        ];
        assert_eq!(
            findings(&CHECK, "vpcs.names=a,b,c", &edits),
            "Vpc, VpcA, VpcB, VpcC: 4 VPCs are peered each with each: Vpc, VpcA, VpcB, VpcC."
        );
        assert_eq!(findings(&CHECK, "vpcs.names=a,b,c", &edits[1..]), "");
        // A spoke that comes first hides nothing.
        assert!(findings(&CHECK, "vpcs.names=spoke,a,b,c", &edits).contains("4 VPCs"));
    }

    #[test]
    fn accepts_a_star() {
        assert_eq!(findings(&CHECK, "vpcs.names=a,b,c,d", &[]), "");
    }
}
