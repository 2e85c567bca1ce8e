//! What an asynchronous call cannot do must not vanish.

use super::site::has_kind;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, FunctionPermission, Value, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-003",
    severity: Severity::Medium,
    title: text(
        "check.sv-003.title",
        "Function called asynchronously without a dead-letter queue",
    ),
    why: text(
        "check.sv-003.why",
        "Events of S3, SNS and EventBridge wait in a queue of Lambda's own. After two more tries, or six hours, Lambda throws away what has failed, and nothing says so.",
    ),
    advice: text(
        "check.sv-003.advice",
        "Give the function a dead-letter queue, or a destination for failures.",
    ),
    reference: "REL05-BP03; Lambda developer guide, asynchronous invocation",
    run,
};

/// Who calls functions without waiting for an answer (Lambda developer guide, invoking Lambda with events from other
/// services).
const SENDERS: [&str; 5] = [
    "s3.amazonaws.com",
    "sns.amazonaws.com",
    "events.amazonaws.com",
    "ses.amazonaws.com",
    "config.amazonaws.com",
];

/// Settings of asynchronous calls, which may name a destination; they are not read.
const SETTINGS: &str = "AWS::Lambda::EventInvokeConfig";

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    if has_kind(topology, SETTINGS) {
        return;
    }
    for (name, function) in topology.all::<Function>() {
        let mut permissions = topology.all::<FunctionPermission>();
        let is_sent_to = permissions.any(|(_, it)| {
            let sender = it.principal.as_str();
            let is_async = sender.is_some_and(|it| SENDERS.contains(&it));
            is_async && it.function.named() == Some(name)
        });
        let keeps =
            lookup(&function.rest, "DeadLetterConfig").and_then(|it: &Value| it.get("TargetArn"));
        if !is_sent_to || keeps.is_some() {
            continue;
        }
        let message = text(
            "check.sv-003.message",
            "What {function} fails at is lost after three tries.",
        )
        .with("function", name.as_str());
        let permissions = topology.all::<FunctionPermission>();
        let own = permissions.filter(|(_, it)| it.function.named() == Some(name));
        let fix = subject.undo(own.map(|(it, _)| it));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_function_that_events_are_sent_to() {
        let sends = add(
            "FromRules",
            "burst",
            "AWS::Lambda::Permission",
            json!({"FunctionName": {"Ref": "OrdersTaker"}, "Action": "lambda:InvokeFunction", "Principal": "events.amazonaws.com"}),
        );
        let found = "OrdersTaker: What OrdersTaker fails at is lost after three tries.";
        let edits = [sends.clone()];
        assert_eq!(findings(&CHECK, "burst.enabled=true", &edits), found);
        let kept = json!({"TargetArn": {"Fn::GetAtt": ["OrdersDeadLetters", "Arn"]}});
        let edits = [sends, set("OrdersTaker", "DeadLetterConfig", kept)];
        assert_eq!(findings(&CHECK, "burst.enabled=true", &edits), "");
    }

    #[test]
    fn accepts_an_api_that_waits_for_the_answer() {
        assert_eq!(findings(&CHECK, "burst.enabled=true", &[]), "");
    }
}
