//! A private API answers those whom its policy lets in.

use super::{Check, Finding, Severity, Subject};
use crate::aws::RestApi;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-001",
    severity: Severity::Error,
    title: text(
        "check.api-001.title",
        "Private API without a resource policy",
    ),
    why: text(
        "check.api-001.why",
        "Without a resource policy a private API answers nobody: every call ends with 403, and API Gateway refuses its deployment.",
    ),
    advice: text(
        "check.api-001.advice",
        "Give the API a resource policy that admits its VPC endpoint.",
    ),
    reference: "API Gateway developer guide, private REST APIs",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<RestApi>() {
        if !it.is_private() || it.policy.is_some() {
            continue;
        }
        let message = text(
            "check.api-001.message",
            "{api} is private and has no resource policy: nobody may call it.",
        )
        .with("api", name.as_str());
        let fix = subject.release(&[(name, "Policy")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_private_api_whose_policy_is_gone() {
        let edits = [set("PrivateApi", "Policy", json!(null))];
        assert_eq!(
            findings(&CHECK, "api.enabled=true", &edits),
            "PrivateApi: PrivateApi is private and has no resource policy: nobody may call it."
        );
    }

    #[test]
    fn accepts_a_policy_and_an_api_of_the_internet() {
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
        let edits = [
            set("PrivateApi", "Policy", json!(null)),
            set(
                "PrivateApi",
                "EndpointConfiguration",
                json!({"Types": ["REGIONAL"]}),
            ),
        ];
        assert_eq!(findings(&CHECK, "api.enabled=true", &edits), "");
    }
}
