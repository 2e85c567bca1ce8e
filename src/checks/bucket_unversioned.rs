//! Versions outlive an overwrite.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "S3-002",
    severity: Severity::Medium,
    title: text("check.s3-002.title", "Bucket without versions"),
    why: text(
        "check.s3-002.why",
        "An object that is overwritten or deleted is gone, logs that prove an intrusion included.",
    ),
    advice: text(
        "check.s3-002.advice",
        "Turn versioning on, with a lifecycle rule that expires old versions.",
    ),
    reference: "REL09-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, bucket) in subject.topology.all::<Bucket>() {
        let status = bucket.versioning.as_ref().and_then(|it| it.get("Status"));
        if status.and_then(Value::as_str) == Some("Enabled") {
            continue;
        }
        let message = text(
            "check.s3-002.message",
            "{bucket} keeps no earlier versions of its objects.",
        )
        .with("bucket", name.as_str());
        let fix = subject.release(&[(name, "VersioningConfiguration")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_versions_that_are_off() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("LogBucket", "VersioningConfiguration", json!(null))]
            ),
            "LogBucket: LogBucket keeps no earlier versions of its objects."
        );
    }

    #[test]
    fn accepts_versions() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
