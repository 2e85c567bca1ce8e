//! A message that fails does not take its batch back with it.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{EventSourceMapping, Queue};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-022",
    severity: Severity::Medium,
    title: text("check.sv-022.title", "Batches that fail as a whole"),
    why: text(
        "check.sv-022.why",
        "When one message fails, the whole batch comes back: those that went well are done again, and counted again, until they end among the dead letters with the one that is broken.",
    ),
    advice: text(
        "check.sv-022.advice",
        "Set FunctionResponseTypes to ReportBatchItemFailures, and let the function name the messages that failed.",
    ),
    reference: "REL04-BP04; Lambda developer guide, handling errors for an SQS event source",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, mapping) in topology.all::<EventSourceMapping>() {
        let queue = mapping
            .polls()
            .filter(|it| topology.named::<Queue>(it).is_some());
        let Some(queue) = queue.filter(|_| mapping.batch() > 1 && !mapping.reports_failures())
        else {
            continue;
        };
        let message = text(
            "check.sv-022.message",
            "One failed message of {queue} brings up to {batch} back.",
        )
        .with("queue", queue.as_str())
        .with("batch", mapping.batch());
        let fix = subject.release(&[(name, "FunctionResponseTypes")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_mapping_that_reports_nothing() {
        let silent = set("OrdersMapping", "FunctionResponseTypes", json!(null));
        assert_eq!(
            findings(&CHECK, "burst.enabled=true", std::slice::from_ref(&silent)),
            "OrdersMapping: One failed message of OrdersQueue brings up to 10 back."
        );
        let single = "burst.enabled=true burst.batch=1";
        assert_eq!(findings(&CHECK, single, &[silent]), "");
        assert_eq!(findings(&CHECK, "burst.enabled=true", &[]), "");
    }
}
