//! API Gateway tells APIs apart by the name that callers ask for.

use super::naming::domain;
use super::site::has_kind;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, RecordSet, Value, VpcEndpoint};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "API-004",
    severity: Severity::Error,
    title: text("check.api-004.title", "Name that API Gateway does not know"),
    why: text(
        "check.api-004.why",
        "Behind one endpoint stand all private APIs of the Region, told apart by the host name of the request. A name of your own leads to the endpoint, and there every call ends with 403.",
    ),
    advice: text(
        "check.api-004.advice",
        "Use the execute-api name of the API, or make a private custom domain name for yours.",
    ),
    reference: "API Gateway developer guide, invoke a private API; custom domain names for private APIs",
    run,
};

/// Private custom domain names, which API Gateway does know.
const CUSTOM: &str = "AWS::ApiGateway::DomainNameV2";

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    if has_kind(topology, CUSTOM) {
        return;
    }
    for (name, it) in topology.all::<RecordSet>() {
        let Some(asked) = domain(topology, name, &it.domain) else {
            continue;
        };
        let Some(endpoint) = door_of(topology, name) else {
            continue;
        };
        if asked.contains("execute-api.") {
            continue;
        }
        let message = text(
            "check.api-004.message",
            "{record} leads {name} to {endpoint}, where no API has that name.",
        )
        .with("record", name.as_str())
        .with("name", asked)
        .with("endpoint", endpoint.as_str());
        let zone = it.zone.as_ref().and_then(Value::named);
        let fix = subject.undo([name].into_iter().chain(zone));
        findings.push(Finding::new(&CHECK, [name, endpoint], message).with_fix(fix));
    }
}

/// The endpoint of private APIs that a record is about.
fn door_of<'a>(topology: &'a Topology, record: &str) -> Option<&'a Name> {
    let named = topology.node(record)?.references();
    let mut endpoints = topology.all::<VpcEndpoint>();
    let found = endpoints
        .find(|(name, it)| it.service_code() == Some("execute-api") && named.contains(name));
    found.map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_name_of_ones_own_for_the_endpoint() {
        let edits = [set(
            "ClientApiRecord",
            "Name",
            json!("api.internal.example"),
        )];
        assert_eq!(
            findings(&CHECK, "api.enabled=true client.enabled=true", &edits),
            "ClientApiRecord, ExecuteApiEndpoint: ClientApiRecord leads api.internal.example to ExecuteApiEndpoint, where no API has that name."
        );
    }

    #[test]
    fn accepts_the_api_s_own_name_and_a_private_custom_domain() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
        let edits = [
            set("ClientApiRecord", "Name", json!("api.internal.example")),
            add("Domain", "app", "AWS::ApiGateway::DomainNameV2", json!({})),
        ];
        assert_eq!(findings(&CHECK, settings, &edits), "");
    }
}
