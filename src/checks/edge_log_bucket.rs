//! CloudFront writes its older logs with an ACL, and not into every Region.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, Distribution, Value, lookup};
use crate::text::{Text, text};
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "ED-018",
    severity: Severity::Error,
    title: text("check.ed-018.title", "Bucket that takes no CloudFront logs"),
    why: text(
        "check.ed-018.why",
        "CloudFront refuses a distribution whose log bucket takes no ACLs, and delivers nothing to buckets of Regions that an account has to opt in to.",
    ),
    advice: text(
        "check.ed-018.advice",
        "Let the bucket prefer its owner instead of enforcing it, and keep it in a Region that every account has; or turn the logs off.",
    ),
    reference: "CloudFront developer guide, standard logs (legacy)",
    run,
};

const NO_ACLS: Text = text(
    "check.ed-018.acls",
    "{distribution} writes its logs to {bucket}, which takes no ACLs.",
);
const OPTED_IN: Text = text(
    "check.ed-018.region",
    "{distribution} writes its logs to {bucket}, which stands in a Region that CloudFront delivers no logs to.",
);

/// Regions of ours that CloudFront delivers no such logs to (CloudFront developer guide, same page).
const REFUSED: [&str; 1] = ["ap-east-1"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, distribution) in topology.all::<Distribution>() {
        let Some(bucket) = distribution.logs_to() else {
            continue;
        };
        let Some(words) = problem(topology, bucket) else {
            continue;
        };
        let message = words
            .with("distribution", name.as_str())
            .with("bucket", bucket.as_str());
        let fix = if words == NO_ACLS {
            subject.undo([bucket])
        } else {
            let title = text("check.ed-018.fix", "Turn CloudFront's logs off");
            subject.fix(&[], title, &[("edge.logs", &false)])
        };
        findings.push(Finding::new(&CHECK, [bucket, name], message).with_fix(fix));
    }
}

fn problem(topology: &Topology, bucket: &str) -> Option<Text> {
    let it = topology.named::<Bucket>(bucket)?;
    let region = topology.region_of(bucket)?;
    if REFUSED.contains(&region.code()) {
        return Some(OPTED_IN);
    }
    let controls = lookup(&it.rest, "OwnershipControls").and_then(|it| it.get("Rules"));
    let rule = controls.and_then(Value::as_list).and_then(|it| it.first());
    let ownership = rule.and_then(|it| it.get("ObjectOwnership"));
    // Left out, S3 enforces the owner (since April 2023).
    let takes = matches!(
        ownership.and_then(Value::as_str),
        Some("BucketOwnerPreferred" | "ObjectWriter")
    );
    (!takes).then_some(NO_ACLS)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const LOGGED: &str = "edge.cloudfront=true edge.logs=true";

    #[test]
    fn flags_a_bucket_without_acls_and_hong_kong() {
        let property = "OwnershipControls.Rules.0.ObjectOwnership";
        let edit = set("EdgeLogBucket", property, json!("BucketOwnerEnforced"));
        assert_eq!(
            findings(&CHECK, LOGGED, &[edit]),
            "EdgeLogBucket, Distribution: Distribution writes its logs to EdgeLogBucket, which takes no ACLs."
        );
        assert_eq!(
            findings(&CHECK, &format!("{LOGGED} region=ap-east-1"), &[]),
            "EdgeLogBucket, Distribution: Distribution writes its logs to EdgeLogBucket, which stands in a Region that CloudFront delivers no logs to."
        );
    }

    #[test]
    fn accepts_what_the_design_makes() {
        assert_eq!(findings(&CHECK, LOGGED, &[]), "");
    }
}
