//! A bucket is private unless somebody opens it.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, Value, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "S3-001",
    severity: Severity::High,
    title: text("check.s3-001.title", "Bucket that may become public"),
    why: text(
        "check.s3-001.why",
        "With a part of Block Public Access off, one ACL or policy opens the bucket to everyone; logs tell an attacker a lot.",
    ),
    advice: text(
        "check.s3-001.advice",
        "Turn all four settings of Block Public Access on.",
    ),
    reference: "SEC08-BP04",
    run,
};

const SETTINGS: [&str; 4] = [
    "BlockPublicAcls",
    "BlockPublicPolicy",
    "IgnorePublicAcls",
    "RestrictPublicBuckets",
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, bucket) in subject.topology.all::<Bucket>() {
        // A website is for everybody.
        if lookup(&bucket.rest, "WebsiteConfiguration").is_some() {
            continue;
        }
        // Left out as a whole, S3 blocks everything (since April 2023).
        let Some(block) = &bucket.public_access_block else {
            continue;
        };
        let is_on = |setting: &str| block.get(setting) == Some(&Value::Bool(true));
        let off: Vec<&str> = SETTINGS.into_iter().filter(|it| !is_on(it)).collect();
        if off.is_empty() {
            continue;
        }
        let message = text(
            "check.s3-001.message",
            "{bucket} does not block public access: {settings}.",
        )
        .with("bucket", name.as_str())
        .with("settings", list(off));
        let fix = subject.release(&[(name, "PublicAccessBlockConfiguration")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_one_setting_that_is_off() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "LogBucket",
                    "PublicAccessBlockConfiguration.BlockPublicPolicy",
                    json!(false)
                )]
            ),
            "LogBucket: LogBucket does not block public access: BlockPublicPolicy."
        );
    }

    #[test]
    fn accepts_all_four_and_the_default() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "LogBucket",
                    "PublicAccessBlockConfiguration",
                    json!(null)
                )]
            ),
            ""
        );
    }
}
