//! A private hosted zone answers in the VPCs that it is associated with.

use super::naming::{calls_by_name, domain, holds, host, is_found};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{HostedZone, Name};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "DNS-001",
    severity: Severity::Error,
    title: text("check.dns-001.title", "Private hosted zone of another VPC"),
    why: text(
        "check.dns-001.why",
        "A private hosted zone is asked in its own VPCs alone. In any other one its names do not exist, peered or not: the call fails before a packet leaves.",
    ),
    advice: text(
        "check.dns-001.advice",
        "Associate the zone with the VPC of the caller.",
    ),
    reference: "Route 53 developer guide, associate more VPCs with a private hosted zone",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for call in calls_by_name(topology) {
        let zone = zone_elsewhere(topology, call.api, call.vpc);
        let Some(zone) = zone.filter(|_| !is_found(topology, &call)) else {
            continue;
        };
        let message = text(
            "check.dns-001.message",
            "{function} asks for {api} in {vpc}, with which {zone} is not associated.",
        )
        .with("function", call.function.as_str())
        .with("api", call.api.as_str())
        .with("vpc", call.vpc.as_str())
        .with("zone", zone.as_str());
        let fix = subject.undo([zone, call.vpc]);
        findings.push(Finding::new(&CHECK, [zone, call.vpc], message).with_fix(fix));
    }
}

/// A private zone that holds an API's name, where none does so in the VPC.
pub fn zone_elsewhere<'a>(topology: &'a Topology, api: &str, vpc: &str) -> Option<&'a Name> {
    let name = host(topology, api)?;
    let zones = topology.all::<HostedZone>();
    let mut holding = zones.filter(|(zone, it)| {
        let own = domain(topology, zone, &it.domain);
        it.is_private() && own.is_some_and(|own| holds(&own, &name))
    });
    let all: Vec<(&Name, &HostedZone)> = holding.by_ref().collect();
    let is_here = all.iter().any(|(_, it)| it.answers_in(vpc));
    all.first().map(|(zone, _)| *zone).filter(|_| !is_here)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_zone_that_answers_in_another_vpc() {
        let vpcs = json!([{"VPCId": {"Ref": "Vpc"}, "VPCRegion": "ap-northeast-1"}]);
        let edits = [set("ClientHostedZone", "VPCs", vpcs)];
        assert_eq!(
            findings(&CHECK, "api.enabled=true client.enabled=true", &edits),
            "ClientHostedZone, ClientVpc: ClientFunction asks for PrivateApi in ClientVpc, with which ClientHostedZone is not associated."
        );
    }

    #[test]
    fn accepts_a_zone_for_each_client() {
        let settings = "api.enabled=true client.enabled=true client.second=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
