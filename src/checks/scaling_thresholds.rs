//! A group that shrinks must not grow again at once.

use super::remedy::Claim;
use super::site::thresholds;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Alarm, AutoScalingGroup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-011",
    severity: Severity::Medium,
    title: text("check.asg-011.title", "Scale-in threshold above scale-out"),
    why: text(
        "check.asg-011.why",
        "Where both thresholds hold at once the group grows and shrinks in turn, and instances live for minutes.",
    ),
    advice: text(
        "check.asg-011.advice",
        "Shrink at half of the value at which the group grows, or less.",
    ),
    reference: "EC2 Auto Scaling user guide, step scaling policies",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<AutoScalingGroup>() {
        let found = thresholds(topology, name);
        let (Some(grow), Some(shrink)) = (found.grow, found.shrink) else {
            continue;
        };
        if shrink < grow {
            continue;
        }
        let message = text(
            "check.asg-011.message",
            "{group} shrinks below {shrink} % of CPU but grows above {grow} %.",
        )
        .with("group", name.as_str())
        .with("shrink", format!("{shrink:.0}"))
        .with("grow", format!("{grow:.0}"));
        let half = (grow / 2.0).floor().max(1.0);
        let title = text("check.asg-011.fix", "Shrink below {half} %").with("half", half);
        let alarms = topology
            .all::<Alarm>()
            .map(|(alarm, _)| (alarm, "Threshold"));
        let claims: Vec<Claim<'_>> = alarms.collect();
        let fix = subject.fix(&claims, title, &[("fleet.scale_in_cpu", &half)]);
        let finding = Finding::new(&CHECK, [name], message);
        let options = subject.blame(&claims, &["fleet.scale_out_cpu", "fleet.scale_in_cpu"]);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_thresholds_that_cross() {
        assert_eq!(
            findings(&CHECK, "fleet.scaling=step fleet.scale_in_cpu=80", &[]),
            "WebGroup: WebGroup shrinks below 80 % of CPU but grows above 70 %."
        );
    }

    #[test]
    fn accepts_a_wide_band_and_target_tracking() {
        for settings in ["fleet.scaling=step", "fleet.scale_in_cpu=80"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
