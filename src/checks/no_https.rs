//! Requests from the internet are encrypted on their way.

use super::Fix;
use super::certificate_unusable::region_of;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Listener, LoadBalancer, Name};
use crate::text::{Text, text};
use crate::topology::traffic::distribution;

pub static CHECK: Check = Check {
    code: "LB-004",
    severity: Severity::High,
    title: text("check.lb-004.title", "Requests in plain text"),
    why: text(
        "check.lb-004.why",
        "Anyone between client and load balancer reads and changes plain HTTP: passwords, cookies, pages.",
    ),
    advice: text(
        "check.lb-004.advice",
        "Terminate TLS at the load balancer with an ACM certificate and redirect port 80 to 443.",
    ),
    reference: "SEC09-BP02",
    run,
};

const BEHIND: Text = text(
    "check.lb-004.cloudfront",
    "CloudFront reaches {balancer} with plain HTTP on port {port}: turn HTTPS on and give a domain, so that the load balancer has a name that a certificate can be for.",
);

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        if !balancer.is_internet_facing() {
            continue;
        }
        let listeners: Vec<(&Name, &Listener)> = topology
            .all::<Listener>()
            .filter(|(_, it)| it.load_balancer.name == *name)
            .collect();
        let plain = listeners
            .iter()
            .find(|(_, it)| it.protocol == "HTTP" && !it.redirects_to_https());
        let Some((listener, it)) = plain else {
            continue;
        };
        if distribution(topology, name).is_some() {
            let message = BEHIND.with("balancer", name.as_str()).with("port", it.port);
            findings.push(Finding::new(&CHECK, [name, listener], message));
            continue;
        }
        let encrypted = listeners.iter().any(|(_, it)| it.protocol == "HTTPS");
        let message = if encrypted {
            text(
                "check.lb-004.beside",
                "{listener} of {balancer} serves plain HTTP on port {port} beside HTTPS, instead of redirecting to it.",
            )
        } else {
            text(
                "check.lb-004.message",
                "{balancer} answers the internet with plain HTTP on port {port} alone ({listener}).",
            )
        };
        let message = message
            .with("listener", listener.as_str())
            .with("balancer", name.as_str())
            .with("port", it.port);
        let fix = with_https(subject, listener);
        findings.push(Finding::new(&CHECK, [name, listener], message).with_fix(fix));
    }
}

fn with_https(subject: &Subject<'_>, listener: &Name) -> Option<Fix> {
    let design = subject.design?;
    let given = design.balancer.certificate.as_str();
    // A certificate that could not be used would only trade this finding for LB-014.
    let usable = region_of(given) == Some(design.network.region.code());
    subject.fix(
        &[(listener, "DefaultActions"), (listener, "Protocol")],
        text("check.lb-004.fix", "Turn HTTPS on and redirect port 80"),
        &[
            ("balancer.https", &true),
            ("balancer.certificate", &if usable { given } else { "" }),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_http_alone_and_http_beside_https() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "LoadBalancer, HttpListener: LoadBalancer answers the internet with plain HTTP on port 80 alone (HttpListener)."
        );
        assert_eq!(
            findings(
                &CHECK,
                "balancer.https=true",
                &[set(
                    "HttpListener",
                    "DefaultActions",
                    json!([{"Type": "forward", "TargetGroupArn": {"Ref": "WebTargetGroup"}}])
                )]
            ),
            "LoadBalancer, HttpListener: HttpListener of LoadBalancer serves plain HTTP on port 80 beside HTTPS, instead of redirecting to it."
        );
    }

    #[test]
    fn flags_the_way_from_cloudfront_until_the_load_balancer_has_a_name() {
        let plain = "LoadBalancer, HttpListener: CloudFront reaches LoadBalancer with plain HTTP on port 80: turn HTTPS on and give a domain, so that the load balancer has a name that a certificate can be for.";
        let named = "edge.cloudfront=true balancer.https=true balancer.domain=www.example.com";
        assert_eq!(findings(&CHECK, "edge.cloudfront=true", &[]), plain);
        assert_eq!(
            findings(&CHECK, "edge.cloudfront=true balancer.https=true", &[]),
            plain
        );
        assert_eq!(findings(&CHECK, named, &[]), "");
    }

    #[test]
    fn accepts_a_redirect_and_internal_load_balancers() {
        assert_eq!(findings(&CHECK, "balancer.https=true", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("LoadBalancer", "Scheme", json!("internal"))]
            ),
            ""
        );
    }
}
