//! What every rule for the behaviors of a distribution does with those that lack something.

use super::site::path;
use super::{Check, Finding, Subject};
use crate::aws::{Distribution, Name, Value};
use crate::text::Text;

/// Finds the first behavior of each distribution that lacks something; a finding takes back what was said of behaviors.
pub(super) fn lacking(
    check: &'static Check,
    message: Text,
    lacks: fn(&Value) -> bool,
    subject: &Subject<'_>,
    findings: &mut Vec<Finding>,
) {
    for (name, distribution) in subject.topology.all::<Distribution>() {
        let Some(behavior) = distribution.behaviors().find(|it| lacks(it)) else {
            continue;
        };
        let claims: [(&Name, &str); 2] = [
            (name, "DistributionConfig.DefaultCacheBehavior"),
            (name, "DistributionConfig.CacheBehaviors"),
        ];
        let message = message
            .with("distribution", name.as_str())
            .with("path", path(behavior));
        let fix = subject.release(&claims);
        findings.push(Finding::new(check, [name], message).with_fix(fix));
    }
}

/// Asserts that a rule flags a property of the default behavior and of a further one, and accepts what a design makes.
#[cfg(test)]
pub(super) fn assert_flags(
    check: &Check,
    property: &str,
    value: &serde_json::Value,
    says: fn(&str) -> String,
) {
    use super::testing::{findings, set};

    const SITE: &str = "edge.cloudfront=true edge.static=true";
    for (place, path) in [
        ("DefaultCacheBehavior", "*"),
        ("CacheBehaviors.0", "/static/*"),
    ] {
        let property = format!("DistributionConfig.{place}.{property}");
        let edit = set("Distribution", &property, value.clone());
        let said = format!("Distribution: Distribution {}", says(path));
        assert_eq!(findings(check, SITE, &[edit]), said);
    }
    assert_eq!(findings(check, SITE, &[]), "");
}
