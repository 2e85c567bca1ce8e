//! A group has a zonal shift of its own.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-009",
    severity: Severity::Low,
    title: text("check.asg-009.title", "Group takes no part in zonal shift"),
    why: text(
        "check.asg-009.why",
        "When traffic is shifted out of a zone, a group without it keeps launching there, and may shrink the zones that carry the load.",
    ),
    advice: text(
        "check.asg-009.advice",
        "Set AvailabilityZoneImpairmentPolicy with ZonalShiftEnabled.",
    ),
    reference: "ARC developer guide, zonal shift for EC2 Auto Scaling groups",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let enabled = group
            .impairment
            .as_ref()
            .and_then(|it| it.get("ZonalShiftEnabled"));
        // Auto Scaling refuses zonal shift behind a load balancer that keeps requests in their zone.
        let mut targets = group.target_groups.iter().filter_map(|it| topology.get(it));
        if enabled == Some(&Value::Bool(true))
            || topology.zones_of(name).len() < 2
            || targets.any(|it| !it.crosses_zones())
        {
            continue;
        }
        let message = text(
            "check.asg-009.message",
            "{group} goes on launching in a zone that traffic is shifted out of.",
        )
        .with("group", name.as_str());
        let fix = subject.release(&[(name, "AvailabilityZoneImpairmentPolicy")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_group_without_an_impairment_policy() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebGroup",
                    "AvailabilityZoneImpairmentPolicy",
                    json!(null)
                )]
            ),
            "WebGroup: WebGroup goes on launching in a zone that traffic is shifted out of."
        );
    }

    #[test]
    fn accepts_a_group_that_shifts() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
