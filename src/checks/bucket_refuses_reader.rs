//! A bucket behind CloudFront lets its distribution in.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, BucketPolicy, Name};
use crate::text::text;
use crate::topology::traffic::{reader, reads};

pub static CHECK: Check = Check {
    code: "ED-017",
    severity: Severity::Error,
    title: text("check.ed-017.title", "Bucket refuses its distribution"),
    why: text(
        "check.ed-017.why",
        "Every request for a file ends with status 403 from S3.",
    ),
    advice: text(
        "check.ed-017.advice",
        "Let the bucket policy allow s3:GetObject to cloudfront.amazonaws.com with the distribution as aws:SourceArn, and have the origin sign.",
    ),
    reference: "CloudFront developer guide, restrict access to an Amazon S3 origin",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (bucket, _) in topology.all::<Bucket>() {
        let Some((distribution, _)) = reader(topology, bucket) else {
            continue;
        };
        if reads(topology, distribution, bucket) {
            continue;
        }
        let message = text(
            "check.ed-017.message",
            "{distribution} fetches from {bucket}, whose policy does not let it in.",
        )
        .with("distribution", distribution.as_str())
        .with("bucket", bucket.as_str());
        let policies = topology.all::<BucketPolicy>();
        let policies = policies
            .filter(|(_, it)| it.bucket.name == *bucket)
            .map(|it| it.0);
        let involved: Vec<&Name> = policies.chain([bucket, distribution]).collect();
        let fix = subject.undo(involved);
        findings.push(Finding::new(&CHECK, [bucket, distribution], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, set};
    use serde_json::json;

    const SITE: &str = "edge.cloudfront=true edge.static=true";

    #[test]
    fn flags_a_missing_policy_and_one_for_another_distribution() {
        let said = "SiteBucket, Distribution: Distribution fetches from SiteBucket, whose policy does not let it in.";
        assert_eq!(findings(&CHECK, SITE, &[remove("SiteBucketPolicy")]), said);
        let other = json!({"StringEquals": {"aws:SourceArn": {"Fn::Sub": "arn:aws:cloudfront::${AWS::AccountId}:distribution/${SiteBucket}"}}});
        let property = "PolicyDocument.Statement.1.Condition";
        assert_eq!(
            findings(&CHECK, SITE, &[set("SiteBucketPolicy", property, other)]),
            said
        );
    }

    #[test]
    fn accepts_what_the_design_makes() {
        assert_eq!(findings(&CHECK, SITE, &[]), "");
    }
}
