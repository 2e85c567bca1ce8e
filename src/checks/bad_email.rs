//! SNS looks at an address before it takes it.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Topic, Value, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "OB-006",
    severity: Severity::Error,
    title: text("check.ob-006.title", "E-mail address that SNS refuses"),
    why: text(
        "check.ob-006.why",
        "Subscribe refuses an endpoint that is no e-mail address, and the stack rolls back.",
    ),
    advice: text(
        "check.ob-006.advice",
        "Enter a whole address, such as ops@example.com.",
    ),
    reference: "SNS API reference, Subscribe",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, topic) in subject.topology.all::<Topic>() {
        let Some(Value::List(subscriptions)) = lookup(&topic.rest, "Subscription") else {
            continue;
        };
        for subscription in subscriptions {
            let by_mail = subscription.get("Protocol").and_then(Value::as_str) == Some("email");
            let endpoint = subscription.get("Endpoint").and_then(Value::as_str);
            let Some(endpoint) = endpoint.filter(|it| by_mail && !is_address(it)) else {
                continue;
            };
            let message = text(
                "check.ob-006.message",
                "{topic} sends to “{endpoint}”, which is no e-mail address.",
            )
            .with("topic", name.as_str())
            .with("endpoint", endpoint);
            let title = text("check.ob-006.fix", "Send no e-mail");
            let fix = subject.fix(
                &[(name, "Subscription")],
                title,
                &[("observability.email", &"")],
            );
            let finding = Finding::new(&CHECK, [name], message);
            let options = subject.blame(&[(name, "Subscription")], &["observability.email"]);
            findings.push(finding.at_options(options).with_fix(fix));
        }
    }
}

/// Whether SNS would take a text for an e-mail address.
pub fn is_address(given: &str) -> bool {
    let Some((user, host)) = given.split_once('@') else {
        return false;
    };
    let dotted = host.split('.').all(|it| !it.is_empty()) && host.contains('.');
    let blank = given.contains(|it: char| it.is_whitespace() || it == ',');
    !user.is_empty() && dotted && !blank && !host.contains('@')
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_what_is_no_address() {
        assert_eq!(
            findings(&CHECK, "observability.email=ops", &[]),
            "AlarmTopic: AlarmTopic sends to “ops”, which is no e-mail address."
        );
        assert_eq!(
            findings(&CHECK, "observability.email=a@b@example.com", &[]),
            "AlarmTopic: AlarmTopic sends to “a@b@example.com”, which is no e-mail address."
        );
    }

    #[test]
    fn accepts_an_address() {
        assert_eq!(
            findings(&CHECK, "observability.email=ops@example.com", &[]),
            ""
        );
    }
}
