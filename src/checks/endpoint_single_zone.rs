//! An interface endpoint stands in every zone that calls it.

use super::naming::callers;
use super::site::{is_inside, list, zones_of_vpc};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Function, Name, Subnet, VpcEndpoint, Zone};
use crate::text::{Message, text};
use crate::topology::Topology;

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
    for (name, it) in topology.all::<VpcEndpoint>() {
        let zones = topology.zones_of(name);
        if !it.is_interface() || zones.is_empty() {
            continue;
        }
        let clients = clients(topology, &it.vpc.name);
        let without = clients.iter().filter(|it| !zones.contains(it));
        let without: Vec<String> = without.map(ToString::to_string).collect();
        if !without.is_empty() {
            findings.push(finding(subject, name, &zones, &without));
            continue;
        }
        // Zones of another VPC, which may stand in another Region, are not to be compared.
        let room = zones_of_vpc(topology, &it.vpc.name);
        let mut subnets = topology.all::<Subnet>();
        // A subnet that there cannot be is NET-010's.
        if subnets.any(|(_, it)| !is_inside(topology, it)) {
            continue;
        }
        let far = callers(topology, name);
        let far = far.into_iter().find(|it| topology.zones_of(it).len() > 1);
        if let ([zone], true, Some(caller)) = (zones.as_slice(), room.len() > 1, far) {
            findings.push(afar(subject, name, *zone, caller));
        }
    }
}

/// Zones in which something calls AWS services from a VPC.
fn clients(topology: &Topology, vpc: &str) -> Vec<Zone> {
    let groups = topology.all::<AutoScalingGroup>().map(|(name, _)| name);
    let functions = topology.all::<Function>().map(|(name, _)| name);
    let inside = groups
        .chain(functions)
        .filter(|it| topology.vpc_of(it).is_some_and(|it| **it == *vpc));
    let mut zones: Vec<Zone> = inside.flat_map(|it| topology.zones_of(it)).collect();
    zones.sort();
    zones.dedup();
    zones
}

fn finding(subject: &Subject<'_>, name: &Name, zones: &[Zone], without: &[String]) -> Finding {
    let message = text("check.ep-001.message", "{endpoint} stands in zone {zones} alone; instances in zone {without} call it there, and lose it with that zone.")
        .with("endpoint", name.as_str())
        .with("zones", list(zones))
        .with("without", list(without));
    everywhere(subject, name, message)
}

fn afar(subject: &Subject<'_>, name: &Name, zone: Zone, caller: &Name) -> Finding {
    let message = text(
        "check.ep-001.afar",
        "{endpoint} stands in zone {zone} alone: its loss ends every call of {caller}, which has more zones.",
    )
    .with("endpoint", name.as_str())
    .with("zone", zone.letter())
    .with("caller", caller.as_str());
    everywhere(subject, name, message)
}

fn everywhere(subject: &Subject<'_>, name: &Name, message: Message) -> Finding {
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
    fn flags_the_door_of_a_private_api_that_callers_in_two_zones_share() {
        let settings = "application.enabled=false api.enabled=true client.enabled=true";
        assert_eq!(
            findings(&CHECK, &format!("{settings} endpoints.zones=a"), &[]),
            "ExecuteApiEndpoint: ExecuteApiEndpoint stands in zone a alone: its loss ends every call of ClientFunction, which has more zones."
        );
        // Three zones of one Region are not those of another.
        for settings in [
            format!("{settings} client.zones=3"),
            format!("{settings} endpoints.zones=a client.zones=1"),
        ] {
            assert_eq!(findings(&CHECK, &settings, &[]), "");
        }
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
