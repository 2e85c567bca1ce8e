//! A queue takes messages from those who are meant to send.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, QueuePolicy, Value, is_open};
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
        let open = json!({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sqs:SendMessage", "Resource": "*"});
        let with = |condition| {
            let mut open = open.clone();
            open["Condition"] = condition;
            open
        };
        let found = |statement| {
            let edit = set(
                "OrdersQueuePolicy",
                "PolicyDocument.Statement",
                json!([statement]),
            );
            findings(&CHECK, "burst.enabled=true", &[edit])
        };
        let said =
            "OrdersQueuePolicy, OrdersQueue: By OrdersQueuePolicy, everybody may use OrdersQueue.";
        assert_eq!(found(open.clone()), said);
        // Who asks over TLS is anybody still.
        let encrypted = json!({"Bool": {"aws:SecureTransport": "true"}});
        assert_eq!(found(with(encrypted)), said);
        let own = json!({"StringEquals": {"AWS:SourceAccount": "123456789012"}});
        assert_eq!(found(with(own)), "");
        assert_eq!(findings(&CHECK, "burst.enabled=true", &[]), "");
    }
}
