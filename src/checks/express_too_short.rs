//! An express workflow ends after five minutes.

use super::nat_act::Act;
use super::nat_flow::Flow;
use super::{Check, Finding, Severity, Subject};
use crate::aws::StateMachine;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-013",
    severity: Severity::High,
    title: text(
        "check.sv-013.title",
        "Express workflow that needs more than five minutes",
    ),
    why: text(
        "check.sv-013.why",
        "An express workflow is stopped after five minutes, wherever it stands, and may run twice for one start. A NAT gateway takes minutes to come and to go: what was stopped leaves it, its address or its routes behind.",
    ),
    advice: text("check.sv-013.advice", "Use a standard workflow."),
    reference: "Step Functions developer guide, choosing workflow type",
    run,
};

/// Seconds after which an express workflow ends (Step Functions developer guide, service quotas).
const EXPRESS_S: u64 = 300;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, flow) in subject.flows() {
        let is_express = topology
            .named::<StateMachine>(name)
            .is_some_and(StateMachine::is_express);
        if !is_express || !takes_long(flow) {
            continue;
        }
        let message = text(
            "check.sv-013.message",
            "{machine} is an express workflow, and its runs may take longer than five minutes.",
        )
        .with("machine", name.as_str());
        let fix = subject
            .release(&[(name, "StateMachineType")])
            .or_else(|| subject.undo([name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether its own limit lets it, and it waits or makes something that takes minutes.
fn takes_long(flow: &Flow) -> bool {
    let lasts = flow.timeout_s.is_none_or(|it| it > EXPRESS_S);
    let waits = flow.steps.iter().any(|it| it.waits);
    lasts && (waits || flow.does(Act::Create) || flow.does(Act::Delete))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_an_express_workflow_that_waits_for_gateways() {
        let express = set("NatSchedule", "StateMachineType", json!("EXPRESS"));
        assert_eq!(
            findings(&CHECK, &scheduled(""), std::slice::from_ref(&express)),
            "NatSchedule: NatSchedule is an express workflow, and its runs may take longer than five minutes."
        );
        let short = set("NatSchedule", "Definition.TimeoutSeconds", json!(240));
        assert_eq!(findings(&CHECK, &scheduled(""), &[express, short]), "");
        assert_eq!(findings(&CHECK, &scheduled(""), &[]), "");
    }
}
