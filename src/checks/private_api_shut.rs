//! The policy of a private API lets its own endpoint in.

use super::{Check, Finding, Severity, Subject};
use crate::aws::RestApi;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-009",
    severity: Severity::Error,
    title: text(
        "check.api-009.title",
        "Private API that refuses its own endpoint",
    ),
    why: text(
        "check.api-009.why",
        "The endpoint is the only way to the API. What its policy denies, or does not allow, gets 403, however good the network and the caller's own rights are.",
    ),
    advice: text(
        "check.api-009.advice",
        "Name the endpoint in the policy's allowing statement, and spare it in the denying one.",
    ),
    reference: "API Gateway developer guide, resource policy examples",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<RestApi>() {
        if !it.is_private() || it.policy.is_none() {
            continue;
        }
        let doors = it.endpoint.endpoints.iter().map(|it| &it.name);
        for endpoint in doors.filter(|door| !it.admits(door)) {
            let message = text(
                "check.api-009.message",
                "The policy of {api} lets nobody in over {endpoint}.",
            )
            .with("api", name.as_str())
            .with("endpoint", endpoint.as_str());
            let fix = subject.release(&[(name, "Policy")]);
            findings.push(Finding::new(&CHECK, [name, endpoint], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_policy_that_names_another_endpoint() {
        let condition = json!({"StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}});
        let edits = [set("PrivateApi", "Policy.Statement.0.Condition", condition)];
        assert_eq!(
            findings(&CHECK, "api.enabled=true", &edits),
            "PrivateApi, ExecuteApiEndpoint: The policy of PrivateApi lets nobody in over ExecuteApiEndpoint."
        );
    }

    #[test]
    fn accepts_the_policy_of_the_blueprint() {
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
    }
}
