//! CloudFront signs what it asks of a bucket, so that the bucket need not be public.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, Distribution, Value};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "S3-003",
    severity: Severity::High,
    title: text("check.s3-003.title", "Bucket origin without access control"),
    why: text(
        "check.s3-003.why",
        "Without origin access control the bucket has to be public for CloudFront to read it, and everybody reads it past CloudFront; the older origin access identity knows neither SSE-KMS nor newer Regions.",
    ),
    advice: text(
        "check.s3-003.advice",
        "Give the origin an origin access control that always signs with SigV4, and let the bucket's policy admit the distribution alone.",
    ),
    reference: "SEC08-BP04; CloudFront developer guide, restrict access to an Amazon S3 origin",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, distribution) in topology.all::<Distribution>() {
        let mut origins = distribution.origins();
        let Some(origin) = origins.find(|it| is_bucket(topology, it) && !is_controlled(it)) else {
            continue;
        };
        let id = origin.get("Id").and_then(Value::as_str).unwrap_or_default();
        let message = text(
            "check.s3-003.message",
            "Origin “{origin}” of {distribution} is a bucket that {distribution} asks without a signature.",
        )
        .with("origin", id)
        .with("distribution", name.as_str());
        let fix = subject.release(&[(name, "DistributionConfig.Origins")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

fn is_bucket(topology: &Topology, origin: &Value) -> bool {
    let node = Distribution::node_at(origin);
    origin.get("S3OriginConfig").is_some()
        || node.is_some_and(|it| topology.named::<Bucket>(it).is_some())
}

fn is_controlled(origin: &Value) -> bool {
    origin.get("OriginAccessControlId").is_some()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::{Value as Json, json};

    fn with(origin: Json) -> String {
        let edit = set(
            "Distribution",
            "DistributionConfig.Origins",
            json!([origin]),
        );
        findings(&CHECK, "edge.cloudfront=true", &[edit])
    }

    #[test]
    fn flags_a_bucket_that_is_asked_without_a_signature() {
        let bucket = json!({"Fn::GetAtt": ["LogBucket", "RegionalDomainName"]});
        assert_eq!(
            with(json!({"Id": "page", "DomainName": bucket, "S3OriginConfig": {}})),
            "Distribution: Origin “page” of Distribution is a bucket that Distribution asks without a signature."
        );
    }

    #[test]
    fn accepts_origin_access_control_and_other_origins() {
        let bucket = json!({"Fn::GetAtt": ["LogBucket", "RegionalDomainName"]});
        assert_eq!(
            with(json!({"Id": "page", "DomainName": bucket, "OriginAccessControlId": "E1"})),
            ""
        );
        assert_eq!(findings(&CHECK, "edge.cloudfront=true", &[]), "");
    }
}
