//! An API asks who calls.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{ApiMethod, RestApi};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-006",
    severity: Severity::Medium,
    title: text("check.api-006.title", "API method that answers everybody"),
    why: text(
        "check.api-006.why",
        "Whoever reaches the API may call the method: a private network keeps strangers away, but tells nobody inside apart, and no log says who it was.",
    ),
    advice: text(
        "check.api-006.advice",
        "Take signed requests with AWS_IAM and grant execute-api:Invoke to the roles that call.",
    ),
    reference: "SEC03-BP01; API Gateway developer guide, control access with IAM permissions",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<ApiMethod>() {
        // Browsers ask with OPTIONS before they may sign anything.
        if it.is_guarded() || it.method == "OPTIONS" {
            continue;
        }
        let message = text(
            "check.api-006.message",
            "{method} of {api} asks for no authorization.",
        )
        .with("method", name.as_str())
        .with("api", it.api.name.as_str());
        let api = subject.topology.get(&it.api);
        let option = match api.is_some_and(RestApi::is_private) {
            true => "api.authorization",
            false => "burst.authorization",
        };
        let fix = subject.fix(
            &[(name, "AuthorizationType")],
            text("check.api-006.fix", "Take signed requests alone (IAM)"),
            &[(option, &"iam")],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_method_that_answers_everybody() {
        assert_eq!(
            findings(&CHECK, "api.enabled=true api.authorization=none", &[]),
            "PrivateApiHelloGet: PrivateApiHelloGet of PrivateApi asks for no authorization."
        );
    }

    #[test]
    fn accepts_signed_requests_and_the_question_of_a_browser() {
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
        let edits = [set("PrivateApiHelloGet", "HttpMethod", json!("OPTIONS"))];
        let settings = "api.enabled=true api.authorization=none";
        assert_eq!(findings(&CHECK, settings, &edits), "");
    }
}
