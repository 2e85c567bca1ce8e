//! The access log of an API says who called, and what they were told.

use super::{Check, Finding, Severity, Subject};
use crate::aws::ApiStage;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "API-007",
    severity: Severity::Medium,
    title: text("check.api-007.title", "API stage without an access log"),
    why: text(
        "check.api-007.why",
        "A call that was refused leaves no trace: whether it arrived, over which endpoint and who sent it can be found out in no other place.",
    ),
    advice: text(
        "check.api-007.advice",
        "Write an access log with the caller, the endpoint and the status to CloudWatch Logs.",
    ),
    reference: "SEC04-BP01; API Gateway developer guide, set up CloudWatch logging for REST APIs",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<ApiStage>() {
        if it.access_log.is_some() {
            continue;
        }
        let message = text(
            "check.api-007.message",
            "{stage} keeps no record of its calls.",
        )
        .with("stage", name.as_str());
        let fix = subject.fix(
            &[(name, "AccessLogSetting")],
            text("check.api-007.fix", "Turn the API's access log on"),
            &[("api.access_logs", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_stage_without_a_log() {
        assert_eq!(
            findings(&CHECK, "api.enabled=true api.access_logs=false", &[]),
            "PrivateApiStage: PrivateApiStage keeps no record of its calls."
        );
    }

    #[test]
    fn accepts_a_log() {
        assert_eq!(findings(&CHECK, "api.enabled=true", &[]), "");
    }
}
