//! Without a policy a group holds its size and no more.

use std::cmp::Ordering;

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, ScalingPolicy};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-008",
    severity: Severity::Low,
    title: text("check.asg-008.title", "Group that never scales"),
    why: text(
        "check.asg-008.why",
        "The number of instances stays what it is: too few at the peak, too many at night.",
    ),
    advice: text(
        "check.asg-008.advice",
        "Add a target-tracking policy on average CPU or on requests per target.",
    ),
    reference: "COST09-BP03",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        // What nobody calls has no load that comes and goes.
        if group.target_groups.is_empty() {
            continue;
        }
        if topology
            .all::<ScalingPolicy>()
            .any(|(_, it)| it.group.name == *name)
        {
            continue;
        }
        let (min, max) = (group.min.0, group.max.0);
        let message = match min.cmp(&max) {
            // Sizes out of order are ASG-010's.
            Ordering::Greater => continue,
            Ordering::Equal => text(
                "check.asg-008.fixed",
                "{group} stays at its minimum, which is its maximum: {max}.",
            )
            .with("max", max),
            Ordering::Less => text(
                "check.asg-008.message",
                "Nothing makes {group} grow or shrink between {min} and {max} instances.",
            )
            .with("min", min)
            .with("max", max),
        };
        let message = message.with("group", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove};

    #[test]
    fn flags_a_group_without_its_policy() {
        assert_eq!(
            findings(&CHECK, "", &[remove("WebCpuPolicy")]),
            "WebGroup: Nothing makes WebGroup grow or shrink between 2 and 6 instances."
        );
    }

    #[test]
    fn flags_a_group_of_one_size_and_leaves_sizes_out_of_order_to_their_own_rule() {
        assert_eq!(
            findings(&CHECK, "fleet.min=3 fleet.desired=3 fleet.max=3", &[]),
            "WebGroup: WebGroup stays at its minimum, which is its maximum: 3."
        );
        assert_eq!(findings(&CHECK, "fleet.min=8 fleet.max=6", &[]), "");
    }

    #[test]
    fn accepts_both_kinds_of_policy() {
        for settings in ["", "fleet.scaling=step"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }

    #[test]
    fn leaves_batch_instances_alone() {
        assert_eq!(findings(&CHECK, "batch.enabled=true", &[]), "");
    }
}
