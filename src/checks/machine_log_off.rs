//! What a run did, and why it failed, stands in its log.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{StateMachine, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-014",
    severity: Severity::Low,
    title: text("check.sv-014.title", "State machine without a log"),
    why: text(
        "check.sv-014.why",
        "The history of a standard run is gone after 90 days, and an express run has none: without a log nobody can tell what happened to which gateway.",
    ),
    advice: text(
        "check.sv-014.advice",
        "Send the events of its runs to a log group of CloudWatch.",
    ),
    reference: "SEC04-BP01; Step Functions developer guide, logging",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, machine) in subject.topology.all::<StateMachine>() {
        if machine.logging.as_ref().is_some_and(is_on) {
            continue;
        }
        let message = text(
            "check.sv-014.message",
            "The runs of {machine} are not logged.",
        )
        .with("machine", name.as_str());
        let fix = subject
            .release(&[(name, "LoggingConfiguration")])
            .or_else(|| subject.undo([name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

fn is_on(logging: &Value) -> bool {
    let level = logging.get("Level").and_then(Value::as_str);
    let targets = logging.get("Destinations").and_then(Value::as_list);
    level.is_some_and(|it| it != "OFF") && targets.is_some_and(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_no_log_and_one_that_is_off() {
        for (property, value) in [
            ("LoggingConfiguration", json!(null)),
            ("LoggingConfiguration.Level", json!("OFF")),
        ] {
            assert_eq!(
                findings(
                    &CHECK,
                    &scheduled(""),
                    &[set("NatSchedule", property, value)]
                ),
                "NatSchedule: The runs of NatSchedule are not logged."
            );
        }
        assert_eq!(findings(&CHECK, &scheduled(""), &[]), "");
    }
}
