//! An interface endpoint stands in every zone that calls it.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, VpcEndpoint, Zone};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EP-001",
    severity: Severity::High,
    title: text(
        "check.ep-001.title",
        "Interface endpoint in fewer zones than its clients",
    ),
    why: text(
        "check.ep-001.why",
        "With private DNS the service has one name in the whole VPC, and it leads to the interfaces that there are: the loss of their zone takes the service from all the others.",
    ),
    advice: text(
        "check.ep-001.advice",
        "Give the endpoint a subnet in each zone; every zone costs its hours.",
    ),
    reference: "REL10-BP01; AWS PrivateLink guide, access AWS services through interface endpoints",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut clients: Vec<Zone> = Vec::new();
    for (name, _) in topology.all::<AutoScalingGroup>() {
        clients.extend(topology.zones_of(name));
    }
    clients.sort();
    clients.dedup();
    for (name, it) in topology.all::<VpcEndpoint>() {
        let zones = topology.zones_of(name);
        if !it.is_interface() || zones.is_empty() {
            continue;
        }
        let without = clients.iter().filter(|it| !zones.contains(it));
        let without: Vec<String> = without.map(ToString::to_string).collect();
        if !without.is_empty() {
            findings.push(finding(subject, name, &zones, &without));
        }
    }
}

fn finding(subject: &Subject<'_>, name: &Name, zones: &[Zone], without: &[String]) -> Finding {
    let message = text("check.ep-001.message", "{endpoint} stands in zone {zones} alone; instances in zone {without} call it there, and lose it with that zone.")
        .with("endpoint", name.as_str())
        .with("zones", list(zones))
        .with("without", list(without));
    let fix = subject.fix(
        &[(name, "SubnetIds")],
        text(
            "check.ep-001.fix",
            "Put interface endpoints into every zone",
        ),
        &[("endpoints.zones", &"all")],
    );
    Finding::new(&CHECK, [name], message).with_fix(fix)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_endpoints_in_zone_a_alone() {
        assert_eq!(
            findings(&CHECK, "endpoints.sts=true endpoints.zones=a", &[]),
            "StsEndpoint: StsEndpoint stands in zone a alone; instances in zone b call it there, and lose it with that zone."
        );
    }

    #[test]
    fn accepts_every_zone_and_gateway_endpoints() {
        for settings in [
            "endpoints.sts=true",
            "endpoints.s3=true",
            "network.zones=1 endpoints.sts=true",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
