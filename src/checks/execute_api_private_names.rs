//! Private DNS for API Gateway hides its public APIs.

use super::{Check, Finding, Severity, Subject};
use crate::aws::VpcEndpoint;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EP-007",
    severity: Severity::Medium,
    title: text(
        "check.ep-007.title",
        "Public APIs of API Gateway are out of reach",
    ),
    why: text(
        "check.ep-007.why",
        "With private DNS every name under execute-api leads to the endpoint, which serves private APIs alone: calls from the VPC to public APIs of API Gateway in this Region fail.",
    ),
    advice: text(
        "check.ep-007.advice",
        "Keep it where the VPC calls private APIs alone; else leave private DNS off and call them by the name of the endpoint that is associated with the API.",
    ),
    reference: "API Gateway developer guide, private APIs; AWS PrivateLink guide, private DNS",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<VpcEndpoint>() {
        if it.service_code() != Some("execute-api") || !it.has_private_dns() {
            continue;
        }
        let message = text(
            "check.ep-007.message",
            "{endpoint} has private DNS: public APIs of API Gateway cannot be called from its VPC.",
        )
        .with("endpoint", name.as_str());
        let fix = subject.fix(
            &[(name, "")],
            text("check.ep-007.fix", "Leave the endpoint for API Gateway out"),
            &[("endpoints.execute_api", &false)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_the_endpoint_for_api_gateway() {
        assert_eq!(
            findings(&CHECK, "endpoints.execute_api=true", &[]),
            "ExecuteApiEndpoint: ExecuteApiEndpoint has private DNS: public APIs of API Gateway cannot be called from its VPC."
        );
    }

    #[test]
    fn accepts_other_endpoints() {
        assert_eq!(findings(&CHECK, "endpoints.sqs=true", &[]), "");
    }
}
