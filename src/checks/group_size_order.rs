//! The sizes of a group have an order.

use super::{Check, Finding, Severity, Subject};
use crate::aws::AutoScalingGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-010",
    severity: Severity::Error,
    title: text(
        "check.asg-010.title",
        "Minimum, desired and maximum out of order",
    ),
    why: text(
        "check.asg-010.why",
        "CreateAutoScalingGroup refuses a desired capacity outside of minimum and maximum.",
    ),
    advice: text(
        "check.asg-010.advice",
        "Keep minimum <= desired <= maximum.",
    ),
    reference: "EC2 Auto Scaling API reference, CreateAutoScalingGroup",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<AutoScalingGroup>() {
        let (min, desired, max) = (group.min.0, group.desired(), group.max.0);
        if min <= desired && desired <= max {
            continue;
        }
        let message = text("check.asg-010.message", "{group} asks for minimum {min}, desired {desired}, maximum {max}; AWS wants minimum <= desired <= maximum.")
            .with("group", name.as_str())
            .with("min", min)
            .with("desired", desired)
            .with("max", max);
        let wrong = [
            ("fleet.min", min > max || desired < min),
            ("fleet.desired", desired < min || desired > max),
            ("fleet.max", min > max || desired > max),
        ];
        let wrong: Vec<&'static str> = wrong
            .into_iter()
            .filter_map(|(key, wrong)| wrong.then_some(key))
            .collect();
        let max = max.max(min);
        let desired = desired.clamp(min, max);
        let title = text(
            "check.asg-010.fix",
            "Use minimum {min}, desired {desired}, maximum {max}",
        )
        .with("min", min)
        .with("desired", desired)
        .with("max", max);
        let sizes = [
            (name, "MinSize"),
            (name, "DesiredCapacity"),
            (name, "MaxSize"),
        ];
        let fix = subject.fix(
            &sizes,
            title,
            &[
                ("fleet.min", &min),
                ("fleet.desired", &desired),
                ("fleet.max", &max),
            ],
        );
        let finding = Finding::new(&CHECK, [name], message);
        let options = subject.blame(&sizes, &wrong);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_sizes_out_of_order() {
        assert_eq!(
            findings(&CHECK, "fleet.min=5", &[]),
            "WebGroup: WebGroup asks for minimum 5, desired 2, maximum 6; AWS wants minimum <= desired <= maximum."
        );
        assert_eq!(
            findings(&CHECK, "fleet.desired=9", &[]),
            "WebGroup: WebGroup asks for minimum 2, desired 9, maximum 6; AWS wants minimum <= desired <= maximum."
        );
        assert_eq!(
            findings(&CHECK, "fleet.min=8 fleet.desired=8 fleet.max=6", &[]),
            "WebGroup: WebGroup asks for minimum 8, desired 8, maximum 6; AWS wants minimum <= desired <= maximum."
        );
    }

    #[test]
    fn accepts_equal_sizes() {
        assert_eq!(
            findings(&CHECK, "fleet.min=3 fleet.desired=3 fleet.max=3", &[]),
            ""
        );
    }
}
