//! A group may insist on even zones, or run where it can.

use super::{Check, Finding, Severity, Subject};
use crate::aws::AutoScalingGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-007",
    severity: Severity::Medium,
    title: text("check.asg-007.title", "Group insists on even zones"),
    why: text(
        "check.asg-007.why",
        "With balanced-only the group keeps trying to launch in the zone that is lost, instead of in those that are left.",
    ),
    advice: text(
        "check.asg-007.advice",
        "Use balanced-best-effort, unless the target group keeps requests in their zone.",
    ),
    reference: "CloudFormation reference, AvailabilityZoneDistribution",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let mut targets = group.target_groups.iter().filter_map(|it| topology.get(it));
        if !group.is_balanced_only() || targets.any(|it| !it.crosses_zones()) {
            continue;
        }
        let message = text(
            "check.asg-007.message",
            "{group} uses balanced-only: it does not make up for a lost zone in the others.",
        )
        .with("group", name.as_str());
        let fix = subject.release(&[(name, "AvailabilityZoneDistribution")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_balanced_only_behind_cross_zone_balancing() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebGroup",
                    "AvailabilityZoneDistribution.CapacityDistributionStrategy",
                    json!("balanced-only")
                )]
            ),
            "WebGroup: WebGroup uses balanced-only: it does not make up for a lost zone in the others."
        );
    }

    #[test]
    fn accepts_best_effort_and_zones_that_stand_alone() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "balancer.cross_zone=false",
                &[set(
                    "WebGroup",
                    "AvailabilityZoneDistribution.CapacityDistributionStrategy",
                    json!("balanced-only")
                )]
            ),
            ""
        );
    }
}
