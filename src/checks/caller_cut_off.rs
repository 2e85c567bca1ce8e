//! A function reaches the endpoint of the API that it calls.

use std::fmt::Display;

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, RestApi, VpcEndpoint, VpcPeeringConnection};
use crate::text::text;
use crate::topology::{Topology, calls};

pub static CHECK: Check = Check {
    code: "PE-009",
    severity: Severity::Error,
    title: text(
        "check.pe-009.title",
        "Caller without a way to the API's VPC",
    ),
    why: text(
        "check.pe-009.why",
        "The API answers over an endpoint in another VPC, and nothing joins the two: every call times out.",
    ),
    advice: text(
        "check.pe-009.advice",
        "Peer the two VPCs and add routes on both sides, or call over an execute-api endpoint of the caller's own VPC.",
    ),
    reference: "VPC peering guide; API Gateway developer guide, private REST APIs",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (function, api) in calls(topology) {
        let doors = doors(topology, api);
        let (Some(vpc), Some(first)) = (topology.vpc_of(function), doors.first()) else {
            continue;
        };
        let mut peerings = topology.all::<VpcPeeringConnection>();
        let joined = |other: &Name| other == vpc || peerings.any(|(_, it)| it.joins(vpc, other));
        if doors.iter().copied().any(joined) {
            continue;
        }
        let message = text(
            "check.pe-009.message",
            "{function} stands in {vpc}, and nothing joins it to {other}, where {api} answers.",
        )
        .with("function", function.as_str())
        .with("vpc", vpc.as_str())
        .with("other", first.as_str())
        .with("api", api.as_str());
        let finding = Finding::new(&CHECK, [function, vpc, *first], message);
        let option = "client.peering";
        let is_off = subject
            .design
            .is_some_and(|it| it.clients.enabled && !it.clients.peering);
        if !is_off {
            findings.push(finding.with_fix(subject.undo([vpc, *first])));
            continue;
        }
        let title = text("check.pe-009.fix", "Peer the clients with the main VPC");
        let both: [(&str, &dyn Display); 2] = [(option, &true), ("client.return_routes", &true)];
        let fix = || subject.fix(&[], title, &both);
        // Ranges that overlap would trade this finding for PE-001.
        let apart = subject.clients_are_apart();
        let finding = finding.at_options(vec![option]);
        findings.push(finding.with_fix(if apart { fix() } else { None }));
    }
}

/// VPCs in which a private API has an endpoint.
fn doors<'a>(topology: &'a Topology, api: &str) -> Vec<&'a Name> {
    let api = topology.named::<RestApi>(api).filter(|it| it.is_private());
    let doors = api.map_or(&[][..], |it| &it.endpoint.endpoints).iter();
    let doors = doors.filter_map(|it| topology.get::<VpcEndpoint>(it));
    doors.map(|it| &it.vpc.name).collect()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_client_that_is_not_peered() {
        let settings = "api.enabled=true client.enabled=true client.peering=false";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            "ClientFunction, ClientVpc, Vpc: ClientFunction stands in ClientVpc, and nothing joins it to Vpc, where PrivateApi answers."
        );
    }

    #[test]
    fn accepts_peered_clients_and_clients_that_call_nothing() {
        for settings in [
            "api.enabled=true client.enabled=true client.second=true",
            "client.enabled=true client.peering=false",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
