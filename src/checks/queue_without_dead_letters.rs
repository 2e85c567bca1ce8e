//! What nobody can work off must leave the queue.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Queue;
use crate::text::text;
use crate::topology::consumers;

pub static CHECK: Check = Check {
    code: "SV-004",
    severity: Severity::High,
    title: text("check.sv-004.title", "Queue without dead letters"),
    why: text(
        "check.sv-004.why",
        "A message that fails every time comes back until it is too old: it takes runs from the others, hides what is wrong with it, and is gone in the end.",
    ),
    advice: text(
        "check.sv-004.advice",
        "Give the queue a redrive policy with a dead-letter queue and about five receives, and an alarm on the dead letters.",
    ),
    reference: "REL05-BP03; SQS developer guide, dead-letter queues",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, queue) in topology.all::<Queue>() {
        if queue.redrive.is_some() || consumers(topology, name).is_empty() {
            continue;
        }
        let message = text(
            "check.sv-004.message",
            "A message of {queue} that fails every time comes back until it is too old.",
        )
        .with("queue", name.as_str());
        let fix = subject.release(&[(name, "RedrivePolicy")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_queue_that_somebody_works_off() {
        let edits = [set("OrdersQueue", "RedrivePolicy", json!(null))];
        let found = "OrdersQueue: A message of OrdersQueue that fails every time comes back until it is too old.";
        for consumer in ["functions", "instances"] {
            let settings = format!("burst.enabled=true burst.consumer={consumer}");
            assert_eq!(findings(&CHECK, &settings, &edits), found);
            assert_eq!(findings(&CHECK, &settings, &[]), "");
        }
    }
}
