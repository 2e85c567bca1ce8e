//! Only REST APIs can be private.

use super::site::each;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Value;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-003",
    severity: Severity::Error,
    title: text(
        "check.api-003.title",
        "HTTP or WebSocket API as a private one",
    ),
    why: text(
        "check.api-003.why",
        "API Gateway has private endpoints for REST APIs alone. CloudFormation refuses an HTTP or WebSocket API with an endpoint configuration or a resource policy, and without them it answers the whole internet.",
    ),
    advice: text(
        "check.api-003.advice",
        "Make it a REST API of type PRIVATE, or reach an HTTP API from outside by its own means of authorization.",
    ),
    reference: "API Gateway developer guide, choose between REST APIs and HTTP APIs",
    run,
};

/// The type of HTTP and WebSocket APIs.
const KIND: &str = "AWS::ApiGatewayV2::Api";

/// Properties that a REST API has for its being private, and these have not.
const PROPERTIES: [&str; 3] = ["EndpointConfiguration", "VpcEndpointIds", "Policy"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let nodes = subject.topology.nodes().iter();
    for node in nodes.filter(|it| it.resource.kind() == KIND) {
        let mut found: Option<String> = None;
        let properties = Value::Map(node.resource.properties());
        each(&properties, &mut |key, _| {
            if PROPERTIES.contains(&key) && found.is_none() {
                found = Some(key.to_owned());
            }
        });
        let Some(property) = found else {
            continue;
        };
        let message = text(
            "check.api-003.message",
            "{api} is an HTTP or WebSocket API and has {property}: only REST APIs can be private.",
        )
        .with("api", node.name.as_str())
        .with("property", property);
        let fix = subject.undo([&node.name]);
        findings.push(Finding::new(&CHECK, [&node.name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    fn api(properties: serde_json::Value) -> String {
        let edits = [add("HttpApi", "app", "AWS::ApiGatewayV2::Api", properties)];
        findings(&CHECK, "", &edits)
    }

    #[test]
    fn flags_an_http_api_that_is_to_be_private() {
        let private =
            json!({"ProtocolType": "HTTP", "EndpointConfiguration": {"Types": ["PRIVATE"]}});
        assert_eq!(
            api(private),
            "HttpApi: HttpApi is an HTTP or WebSocket API and has EndpointConfiguration: only REST APIs can be private."
        );
    }

    #[test]
    fn accepts_a_plain_http_api_and_a_private_rest_api() {
        assert_eq!(api(json!({"ProtocolType": "HTTP", "Name": "plain"})), "");
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
    }
}
