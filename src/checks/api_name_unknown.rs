//! The name of a private API leads somewhere in the VPC of its caller.

use super::hosted_zone_elsewhere::zone_elsewhere;
use super::naming::{Call, calls_by_name, host, is_found, zone_for};
use super::{Check, Finding, Severity, Subject};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DNS-006",
    severity: Severity::Error,
    title: text("check.dns-006.title", "API name that leads nowhere"),
    why: text(
        "check.dns-006.why",
        "The name of a private API is in no public DNS. It is known where an execute-api endpoint has private DNS, or a private hosted zone has a record of it; peering hands no names on.",
    ),
    advice: text(
        "check.dns-006.advice",
        "Add a private hosted zone for the API's name to the caller's VPC, with an alias to the endpoint; or call it as API-ENDPOINT.execute-api…, which public DNS resolves to the endpoint's private addresses.",
    ),
    reference: "API Gateway developer guide, invoke a private API; Route 53 developer guide, private hosted zones",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for call in calls_by_name(topology) {
        // DNS-001 says where the zone is.
        let is_elsewhere = zone_elsewhere(topology, call.api, call.vpc).is_some();
        if !is_elsewhere && !is_found(topology, &call) {
            findings.push(lost(subject, &call));
        }
    }
}

fn lost(subject: &Subject<'_>, call: &Call<'_>) -> Finding {
    let topology = subject.topology;
    let name = host(topology, call.api);
    let zone = name.and_then(|it| zone_for(topology, call.vpc, &it));
    let message = match zone {
        Some(zone) => text(
            "check.dns-006.record",
            "{function} asks for {api} in {vpc}, where {zone} has no record of that name.",
        )
        .with("zone", zone.as_str()),
        None => text(
            "check.dns-006.message",
            "{function} asks for {api} in {vpc}, where nothing knows that name.",
        )
        .into(),
    }
    .with("function", call.function.as_str())
    .with("api", call.api.as_str())
    .with("vpc", call.vpc.as_str());
    let at = [call.function, call.vpc].into_iter().chain(zone);
    let option = "client.hosted_zone";
    let is_off = |clients: &crate::design::Clients| clients.enabled && !clients.hosted_zone;
    let finding = Finding::new(&CHECK, at.clone(), message);
    if subject.design.is_some_and(|it| is_off(&it.clients)) {
        let title = text("check.dns-006.fix", "Add a private hosted zone for the API");
        let fix = subject.fix(&[], title, &[(option, &true)]);
        return finding.at_options(vec![option]).with_fix(fix);
    }
    finding.with_fix(subject.undo(at))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, set};
    use serde_json::json;

    #[test]
    fn flags_a_vpc_without_the_zone_and_a_zone_without_the_record() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(
            findings(&CHECK, &format!("{settings} client.hosted_zone=false"), &[]),
            "ClientFunction, ClientVpc: ClientFunction asks for PrivateApi in ClientVpc, where nothing knows that name."
        );
        assert_eq!(
            findings(&CHECK, settings, &[remove("ClientApiRecord")]),
            "ClientFunction, ClientVpc, ClientHostedZone: ClientFunction asks for PrivateApi in ClientVpc, where ClientHostedZone has no record of that name."
        );
    }

    #[test]
    fn accepts_the_zone_and_the_public_name_of_the_endpoint() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
        let url = json!({"Fn::Sub": "https://${PrivateApi}-${ExecuteApiEndpoint}.execute-api.ap-northeast-1.amazonaws.com/v1/hello"});
        let edits = [set("ClientFunction", "Environment.Variables.API_URL", url)];
        let settings = format!("{settings} client.hosted_zone=false");
        assert_eq!(findings(&CHECK, &settings, &edits), "");
    }
}
