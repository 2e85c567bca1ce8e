//! An instance that boots fails every check.

use super::{Check, Finding, Severity, Subject};
use crate::aws::AutoScalingGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-005",
    severity: Severity::Medium,
    title: text("check.asg-005.title", "Grace period shorter than the boot"),
    why: text(
        "check.asg-005.why",
        "The group replaces an instance that fails the load balancer's check after the grace period; if that ends before the boot, new instances are killed for ever. CloudFormation's default is 0 s.",
    ),
    advice: text(
        "check.asg-005.advice",
        "Give 300 s, or twice the time from launch to the first answer.",
    ),
    reference: "EC2 Auto Scaling user guide, health check grace period",
    run,
};

/// What the console proposes, in seconds.
const USUAL: u32 = 300;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let boot = subject.design.map_or(1, |it| it.assumptions.boot.get());
    for (name, group) in subject.topology.all::<AutoScalingGroup>() {
        let grace = group.grace.unwrap_or(0);
        if !group.listens_to_load_balancer() || grace >= boot {
            continue;
        }
        let message = if grace == 0 {
            text(
                "check.asg-005.none",
                "{group} gives a new instance no grace period.",
            )
            .into()
        } else {
            text("check.asg-005.message", "{group} gives a new instance {grace} s, but one takes {boot} s to answer (assumed).")
                .with("grace", grace)
                .with("boot", boot)
        };
        let longer = USUAL.max(boot.saturating_mul(2));
        let title = text("check.asg-005.fix", "Give {grace} s").with("grace", longer);
        let fix = subject.fix(
            &[(name, "HealthCheckGracePeriod")],
            title,
            &[("fleet.grace_seconds", &longer)],
        );
        let message = message.with("group", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_no_grace_and_less_than_the_boot() {
        assert_eq!(
            findings(&CHECK, "fleet.grace_seconds=0", &[]),
            "WebGroup: WebGroup gives a new instance no grace period."
        );
        assert_eq!(
            findings(&CHECK, "fleet.grace_seconds=60", &[]),
            "WebGroup: WebGroup gives a new instance 60 s, but one takes 150 s to answer (assumed)."
        );
    }

    #[test]
    fn accepts_five_minutes_and_groups_that_ask_ec2() {
        for settings in ["", "fleet.grace_seconds=0 fleet.health_check=EC2"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
