//! Fewer instances than zones leave a zone empty.

use super::{Check, Finding, Severity, Subject};
use crate::aws::AutoScalingGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-002",
    severity: Severity::High,
    title: text("check.asg-002.title", "Minimum below the number of zones"),
    why: text(
        "check.asg-002.why",
        "When the group shrinks to its minimum, a zone has no instance, and the loss of another may leave none at all.",
    ),
    advice: text(
        "check.asg-002.advice",
        "Keep one instance in each zone at least.",
    ),
    reference: "REL10-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let zones = u32::try_from(topology.zones_of(name).len()).unwrap_or(u32::MAX);
        let min = group.min.0;
        // One that nobody calls may miss an instance until it is replaced.
        if group.target_groups.is_empty() {
            continue;
        }
        if zones < 2 || min >= zones {
            continue;
        }
        let message = text(
            "check.asg-002.message",
            "{group} has {zones} zones but a minimum of {min}.",
        )
        .with("group", name.as_str())
        .with("min", min)
        .with("zones", zones);
        let title =
            text("check.asg-002.fix", "Keep {zones} instances at least").with("zones", zones);
        let fix = subject.fix(
            &[
                (name, "MinSize"),
                (name, "DesiredCapacity"),
                (name, "MaxSize"),
            ],
            title,
            &[
                ("fleet.min", &zones),
                ("fleet.desired", &group.desired().max(zones)),
                ("fleet.max", &group.max.0.max(group.desired()).max(zones)),
            ],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_two_instances_in_three_zones() {
        assert_eq!(
            findings(&CHECK, "network.zones=3", &[]),
            "WebGroup: WebGroup has 3 zones but a minimum of 2."
        );
        assert_eq!(
            findings(&CHECK, "fleet.min=0", &[]),
            "WebGroup: WebGroup has 2 zones but a minimum of 0."
        );
    }

    #[test]
    fn accepts_one_in_each() {
        for settings in ["", "network.zones=1 fleet.min=1"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
