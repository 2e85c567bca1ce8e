//! The policy of a private API names the way in.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{RestApi, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-002",
    severity: Severity::High,
    title: text("check.api-002.title", "Private API open to every VPC"),
    why: text(
        "check.api-002.why",
        "A private API answers over any execute-api endpoint of its Region, those of other accounts included: a policy that lets everyone in is open to all of them.",
    ),
    advice: text(
        "check.api-002.advice",
        "Hold callers to your own endpoint or VPC with aws:SourceVpce or aws:SourceVpc.",
    ),
    reference: "SEC03-BP07; API Gateway developer guide, resource policy examples",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<RestApi>() {
        if !it.is_private() || it.is_bound() || !it.statements().iter().any(is_open) {
            continue;
        }
        let message = text(
            "check.api-002.message",
            "The policy of {api} lets everyone in, over any endpoint of any account.",
        )
        .with("api", name.as_str());
        let fix = subject.release(&[(name, "Policy")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a statement allows everyone.
fn is_open(statement: &Value) -> bool {
    let is_all = |it: &Value| it.as_str() == Some("*");
    let principal = statement.get("Principal");
    let named = principal.and_then(|it| it.get("AWS")).or(principal);
    let anyone =
        named.is_some_and(|it| is_all(it) || it.as_list().is_some_and(|it| it.iter().any(is_all)));
    anyone && statement.get("Effect").and_then(Value::as_str) == Some("Allow")
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn with_policy(principal: serde_json::Value, condition: serde_json::Value) -> String {
        let statement = json!([{
            "Effect": "Allow",
            "Principal": principal,
            "Action": "execute-api:Invoke",
            "Resource": "*",
            "Condition": condition,
        }]);
        let edits = [set("PrivateApi", "Policy.Statement", statement)];
        findings(&CHECK, "api.enabled=true", &edits)
    }

    #[test]
    fn flags_a_policy_for_everyone_without_a_source() {
        let found = "PrivateApi: The policy of PrivateApi lets everyone in, over any endpoint of any account.";
        assert_eq!(with_policy(json!("*"), json!({})), found);
        assert_eq!(with_policy(json!({"AWS": ["*"]}), json!({})), found);
    }

    #[test]
    fn accepts_a_source_a_principal_and_the_blueprint() {
        let vpc = json!({"StringEquals": {"aws:SourceVpc": "vpc-0123456789abcdef0"}});
        assert_eq!(with_policy(json!("*"), vpc), "");
        assert_eq!(with_policy(json!({"AWS": "111122223333"}), json!({})), "");
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
    }
}
