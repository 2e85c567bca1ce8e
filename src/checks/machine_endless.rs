//! A loop counts its rounds.

use super::nat_flow::{Flow, Step};
use super::{Check, Finding, Severity, Subject};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-016",
    severity: Severity::Medium,
    title: text(
        "check.sv-016.title",
        "Loop of a state machine without an end",
    ),
    why: text(
        "check.sv-016.why",
        "What is waited for may never come: a gateway may stay pending or deleting. A loop that does not count goes round until the run is cut off, by its limit or after 25,000 events, and then nothing cleans up.",
    ),
    advice: text(
        "check.sv-016.advice",
        "Count the rounds, and go on to cleaning up and telling when there were enough.",
    ),
    reference: "REL05-BP05; Step Functions developer guide, service quotas",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, flow) in subject.flows() {
        let Some(at) = endless(flow) else {
            continue;
        };
        let message = text(
            "check.sv-016.message",
            "{machine} may go round from {step} back to it for ever: nothing counts there.",
        )
        .with("machine", name.as_str())
        .with("step", flow.name(at));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

/// The first step that a run may come to again without having counted and compared.
fn endless(flow: &Flow) -> Option<usize> {
    let round = |barred: &dyn Fn(&Step) -> bool| {
        let reachable = flow.reached(&[flow.start], &|_| false);
        (0..flow.steps.len()).find(|at| {
            let is_free = flow.steps.get(*at).is_some_and(|it| !barred(it));
            is_free
                && reachable.get(*at) == Some(&true)
                && flow.leads(&flow.after(*at), *at, barred)
        })
    };
    round(&|it| it.counts).or_else(|| round(&|it| it.compares))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, inner, scheduled};
    use serde_json::json;

    #[test]
    fn flags_a_loop_that_does_not_count_or_never_compares() {
        let uncounted = inner("WaitDeleted.Next", json!("CheckDeleted"));
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[uncounted]),
            "NatSchedule: NatSchedule may go round from CheckDeleted back to it for ever: nothing counts there."
        );
        let rules = json!([{"Variable": "$.seen.gateways[0].State", "StringEquals": "available", "Next": "AddRoutes"}]);
        let uncompared = inner("IsAvailable.Choices", rules);
        assert_eq!(
            findings(&CHECK, &scheduled("schedule.calls=sdk"), &[uncompared]),
            "NatSchedule: NatSchedule may go round from CheckAvailable back to it for ever: nothing counts there."
        );
    }

    #[test]
    fn accepts_loops_that_count() {
        for settings in ["", "schedule.calls=sdk", "schedule.attempts=0"] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
    }
}
