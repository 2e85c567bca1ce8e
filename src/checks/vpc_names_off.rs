//! A VPC without AWS's resolver knows no names.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbInstance, HostedZone, Name, Vpc};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "DNS-002",
    severity: Severity::Error,
    title: text("check.dns-002.title", "VPC without name resolution"),
    why: text(
        "check.dns-002.why",
        "Databases, caches and AWS services are reached by name. Without DNS resolution no instance finds them, a private hosted zone answers only where DNS hostnames are on too, and RDS refuses a public database without them.",
    ),
    advice: text(
        "check.dns-002.advice",
        "Switch EnableDnsSupport and EnableDnsHostnames of the VPC on.",
    ),
    reference: "VPC user guide, DNS attributes for your VPC; RDS user guide, working with a DB instance in a VPC; Route 53 developer guide, private hosted zones",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, vpc) in topology.all::<Vpc>() {
        let message = if !vpc.dns_support {
            text(
                "check.dns-002.message",
                "{vpc} has DNS resolution off: nothing in it finds the other by name.",
            )
            .into()
        } else if let Some(database) =
            public_database(topology, name).filter(|_| !vpc.dns_hostnames)
        {
            text(
                "check.dns-002.public",
                "{vpc} has DNS hostnames off: RDS refuses the public {database}.",
            )
            .with("database", database.as_str())
        } else if let Some(zone) = zone_of(topology, name).filter(|_| !vpc.dns_hostnames) {
            text(
                "check.dns-002.zone",
                "{vpc} has DNS hostnames off: the private hosted zone {zone} is not asked there.",
            )
            .with("zone", zone.as_str())
        } else {
            continue;
        };
        let claims = [(name, "EnableDnsSupport"), (name, "EnableDnsHostnames")];
        let fix = subject.release(&claims);
        let message = message.with("vpc", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// A private hosted zone that is to answer in a VPC.
fn zone_of<'a>(topology: &'a Topology, vpc: &str) -> Option<&'a Name> {
    let mut zones = topology.all::<HostedZone>();
    let found = zones.find(|(_, it)| it.answers_in(vpc));
    found.map(|(name, _)| name)
}

/// A public database in a VPC.
fn public_database<'a>(topology: &'a Topology, vpc: &str) -> Option<&'a Name> {
    let stands_here = |name: &Name| topology.vpc_of(name).is_some_and(|it| **it == *vpc);
    let mut databases = topology.all::<DbInstance>();
    databases
        .find(|(name, it)| it.public && stands_here(name))
        .map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_vpc_without_a_resolver_and_a_public_database_without_hostnames() {
        assert_eq!(
            findings(&CHECK, "", &[set("Vpc", "EnableDnsSupport", json!(false))]),
            "Vpc: Vpc has DNS resolution off: nothing in it finds the other by name."
        );
        assert_eq!(
            findings(
                &CHECK,
                "database.public=true",
                &[set("Vpc", "EnableDnsHostnames", json!(false))]
            ),
            "Vpc: Vpc has DNS hostnames off: RDS refuses the public Database."
        );
    }

    #[test]
    fn flags_a_vpc_that_does_not_ask_its_private_zone() {
        let off = set("ClientVpc", "EnableDnsHostnames", json!(false));
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(
            findings(&CHECK, settings, &[off]),
            "ClientVpc: ClientVpc has DNS hostnames off: the private hosted zone ClientHostedZone is not asked there."
        );
    }

    #[test]
    fn accepts_private_names_without_hostnames() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Vpc", "EnableDnsHostnames", json!(false))]
            ),
            ""
        );
        // The public database stands in the main VPC.
        let elsewhere = set("VpcShared", "EnableDnsHostnames", json!(false));
        let settings = "database.public=true vpcs.names=shared";
        assert_eq!(findings(&CHECK, settings, &[elsewhere]), "");
    }
}
