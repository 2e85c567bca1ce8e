//! A trail says of its own files whether they are whole, and covers every Region.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Trail, Value, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "GV-004",
    severity: Severity::Medium,
    title: text("check.gv-004.title", "Trail whose files prove nothing"),
    why: text(
        "check.gv-004.why",
        "Without digests nobody can tell afterwards whether a log file was changed or taken away, which is the first thing that an intruder does.",
    ),
    advice: text(
        "check.gv-004.advice",
        "Turn log file validation on, and record the calls of every Region.",
    ),
    reference: "SEC04-BP01; CloudTrail user guide, validating log file integrity",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, trail) in subject.topology.all::<Trail>() {
        let validated = lookup(&trail.rest, "EnableLogFileValidation");
        let words = if validated != Some(&Value::Bool(true)) {
            text(
                "check.gv-004.message",
                "{trail} writes no digests of its log files.",
            )
        } else if !trail.multi_region {
            text(
                "check.gv-004.region",
                "{trail} records the calls of its own Region alone.",
            )
        } else {
            continue;
        };
        let claims = [
            (name, "EnableLogFileValidation"),
            (name, "IsMultiRegionTrail"),
        ];
        let fix = subject.release(&claims);
        let message = words.with("trail", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_no_digests_and_one_region() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Trail", "EnableLogFileValidation", json!(null))]
            ),
            "Trail: Trail writes no digests of its log files."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Trail", "IsMultiRegionTrail", json!(false))]
            ),
            "Trail: Trail records the calls of its own Region alone."
        );
    }

    #[test]
    fn accepts_digests_of_every_region() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
