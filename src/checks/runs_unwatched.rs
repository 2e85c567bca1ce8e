//! A run that fails must be told by something other than itself.

use super::bad_email::is_address;
use super::nat_not_idempotent::has_alarm;
use super::site::list;
use super::{Check, Finding, Fix, Severity, Subject};
use crate::aws::{Alarm, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "OB-007",
    severity: Severity::Medium,
    title: text("check.ob-007.title", "Runs that fail unseen"),
    why: text(
        "check.ob-007.why",
        "A run that times out or is stopped tells no topic any more, and one whose message is refused neither: the window stays shut, or the gateway stays on the bill.",
    ),
    advice: text(
        "check.ob-007.advice",
        "Alarm on ExecutionsFailed, ExecutionsTimedOut and ExecutionsAborted of the state machine.",
    ),
    reference: "REL06-BP03; Step Functions developer guide, metrics",
    run,
};

const WATCHED: [&str; 3] = [
    "ExecutionsFailed",
    "ExecutionsTimedOut",
    "ExecutionsAborted",
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in subject.nat_flows() {
        let unwatched = WATCHED
            .into_iter()
            .filter(|it| !has_alarm(topology, name, it));
        let unwatched: Vec<&str> = unwatched.collect();
        if unwatched.is_empty() {
            continue;
        }
        let message = text(
            "check.ob-007.message",
            "No alarm watches {metrics} of {machine}.",
        )
        .with("machine", name.as_str())
        .with("metrics", list(unwatched));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(watched(subject, name)));
    }
}

fn watched(subject: &Subject<'_>, machine: &Name) -> Option<Fix> {
    let watching = &subject.design?.observability;
    if watching.alarms {
        let alarms = subject.topology.all::<Alarm>().map(|(name, _)| name);
        return subject.undo(alarms.chain([machine]));
    }
    // An address that SNS refuses would only trade this finding for OB-006.
    let given = watching.email.as_str();
    let email = if is_address(given) { given } else { "" };
    subject.fix(
        &[],
        text("check.ob-004.fix", "Turn alarms on"),
        &[
            ("observability.alarms", &true),
            ("observability.email", &email),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, scheduled};

    #[test]
    fn flags_runs_that_no_alarm_watches() {
        assert_eq!(
            findings(&CHECK, &scheduled("observability.alarms=false"), &[]),
            "NatSchedule: No alarm watches ExecutionsFailed, ExecutionsTimedOut, ExecutionsAborted of NatSchedule."
        );
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[remove("NatRunAbortedAlarm")]),
            "NatSchedule: No alarm watches ExecutionsAborted of NatSchedule."
        );
        assert_eq!(findings(&CHECK, &scheduled(""), &[]), "");
    }
}
