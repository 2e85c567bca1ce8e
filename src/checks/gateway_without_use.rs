//! An internet gateway serves what has a public address.

use super::site::{is_public_nat, lives_in};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{
    DbInstance, Distribution, GatewayAttachment, Instance, LoadBalancer, Name, NatGateway, Subnet,
};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "RT-020",
    severity: Severity::Low,
    title: text(
        "check.rt-020.title",
        "Internet gateway that carries nothing",
    ),
    why: text(
        "check.rt-020.why",
        "Only what has a public address, or stands behind a NAT gateway, uses an internet gateway. A function in a VPC never gets one: the gateway carries nothing, and its route makes subnets public that were meant to be private.",
    ),
    advice: text(
        "check.rt-020.advice",
        "Take the gateway and its route out of a VPC that is to be private.",
    ),
    reference: "SEC05-BP01; Lambda developer guide, giving functions in a VPC internet access",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    // CloudFront reaches private origins only in a VPC that has one.
    if topology.all::<Distribution>().next().is_some() {
        return;
    }
    for (name, it) in topology.all::<GatewayAttachment>() {
        let Some(gateway) = it
            .gateway
            .as_ref()
            .filter(|_| !is_used(topology, &it.vpc.name))
        else {
            continue;
        };
        let message = text(
            "check.rt-020.message",
            "{gateway} is attached to {vpc}, where nothing has a public address.",
        )
        .with("gateway", gateway.name.as_str())
        .with("vpc", it.vpc.name.as_str());
        let at = [&gateway.name, &it.vpc.name];
        let finding = Finding::new(&CHECK, at, message);
        let fix = subject.undo([&gateway.name, name]);
        let is_bare = subject.design.is_some_and(|it| {
            !it.has_application() && it.network.tiers.get() == 2 && !subject.is_client(at[1])
        });
        let private = || {
            let title = text("check.rt-020.fix", "Leave the public subnets out");
            subject.fix(&[], title, &[("network.tiers", &1)])
        };
        findings.push(if is_bare && fix.is_none() {
            finding.with_fix(private())
        } else {
            finding.with_fix(fix)
        });
    }
}

/// Whether something in a VPC talks to the internet.
fn is_used(topology: &Topology, vpc: &str) -> bool {
    let subnets = topology.all::<Subnet>();
    let inside: Vec<(&Name, &Subnet)> = subnets.filter(|(_, it)| *it.vpc.name == *vpc).collect();
    let here = |node: &Name| inside.iter().any(|(it, _)| lives_in(topology, node, it));
    let mut nats = topology.all::<NatGateway>();
    let mut balancers = topology.all::<LoadBalancer>();
    let mut databases = topology.all::<DbInstance>();
    let mut hosts = topology.all::<Instance>();
    nats.any(|(name, it)| {
        let regional = it.vpc.as_ref().is_some_and(|it| *it.name == *vpc);
        is_public_nat(it) && (regional || here(name))
    }) || balancers.any(|(name, it)| it.is_internet_facing() && here(name))
        || databases.any(|(name, it)| it.public && here(name))
        || hosts.any(|(name, _)| topology.has_public_address(name) && here(name))
        || inside.iter().any(|(_, it)| it.public_addresses)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_the_gateway_of_a_client_whose_function_has_no_address() {
        let edits = [
            add("Gateway", "client", "AWS::EC2::InternetGateway", json!({})),
            add(
                "GatewayAttachment",
                "client",
                "AWS::EC2::VPCGatewayAttachment",
                json!({"VpcId": {"Ref": "ClientVpc"}, "InternetGatewayId": {"Ref": "Gateway"}}),
            ),
        ];
        assert_eq!(
            findings(&CHECK, "api.enabled=true client.enabled=true", &edits),
            "Gateway, ClientVpc: Gateway is attached to ClientVpc, where nothing has a public address."
        );
    }

    #[test]
    fn flags_public_subnets_that_nothing_stands_in() {
        let settings = "application.enabled=false network.nat=none";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            "InternetGateway, Vpc: InternetGateway is attached to Vpc, where nothing has a public address."
        );
    }

    #[test]
    fn accepts_what_serves_the_internet() {
        for settings in [
            "",
            "network.nat=regional",
            "application.enabled=false",
            "network.nat=none edge.cloudfront=true",
            "application.enabled=false network.tiers=1 network.nat=none",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
