//! A private subnet has no way in from the internet, so its default route leads to a NAT gateway or nowhere.

use super::site::{has_front, has_workload, list, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{InternetGateway, Name, Subnet};
use crate::text::text;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "RT-003",
    severity: Severity::High,
    title: text(
        "check.rt-003.title",
        "Private subnet with a route to the internet gateway",
    ),
    why: text(
        "check.rt-003.why",
        "One public address, or one rule too many, and instances or the database stand on the internet; without a public address they cannot get out either.",
    ),
    advice: text(
        "check.rt-003.advice",
        "Point the private subnets' default route to a NAT gateway.",
    ),
    reference: "SEC05-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (gateway, _) in topology.all::<InternetGateway>() {
        let leads_there = |subnet: &Name| {
            let route = default_route(topology, subnet).and_then(|it| it.gateway.as_ref());
            route.is_some_and(|it| it.name == *gateway)
        };
        let open: Vec<&Name> = topology
            .all::<Subnet>()
            .map(|(name, _)| name)
            .filter(|it| leads_there(it) && has_workload(topology, it) && !has_front(topology, it))
            .collect();
        if open.is_empty() {
            continue;
        }
        let message = text("check.rt-003.message", "Instances or the database live in {subnets}, where the default route leads to {gateway}.")
            .with("subnets", list(&open))
            .with("gateway", gateway.as_str());
        let fix = subject.undo(open.iter().flat_map(|it| routing(topology, it)));
        findings.push(Finding::new(&CHECK, open, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_private_subnets_on_the_public_table() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[
                    set("PrivateDefaultRoute", "NatGatewayId", json!(null)),
                    set(
                        "PrivateDefaultRoute",
                        "GatewayId",
                        json!({"Ref": "InternetGateway"})
                    )
                ]
            ),
            "PrivateSubnetA, PrivateSubnetB: Instances or the database live in PrivateSubnetA, PrivateSubnetB, where the default route leads to InternetGateway."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "PrivateSubnetARouteTableAssociation",
                    "RouteTableId",
                    json!({"Ref": "PublicRouteTable"})
                )]
            ),
            "PrivateSubnetA: Instances or the database live in PrivateSubnetA, where the default route leads to InternetGateway."
        );
    }

    #[test]
    fn accepts_a_nat_gateway_and_no_route_at_all() {
        for settings in ["", "network.nat=none"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
