//! The security group of an interface endpoint admits its clients.

use super::naming::callers;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, SecurityGroupIngress, VpcEndpoint};
use crate::text::text;
use crate::topology::traffic::{HTTPS, groups_admit};

pub static CHECK: Check = Check {
    code: "EP-003",
    severity: Severity::Error,
    title: text(
        "check.ep-003.title",
        "Interface endpoint that lets nobody in",
    ),
    why: text(
        "check.ep-003.why",
        "The name of the service, or of the private API, leads to the endpoint and to nothing else: what its security group refuses times out, even with a NAT gateway at hand.",
    ),
    advice: text(
        "check.ep-003.advice",
        "Admit TCP 443 from the security group of the instances, and from the range of a client that comes over peering.",
    ),
    reference: "AWS PrivateLink guide, security groups of interface endpoints",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcEndpoint>() {
        if !it.is_interface() {
            continue;
        }
        let groups = topology.all::<AutoScalingGroup>().map(|(group, _)| group);
        let inside = groups.filter(|group| {
            let vpc = topology.vpc_of(group);
            vpc.is_none_or(|vpc| *vpc == it.vpc.name)
        });
        for client in inside.chain(callers(topology, name)) {
            if groups_admit(topology, client, name, HTTPS).is_err() {
                findings.push(shut(subject, name, client));
            }
        }
    }
}

fn shut(subject: &Subject<'_>, endpoint: &Name, client: &Name) -> Finding {
    let topology = subject.topology;
    let message = text(
        "check.ep-003.message",
        "No rule lets TCP 443 from {group} into {endpoint}.",
    )
    .with("group", client.as_str())
    .with("endpoint", endpoint.as_str());
    let groups = topology.security_groups_of(endpoint).into_iter();
    let groups: Vec<&Name> = groups.chain(topology.security_groups_of(client)).collect();
    let rules = topology.all::<SecurityGroupIngress>();
    let rules = rules.filter(|(_, it)| groups.contains(&&it.group.name));
    let edited = groups.iter().copied().chain(rules.map(|(rule, _)| rule));
    let fix = subject.undo(edited.chain([endpoint]));
    Finding::new(&CHECK, [endpoint, client], message).with_fix(fix)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove};

    #[test]
    fn flags_an_endpoint_whose_rule_is_gone() {
        assert_eq!(
            findings(
                &CHECK,
                "endpoints.sts=true",
                &[remove("WebToEndpoints443Ingress")]
            ),
            "StsEndpoint, WebGroup: No rule lets TCP 443 from WebGroup into StsEndpoint."
        );
    }

    #[test]
    fn flags_the_door_of_a_private_api_that_a_client_finds_shut() {
        let settings =
            "application.enabled=false api.enabled=true client.enabled=true client.second=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
        assert_eq!(
            findings(&CHECK, settings, &[remove("ClientToEndpoints443Ingress")]),
            "ExecuteApiEndpoint, ClientFunction: No rule lets TCP 443 from ClientFunction into ExecuteApiEndpoint."
        );
    }

    #[test]
    fn accepts_the_rule_from_the_web_instances_and_gateway_endpoints() {
        for settings in ["endpoints.sts=true", "endpoints.s3=true"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
