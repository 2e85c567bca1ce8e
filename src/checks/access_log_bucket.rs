//! A load balancer tries its log bucket before it is made.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, BucketPolicy, LoadBalancer, Name, Value, lookup};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "LB-018",
    severity: Severity::Error,
    title: text(
        "check.lb-018.title",
        "Log bucket that the load balancer cannot write to",
    ),
    why: text(
        "check.lb-018.why",
        "With access logs on, the load balancer writes a test file first; without a policy that lets it, or with encryption by KMS, it is refused and so is the load balancer.",
    ),
    advice: text(
        "check.lb-018.advice",
        "Let logdelivery.elasticloadbalancing.amazonaws.com put objects, and encrypt the bucket with SSE-S3.",
    ),
    reference: "ELB user guide, enable access logs",
    run,
};

const WRITER: &str = "logdelivery.elasticloadbalancing.amazonaws.com";

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        let attributes = &balancer.attributes;
        let bucket = lookup(&attributes.0, "access_logs.s3.bucket");
        let (Some(Value::Ref(bucket)), true) = (bucket, attributes.is_on("access_logs.s3.enabled"))
        else {
            continue;
        };
        let Some(holds) = topology.named::<Bucket>(bucket) else {
            continue;
        };
        let words = if is_kms(holds) {
            text(
                "check.lb-018.kms",
                "{bucket} encrypts with KMS, which access logs of {balancer} cannot use.",
            )
        } else if !lets_in(topology, bucket) {
            text(
                "check.lb-018.message",
                "No policy of {bucket} lets {balancer} write its access logs.",
            )
        } else {
            continue;
        };
        let message = words
            .with("bucket", bucket.as_str())
            .with("balancer", name.as_str());
        let policies = topology.all::<BucketPolicy>();
        let policies = policies.filter(|(_, it)| it.bucket.name == *bucket);
        let fix = subject.undo(policies.map(|(name, _)| name).chain([bucket]));
        findings.push(Finding::new(&CHECK, [bucket, name], message).with_fix(fix));
    }
}

fn is_kms(bucket: &Bucket) -> bool {
    let rules = bucket.encryption.as_ref();
    let rules = rules.and_then(|it| it.get("ServerSideEncryptionConfiguration"));
    let mut rules = rules.and_then(Value::as_list).unwrap_or_default().iter();
    rules.any(|rule| {
        let by = rule.get("ServerSideEncryptionByDefault");
        let algorithm = by.and_then(|it| it.get("SSEAlgorithm"));
        algorithm
            .and_then(Value::as_str)
            .is_some_and(|it| it.starts_with("aws:kms"))
    })
}

/// Whether a policy of a bucket lets in the service that writes access logs, or an account, as older policies do.
fn lets_in(topology: &Topology, bucket: &Name) -> bool {
    let mut policies = topology.all::<BucketPolicy>();
    policies.any(|(_, policy)| {
        let names = |statement: &Value| {
            let allows = statement.get("Effect").and_then(Value::as_str) == Some("Allow");
            let principal = statement.get("Principal");
            let service = principal.and_then(|it| it.get("Service"));
            let is_writer = |it: &Value| it.as_str() == Some(WRITER);
            let names_it = service.is_some_and(|it| {
                is_writer(it) || it.as_list().unwrap_or_default().iter().any(is_writer)
            });
            let names_account = principal.is_some_and(|it| it.get("AWS").is_some());
            allows && (names_it || names_account)
        };
        policy.bucket.name == *bucket && policy.statements().iter().any(names)
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, set};
    use serde_json::{Value as Json, json};

    #[test]
    fn flags_a_missing_policy_and_a_key() {
        assert_eq!(
            findings(&CHECK, "", &[remove("LogBucketPolicy")]),
            "LogBucket, LoadBalancer: No policy of LogBucket lets LoadBalancer write its access logs."
        );
        let property = "BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm";
        assert_eq!(
            findings(&CHECK, "", &[set("LogBucket", property, json!("aws:kms"))]),
            "LogBucket, LoadBalancer: LogBucket encrypts with KMS, which access logs of LoadBalancer cannot use."
        );
    }

    fn with(effect: &str, principal: Json) -> String {
        let statement = json!({"Effect": effect, "Principal": principal, "Action": "s3:PutObject", "Resource": "*"});
        let edit = set("LogBucketPolicy", "PolicyDocument.Statement", statement);
        findings(&CHECK, "", &[edit])
    }

    #[test]
    fn a_policy_lets_in_by_service_or_account_and_never_by_a_refusal() {
        let service = json!({"Service": ["delivery.logs.amazonaws.com", super::WRITER]});
        assert_eq!(with("Allow", service.clone()), "");
        let account = json!({"AWS": "arn:aws:iam::582318560864:root"});
        assert_eq!(with("Allow", account), "");
        assert_ne!(with("Deny", service), "");
    }

    #[test]
    fn accepts_the_bucket_as_it_comes_and_no_logs() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "balancer.access_logs=false",
                &[remove("LogBucketPolicy")]
            ),
            ""
        );
    }
}
