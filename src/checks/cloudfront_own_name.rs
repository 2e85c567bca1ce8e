//! A distribution with CloudFront's certificate answers under CloudFront's name and speaks old TLS.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Distribution, Region};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-005",
    severity: Severity::Low,
    title: text("check.ed-005.title", "CloudFront under its own name"),
    why: text(
        "check.ed-005.why",
        "Users see a name that ends in cloudfront.net, and with CloudFront's own certificate no policy forbids TLS 1.0.",
    ),
    advice: text(
        "check.ed-005.advice",
        "Enter the domain and its hosted zone: the stacks then ask for a certificate of us-east-1, free of charge. Or give the ARN of one that you have.",
    ),
    reference: "CloudFront developer guide, supported protocols and ciphers; alternate domain names",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, distribution) in subject.topology.all::<Distribution>() {
        if distribution.has_own_name() {
            continue;
        }
        let message = text(
            "check.ed-005.message",
            "{distribution} has no certificate of {region} for a domain of yours.",
        )
        .with("distribution", name.as_str())
        .with("region", Region::EDGE.code());
        findings.push(Finding::new(&CHECK, [name], message));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_distribution_without_a_domain_or_without_its_certificate() {
        for settings in [
            "edge.cloudfront=true",
            "edge.cloudfront=true balancer.https=true balancer.domain=www.example.com",
        ] {
            assert_eq!(
                findings(&CHECK, settings, &[]),
                "Distribution: Distribution has no certificate of us-east-1 for a domain of yours."
            );
        }
    }

    #[test]
    fn accepts_a_certificate_given_and_one_that_the_stacks_request() {
        for settings in [
            "edge.cloudfront=true balancer.domain=www.example.com edge.certificate=arn:aws:acm:us-east-1:111122223333:certificate/x",
            "region=us-east-1 edge.cloudfront=true balancer.https=true balancer.domain=www.example.com",
            "edge.cloudfront=true balancer.domain=www.example.com balancer.hosted_zone_id=Z0123456789ABC",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
