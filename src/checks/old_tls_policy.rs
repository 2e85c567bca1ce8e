//! A listener's policy says which versions of TLS it speaks.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Listener;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-005",
    severity: Severity::Medium,
    title: text("check.lb-005.title", "TLS policy that allows old versions"),
    why: text(
        "check.lb-005.why",
        "TLS 1.0 and 1.1 are broken and deprecated (RFC 8996); left out, CloudFormation takes a policy of 2016 that allows both.",
    ),
    advice: text(
        "check.lb-005.advice",
        "Name a policy with TLS 1.2 as its minimum, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.",
    ),
    reference: "SEC09-BP02; ELB user guide, security policies",
    run,
};

/// Parts of names of policies that allow TLS 1.0 or 1.1 (ELB user guide, security policies).
const OLD: [&str; 8] = [
    "2015-05",
    "2016-08",
    "TLS-1-0",
    "TLS-1-1",
    "TLS13-1-0",
    "TLS13-1-1",
    "FS-2018-06",
    "FS-1-1",
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, listener) in subject.topology.all::<Listener>() {
        let message = match listener.ssl_policy.as_deref() {
            Some(policy) if OLD.iter().any(|it| policy.contains(it)) => text(
                "check.lb-005.message",
                "{listener} uses {policy}, which allows TLS 1.0 or 1.1.",
            )
            .with("policy", policy),
            None => text(
                "check.lb-005.none",
                "{listener} names no TLS policy, so it allows TLS 1.0 and 1.1.",
            )
            .into(),
            Some(_) => continue,
        };
        if listener.protocol != "HTTPS" {
            continue;
        }
        let message = message.with("listener", name.as_str());
        let fix = subject.release(&[(name, "SslPolicy")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_policy_of_2016_and_none() {
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true",
                &[set(
                    "HttpsListener",
                    "SslPolicy",
                    json!("ELBSecurityPolicy-2016-08")
                )]
            ),
            "HttpsListener: HttpsListener uses ELBSecurityPolicy-2016-08, which allows TLS 1.0 or 1.1."
        );
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true",
                &[set("HttpsListener", "SslPolicy", json!(null))]
            ),
            "HttpsListener: HttpsListener names no TLS policy, so it allows TLS 1.0 and 1.1."
        );
    }

    #[test]
    fn accepts_tls_1_2_and_plain_listeners() {
        assert_eq!(findings(&CHECK, "balancer.https=true", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true",
                &[set(
                    "HttpsListener",
                    "SslPolicy",
                    json!("ELBSecurityPolicy-TLS-1-2-2017-01")
                )]
            ),
            ""
        );
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
