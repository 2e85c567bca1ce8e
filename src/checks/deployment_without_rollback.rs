//! What goes out can come back.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DeploymentGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DL-003",
    severity: Severity::Medium,
    title: text("check.dl-003.title", "Deployment without a way back"),
    why: text(
        "check.dl-003.why",
        "A revision that fails stays half deployed until somebody notices, and instances that are changed while they take requests answer with errors.",
    ),
    advice: text(
        "check.dl-003.advice",
        "Roll back automatically on failure and on an alarm, and take instances out of the load balancer while they are changed.",
    ),
    reference: "OPS06-BP04; CodeDeploy user guide, automatic rollbacks",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<DeploymentGroup>() {
        let words = if !group.rolls_back() {
            text(
                "check.dl-003.message",
                "{group} does not take a deployment back that fails.",
            )
        } else if !group.controls_traffic() {
            text(
                "check.dl-003.traffic",
                "{group} changes instances while the load balancer sends them requests.",
            )
        } else {
            continue;
        };
        let claims = [
            (name, "AutoRollbackConfiguration"),
            (name, "DeploymentStyle"),
        ];
        let fix = subject.release(&claims);
        let message = words.with("group", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_no_rollback_and_no_traffic_control() {
        for (property, said) in [
            (
                "AutoRollbackConfiguration",
                "DeploymentGroup does not take a deployment back that fails.",
            ),
            (
                "DeploymentStyle",
                "DeploymentGroup changes instances while the load balancer sends them requests.",
            ),
        ] {
            let edit = set("DeploymentGroup", property, json!(null));
            assert_eq!(
                findings(&CHECK, "delivery.codedeploy=true", &[edit]),
                format!("DeploymentGroup: {said}")
            );
        }
    }

    #[test]
    fn accepts_both() {
        assert_eq!(findings(&CHECK, "delivery.codedeploy=true", &[]), "");
    }
}
