//! Dead letters are kept for longer than the queue keeps its messages.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Queue;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-024",
    severity: Severity::Medium,
    title: text("check.sv-024.title", "Dead letters that are kept too short"),
    why: text(
        "check.sv-024.why",
        "A message keeps the time of its first sending when it goes to the dead letters. Kept no longer than in the queue, it is thrown away soon after, before anybody has looked at it.",
    ),
    advice: text(
        "check.sv-024.advice",
        "Keep dead letters for 14 days, the most that SQS has.",
    ),
    reference: "SQS developer guide, dead-letter queues: message retention periods",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, queue) in topology.all::<Queue>() {
        let dead = queue.dead_letters();
        let Some((dead, it)) = dead.and_then(|it| Some((it, topology.named::<Queue>(it)?))) else {
            continue;
        };
        if it.retention_s() > queue.retention_s() {
            continue;
        }
        let message = text(
            "check.sv-024.message",
            "{dead} keeps a message for {kept} s from its first sending, and {queue} for {waited} s.",
        )
        .with("dead", dead.as_str())
        .with("kept", it.retention_s())
        .with("queue", name.as_str())
        .with("waited", queue.retention_s());
        let claims = [
            (dead, "MessageRetentionPeriod"),
            (name, "MessageRetentionPeriod"),
        ];
        let fix = subject.release(&claims);
        findings.push(Finding::new(&CHECK, [dead, name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_what_is_kept_no_longer_than_in_the_queue() {
        let edits = [set(
            "OrdersDeadLetters",
            "MessageRetentionPeriod",
            json!(345_600),
        )];
        assert_eq!(
            findings(&CHECK, "burst.enabled=true", &edits),
            "OrdersDeadLetters, OrdersQueue: OrdersDeadLetters keeps a message for 345600 s from its first sending, and OrdersQueue for 345600 s."
        );
        assert_eq!(findings(&CHECK, "burst.enabled=true", &[]), "");
    }
}
