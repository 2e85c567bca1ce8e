//! A peering connection needs a route on both sides.

use super::site::{is_inside, list};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, SecurityGroup, Subnet, VpcPeeringConnection, overlap};
use crate::text::text;
use crate::topology::traffic::{Peer, default_route, ingress, route_to};
use crate::topology::{Topology, parts};

pub static CHECK: Check = Check {
    code: "PE-002",
    severity: Severity::Error,
    title: text("check.pe-002.title", "Peering without a way back"),
    why: text(
        "check.pe-002.why",
        "A peering connection adds no route by itself. With a route on one side only, packets arrive and every answer is dropped: connections time out.",
    ),
    advice: text(
        "check.pe-002.advice",
        "Add a route to the other VPC's range in every table that is used, on both sides.",
    ),
    reference: "VPC peering guide, update your route tables",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<VpcPeeringConnection>() {
        let ends = [&it.vpc.name, &it.peer.name];
        let inner = ends.map(|vpc| inner(subject.topology, vpc));
        // Of a VPC that stands elsewhere nothing is known.
        if inner.iter().any(Vec::is_empty) {
            continue;
        }
        let [one, other] = &inner;
        let found = [
            side(subject, name, ends[0], one, other),
            side(subject, name, ends[1], other, one),
        ];
        if found.iter().all(|it| it.is_none()) {
            findings.push(unused(subject, name, ends));
        }
        findings.extend(found.into_iter().flatten().flatten());
    }
}

type Inner<'a> = Vec<(&'a Name, &'a Subnet)>;

/// Subnets of a VPC that do not face the internet. Those that do serve the world, and need no way to a peer; of those that
/// lie outside of the VPC, NET-010 says more.
fn inner<'a>(topology: &'a Topology, vpc: &str) -> Inner<'a> {
    let all = topology.all::<Subnet>();
    let own = all.filter(|(_, it)| *it.vpc.name == *vpc && is_inside(topology, it));
    own.filter(|(name, _)| topology.table_of(name).is_some() && !topology.is_public(name))
        .collect()
}

/// What is wrong with the answers to what one side sends; `None` where it sends nothing.
fn side(
    subject: &Subject<'_>,
    peering: &Name,
    vpc: &Name,
    from: &Inner<'_>,
    to: &Inner<'_>,
) -> Option<Option<Finding>> {
    let topology = subject.topology;
    let leads = |subnet: &Name, other: &Subnet| {
        let route = route_to(topology, subnet, &other.cidr);
        route.is_some_and(|it| it.peering.as_ref().is_some_and(|it| it.name == *peering))
    };
    let mut answering = to.iter();
    let some_answer = answering.any(|(name, _)| from.iter().any(|(_, it)| leads(name, it)));
    // Where another one answers, a tier without a way out that lets nobody in from there is closed on purpose.
    let is_closed = |subnet: &Name| {
        let has_way_out = default_route(topology, subnet).is_some();
        some_answer && !has_way_out && !admits(topology, subnet, from)
    };
    let mut sends = false;
    let mut mute: Vec<&Name> = Vec::new();
    for (name, it) in from {
        for (other, _) in to.iter().filter(|(_, its)| leads(name, its)) {
            sends = true;
            if !leads(other, it) && !is_closed(other) && !mute.contains(other) {
                mute.push(other);
            }
        }
    }
    let mut tables: Vec<&Name> = Vec::new();
    for table in mute.iter().filter_map(|it| topology.table_of(it)) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    let finding = || {
        let message = text(
            "check.pe-002.message",
            "Packets from {vpc} reach {subnets} over {peering}, and no route of {tables} leads the answers back.",
        )
        .with("vpc", vpc.as_str())
        .with("subnets", list(&mute))
        .with("peering", peering.as_str())
        .with("tables", list(&tables));
        let at = [peering].into_iter().chain(tables.iter().copied());
        let fix = subject.undo(at.clone());
        let finding = Finding::new(&CHECK, at, message).with_fix(fix);
        if !is_left_out(subject, peering) {
            return finding;
        }
        let option = "client.return_routes";
        let finding = finding.at_options(vec![option]);
        // Ranges that overlap would trade this finding for PE-001.
        if !subject.clients_are_apart() {
            return finding;
        }
        let title = text("check.pe-002.fix", "Add the return routes");
        finding.with_fix(subject.fix(&[], title, &[(option, &true)]))
    };
    sends.then(|| (!mute.is_empty()).then(finding))
}

/// Whether something in a subnet lets in what comes from some others.
fn admits(topology: &Topology, subnet: &Name, from: &Inner<'_>) -> bool {
    let comes = |peer: Option<Peer<'_>>| match peer {
        Some(Peer::Range(range)) => from.iter().any(|(_, it)| overlap(&range, &it.cidr)),
        Some(Peer::Group(group)) => {
            let group = topology.named::<SecurityGroup>(group);
            group.is_some_and(|group| from.iter().any(|(_, it)| it.vpc == group.vpc))
        }
        Some(Peer::PrefixList) | None => false,
    };
    let here = parts(topology)
        .into_iter()
        .filter(|it| it.subnet == *subnet);
    here.into_iter().any(|part| {
        let groups = topology.security_groups_of(&part.of);
        let mut rules = groups.iter().flat_map(|it| ingress(topology, it));
        rules.any(|it| comes(it.peer))
    })
}

/// Whether the design leaves out the way back to a client.
fn is_left_out(subject: &Subject<'_>, peering: &str) -> bool {
    subject.design.is_some_and(|design| {
        let clients = design.clients.all(design);
        let is_clients = clients.iter().any(|it| it.node("Peering") == *peering);
        is_clients && !design.clients.return_routes
    })
}

fn unused(subject: &Subject<'_>, peering: &Name, vpcs: [&Name; 2]) -> Finding {
    let message = text(
        "check.pe-002.unused",
        "No route uses {peering}: {one} and {other} do not reach one another.",
    )
    .with("peering", peering.as_str())
    .with("one", vpcs[0].as_str())
    .with("other", vpcs[1].as_str());
    Finding::new(&CHECK, [peering], message).with_fix(subject.undo([peering]))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, design, findings, remove};
    use crate::checks::{Subject, check};
    use serde_json::json;

    #[test]
    fn flags_a_route_on_one_side_only_and_on_none() {
        assert_eq!(
            findings(
                &CHECK,
                "vpcs.names=shared",
                &[remove("VpcSharedRouteToMain")]
            ),
            "VpcSharedPeering, VpcSharedRouteTable: Packets from Vpc reach VpcSharedSubnetA, VpcSharedSubnetB over VpcSharedPeering, and no route of VpcSharedRouteTable leads the answers back."
        );
        assert_eq!(
            findings(
                &CHECK,
                "vpcs.names=shared network.nat=per-az",
                &[remove("PrivateRouteTableBToShared")]
            ),
            "VpcSharedPeering, PrivateRouteTableB: Packets from VpcShared reach PrivateSubnetB over VpcSharedPeering, and no route of PrivateRouteTableB leads the answers back."
        );
        assert_eq!(
            findings(
                &CHECK,
                "vpcs.names=shared",
                &[
                    remove("VpcSharedRouteToMain"),
                    remove("PrivateRouteTableToShared")
                ]
            ),
            "VpcSharedPeering: No route uses VpcSharedPeering: Vpc and VpcShared do not reach one another."
        );
    }

    #[test]
    fn flags_clients_whose_answers_find_no_way_and_offers_the_routes() {
        let settings = "application.enabled=false client.enabled=true client.return_routes=false";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            "ClientPeering, PrivateRouteTable: Packets from ClientVpc reach PrivateSubnetA, PrivateSubnetB over ClientPeering, and no route of PrivateRouteTable leads the answers back."
        );
        let design = design(settings, &[]);
        let topology = design.expand();
        let subject = Subject::new(Some(&design), &topology);
        let found = check(&subject);
        let found = found.iter().find(|it| it.check.code == CHECK.code).unwrap();
        assert_eq!(found.options, ["client.return_routes"]);
        let mended = design.with("client.return_routes", "true");
        assert!(found.fixes.iter().any(|it| it.design == mended));
    }

    #[test]
    fn flags_a_tier_that_admits_clients_and_has_no_way_back_to_them() {
        let rule = json!({
            "GroupId": {"Fn::GetAtt": ["DatabaseSecurityGroup", "GroupId"]},
            "IpProtocol": "tcp",
            "FromPort": 3306,
            "ToPort": 3306,
            "CidrIp": "10.1.0.0/16",
        });
        let kind = "AWS::EC2::SecurityGroupIngress";
        assert_eq!(
            findings(
                &CHECK,
                "network.tiers=3 client.enabled=true",
                &[add("FromClient", "security", kind, rule)]
            ),
            "ClientPeering, IsolatedRouteTable: Packets from ClientVpc reach IsolatedSubnetA, IsolatedSubnetB over ClientPeering, and no route of IsolatedRouteTable leads the answers back."
        );
    }

    #[test]
    fn accepts_routes_on_both_sides_and_a_tier_without_any_route() {
        for settings in [
            "client.enabled=true client.second=true network.nat=per-az",
            "network.tiers=3 client.enabled=true",
            "network.tiers=3 client.enabled=true vpcs.names=shared",
            "vpcs.names=shared,tools network.tiers=3",
            "vpcs.names=shared network.nat=per-az network.zones=3",
            "vpcs.names=shared network.cidr=10.0.0.0/25 network.secondary_cidrs=10.9.0.0/24 network.zones=3",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
