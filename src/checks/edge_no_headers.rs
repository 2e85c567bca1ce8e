//! Browsers are told what they may do with a page.

use super::site::path;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Distribution, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-014",
    severity: Severity::Low,
    title: text("check.ed-014.title", "No security headers"),
    why: text(
        "check.ed-014.why",
        "Without them a browser may be led to plain HTTP once more, and other sites may frame the pages.",
    ),
    advice: text(
        "check.ed-014.advice",
        "Give the behavior a response headers policy, such as the managed SecurityHeadersPolicy.",
    ),
    reference: "SEC09-BP02; CloudFront developer guide, managed response headers policies",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, distribution) in subject.topology.all::<Distribution>() {
        let mut behaviors = distribution.behaviors();
        let Some(behavior) = behaviors.find(|it| it.get("ResponseHeadersPolicyId").is_none())
        else {
            continue;
        };
        let message = text(
            "check.ed-014.message",
            "{distribution} adds no security headers to what “{path}” answers.",
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
            let property = format!("DistributionConfig.{place}.ResponseHeadersPolicyId");
            let edit = set("Distribution", &property, json!(null));
            let found = findings(&CHECK, SITE, &[edit]);
            assert_eq!(
                found,
                format!(
                    "Distribution: Distribution adds no security headers to what “{path}” answers."
                )
            );
        }
    }

    #[test]
    fn accepts_what_the_design_makes() {
        assert_eq!(findings(&CHECK, SITE, &[]), "");
    }
}
