//! Viewers speak HTTPS.

use super::site::path;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Distribution, Name, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-011",
    severity: Severity::High,
    title: text("check.ed-011.title", "CloudFront answers plain HTTP"),
    why: text(
        "check.ed-011.why",
        "Whoever is on the way reads pages and cookies of viewers who ask by HTTP, and can change them.",
    ),
    advice: text(
        "check.ed-011.advice",
        "Redirect viewers to HTTPS, or answer HTTPS alone.",
    ),
    reference: "SEC09-BP02; CloudFront developer guide, require HTTPS",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, distribution) in subject.topology.all::<Distribution>() {
        let mut behaviors = distribution.behaviors();
        let Some(behavior) = behaviors
            .find(|it| it.get("ViewerProtocolPolicy").and_then(Value::as_str) == Some("allow-all"))
        else {
            continue;
        };
        let message = text(
            "check.ed-011.message",
            "{distribution} answers “{path}” by plain HTTP, too.",
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
            let property = format!("DistributionConfig.{place}.ViewerProtocolPolicy");
            let edit = set("Distribution", &property, json!("allow-all"));
            let found = findings(&CHECK, SITE, &[edit]);
            assert_eq!(
                found,
                format!("Distribution: Distribution answers “{path}” by plain HTTP, too.")
            );
        }
    }

    #[test]
    fn accepts_what_the_design_makes() {
        assert_eq!(findings(&CHECK, SITE, &[]), "");
    }
}
