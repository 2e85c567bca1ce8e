//! Stacks are deployed one after the other.

use super::{Check, Finding, Severity, Subject};
use crate::text::text;
use crate::topology::Stack;

pub static CHECK: Check = Check {
    code: "DS-003",
    severity: Severity::Error,
    title: text("check.ds-003.title", "Reference to a later stack"),
    why: text(
        "check.ds-003.why",
        "A stack takes what earlier ones export; what a later stack makes is not there yet.",
    ),
    advice: text(
        "check.ds-003.advice",
        "Move the resource to the later stack, or what it needs to the earlier one.",
    ),
    reference: "CloudFormation user guide, cross-stack references",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let stack = |index: usize| topology.stacks.get(index).map_or("", |it: &Stack| it.name);
    for node in topology.nodes() {
        let names = node.references();
        let later = names
            .iter()
            .filter_map(|it| topology.node(it))
            .find(|it| it.stack > node.stack);
        let Some(later) = later else {
            continue;
        };
        let message = text(
            "check.ds-003.message",
            "{node} of stack {own} refers to {later} of the later stack {other}.",
        )
        .with("node", node.name.as_str())
        .with("own", stack(node.stack))
        .with("later", later.name.as_str())
        .with("other", stack(later.stack));
        let fix = subject.undo([&node.name]);
        findings.push(Finding::new(&CHECK, [&node.name, &later.name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_network_that_waits_for_the_application() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "NatGatewayA",
                    "SubnetId",
                    json!({"Ref": "LoadBalancer"})
                )]
            ),
            "NatGatewayA, LoadBalancer: NatGatewayA of stack network refers to LoadBalancer of the later stack app."
        );
    }

    #[test]
    fn accepts_references_to_earlier_stacks() {
        assert_eq!(
            findings(&CHECK, "network.nat=per-az balancer.https=true", &[]),
            ""
        );
    }
}
