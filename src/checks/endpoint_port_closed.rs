//! The security group of an interface endpoint admits its clients.

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
        "Inside the VPC the name of the service leads to the endpoint and to nothing else: what its security group refuses times out, even with a NAT gateway at hand.",
    ),
    advice: text(
        "check.ep-003.advice",
        "Admit TCP 443 from the security group of the instances.",
    ),
    reference: "AWS PrivateLink guide, security groups of interface endpoints",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcEndpoint>() {
        for (group, _) in topology.all::<AutoScalingGroup>() {
            if !it.is_interface() || groups_admit(topology, group, name, HTTPS).is_ok() {
                continue;
            }
            let message = text(
                "check.ep-003.message",
                "No rule lets TCP 443 from {group} into {endpoint}.",
            )
            .with("group", group.as_str())
            .with("endpoint", name.as_str());
            let groups = topology.security_groups_of(name).into_iter();
            let groups: Vec<&Name> = groups.chain(topology.security_groups_of(group)).collect();
            let rules = topology.all::<SecurityGroupIngress>();
            let rules = rules.filter(|(_, it)| groups.contains(&&it.group.name));
            let edited = groups.iter().copied().chain(rules.map(|(rule, _)| rule));
            let fix = subject.undo(edited.chain([name]));
            findings.push(Finding::new(&CHECK, [name, group], message).with_fix(fix));
        }
    }
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
    fn accepts_the_rule_from_the_web_instances_and_gateway_endpoints() {
        for settings in ["endpoints.sts=true", "endpoints.s3=true"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
