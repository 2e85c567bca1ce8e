//! A REST API of API Gateway. A private one answers inside VPCs alone, over an interface endpoint of `execute-api`, and only
//! those whom its resource policy lets in (API Gateway developer guide, private REST APIs).

use super::{Describe, Figure, Flow, Glyph, Home, Id, Meter, Tags, Value, VpcEndpoint, policy, typed};
use crate::text::{Text, text};

typed! {
    RestApi {
        "Name" name: Option<Value>,
        "EndpointConfiguration" endpoint: EndpointConfiguration,
        /// Who may call: an IAM policy document. A private API without one answers nobody.
        "Policy" policy: Option<Value>,
        "Tags" tags: Tags,
    }
}

typed! {
    /// Where an API answers.
    EndpointConfiguration {
        /// `PRIVATE`, `REGIONAL` or `EDGE`, the default.
        "Types" kinds: Vec<String>,
        /// Endpoints that get a name of their own for the API in public DNS, which leads to their private addresses.
        "VpcEndpointIds" endpoints: Vec<Id<VpcEndpoint>>,
    }
}

/// The condition keys that hold a caller to an endpoint or a VPC (IAM user guide, global condition keys).
const SOURCES: [&str; 4] = ["aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip", "aws:sourcevpcarn"];

impl RestApi {
    pub fn is_private(&self) -> bool {
        self.endpoint.kinds.iter().any(|it| it == "PRIVATE")
    }

    /// The statements of its resource policy.
    pub fn statements(&self) -> &[Value] {
        self.policy.as_ref().map_or(&[], policy::statements)
    }

    /// Whether its resource policy lets callers in over an endpoint: some statement allows, and none denies them. A
    /// condition that names endpoints is weighed; any other one is taken as met where it allows, and as not where it denies.
    pub fn admits(&self, endpoint: &str) -> bool {
        let effect = policy::has_effect;
        let all = self.statements();
        all.iter().any(|it| effect(it, "Allow") && meets(it, endpoint, true))
            && !all.iter().any(|it| effect(it, "Deny") && meets(it, endpoint, false))
    }

    /// Whether a statement holds callers to an endpoint or a VPC: an allowing one that names them, or a denying one that
    /// spares them.
    pub fn is_bound(&self) -> bool {
        let names = |it: &Value| {
            let tests = it.get("Condition").and_then(Value::as_map).unwrap_or_default();
            let mut keys = tests.iter().filter_map(|(_, it)| it.as_map()).flatten();
            keys.any(|(key, _)| SOURCES.contains(&key.to_lowercase().as_str()))
        };
        self.statements().iter().any(names)
    }
}

/// Whether a statement is about callers over an endpoint; `other`: how a condition on anything else is taken.
fn meets(statement: &Value, endpoint: &str, other: bool) -> bool {
    let tests = statement.get("Condition").and_then(Value::as_map);
    tests.unwrap_or_default().iter().all(|(operator, keys)| {
        let keys = keys.as_map().unwrap_or_default();
        keys.iter().all(|(key, value)| {
            if !key.eq_ignore_ascii_case("aws:SourceVpce") {
                return other;
            }
            let values = value.as_list().unwrap_or(std::slice::from_ref(value));
            let named = values.iter().any(|it| it.named().is_some_and(|it| **it == *endpoint));
            // `StringNotEquals` and its kin are about whoever is not named.
            named != operator.contains("Not")
        })
    })
}

impl Describe for RestApi {
    const KIND: &'static str = "AWS::ApiGateway::RestApi";
    const TITLE: Text = text("aws.rest-api", "API Gateway REST API");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Api)
    }

    fn meters(&self) -> Vec<Meter> {
        let calls = text("meter.api-calls", "Calls of the REST API");
        vec![Meter::flow(calls, "APIGateway", "REST_first_333M", Flow::ApiCalls)]
    }
}
