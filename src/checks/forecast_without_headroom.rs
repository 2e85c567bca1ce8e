//! A forecast raises a group to its maximum and not one further.

use super::site::instances;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, ScalingPolicy};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-014",
    severity: Severity::Medium,
    title: text("check.asg-014.title", "Forecast without room to grow"),
    why: text(
        "check.asg-014.why",
        "Predictive scaling honors the maximum: where that is close to what runs anyway, the load comes, the forecast knew of it, and nothing was launched.",
    ),
    advice: text(
        "check.asg-014.advice",
        "Allow at least twice the desired capacity, as much as a peak is expected to ask for.",
    ),
    reference: "EC2 Auto Scaling user guide, predictive scaling",
    run,
};

/// Times the desired capacity that is room for a peak (our own figure).
const ROOM: u32 = 2;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let forecasts = topology.all::<ScalingPolicy>();
    for (name, policy) in forecasts.filter(|(_, it)| it.forecasts()) {
        let Some(group) = topology.get::<AutoScalingGroup>(&policy.group) else {
            continue;
        };
        let needed = group.desired().saturating_mul(ROOM);
        if group.max.0 >= needed {
            continue;
        }
        let message = text(
            "check.asg-014.message",
            "{policy} may raise {group} from {desired} to {max}.",
        )
        .with("policy", name.as_str())
        .with("group", policy.group.name.as_str())
        .with("desired", group.desired())
        .with("max", instances(group.max.0));
        let title = text("check.asg-014.fix", "Allow {needed} instances").with("needed", needed);
        let claims = [(&policy.group.name, "MaxSize")];
        let fix = subject.fix(&claims, title, &[("fleet.max", &needed)]);
        let at = [&policy.group.name, name];
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_maximum_close_to_what_runs_anyway() {
        assert_eq!(
            findings(&CHECK, "fleet.predictive=true fleet.max=3", &[]),
            "WebGroup, WebPredictivePolicy: WebPredictivePolicy may raise WebGroup from 2 to 3 instances."
        );
    }

    #[test]
    fn accepts_room_for_a_peak_and_a_group_without_a_forecast() {
        for settings in ["fleet.predictive=true", "fleet.max=3"] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
