//! API Gateway writes logs with a role that the account gives it.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{ApiAccount, ApiStage};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-008",
    severity: Severity::Low,
    title: text(
        "check.api-008.title",
        "API log that rests on a role set elsewhere",
    ),
    why: text(
        "check.api-008.why",
        "API Gateway writes the logs of all APIs of a Region with one role of the account. Where nobody has set it, it refuses a stage that logs, and the stack fails.",
    ),
    advice: text(
        "check.api-008.advice",
        "Leave it so where another stack has set the role; otherwise let this one do it.",
    ),
    reference: "API Gateway developer guide, permissions for CloudWatch logging; CloudFormation reference, AWS::ApiGateway::Account",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut accounts = topology.all::<ApiAccount>();
    if accounts.any(|(_, it)| it.role.is_some()) {
        return;
    }
    for (name, it) in topology.all::<ApiStage>() {
        if it.access_log.is_none() {
            continue;
        }
        let message = text(
            "check.api-008.message",
            "{stage} writes a log, and none of the stacks sets the role for it.",
        )
        .with("stage", name.as_str());
        let fix = subject.fix(
            &[],
            text("check.api-008.fix", "Set the API logging role here"),
            &[("api.log_role", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_log_without_the_role() {
        assert_eq!(
            findings(&CHECK, "api.enabled=true api.log_role=false", &[]),
            "PrivateApiStage: PrivateApiStage writes a log, and none of the stacks sets the role for it."
        );
    }

    #[test]
    fn accepts_the_role_and_no_log() {
        for settings in [
            "api.enabled=true",
            "api.enabled=true api.log_role=false api.access_logs=false",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
