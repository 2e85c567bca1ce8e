//! A load balancer's access log says who asked for what.

use super::{Check, Finding, Severity, Subject};
use crate::aws::LoadBalancer;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-006",
    severity: Severity::Medium,
    title: text("check.lb-006.title", "Access logs are off"),
    why: text(
        "check.lb-006.why",
        "Without them nobody can tell afterwards which requests failed, who sent them, and how long they took.",
    ),
    advice: text(
        "check.lb-006.advice",
        "Write access logs to an S3 bucket of the same Region that is encrypted with SSE-S3.",
    ),
    reference: "SEC04-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, balancer) in subject.topology.all::<LoadBalancer>() {
        if balancer.attributes.is_on("access_logs.s3.enabled") {
            continue;
        }
        let message = text("check.lb-006.message", "{balancer} writes no access logs.")
            .with("balancer", name.as_str());
        let fix = subject.fix(
            &[(name, "LoadBalancerAttributes")],
            text("check.lb-006.fix", "Write access logs"),
            &[("balancer.access_logs", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_logs_that_are_off() {
        assert_eq!(
            findings(&CHECK, "balancer.access_logs=false", &[]),
            "LoadBalancer: LoadBalancer writes no access logs."
        );
    }

    #[test]
    fn accepts_logs_that_are_on() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
