//! Whoever asks a bucket for nothing in particular gets its index page.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, Distribution, Name, Value};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "ED-015",
    severity: Severity::Medium,
    title: text("check.ed-015.title", "No default root object"),
    why: text(
        "check.ed-015.why",
        "A bucket has no file for the address /: users who ask for the name alone get status 403.",
    ),
    advice: text(
        "check.ed-015.advice",
        "Name the file that answers for / as the default root object.",
    ),
    reference: "CloudFront developer guide, specify a default root object",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, distribution) in subject.topology.all::<Distribution>() {
        let root = distribution.config.get("DefaultRootObject");
        let Some(bucket) = default_bucket(subject.topology, distribution) else {
            continue;
        };
        if root
            .and_then(Value::as_str)
            .is_some_and(|it| !it.is_empty())
        {
            continue;
        }
        let message = text(
            "check.ed-015.message",
            "{distribution} asks {bucket} for what nobody has named: its users get status 403 for /.",
        )
        .with("distribution", name.as_str())
        .with("bucket", bucket.as_str());
        let fix = subject.release(&[(name, "DistributionConfig.DefaultCacheBehavior")]);
        findings.push(Finding::new(&CHECK, [name, bucket], message).with_fix(fix));
    }
}

/// The bucket that answers for what no further behavior takes.
fn default_bucket<'a>(topology: &Topology, distribution: &'a Distribution) -> Option<&'a Name> {
    let target = distribution.behaviors().next()?.get("TargetOriginId")?;
    let mut origins = distribution.origins();
    let bucket = Distribution::node_at(origins.find(|it| it.get("Id") == Some(target))?)?;
    topology.named::<Bucket>(bucket).map(|_| bucket)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const SITE: &str = "edge.cloudfront=true edge.static=true";

    #[test]
    fn flags_a_bucket_that_answers_for_everything() {
        let property = "DistributionConfig.DefaultCacheBehavior.TargetOriginId";
        let to_bucket = || set("Distribution", property, json!("site"));
        assert_eq!(
            findings(&CHECK, SITE, &[to_bucket()]),
            "Distribution, SiteBucket: Distribution asks SiteBucket for what nobody has named: its users get status 403 for /."
        );
        let root = set(
            "Distribution",
            "DistributionConfig.DefaultRootObject",
            json!("index.html"),
        );
        assert_eq!(findings(&CHECK, SITE, &[to_bucket(), root]), "");
    }

    #[test]
    fn accepts_a_load_balancer_there() {
        assert_eq!(findings(&CHECK, SITE, &[]), "");
    }
}
