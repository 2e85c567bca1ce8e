//! Some options do something for a distribution alone.

use super::{Check, Finding, Severity, Subject};
use crate::design::{self, Design};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-019",
    severity: Severity::Low,
    title: text(
        "check.ed-019.title",
        "Option of CloudFront without CloudFront",
    ),
    why: text(
        "check.ed-019.why",
        "It changes nothing: there is no distribution, or no bucket behind it.",
    ),
    advice: text(
        "check.ed-019.advice",
        "Turn CloudFront on, and static files for images; or turn the option off.",
    ),
    reference: "CloudFront developer guide",
    run,
};

/// What each option needs that is off, where the option is on.
fn idle(design: &Design) -> Vec<(&'static str, &'static str)> {
    let edge = &design.edge;
    let keeps = edge.dynamic.get() > 0 || edge.stale.get() > 0;
    let of_cloudfront = [
        ("edge.static", edge.site),
        ("edge.images", edge.images && edge.site),
        ("edge.logs", edge.logs),
        ("edge.origin_shield", edge.origin_shield),
        ("edge.dynamic_seconds", keeps),
    ];
    let of_cloudfront = of_cloudfront
        .into_iter()
        .filter(|it| it.1 && !edge.cloudfront);
    // The load balancer has no Origin Shield where edge locations fetch from the nearer Region: the bucket alone is left.
    let lone_shield = edge.cloudfront && edge.origin_shield && design::is_by_latency(design);
    let of_site = [
        ("edge.images", edge.images),
        ("edge.origin_shield", lone_shield),
    ];
    let of_site = of_site.into_iter().filter(|it| it.1 && !edge.site);
    of_cloudfront
        .map(|(option, _)| (option, "edge.cloudfront"))
        .chain(of_site.map(|(option, _)| (option, "edge.static")))
        .collect()
}

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(design) = subject.design else {
        return;
    };
    for (option, needed) in idle(design) {
        let message = text(
            "check.ed-019.message",
            "“{option}” is on, but does nothing without “{needed}”.",
        )
        .with("option", option)
        .with("needed", needed);
        let title = text("check.ed-019.fix", "Turn “{needed}” on").with("needed", needed);
        // The bucket stands behind CloudFront, so that turning it on asks for both.
        let both: [(&str, &dyn std::fmt::Display); 2] =
            [(needed, &true), ("edge.cloudfront", &true)];
        let fix = subject.fix(&[], title, &both);
        let finding = Finding::new(&CHECK, [], message);
        findings.push(finding.at_options(vec![option]).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_what_nothing_comes_of() {
        assert_eq!(
            findings(&CHECK, "edge.static=true", &[]),
            ": “edge.static” is on, but does nothing without “edge.cloudfront”."
        );
        assert_eq!(
            findings(&CHECK, "edge.cloudfront=true edge.images=true", &[]),
            ": “edge.images” is on, but does nothing without “edge.static”."
        );
        let near = "edge.cloudfront=true edge.origin_shield=true balancer.domain=www.example.com dns.routing=latency dns.second_target=b.example.com";
        assert_eq!(
            findings(&CHECK, near, &[]),
            ": “edge.origin_shield” is on, but does nothing without “edge.static”."
        );
    }

    #[test]
    fn accepts_them_together() {
        let all = "edge.cloudfront=true edge.static=true edge.images=true edge.logs=true edge.origin_shield=true edge.dynamic_seconds=5";
        assert_eq!(findings(&CHECK, all, &[]), "");
    }
}
