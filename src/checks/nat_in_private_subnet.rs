//! A public NAT gateway stands in a public subnet.

use super::site::{has_entry, has_workload, is_public_nat, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::NatGateway;
use crate::text::text;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "RT-004",
    severity: Severity::Error,
    title: text("check.rt-004.title", "NAT gateway in a private subnet"),
    why: text(
        "check.rt-004.why",
        "A NAT gateway sends what it translates along its own subnet's default route; only an internet gateway there leads out.",
    ),
    advice: text(
        "check.rt-004.advice",
        "Put the gateway into a subnet whose default route leads to the internet gateway.",
    ),
    reference: "VPC user guide, NAT gateway basics",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, nat) in topology.all::<NatGateway>() {
        let Some(subnet) = nat.subnet.as_ref().map(|it| &it.name) else {
            continue;
        };
        let is_private = match default_route(topology, subnet) {
            // A load balancer beside it: then the subnet is the mistake, which RT-001 reports.
            None => !has_entry(topology, subnet),
            Some(route) => route.nat.is_some() && has_workload(topology, subnet),
        };
        if !is_public_nat(nat) || topology.zone_of(subnet).is_none() || !is_private {
            continue;
        }
        let message = text(
            "check.rt-004.message",
            "{nat} stands in {subnet}, whose default route does not lead to an internet gateway.",
        )
        .with("nat", name.as_str())
        .with("subnet", subnet.as_str());
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
    fn flags_a_gateway_among_the_instances() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "NatGatewayA",
                    "SubnetId",
                    json!({"Ref": "PrivateSubnetA"})
                )]
            ),
            "NatGatewayA, PrivateSubnetA: NatGatewayA stands in PrivateSubnetA, whose default route does not lead to an internet gateway."
        );
    }

    #[test]
    fn accepts_public_subnets() {
        assert_eq!(findings(&CHECK, "network.nat=per-az", &[]), "");
    }
}
