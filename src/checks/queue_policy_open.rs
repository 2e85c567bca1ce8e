//! A queue takes messages from those who are meant to send.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, QueuePolicy, Value, has_effect};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-026",
    severity: Severity::High,
    title: text("check.sv-026.title", "Queue that is open to everybody"),
    why: text(
        "check.sv-026.why",
        "Whoever knows the queue's address can send to it or read from it, from any account: orders that nobody has placed, and customers' data in strangers' hands.",
    ),
    advice: text(
        "check.sv-026.advice",
        "Name who may send, or hold everybody to this account with a condition; identities of the account need no queue policy at all.",
    ),
    reference: "SEC03-BP07; SQS developer guide, security best practices",
    run,
};

/// Whether a statement lets everybody in without any condition.
fn is_open(statement: &Value) -> bool {
    let principal = statement.get("Principal");
    let principal = principal.and_then(|it| it.get("AWS")).or(principal);
    let all = principal.map_or(&[][..], |it| {
        it.as_list().unwrap_or(std::slice::from_ref(it))
    });
    let is_everybody = all.iter().any(|it| it.as_str() == Some("*"));
    has_effect(statement, "Allow") && is_everybody && statement.get("Condition").is_none()
}

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, policy) in subject.topology.all::<QueuePolicy>() {
        if !policy.statements().iter().any(is_open) {
            continue;
        }
        let queue = policy.queues.first().and_then(Value::named);
        let queue: &Name = queue.unwrap_or(name);
        let message = text(
            "check.sv-026.message",
            "By {policy}, everybody may use {queue}.",
        )
        .with("policy", name.as_str())
        .with("queue", queue.as_str());
        let fix = subject.undo([name]);
        findings.push(Finding::new(&CHECK, [name, queue], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_everybody_without_a_condition() {
        let open = json!([{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sqs:SendMessage", "Resource": "*"}]);
        let edits = [set("OrdersQueuePolicy", "PolicyDocument.Statement", open)];
        assert_eq!(
            findings(&CHECK, "burst.enabled=true", &edits),
            "OrdersQueuePolicy, OrdersQueue: By OrdersQueuePolicy, everybody may use OrdersQueue."
        );
        assert_eq!(findings(&CHECK, "burst.enabled=true", &[]), "");
    }
}
