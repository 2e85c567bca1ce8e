//! A NAT gateway must not be its own way out.

use super::site::{has_workload, is_public_nat, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::NatGateway;
use crate::text::text;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "RT-013",
    severity: Severity::Error,
    title: text("check.rt-013.title", "NAT gateway that routes to itself"),
    why: text(
        "check.rt-013.why",
        "What the gateway sends out comes back to a NAT gateway and goes round; nothing reaches the internet.",
    ),
    advice: text(
        "check.rt-013.advice",
        "Keep routes to NAT gateways out of the tables of the subnets that they stand in.",
    ),
    reference: "VPC user guide, NAT gateway use cases",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, nat) in topology.all::<NatGateway>() {
        let Some(subnet) = nat.subnet.as_ref().map(|it| &it.name) else {
            continue;
        };
        let route = default_route(topology, subnet).and_then(|it| it.nat.as_ref());
        let (Some(next), false) = (route, has_workload(topology, subnet)) else {
            continue;
        };
        if !is_public_nat(nat) {
            continue;
        }
        let message = text(
            "check.rt-013.message",
            "{nat} stands in {subnet}, whose default route leads to {next}.",
        )
        .with("nat", name.as_str())
        .with("subnet", subnet.as_str())
        .with("next", next.name.as_str());
        let fix = subject.undo(routing(topology, subnet).into_iter().chain([name]));
        findings.push(Finding::new(&CHECK, [name, subnet], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_public_table_that_leads_to_the_gateway_inside() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[
                    set("PublicDefaultRoute", "GatewayId", json!(null)),
                    set(
                        "PublicDefaultRoute",
                        "NatGatewayId",
                        json!({"Ref": "NatGatewayA"})
                    )
                ]
            ),
            "NatGatewayA, PublicSubnetA: NatGatewayA stands in PublicSubnetA, whose default route leads to NatGatewayA."
        );
    }

    #[test]
    fn accepts_tables_that_lead_to_the_internet_gateway() {
        assert_eq!(findings(&CHECK, "network.nat=per-az", &[]), "");
    }
}
