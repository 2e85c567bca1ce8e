//! With a certificate of its own a distribution chooses the least that viewers may speak.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Distribution, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-013",
    severity: Severity::Medium,
    title: text("check.ed-013.title", "CloudFront speaks old TLS"),
    why: text(
        "check.ed-013.why",
        "TLS 1.0 and 1.1 and their ciphers are broken; browsers of the last ten years speak newer ones.",
    ),
    advice: text(
        "check.ed-013.advice",
        "Take TLSv1.2_2021 or TLSv1.2_2025 as the security policy.",
    ),
    reference: "SEC09-BP02; CloudFront developer guide, supported protocols and ciphers",
    run,
};

/// Policies that admit TLS 1.2 and newer without weak ciphers.
const SOUND: [&str; 3] = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, distribution) in subject.topology.all::<Distribution>() {
        let certificate = distribution.config.get("ViewerCertificate");
        let own = certificate.filter(|it| {
            it.get("AcmCertificateArn").is_some() || it.get("IamCertificateId").is_some()
        });
        let Some(own) = own else {
            continue;
        };
        // Left out, CloudFront takes TLSv1 (CloudFront API reference, ViewerCertificate).
        let policy = own
            .get("MinimumProtocolVersion")
            .map_or(Some("TLSv1"), Value::as_str);
        let Some(policy) = policy.filter(|it| !SOUND.contains(it)) else {
            continue;
        };
        let message = text(
            "check.ed-013.message",
            "{distribution} lets viewers in by {policy}.",
        )
        .with("distribution", name.as_str())
        .with("policy", policy);
        let fix = subject.release(&[(name, "DistributionConfig.ViewerCertificate")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const NAMED: &str = "edge.cloudfront=true balancer.domain=www.example.com balancer.hosted_zone_id=Z0123456789ABC";

    #[test]
    fn flags_an_old_policy_and_none() {
        for (policy, shown) in [
            (json!("TLSv1.1_2016"), "TLSv1.1_2016"),
            (json!(null), "TLSv1"),
        ] {
            let property = "DistributionConfig.ViewerCertificate.MinimumProtocolVersion";
            let found = findings(&CHECK, NAMED, &[set("Distribution", property, policy)]);
            let message = format!("Distribution: Distribution lets viewers in by {shown}.");
            assert_eq!(found, message);
        }
    }

    #[test]
    fn accepts_both_choices_and_a_distribution_under_its_own_name() {
        for settings in [
            NAMED,
            &format!("{NAMED} edge.tls=TLSv1.2_2025"),
            "edge.cloudfront=true",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
