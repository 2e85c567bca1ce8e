//! What a state machine makes is no resource of the stack, and stays when the stack goes.

use super::nat_act::Act;
use super::nat_flow::nat_flows;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, lookup};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "CO-014",
    severity: Severity::High,
    title: text("check.co-014.title", "NAT gateway that outlives its stack"),
    why: text(
        "check.co-014.why",
        "CloudFormation knows nothing of a gateway that a run has made. A stack that is deleted in the middle of a window leaves it with its address, and fails at the subnet and the internet gateway that it still uses.",
    ),
    advice: text(
        "check.co-014.advice",
        "Let a custom resource close the window before anything else of the stack is deleted.",
    ),
    reference: "CloudFormation user guide, custom resources",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, flow) in nat_flows(topology) {
        if !flow.does(Act::Create) || is_closed_first(topology, name) {
            continue;
        }
        let message = text("check.co-014.message", "Deleting the stack while a window of {machine} is open leaves what it made.").with("machine", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name]).or_else(|| subject.undo(taken_out(subject)))));
    }
}

/// Whether a custom resource has a function that knows the machine.
fn is_closed_first(topology: &Topology, machine: &Name) -> bool {
    let custom = topology.nodes().iter().filter(|it| is_custom(it.resource.kind()));
    custom.into_iter().any(|it| {
        let properties = it.resource.properties();
        let function = lookup(&properties, "ServiceToken").and_then(|it| it.named());
        let function = function.and_then(|it| topology.node(it));
        function.is_some_and(|it| it.references().contains(machine))
    })
}

fn is_custom(kind: &str) -> bool {
    kind == "AWS::CloudFormation::CustomResource" || kind.starts_with("Custom::")
}
