//! A group grows to its maximum and not one further.

use super::site::instances;
use super::{Check, Finding, Severity, Subject};
use crate::aws::AutoScalingGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-006",
    severity: Severity::Medium,
    title: text(
        "check.asg-006.title",
        "No headroom above the desired capacity",
    ),
    why: text(
        "check.asg-006.why",
        "After the loss of a zone the others need n/(n-1) of their instances; a maximum below that keeps the group overloaded until the zone is back.",
    ),
    advice: text(
        "check.asg-006.advice",
        "Set the maximum well above desired x n/(n-1).",
    ),
    reference: "REL07-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let zones = u32::try_from(topology.zones_of(name).len()).unwrap_or(u32::MAX);
        let (desired, max) = (group.desired(), group.max.0);
        // A maximum below the desired capacity is ASG-010's.
        if zones < 2 || max < desired {
            continue;
        }
        let needed = desired.saturating_mul(zones).div_ceil(zones - 1);
        if max >= needed {
            continue;
        }
        let message = text("check.asg-006.message", "{group} stops at {max}; {needed} carry today's load after the loss of one of {zones} zones.")
            .with("group", name.as_str())
            .with("max", instances(max))
            .with("needed", needed)
            .with("zones", zones);
        let title = text("check.asg-006.fix", "Allow {needed} instances").with("needed", needed);
        let fix = subject.fix(&[(name, "MaxSize")], title, &[("fleet.max", &needed)]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_group_that_cannot_grow() {
        assert_eq!(
            findings(&CHECK, "fleet.max=2", &[]),
            "WebGroup: WebGroup stops at 2 instances; 4 carry today's load after the loss of one of 2 zones."
        );
    }

    #[test]
    fn accepts_twice_as_many_in_two_zones() {
        for settings in ["fleet.max=4", "fleet.max=2 network.zones=1"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
