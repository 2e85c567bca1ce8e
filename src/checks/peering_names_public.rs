//! Public names lead to public addresses, over peering too.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbInstance, Function, Instance, Name, VpcPeeringConnection};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "PE-004",
    severity: Severity::High,
    title: text("check.pe-004.title", "Name that leads around the peering"),
    why: text(
        "check.pe-004.why",
        "Seen from a peered VPC, a public host name stands for the public address: packets leave by the internet, or not at all. The connection's DNS option changes that, and CloudFormation cannot set it.",
    ),
    advice: text(
        "check.pe-004.advice",
        "Call by the private name or address; else set AllowDnsResolutionFromRemoteVpc on both sides after the deployment with aws ec2 modify-vpc-peering-connection-options.",
    ),
    reference: "VPC peering guide, enable DNS resolution for a VPC peering connection",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (function, it) in topology.all::<Function>() {
        let Some(vpc) = topology.vpc_of(function) else {
            continue;
        };
        let mut named = Vec::new();
        let mut variables = it.environment.clone().unwrap_or_default();
        variables.rewire(&mut |name, attribute| {
            if is_public_name(topology, name, attribute) {
                named.push(Name::from(name));
            }
            None
        });
        let afar = |host: &Name| {
            let other = topology.vpc_of(host);
            other.is_some_and(|it| it != vpc && are_peered(topology, vpc, it))
        };
        let Some(host) = named.into_iter().find(afar) else {
            continue;
        };
        let message = text(
            "check.pe-004.message",
            "{function} asks for {host} of the peered VPC by a public name.",
        )
        .with("function", function.as_str())
        .with("host", host.as_str());
        let fix = subject.undo([function]);
        findings.push(Finding::new(&CHECK, [function, &host], message).with_fix(fix));
    }
}

/// Whether an attribute is a name in public DNS of something with a public address.
fn is_public_name(topology: &Topology, name: &str, attribute: Option<&str>) -> bool {
    let host = topology.named::<Instance>(name).is_some();
    let database = topology
        .named::<DbInstance>(name)
        .is_some_and(|it| it.public)
        || topology.members(name).any(|(_, it)| it.public);
    match attribute {
        Some("PublicDnsName") => host,
        Some("Endpoint.Address") => database,
        _ => false,
    }
}

fn are_peered(topology: &Topology, one: &str, other: &str) -> bool {
    let mut all = topology.all::<VpcPeeringConnection>();
    all.any(|(_, it)| it.joins(one, other))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn asks(attribute: &str) -> String {
        let host = json!({"Fn::GetAtt": ["Bastion", attribute]});
        let edits = [set("ClientFunction", "Environment.Variables.HOST", host)];
        let settings = "access.kind=bastion api.enabled=true client.enabled=true";
        findings(&CHECK, settings, &edits)
    }

    #[test]
    fn flags_the_public_name_of_a_host_in_the_peered_vpc() {
        assert_eq!(
            asks("PublicDnsName"),
            "ClientFunction, Bastion: ClientFunction asks for Bastion of the peered VPC by a public name."
        );
    }

    #[test]
    fn accepts_private_names_and_the_private_zone() {
        assert_eq!(asks("PrivateDnsName"), "");
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
