//! Origin Shield stands where the origin is near.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Distribution;
use crate::design::shield;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-016",
    severity: Severity::Low,
    title: text("check.ed-016.title", "Origin Shield far from the origin"),
    why: text(
        "check.ed-016.why",
        "Every request that no edge location answers goes to Origin Shield first: far away, it adds its distance to each of them.",
    ),
    advice: text(
        "check.ed-016.advice",
        "Take the Region of the origin, or the nearest one that has Origin Shield.",
    ),
    reference: "CloudFront developer guide, choosing the Region for Origin Shield",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let Some(home) = topology.region() else {
        return;
    };
    for (name, distribution) in topology.all::<Distribution>() {
        let Some(far) = distribution.shields().find(|it| *it != shield(home)) else {
            continue;
        };
        let message = text(
            "check.ed-016.message",
            "Origin Shield of {distribution} stands in {far}; the nearest to {home} is {near}.",
        )
        .with("distribution", name.as_str())
        .with("far", far)
        .with("home", home.code())
        .with("near", shield(home));
        let fix = subject.release(&[(name, "DistributionConfig.Origins")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_another_region() {
        let property = "DistributionConfig.Origins.0.OriginShield.OriginShieldRegion";
        let edit = set("Distribution", property, json!("us-east-1"));
        assert_eq!(
            findings(
                &CHECK,
                "edge.cloudfront=true edge.origin_shield=true",
                &[edit]
            ),
            "Distribution: Origin Shield of Distribution stands in us-east-1; the nearest to ap-northeast-1 is ap-northeast-1."
        );
    }

    #[test]
    fn accepts_what_the_design_chooses_where_the_region_has_none() {
        for region in ["ap-northeast-3", "ap-east-1", "eu-west-1"] {
            let settings = format!("region={region} edge.cloudfront=true edge.origin_shield=true");
            assert_eq!(findings(&CHECK, &settings, &[]), "");
        }
    }
}
