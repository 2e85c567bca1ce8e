//! A virtual private gateway that no route leads to is a way in without a way back.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{GatewayAttachment, Name, Route, RouteTable, VpnGateway, VpnPropagation};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "RT-018",
    severity: Severity::High,
    title: text("check.rt-018.title", "VPN without routes"),
    why: text(
        "check.rt-018.why",
        "A virtual private gateway adds no route to a table by itself. Packets from your network arrive, and no answer finds the way back.",
    ),
    advice: text(
        "check.rt-018.advice",
        "Propagate its routes to the route tables of the private subnets, or add a static route to your network's range.",
    ),
    reference: "Site-to-Site VPN user guide, configure routing",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<VpnGateway>() {
        let mut attached = topology.all::<GatewayAttachment>();
        let attached = attached.find(|(_, it)| it.vpn.as_ref().is_some_and(|it| it.name == *name));
        let Some((attachment, it)) = attached else {
            continue;
        };
        if is_routed(topology, name, &it.vpc.name) {
            continue;
        }
        let message = text(
            "check.rt-018.message",
            "{gateway} is attached to {vpc}, and no route table there has a route to it.",
        )
        .with("gateway", name.as_str())
        .with("vpc", it.vpc.name.as_str());
        // With what refers to these and was taken away: propagations.
        let edited = topology.all::<VpnPropagation>().map(|(it, _)| it);
        let fix = subject.undo(edited.chain([name, attachment]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a table of the VPC learns routes of the gateway, or has a static one.
fn is_routed(topology: &Topology, gateway: &Name, vpc: &str) -> bool {
    let is_here = |table: &str| {
        let table = topology.named::<RouteTable>(table);
        table.is_some_and(|it| *it.vpc.name == *vpc)
    };
    let mut learned = topology.all::<VpnPropagation>();
    let mut fixed = topology.all::<Route>();
    learned
        .any(|(_, it)| it.gateway.name == *gateway && it.tables.iter().any(|it| is_here(&it.name)))
        || fixed.any(|(_, it)| {
            let leads = it.gateway.as_ref().is_some_and(|it| it.name == *gateway);
            leads && is_here(&it.table.name)
        })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, remove};
    use serde_json::json;

    const ONE: &str = "vpn.customer_gateways=203.0.113.10";

    #[test]
    fn flags_a_gateway_whose_routes_no_table_learns() {
        assert_eq!(
            findings(&CHECK, ONE, &[remove("PrivateRouteTablePropagation")]),
            "VpnGateway: VpnGateway is attached to Vpc, and no route table there has a route to it."
        );
    }

    #[test]
    fn accepts_learned_routes_and_static_ones() {
        assert_eq!(findings(&CHECK, ONE, &[]), "");
        assert_eq!(findings(&CHECK, "", &[]), "");
        let edits = [
            remove("PrivateRouteTablePropagation"),
            add(
                "Static",
                "network",
                "AWS::EC2::Route",
                json!({
                    "RouteTableId": {"Ref": "PrivateRouteTable"},
                    "DestinationCidrBlock": "172.16.0.0/12",
                    "GatewayId": {"Ref": "VpnGateway"},
                }),
            ),
        ];
        assert_eq!(findings(&CHECK, ONE, &edits), "");
    }
}
