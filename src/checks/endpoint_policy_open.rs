//! An endpoint carries what this account may do and nothing else.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Value, VpcEndpoint};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EP-006",
    severity: Severity::Low,
    title: text("check.ep-006.title", "Endpoint without a policy of its own"),
    why: text(
        "check.ep-006.why",
        "The default policy lets every identity of every account do everything through the endpoint: stolen keys of another account carry data out on it.",
    ),
    advice: text(
        "check.ep-006.advice",
        "Allow the identities of this account alone, by aws:PrincipalAccount.",
    ),
    reference: "SEC03-BP02; AWS PrivateLink guide, endpoint policies",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<VpcEndpoint>() {
        if it.policy.as_ref().is_some_and(|it| !is_open(it)) {
            continue;
        }
        let message = text(
            "check.ep-006.message",
            "The policy of {endpoint} allows everybody everything.",
        )
        .with("endpoint", name.as_str());
        let fix = subject.release(&[(name, "PolicyDocument")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a statement allows every action on everything to everybody, under no condition.
fn is_open(policy: &Value) -> bool {
    let Some(Value::List(statements)) = policy.get("Statement") else {
        return false;
    };
    let all =
        |statement: &Value, key: &str| statement.get(key).and_then(Value::as_str) == Some("*");
    statements.iter().any(|it| {
        let allows = it.get("Effect").and_then(Value::as_str) == Some("Allow");
        let everything = ["Principal", "Action", "Resource"]
            .iter()
            .all(|key| all(it, key));
        allows && everything && it.get("Condition").is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_no_policy_and_one_for_everybody() {
        let open = json!({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]});
        for policy in [json!(null), open] {
            assert_eq!(
                findings(
                    &CHECK,
                    "endpoints.s3=true",
                    &[set("S3Endpoint", "PolicyDocument", policy)]
                ),
                "S3Endpoint: The policy of S3Endpoint allows everybody everything."
            );
        }
    }

    #[test]
    fn accepts_this_accounts_identities() {
        assert_eq!(
            findings(&CHECK, "endpoints.s3=true endpoints.sts=true", &[]),
            ""
        );
    }
}
