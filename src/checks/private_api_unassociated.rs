//! A private API that names its endpoint has a second name.

use super::{Check, Finding, Severity, Subject};
use crate::aws::RestApi;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-010",
    severity: Severity::Low,
    title: text(
        "check.api-010.title",
        "Private API without an endpoint of its own",
    ),
    why: text(
        "check.api-010.why",
        "An API that names an endpoint gets a name with the endpoint's id in it, which public DNS knows: callers on other networks reach it without any zone of theirs. Without one, and without private DNS, each of them has to send the Host header by hand.",
    ),
    advice: text(
        "check.api-010.advice",
        "Name the endpoint in EndpointConfiguration.VpcEndpointIds.",
    ),
    reference: "API Gateway developer guide, associate or disassociate a VPC endpoint with a private REST API",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<RestApi>() {
        if !it.is_private() || !it.endpoint.endpoints.is_empty() {
            continue;
        }
        let message = text(
            "check.api-010.message",
            "{api} is private and associated with no endpoint.",
        )
        .with("api", name.as_str());
        let fix = subject.release(&[(name, "EndpointConfiguration")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn with(configuration: serde_json::Value) -> String {
        let edits = [set("PrivateApi", "EndpointConfiguration", configuration)];
        findings(&CHECK, "api.enabled=true", &edits)
    }

    #[test]
    fn flags_a_private_api_without_an_endpoint() {
        assert_eq!(
            with(json!({"Types": ["PRIVATE"]})),
            "PrivateApi: PrivateApi is private and associated with no endpoint."
        );
    }

    #[test]
    fn accepts_an_endpoint_and_an_api_of_the_internet() {
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
        assert_eq!(with(json!({"Types": ["REGIONAL"]})), "");
    }
}
