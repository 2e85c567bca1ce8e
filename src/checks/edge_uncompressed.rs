//! Text travels compressed.

use super::site::path;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Distribution, Name, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-012",
    severity: Severity::Low,
    title: text("check.ed-012.title", "CloudFront does not compress"),
    why: text(
        "check.ed-012.why",
        "Text is three to five times as large as it need be: pages load slower, and data out of CloudFront is billed by the gigabyte.",
    ),
    advice: text(
        "check.ed-012.advice",
        "Turn compression on for the behavior; its cache policy has to admit gzip and Brotli.",
    ),
    reference: "PERF04-BP04; CloudFront developer guide, serve compressed files",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, distribution) in subject.topology.all::<Distribution>() {
        let mut behaviors = distribution.behaviors();
        let Some(behavior) = behaviors.find(|it| it.get("Compress") != Some(&Value::Bool(true)))
        else {
            continue;
        };
        let message = text(
            "check.ed-012.message",
            "{distribution} sends what “{path}” answers uncompressed.",
        )
        .with("distribution", name.as_str())
        .with("path", path(behavior));
        let claims: [(&Name, &str); 2] = [
            (name, "DistributionConfig.DefaultCacheBehavior"),
            (name, "DistributionConfig.CacheBehaviors"),
        ];
        let fix = subject.release(&claims);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const SITE: &str = "edge.cloudfront=true edge.static=true";

    #[test]
    fn flags_the_default_behavior_and_a_further_one() {
        for (place, path) in [
            ("DefaultCacheBehavior", "*"),
            ("CacheBehaviors.0", "/static/*"),
        ] {
            let property = format!("DistributionConfig.{place}.Compress");
            let edit = set("Distribution", &property, json!(false));
            let found = findings(&CHECK, SITE, &[edit]);
            assert_eq!(
                found,
                format!("Distribution: Distribution sends what “{path}” answers uncompressed.")
            );
        }
    }

    #[test]
    fn accepts_what_the_design_makes() {
        assert_eq!(findings(&CHECK, SITE, &[]), "");
    }
}
