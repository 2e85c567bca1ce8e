//! A group believes EC2 alone unless it is told to ask the load balancer.

use super::{Check, Finding, Severity, Subject};
use crate::aws::AutoScalingGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ASG-004",
    severity: Severity::High,
    title: text(
        "check.asg-004.title",
        "Group ignores the load balancer's health check",
    ),
    why: text(
        "check.asg-004.why",
        "An instance whose web server hangs passes EC2's status checks: the load balancer stops using it, and the group never replaces it.",
    ),
    advice: text(
        "check.asg-004.advice",
        "Set the health check type to ELB, with a grace period that covers the boot.",
    ),
    reference: "REL11-BP03; EC2 Auto Scaling user guide, health checks",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<AutoScalingGroup>() {
        let Some(targets) = group.target_groups.first() else {
            continue;
        };
        if group.listens_to_load_balancer() {
            continue;
        }
        let message = text("check.asg-004.message", "{group} stands behind {targets} but replaces an instance only when EC2 calls it unhealthy.")
            .with("group", name.as_str())
            .with("targets", targets.name.as_str());
        let title = text("check.asg-004.fix", "Listen to the load balancer (ELB)");
        let fix = subject.fix(
            &[(name, "HealthCheckType")],
            title,
            &[("fleet.health_check", &"ELB")],
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
    fn flags_a_group_that_asks_ec2_alone() {
        assert_eq!(
            findings(&CHECK, "fleet.health_check=EC2", &[]),
            "WebGroup: WebGroup stands behind WebTargetGroup but replaces an instance only when EC2 calls it unhealthy."
        );
    }

    #[test]
    fn accepts_elb_and_groups_without_a_load_balancer() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "fleet.health_check=EC2",
                &[set("WebGroup", "TargetGroupARNs", json!(null))]
            ),
            ""
        );
    }
}
