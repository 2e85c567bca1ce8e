//! A group spreads over the zones that its VPC has.

use super::site::{list, zones_of_vpc};
use super::{Check, Finding, Severity, Subject};
use crate::aws::AutoScalingGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-001",
    severity: Severity::High,
    title: text("check.asg-001.title", "Auto Scaling group in one zone"),
    why: text(
        "check.asg-001.why",
        "The loss of that zone takes every instance, and the group may not launch elsewhere.",
    ),
    advice: text(
        "check.asg-001.advice",
        "Give the group a private subnet in each zone.",
    ),
    reference: "REL10-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<AutoScalingGroup>() {
        let [zone] = topology.zones_of(name)[..] else {
            continue;
        };
        let vpc = topology.vpc_of(name);
        let offered = vpc.map(|it| zones_of_vpc(topology, it)).unwrap_or_default();
        // A VPC of one zone is NET-016's, and one without room NET-015's.
        if offered.len() < 2 || !subject.unplaced().is_empty() {
            continue;
        }
        let message = text(
            "check.asg-001.message",
            "{group} runs in zone {zone} alone; the VPC has zones {offered}.",
        )
        .with("group", name.as_str())
        .with("zone", zone.letter())
        .with("offered", list(&offered));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_group_in_one_of_two_zones() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebGroup",
                    "VPCZoneIdentifier",
                    json!([{"Ref": "PrivateSubnetB"}])
                )]
            ),
            "WebGroup: WebGroup runs in zone b alone; the VPC has zones a, b."
        );
    }

    #[test]
    fn accepts_every_zone_there_is() {
        for settings in ["network.zones=3", "network.zones=1"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
