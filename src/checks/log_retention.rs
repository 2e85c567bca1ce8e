//! A log group keeps its lines for ever unless told otherwise.

use super::{Check, Finding, Severity, Subject};
use crate::aws::LogGroup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "OB-003",
    severity: Severity::Low,
    title: text("check.ob-003.title", "Logs that are kept for ever"),
    why: text(
        "check.ob-003.why",
        "Stored lines are billed month after month, and what nobody reads any more may still be asked for by others.",
    ),
    advice: text(
        "check.ob-003.advice",
        "Keep them for as long as somebody needs them, 30 days for most.",
    ),
    reference: "COST04-BP05; CloudWatch Logs user guide, log retention",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, group) in subject.topology.all::<LogGroup>() {
        if group.retention.is_some() {
            continue;
        }
        let message = text("check.ob-003.message", "{group} never deletes a line.")
            .with("group", name.as_str());
        let fix = subject.release(&[(name, "RetentionInDays")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_group_without_retention() {
        assert_eq!(
            findings(
                &CHECK,
                "edge.waf=true edge.waf_logs=true",
                &[set("WebAclLogGroup", "RetentionInDays", json!(null))]
            ),
            "WebAclLogGroup: WebAclLogGroup never deletes a line."
        );
    }

    #[test]
    fn accepts_a_month() {
        assert_eq!(
            findings(&CHECK, "edge.waf=true edge.waf_logs=true", &[]),
            ""
        );
    }
}
