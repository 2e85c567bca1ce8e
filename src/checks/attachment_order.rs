//! CloudFormation makes in parallel what does not say that it waits.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{ElasticIp, GatewayAttachment, Kind, Name, NatGateway, Route};
use crate::text::text;
use crate::topology::{Node, Topology};

pub static CHECK: Check = Check {
    code: "CO-009",
    severity: Severity::Error,
    title: text(
        "check.co-009.title",
        "Resource that does not wait for the internet gateway",
    ),
    why: text(
        "check.co-009.why",
        "An Elastic IP address, a NAT gateway or a route needs the gateway attached, but refers to no attachment: without DependsOn it may come first, and the deployment fails now and then.",
    ),
    advice: text(
        "check.co-009.advice",
        "Add DependsOn with the gateway attachment.",
    ),
    reference: "CloudFormation reference, AWS::EC2::EIP and AWS::EC2::VPCGatewayAttachment",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let attachments: Vec<&Name> = topology
        .all::<GatewayAttachment>()
        .filter(|(_, it)| it.gateway.is_some())
        .map(|(name, _)| name)
        .collect();
    for node in topology.nodes() {
        // An attachment of an earlier stack is there already.
        let beside = attachments
            .iter()
            .find(|it| topology.node(it).is_some_and(|it| it.stack == node.stack));
        let (Some(attachment), true) = (beside, needs_gateway(node)) else {
            continue;
        };
        if waits_for(topology, node, &attachments) {
            continue;
        }
        let message = text(
            "check.co-009.message",
            "{node} does not wait for {attachment}.",
        )
        .with("node", node.name.as_str())
        .with("attachment", attachment.as_str());
        let fix = subject.undo([&node.name]);
        findings.push(Finding::new(&CHECK, [&node.name], message).with_fix(fix));
    }
}

fn needs_gateway(node: &Node) -> bool {
    let routes_out = Route::of(&node.resource).is_some_and(|it| it.gateway.is_some());
    let is_address = ElasticIp::of(&node.resource).is_some();
    routes_out || is_address || NatGateway::of(&node.resource).is_some()
}

/// Whether a node is made after one of the attachments, itself or through what it refers to.
fn waits_for(topology: &Topology, node: &Node, attachments: &[&Name]) -> bool {
    let mut seen: Vec<Name> = Vec::new();
    let mut open = node.references();
    while let Some(name) = open.pop() {
        if attachments.contains(&&name) {
            return true;
        }
        if seen.contains(&name) {
            continue;
        }
        open.extend(
            topology
                .node(&name)
                .map(Node::references)
                .unwrap_or_default(),
        );
        seen.push(name);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_an_address_that_was_added() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Spare",
                    "network",
                    "AWS::EC2::EIP",
                    json!({"Domain": "vpc"})
                )]
            ),
            "Spare: Spare does not wait for InternetGatewayAttachment."
        );
    }

    #[test]
    fn accepts_what_waits_and_what_comes_in_a_later_stack() {
        assert_eq!(findings(&CHECK, "network.nat=per-az", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Spare",
                    "app",
                    "AWS::EC2::EIP",
                    json!({"Domain": "vpc"})
                )]
            ),
            ""
        );
    }
}
