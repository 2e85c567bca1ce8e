//! A target that leaves waits for its requests in flight.

use super::{Check, Finding, Severity, Subject};
use crate::aws::TargetGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-009",
    severity: Severity::Low,
    title: text("check.lb-009.title", "Long connection draining"),
    why: text(
        "check.lb-009.why",
        "A deployment or a scale-in waits this long for each instance, though a web request takes seconds.",
    ),
    advice: text(
        "check.lb-009.advice",
        "Use 30 to 60 s, or a little more than the longest request.",
    ),
    reference: "ELB user guide, deregistration delay",
    run,
};

/// AWS's default, in seconds.
const DEFAULT: u32 = 300;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<TargetGroup>() {
        let given = group.attributes.get("deregistration_delay.timeout_seconds");
        let delay = given.and_then(|it| it.parse().ok()).unwrap_or(DEFAULT);
        if delay < DEFAULT {
            continue;
        }
        let message = text(
            "check.lb-009.message",
            "{group} waits {delay} s for a target that leaves.",
        )
        .with("group", name.as_str())
        .with("delay", delay);
        let fix = subject.fix(
            &[(name, "TargetGroupAttributes")],
            text("check.lb-009.fix", "Wait 60 s"),
            &[("balancer.deregistration_delay", &60)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_the_default_of_aws() {
        assert_eq!(
            findings(&CHECK, "balancer.deregistration_delay=300", &[]),
            "WebTargetGroup: WebTargetGroup waits 300 s for a target that leaves."
        );
        assert_eq!(
            findings(
                &CHECK,
                "balancer.deregistration_delay=60",
                &[set("WebTargetGroup", "TargetGroupAttributes", json!(null))]
            ),
            "WebTargetGroup: WebTargetGroup waits 300 s for a target that leaves."
        );
    }

    #[test]
    fn accepts_a_minute() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
