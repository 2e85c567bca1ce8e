//! A NAT gateway that nothing routes to is paid for nothing.

use super::site::{has_workload, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, NatGateway, Subnet};
use crate::text::text;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "RT-015",
    severity: Severity::Low,
    title: text("check.rt-015.title", "NAT gateway that no instance uses"),
    why: text(
        "check.rt-015.why",
        "A NAT gateway bills every hour and its address, whether anything goes through it or not.",
    ),
    advice: text(
        "check.rt-015.advice",
        "Remove it, or route the private subnets of its zone to it.",
    ),
    reference: "COST04-BP03; VPC pricing, NAT gateways",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let uses = |subnet: &Name, nat: &Name| {
        let route = default_route(topology, subnet).and_then(|it| it.nat.as_ref());
        route.is_some_and(|it| it.name == *nat)
    };
    for (name, _) in topology.all::<NatGateway>() {
        let mut subnets = topology.all::<Subnet>();
        if subnets.any(|(subnet, _)| has_workload(topology, subnet) && uses(subnet, name)) {
            continue;
        }
        let message = text(
            "check.rt-015.message",
            "No subnet with instances or a database routes to {nat}.",
        )
        .with("nat", name.as_str());
        let subnets = topology
            .all::<Subnet>()
            .flat_map(|(it, _)| routing(topology, it));
        let fix = subject.undo(subnets.chain([name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_gateway_that_its_zone_passes_by() {
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
            "NatGatewayB: No subnet with instances or a database routes to NatGatewayB."
        );
    }

    #[test]
    fn accepts_gateways_that_are_routed_to() {
        for nat in ["single", "per-az", "regional"] {
            assert_eq!(findings(&CHECK, &format!("network.nat={nat}"), &[]), "");
        }
    }
}
