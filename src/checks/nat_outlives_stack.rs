//! What a state machine makes is no resource of the stack, and stays when the stack goes.

use super::nat_act::Act;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, Name, Value, lookup};
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
    for (name, flow) in subject.nat_flows() {
        if !flow.does(Act::Create) || is_closed_first(topology, name) {
            continue;
        }
        let message = text(
            "check.co-014.message",
            "Deleting the stack while a window of {machine} is open leaves what it made.",
        )
        .with("machine", name.as_str());
        let functions = topology.all::<Function>().map(|(name, _)| name);
        let fix = subject.undo(functions.chain([name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a custom resource has a function that knows the machine.
fn is_closed_first(topology: &Topology, machine: &Name) -> bool {
    let mut custom = topology
        .nodes()
        .iter()
        .filter(|it| is_custom(it.resource.kind()));
    custom.any(|it| {
        let properties = it.resource.properties();
        let function = lookup(&properties, "ServiceToken").and_then(Value::named);
        let function = function.and_then(|it| topology.node(it));
        function.is_some_and(|it| it.references().contains(machine))
    })
}

fn is_custom(kind: &str) -> bool {
    kind == "AWS::CloudFormation::CustomResource" || kind.starts_with("Custom::")
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, scheduled};

    #[test]
    fn flags_a_stack_that_does_not_close_before_it_goes() {
        let expected = "NatSchedule: Deleting the stack while a window of NatSchedule is open leaves what it made.";
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[remove("NatTeardown")]),
            expected
        );
        assert_eq!(findings(&CHECK, &scheduled("schedule.calls=sdk"), &[]), "");
    }
}
