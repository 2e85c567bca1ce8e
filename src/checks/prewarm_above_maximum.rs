//! A group is raised by the clock to its maximum and not one further.

use super::site::instances;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, ScheduledAction};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-015",
    severity: Severity::Error,
    title: text(
        "check.asg-015.title",
        "More instances before a sale than the group may have",
    ),
    why: text(
        "check.asg-015.why",
        "A scheduled action whose minimum or desired capacity is above the maximum fails when its time comes, and the sale begins with what runs anyway.",
    ),
    advice: text(
        "check.asg-015.advice",
        "Raise the maximum to what the sale begins with, and above it for what the sale grows to.",
    ),
    reference: "EC2 Auto Scaling user guide, scheduled scaling",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, action) in topology.all::<ScheduledAction>() {
        let Some(group) = topology.get::<AutoScalingGroup>(&action.group) else {
            continue;
        };
        let most = action.max.unwrap_or(group.max.0);
        let wanted = action.desired.max(action.min).unwrap_or(0);
        if wanted <= most {
            continue;
        }
        let message = text(
            "check.asg-015.message",
            "{action} raises {group} to {wanted}, but it stops at {max}.",
        )
        .with("action", name.as_str())
        .with("group", action.group.name.as_str())
        .with("wanted", wanted)
        .with("max", instances(most));
        let title = text("check.asg-015.fix", "Allow {wanted} instances").with("wanted", wanted);
        let claims = [
            (&action.group.name, "MaxSize"),
            (name, "MinSize"),
            (name, "DesiredCapacity"),
        ];
        let fix = subject.fix(&claims, title, &[("fleet.max", &wanted)]);
        let options = subject.blame(&claims, &["fleet.prewarm_size", "fleet.max"]);
        let finding = Finding::new(&CHECK, [name, &action.group.name], message);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_sale_that_begins_above_the_maximum() {
        assert_eq!(
            findings(&CHECK, "fleet.prewarm_size=10", &[]),
            "WebPrewarm, WebGroup: WebPrewarm raises WebGroup to 10, but it stops at 6 instances."
        );
    }

    #[test]
    fn accepts_what_the_group_may_have() {
        for settings in ["fleet.prewarm_size=6", "fleet.prewarm_size=10 fleet.max=20"] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
