//! How long a dead target keeps getting requests.

use super::{Check, Finding, Severity, Subject};
use crate::aws::TargetGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-008",
    severity: Severity::Low,
    title: text("check.lb-008.title", "Failures are noticed late"),
    why: text(
        "check.lb-008.why",
        "Until enough checks have failed, the load balancer sends requests to a dead target; a user sees each as an error.",
    ),
    advice: text(
        "check.lb-008.advice",
        "Check every 10 s with a timeout of 5 s and 2 failures: 15 to 25 s instead of a minute.",
    ),
    reference: "REL11-BP01; ELB user guide, health checks for target groups",
    run,
};

/// Slower than this is worth a word. The figure is ours; AWS names none.
const SLOW: u32 = 60;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<TargetGroup>() {
        let (least, most) = group.detection();
        if most <= SLOW {
            continue;
        }
        let (interval, timeout, _, unhealthy) = group.health_check();
        let message = text("check.lb-008.message", "{group} takes {least} to {most} s to notice a dead target ({unhealthy} failures, every {interval} s, timeout {timeout} s).")
            .with("group", name.as_str())
            .with("least", least)
            .with("most", most)
            .with("unhealthy", unhealthy)
            .with("interval", interval)
            .with("timeout", timeout);
        let fix = subject.fix(
            &[
                (name, "HealthCheckIntervalSeconds"),
                (name, "HealthCheckTimeoutSeconds"),
                (name, "UnhealthyThresholdCount"),
            ],
            text("check.lb-008.fix", "Check every 10 s, 2 failures"),
            &[
                ("balancer.health_interval", &10),
                ("balancer.health_timeout", &5),
                ("balancer.unhealthy_threshold", &2),
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
    fn flags_the_default_of_thirty_seconds() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "WebTargetGroup: WebTargetGroup takes 35 to 65 s to notice a dead target (2 failures, every 30 s, timeout 5 s)."
        );
    }

    #[test]
    fn accepts_ten_seconds() {
        assert_eq!(findings(&CHECK, "balancer.health_interval=10", &[]), "");
    }
}
