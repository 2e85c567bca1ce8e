//! A run may be started twice, an answer may get lost, and a call may fail: none of it may leave a gateway too many.

use super::nat_act::{Act, has_token};
use super::nat_flow::{Flow, Step};
use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Alarm, Name, Value, lookup};
use crate::states::Task;
use crate::text::{Message, text};
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "CO-005",
    severity: Severity::Medium,
    title: text(
        "check.co-005.title",
        "Scheduled NAT gateway that a failure can double or leave behind",
    ),
    why: text(
        "check.co-005.why",
        "EventBridge Scheduler may start a run twice, and any call may fail or lose its answer. Without a look at what is there and a client token a second gateway is made; without another attempt and a way on after an error the run stops in the middle, and nobody is told.",
    ),
    advice: text(
        "check.co-005.advice",
        "Look for the stack's gateway before one is created, give a client token, let every task try again and catch its errors, and tell a topic.",
    ),
    reference: "REL04-BP04, REL05-BP03; Step Functions developer guide, handling errors",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, flow) in subject.nat_flows() {
        let mut tell = |message: Message, fix| {
            let message = message.with("machine", name.as_str());
            findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
        };
        for at in flow.doing(Act::Create) {
            let lacks = lacks(flow, at);
            if let Some(message) = lacks {
                tell(message.with("step", flow.name(at)), subject.undo([name]));
            }
        }
        let hasty = tasks(flow, |it, _| {
            it.answer.retry.iter().all(|it| it.attempts == 0)
        });
        if !hasty.is_empty() {
            let message = text(
                "check.co-005.retry",
                "In {machine} these are not tried again after an error: {steps}.",
            );
            tell(
                message.with("steps", shortened(&hasty)),
                again(subject, name),
            );
        }
        let uncaught = tasks(flow, |_, step| step.on_error.is_empty());
        if !uncaught.is_empty() {
            let message = text(
                "check.co-005.catch",
                "In {machine} an error of these ends the run where it stands: {steps}.",
            );
            tell(
                message.with("steps", shortened(&uncaught)),
                subject.undo([name]),
            );
        }
        if !is_told(subject.topology, name, flow) {
            let message = text(
                "check.co-005.told",
                "No error of {machine} reaches a topic.",
            );
            tell(message.into(), subject.undo([name]));
        }
    }
}

fn lacks(flow: &Flow, at: usize) -> Option<Message> {
    let looks = |it: &Step| it.act == Some(Act::FindGateways);
    let is_blind = flow.leads(&[flow.start], at, &looks);
    let task = flow.steps.get(at)?.task.as_ref()?;
    match (is_blind, has_token(task)) {
        (false, true) => None,
        (true, true) => Some(text("check.co-005.look", "{step} of {machine} creates a NAT gateway without having looked whether there is one.").into()),
        (false, false) => Some(text("check.co-005.token", "{step} of {machine} creates a NAT gateway without a client token: another attempt makes another gateway.").into()),
        (true, false) => Some(text("check.co-005.both", "{step} of {machine} creates a NAT gateway without a client token, and without having looked whether there is one.").into()),
    }
}

/// Names of the tasks of which something holds.
fn tasks(flow: &Flow, holds: impl Fn(&Task, &Step) -> bool) -> Vec<&str> {
    let steps = flow.steps.iter();
    steps
        .filter(|it| it.task.as_ref().is_some_and(|task| holds(task, it)))
        .map(|it| it.name.as_str())
        .collect()
}

/// As many names of states as a sentence takes.
const SHOWN: usize = 3;

fn shortened(names: &[&str]) -> String {
    let (shown, rest) = names.split_at(names.len().min(SHOWN));
    let more = if rest.is_empty() { "" } else { ", …" };
    list(shown) + more
}

/// Further attempts: by the option, where that is what is missing.
fn again(subject: &Subject<'_>, machine: &Name) -> Option<super::Fix> {
    let design = subject.design?;
    if design.schedule.attempts.get() > 0 {
        return subject.undo([machine]);
    }
    let title = text("check.co-005.fix", "Try a failed call three times more");
    subject.fix(
        &[(machine, "Definition")],
        title,
        &[("schedule.attempts", &3)],
    )
}

/// Whether an error leads to a message, or to an end that an alarm tells of.
fn is_told(topology: &Topology, machine: &Name, flow: &Flow) -> bool {
    let errors: Vec<usize> = flow
        .steps
        .iter()
        .flat_map(|it| it.on_error.iter().copied())
        .collect();
    let reached = flow.reached(&errors, &|_| false);
    let mut steps = flow
        .steps
        .iter()
        .zip(reached)
        .filter(|(_, it)| *it)
        .map(|(it, _)| it);
    let alarmed = has_alarm(topology, machine, "ExecutionsFailed");
    steps.any(|it| it.act == Some(Act::Tell) || it.fails && alarmed)
}

/// Whether an alarm that tells somebody watches a figure of a state machine's runs.
pub fn has_alarm(topology: &Topology, machine: &Name, metric: &str) -> bool {
    topology.all::<Alarm>().any(|(_, it)| {
        let of_runs =
            it.namespace.as_deref() == Some("AWS/States") && it.metric.as_deref() == Some(metric);
        let dimensions = lookup(&it.rest, "Dimensions").and_then(Value::as_list);
        let mut values = dimensions
            .unwrap_or_default()
            .iter()
            .filter_map(|it| it.get("Value")?.named());
        of_runs && !it.actions.is_empty() && values.any(|it| it == machine)
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, inner, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_a_creation_that_can_happen_twice() {
        let token = "CreateGateway.Parameters.Payload";
        let blind = inner("Direction.Default", json!("KeepsAddress"));
        let bare = inner(token, json!({"call": "create"}));
        assert_eq!(
            findings(&CHECK, &scheduled(""), std::slice::from_ref(&bare)),
            "NatSchedule: CreateGateway of NatSchedule creates a NAT gateway without a client token: another attempt makes another gateway."
        );
        assert_eq!(
            findings(&CHECK, &scheduled(""), std::slice::from_ref(&blind)),
            "NatSchedule: CreateGateway of NatSchedule creates a NAT gateway without having looked whether there is one."
        );
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[blind, bare]),
            "NatSchedule: CreateGateway of NatSchedule creates a NAT gateway without a client token, and without having looked whether there is one."
        );
    }

    #[test]
    fn flags_calls_that_fail_at_once_or_stop_the_run() {
        assert_eq!(
            findings(&CHECK, &scheduled("schedule.attempts=0"), &[]),
            "NatSchedule: In NatSchedule these are not tried again after an error: AskHolder, ReadLedger, TakeOver, …."
        );
        let uncaught = set(
            "NatSchedule",
            "Definition.States.TakeTurn.Catch",
            json!(null),
        );
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[uncaught]),
            "NatSchedule: In NatSchedule an error of these ends the run where it stands: TakeTurn."
        );
    }

    #[test]
    fn accepts_both_ways_of_calling() {
        for settings in ["", "schedule.calls=sdk", "observability.alarms=false"] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
    }
}
