//! A message stays hidden for as long as its function may try.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{EventSourceMapping, Function, Queue};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-005",
    severity: Severity::Medium,
    title: text(
        "check.sv-005.title",
        "Messages that show themselves while they are worked on",
    ),
    why: text(
        "check.sv-005.why",
        "Lambda tries again by itself when a function is throttled. A message that shows itself before that ends is given to a second run, and counts as received once more: it is done twice, or goes to the dead letters without having failed.",
    ),
    advice: text(
        "check.sv-005.advice",
        "Set the queue's visibility timeout to six times the function's timeout, and to more where messages are gathered first.",
    ),
    reference: "Lambda developer guide, creating and configuring an Amazon SQS event source mapping",
    run,
};

/// So many times the function's timeout.
const TIMES: u32 = 6;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (_, mapping) in topology.all::<EventSourceMapping>() {
        let Some((name, function)) = mapping.polls().zip(mapping.calls()) else {
            continue;
        };
        let both = topology
            .named::<Queue>(name)
            .zip(topology.named::<Function>(function));
        let Some((queue, it)) = both else {
            continue;
        };
        let window = mapping.window.unwrap_or(0);
        let least = TIMES.saturating_mul(it.timeout_s()).saturating_add(window);
        if queue.visibility_s() >= least {
            continue;
        }
        let message = text(
            "check.sv-005.message",
            "{queue} hides a message for {hidden} s; for {function}, which may run for {timeout} s, {least} s are asked for.",
        )
        .with("queue", name.as_str())
        .with("hidden", queue.visibility_s())
        .with("function", function.as_str())
        .with("timeout", it.timeout_s())
        .with("least", least);
        let fix = subject.release(&[(name, "VisibilityTimeout"), (function, "Timeout")]);
        findings.push(Finding::new(&CHECK, [name, function], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_less_than_six_times_the_timeout() {
        let edits = [set("OrdersQueue", "VisibilityTimeout", json!(179))];
        assert_eq!(
            findings(&CHECK, "burst.enabled=true", &edits),
            "OrdersQueue, OrdersConsumer: OrdersQueue hides a message for 179 s; for OrdersConsumer, which may run for 30 s, 180 s are asked for."
        );
        let default = [set("OrdersQueue", "VisibilityTimeout", json!(null))];
        assert!(!findings(&CHECK, "burst.enabled=true", &default).is_empty());
        let gathered = set(
            "OrdersMapping",
            "MaximumBatchingWindowInSeconds",
            json!(300),
        );
        let found = findings(&CHECK, "burst.enabled=true", &[gathered]);
        assert!(found.ends_with("480 s are asked for."), "{found}");
        let settings = "burst.enabled=true burst.function_seconds=900";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
