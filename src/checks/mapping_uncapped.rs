//! A store that can be overrun is spared by whoever writes to it.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{EventSourceMapping, Function, Queue};
use crate::text::text;
use crate::topology::{is_table, store};

pub static CHECK: Check = Check {
    code: "SV-023",
    severity: Severity::Medium,
    title: text(
        "check.sv-023.title",
        "Consumers without a limit before a database",
    ),
    why: text(
        "check.sv-023.why",
        "Lambda adds up to 300 runs a minute for as long as messages wait. Each has a connection, so that the queue, which ought to spare the database, drives the burst into it.",
    ),
    advice: text(
        "check.sv-023.advice",
        "Set MaximumConcurrency on the event source mapping to what the database can take.",
    ),
    reference: "REL05-BP02; Lambda developer guide, configuring scaling behavior for SQS event source mappings",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, mapping) in topology.all::<EventSourceMapping>() {
        let is_queue = mapping
            .polls()
            .is_some_and(|it| topology.named::<Queue>(it).is_some());
        let Some(function) = mapping
            .calls()
            .filter(|_| is_queue && mapping.concurrency().is_none())
        else {
            continue;
        };
        let reserved = topology
            .named::<Function>(function)
            .and_then(|it| it.concurrency);
        let store = store(topology, function).filter(|it| !is_table(topology, it));
        let Some(store) = store.filter(|_| reserved.is_none()) else {
            continue;
        };
        let message = text(
            "check.sv-023.message",
            "Nothing caps the runs of {function} that write to {store}.",
        )
        .with("function", function.as_str())
        .with("store", store.as_str());
        let fix = subject.release(&[(name, "ScalingConfig")]);
        findings.push(Finding::new(&CHECK, [name, function], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_mapping_without_a_cap_before_a_database() {
        let edits = [set("OrdersMapping", "ScalingConfig", json!(null))];
        let settings = "burst.enabled=true burst.store=database";
        assert_eq!(
            findings(&CHECK, settings, &edits),
            "OrdersMapping, OrdersConsumer: Nothing caps the runs of OrdersConsumer that write to Database."
        );
        assert_eq!(findings(&CHECK, settings, &[]), "");
        assert_eq!(findings(&CHECK, "burst.enabled=true", &edits), "");
    }
}
