//! A path starts at the root.

use super::{Check, Finding, Severity, Subject};
use crate::aws::TargetGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-015",
    severity: Severity::Error,
    title: text("check.lb-015.title", "Health check path that is no path"),
    why: text(
        "check.lb-015.why",
        "The path of a health check starts with a slash; CreateTargetGroup refuses any other.",
    ),
    advice: text(
        "check.lb-015.advice",
        "Write the path from the root, such as /healthz.",
    ),
    reference: "ELB user guide, health checks for target groups",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<TargetGroup>() {
        let Some(path) = group.path.as_deref().filter(|it| !it.starts_with('/')) else {
            continue;
        };
        let message = text(
            "check.lb-015.message",
            "{group} checks “{path}”, which does not start with a slash.",
        )
        .with("group", name.as_str())
        .with("path", path);
        let rooted = format!("/{path}");
        let title = text("check.lb-015.fix", "Check {path}").with("path", rooted.as_str());
        let fix = subject.fix(
            &[(name, "HealthCheckPath")],
            title,
            &[("balancer.health_path", &rooted)],
        );
        let finding = Finding::new(&CHECK, [name], message);
        let options = subject.blame(&[(name, "HealthCheckPath")], &["balancer.health_path"]);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_word() {
        assert_eq!(
            findings(&CHECK, "balancer.health_path=healthz", &[]),
            "WebTargetGroup: WebTargetGroup checks “healthz”, which does not start with a slash."
        );
    }

    #[test]
    fn accepts_a_path() {
        assert_eq!(findings(&CHECK, "balancer.health_path=/", &[]), "");
    }
}
