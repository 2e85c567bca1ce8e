//! One zone of us-east-1 has none of the current instance types.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, LaunchTemplate, Region};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-021",
    severity: Severity::Low,
    title: text("check.net-021.title", "Zone without the instance type"),
    why: text(
        "check.net-021.why",
        "us-east-1e (zone id use1-az3; some accounts know it by another letter) has none of the Nitro instance types, such as t3: what the group launches there is refused as unsupported.",
    ),
    advice: text(
        "check.net-021.advice",
        "Use at most four zones of us-east-1, or leave that zone out; aws ec2 describe-instance-type-offerings --location-type availability-zone-id lists what each has.",
    ),
    reference: "EC2 API reference, RunInstances: Unsupported, and DescribeInstanceTypeOfferings",
    run,
};

/// Place of us-east-1e among the Region's zones, which CloudFormation hands out in alphabetical order.
const PLACE: usize = 4;

/// Families from before Nitro, which that zone does have.
const OLD: [&str; 7] = ["t2", "m3", "m4", "c3", "c4", "r3", "r4"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    if topology.region().map(Region::code) != Some("us-east-1") {
        return;
    }
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let stands_there = topology.zones_of(name).iter().any(|it| it.index() == PLACE);
        let template = group.template();
        let Some(template) = template.and_then(|it| topology.named::<LaunchTemplate>(it)) else {
            continue;
        };
        let kind = template.data.instance_type.as_str();
        let is_old = OLD.iter().any(|it| kind.split('.').next() == Some(it));
        if !stands_there || is_old {
            continue;
        }
        let message = text(
            "check.net-021.message",
            "{group} launches {type} in five or more zones of us-east-1; zone us-east-1e does not have {type}.",
        )
        .with("group", name.as_str())
        .with("type", kind);
        let fix = subject.fewer_zones(PLACE as u32);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_group_over_five_zones_of_virginia() {
        for zones in ["5", "6"] {
            assert_eq!(
                findings(
                    &CHECK,
                    &format!("region=us-east-1 network.zones={zones}"),
                    &[]
                ),
                "WebGroup: WebGroup launches t3.micro in five or more zones of us-east-1; zone us-east-1e does not have t3.micro."
            );
        }
    }

    #[test]
    fn accepts_four_zones_other_regions_and_older_types() {
        for settings in ["region=us-east-1 network.zones=4", "network.zones=5"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
        let old = set(
            "WebLaunchTemplate",
            "LaunchTemplateData.InstanceType",
            json!("t2.micro"),
        );
        assert_eq!(
            findings(&CHECK, "region=us-east-1 network.zones=6", &[old]),
            ""
        );
    }
}
