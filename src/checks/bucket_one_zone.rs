//! One Zone storage is gone with its zone.

use super::site::each;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "S3-004",
    severity: Severity::Medium,
    title: text("check.s3-004.title", "Only copy in one zone"),
    why: text(
        "check.s3-004.why",
        "S3 One Zone-IA keeps objects in a single zone: they cannot be read while it is down, and are lost if it is destroyed.",
    ),
    advice: text(
        "check.s3-004.advice",
        "Use Standard-IA, or keep One Zone-IA for what can be made again.",
    ),
    reference: "S3 user guide, storage classes",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, bucket) in subject.topology.all::<Bucket>() {
        let mut moves = false;
        each(&Value::Map(bucket.rest.clone()), &mut |key, value| {
            moves |= key == "StorageClass" && value.as_str() == Some("ONEZONE_IA");
        });
        if !moves {
            continue;
        }
        let message = text(
            "check.s3-004.message",
            "{bucket} moves its objects to One Zone-IA.",
        )
        .with("bucket", name.as_str());
        let fix = subject.release(&[(name, "LifecycleConfiguration")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn moved(class: &str) -> String {
        let rule = json!([{"Status": "Enabled", "Transitions": [{"StorageClass": class, "TransitionInDays": 30}]}]);
        findings(
            &CHECK,
            "",
            &[set("LogBucket", "LifecycleConfiguration.Rules", rule)],
        )
    }

    #[test]
    fn flags_one_zone_and_accepts_several() {
        assert_eq!(
            moved("ONEZONE_IA"),
            "LogBucket: LogBucket moves its objects to One Zone-IA."
        );
        assert_eq!(moved("STANDARD_IA"), "");
    }
}
