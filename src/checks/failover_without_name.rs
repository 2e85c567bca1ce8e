//! DNS fails over under a name: without one there is nothing to change.

use super::{Check, Finding, Severity, Subject};
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "DNS-003",
    severity: Severity::Error,
    title: text("check.dns-003.title", "DNS failover without a name"),
    why: text(
        "check.dns-003.why",
        "Route 53 changes what a name of your hosted zone stands for; AWS's own names of a load balancer or a distribution cannot fail over.",
    ),
    advice: text(
        "check.dns-003.advice",
        "Enter the domain and its hosted zone, or turn DNS failover off.",
    ),
    reference: "Route 53 developer guide, active-passive failover",
    run,
};

const NO_DOMAIN: Text = text(
    "check.dns-003.domain",
    "DNS failover is on, but there is no domain.",
);
const NO_CERTIFICATE: Text = text(
    "check.dns-003.certificate",
    "DNS failover is on, but CloudFront does not answer to the domain: it has no certificate of us-east-1 for it.",
);

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(design) = subject.design.filter(|it| it.dns.failover) else {
        return;
    };
    if design.has_name() {
        return;
    }
    let words = if design.balancer.domain.as_str().is_empty() {
        NO_DOMAIN
    } else {
        NO_CERTIFICATE
    };
    let title = text("check.dns-003.fix", "Turn DNS failover off");
    let fix = subject.fix(&[], title, &[("dns.failover", &false)]);
    let finding = Finding::new(&CHECK, [], words);
    findings.push(finding.at_options(vec!["dns.failover"]).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_failover_without_a_domain_or_one_that_cloudfront_does_not_answer_to() {
        assert_eq!(
            findings(&CHECK, "dns.failover=true", &[]),
            ": DNS failover is on, but there is no domain."
        );
        assert_eq!(
            findings(
                &CHECK,
                "dns.failover=true balancer.domain=www.example.com edge.cloudfront=true",
                &[]
            ),
            ": DNS failover is on, but CloudFront does not answer to the domain: it has no certificate of us-east-1 for it."
        );
    }

    #[test]
    fn accepts_a_domain_and_no_failover() {
        for settings in ["dns.failover=true balancer.domain=www.example.com", ""] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
