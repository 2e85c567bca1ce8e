//! A policy that names nobody lets everybody in.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, BucketPolicy, is_open, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "S3-005",
    severity: Severity::Error,
    title: text("check.s3-005.title", "Bucket policy that lets everyone in"),
    why: text(
        "check.s3-005.why",
        "S3 refuses a public policy while Block Public Access is on, and the stack fails; with it off, the internet reads the bucket.",
    ),
    advice: text(
        "check.s3-005.advice",
        "Name the principals, or bind them with a condition such as aws:SourceAccount.",
    ),
    reference: "SEC08-BP04; S3 user guide, the meaning of public",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, policy) in subject.topology.all::<BucketPolicy>() {
        if !policy.statements().iter().any(is_open) {
            continue;
        }
        let bucket = &policy.bucket.name;
        // A website is for everybody.
        let is_website = |it: &Bucket| lookup(&it.rest, "WebsiteConfiguration").is_some();
        if subject.topology.named(bucket).is_some_and(is_website) {
            continue;
        }
        let message = text(
            "check.s3-005.message",
            "{policy} lets everyone into {bucket}, and no condition says whom.",
        )
        .with("policy", name.as_str())
        .with("bucket", bucket.as_str());
        let fix = subject.undo([name]);
        findings.push(Finding::new(&CHECK, [name, bucket], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::{Value as Json, json};

    fn with(principal: Json) -> String {
        let statement = json!({"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": "*"});
        let edit = set(
            "LogBucketPolicy",
            "PolicyDocument.Statement",
            json!([statement]),
        );
        findings(&CHECK, "", &[edit])
    }

    #[test]
    fn flags_everyone_however_written() {
        for principal in [json!("*"), json!({"AWS": "*"}), json!({"AWS": ["*"]})] {
            assert_eq!(
                with(principal),
                "LogBucketPolicy, LogBucket: LogBucketPolicy lets everyone into LogBucket, and no condition says whom."
            );
        }
    }

    #[test]
    fn accepts_services_and_a_refusal_for_everyone() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        let website = "dns.failover=true balancer.domain=www.example.com";
        assert_eq!(findings(&CHECK, website, &[]), "");
        assert_eq!(with(json!({"Service": "cloudtrail.amazonaws.com"})), "");
    }
}
