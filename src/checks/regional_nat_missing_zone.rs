//! A regional NAT gateway with listed zones lists all that use it.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Field, NatGateway, Value, Zone};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-008",
    severity: Severity::High,
    title: text(
        "check.rt-008.title",
        "Regional NAT gateway that leaves a zone out",
    ),
    why: text(
        "check.rt-008.why",
        "Once zones are listed, the gateway no longer spreads by itself: a zone that is not listed has its traffic cross to another one, and loses the internet with it.",
    ),
    advice: text(
        "check.rt-008.advice",
        "List every zone with instances, or leave the list out.",
    ),
    reference: "VPC user guide, regional NAT gateways; CloudFormation reference, AWS::EC2::NatGateway",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, nat) in topology.all::<NatGateway>() {
        if nat.zone_addresses.is_empty() {
            continue;
        }
        let listed: Vec<Zone> = nat.zone_addresses.iter().filter_map(zone).collect();
        let groups = topology.all::<AutoScalingGroup>();
        let mut used: Vec<Zone> = groups
            .flat_map(|(group, _)| topology.zones_of(group))
            .collect();
        used.sort();
        used.dedup();
        used.retain(|it| !listed.contains(it));
        // Zones by id or by name cannot be told apart from here.
        if used.is_empty() || listed.len() < nat.zone_addresses.len() {
            continue;
        }
        let message = text(
            "check.rt-008.message",
            "{nat} lists its zones and leaves out zone {zones}, where instances run.",
        )
        .with("nat", name.as_str())
        .with("zones", list(&used));
        let fix = subject.release(&[(name, "AvailabilityZoneAddresses")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

fn zone(address: &Value) -> Option<Zone> {
    Zone::read(address.get("AvailabilityZone")).ok()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_list_that_ends_early() {
        let one = json!([{
            "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]},
            "AllocationIds": [{"Fn::GetAtt": ["Address", "AllocationId"]}]
        }]);
        assert_eq!(
            findings(
                &CHECK,
                "network.nat=regional",
                &[set("NatGateway", "AvailabilityZoneAddresses", one)]
            ),
            "NatGateway: NatGateway lists its zones and leaves out zone b, where instances run."
        );
    }

    #[test]
    fn accepts_a_gateway_that_spreads_by_itself() {
        assert_eq!(
            findings(&CHECK, "network.nat=regional network.zones=3", &[]),
            ""
        );
    }
}
