//! A check ends before the next one starts.

use super::{Check, Finding, Severity, Subject};
use crate::aws::TargetGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-012",
    severity: Severity::Error,
    title: text(
        "check.lb-012.title",
        "Health check that outlasts its interval",
    ),
    why: text(
        "check.lb-012.why",
        "The timeout must be shorter than the interval; CreateTargetGroup refuses it otherwise.",
    ),
    advice: text(
        "check.lb-012.advice",
        "Use about half of the interval as the timeout.",
    ),
    reference: "ELB user guide, health checks for target groups",
    run,
};

/// Shortest timeout that AWS takes, in seconds.
const SHORTEST: u32 = 2;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<TargetGroup>() {
        let (interval, timeout, ..) = group.health_check();
        if timeout < interval {
            continue;
        }
        let message = text("check.lb-012.message", "{group} checks every {interval} s with a timeout of {timeout} s; the timeout must be shorter.")
            .with("group", name.as_str())
            .with("interval", interval)
            .with("timeout", timeout);
        let shorter = (interval / 2).max(SHORTEST);
        let title = text("check.lb-012.fix", "Time out after {timeout} s").with("timeout", shorter);
        let claims = [
            (name, "HealthCheckTimeoutSeconds"),
            (name, "HealthCheckIntervalSeconds"),
        ];
        let fix = subject.fix(&claims, title, &[("balancer.health_timeout", &shorter)]);
        let finding = Finding::new(&CHECK, [name], message);
        let options = subject.blame(
            &claims,
            &["balancer.health_interval", "balancer.health_timeout"],
        );
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_timeout_as_long_as_the_interval() {
        assert_eq!(
            findings(&CHECK, "balancer.health_interval=5", &[]),
            "WebTargetGroup: WebTargetGroup checks every 5 s with a timeout of 5 s; the timeout must be shorter."
        );
    }

    #[test]
    fn accepts_a_shorter_one() {
        assert_eq!(findings(&CHECK, "balancer.health_interval=6", &[]), "");
    }
}
