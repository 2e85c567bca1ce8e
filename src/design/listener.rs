//! The ports that the load balancer answers on, and the rules that come before what it does by default.

use super::balancer::{BALANCER, TARGETS};
use super::option::choice;
use super::{APP, Design, Edit, Expansion, cloudfront, domain};
use crate::aws::{Listener, ListenerRule, Value, list, map};
use crate::text::text;
use crate::topology::Parameter;

choice! {
    /// What a rule does with the requests that it matches.
    RuleAction {
        /// To the web instances, as every other request.
        Forward = "forward",
        /// Status 503 with a page that says so.
        Maintenance = "maintenance",
        /// Status 403.
        Deny = "deny",
    }
}

/// The recommended policy with TLS 1.3 and post-quantum key exchange; without a policy CloudFormation would take
/// ELBSecurityPolicy-2016-08, which allows TLS 1.0 (ELB user guide, security policies).
const TLS_POLICY: &str = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

const HTTP: &str = "HttpListener";
const HTTPS: &str = "HttpsListener";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let serving = if is_secure(design) { HTTPS } else { HTTP };
    let default = if design.edge.cloudfront {
        deny()
    } else {
        forward()
    };
    if !is_secure(design) {
        let plain = listener(to, 80, "HTTP", default);
        to.add(APP, HTTP, plain);
    } else {
        if !design.edge.cloudfront {
            let plain = listener(to, 80, "HTTP", redirect());
            to.add(APP, HTTP, plain);
        }
        secure(design, to, default);
    }
    rules(design, to, serving);
}

/// Whether TLS ends at the load balancer. CloudFront checks the name in the certificate, so behind it the load balancer
/// needs a name of its own.
pub fn is_secure(design: &Design) -> bool {
    design.balancer.https && (!design.edge.cloudfront || domain::is_given(design))
}

/// The port that requests come in by.
pub fn port(design: &Design) -> u16 {
    if is_secure(design) { 443 } else { 80 }
}

fn secure(design: &Design, to: &mut Expansion<'_>, default: Value) {
    let certificate = if domain::requests_certificate(design) {
        domain::certificate(design, to);
        Value::reference(domain::CERTIFICATE)
    } else {
        certificate_parameter(design, to);
        Value::reference("CertificateArn")
    };
    let secure = Listener {
        ssl_policy: Some(TLS_POLICY.into()),
        certificates: vec![map([("CertificateArn", certificate)])],
        ..listener(to, 443, "HTTPS", default)
    };
    to.add(APP, HTTPS, secure).comment(text(
        "comment.tls-policy",
        "Without a policy CloudFormation would take one from 2016 that still allows TLS 1.0.",
    ));
}

fn listener(to: &Expansion<'_>, port: u16, protocol: &str, action: Value) -> Listener {
    Listener {
        load_balancer: BALANCER.into(),
        port,
        protocol: protocol.into(),
        ssl_policy: None,
        certificates: Vec::new(),
        actions: vec![action],
        tags: to.tags(&protocol.to_lowercase()),
        rest: Vec::new(),
    }
}

/// Path before host before CloudFront's own: the lowest number is asked first.
fn rules(design: &Design, to: &mut Expansion<'_>, listener: &str) {
    let balancer = &design.balancer;
    let path = balancer.path_rule.as_str();
    if !path.is_empty() {
        let condition = condition("path-pattern", "PathPatternConfig", path);
        let action = action(balancer.path_action);
        rule(
            design,
            to,
            listener,
            ("PathRule", 10),
            Some(condition),
            action,
        );
    }
    let host = balancer.host_rule.as_str();
    if !host.is_empty() {
        let condition = condition("host-header", "HostHeaderConfig", host);
        let action = action(balancer.host_action);
        rule(
            design,
            to,
            listener,
            ("HostRule", 20),
            Some(condition),
            action,
        );
    }
    if design.edge.cloudfront {
        rule(
            design,
            to,
            listener,
            ("CloudFrontRule", 1000),
            None,
            forward(),
        );
    }
}

fn rule(
    design: &Design,
    to: &mut Expansion<'_>,
    listener: &str,
    (name, priority): (&str, u32),
    condition: Option<Value>,
    action: Value,
) {
    let header = design.edge.cloudfront.then(cloudfront::header_condition);
    to.add(
        APP,
        name,
        ListenerRule {
            listener: listener.into(),
            priority,
            conditions: condition.into_iter().chain(header).collect(),
            actions: vec![action],
            rest: Vec::new(),
        },
    );
}

fn condition(field: &'static str, config: &'static str, value: &str) -> Value {
    map([
        ("Field", field.into()),
        (config, map([("Values", list([value]))])),
    ])
}

fn action(action: RuleAction) -> Value {
    match action {
        RuleAction::Forward => forward(),
        RuleAction::Maintenance => answer(
            "503",
            "text/html",
            "<!doctype html><title>Maintenance</title><h1>Down for maintenance</h1><p>Please come back soon.",
        ),
        RuleAction::Deny => deny(),
    }
}

fn forward() -> Value {
    map([
        ("Type", "forward".into()),
        ("TargetGroupArn", Value::reference(TARGETS)),
    ])
}

fn deny() -> Value {
    answer("403", "text/plain", "Forbidden")
}

fn answer(status: &str, kind: &str, body: &str) -> Value {
    map([
        ("Type", "fixed-response".into()),
        (
            "FixedResponseConfig",
            map([
                ("StatusCode", status.into()),
                ("ContentType", kind.into()),
                ("MessageBody", body.into()),
            ]),
        ),
    ])
}

fn redirect() -> Value {
    map([
        ("Type", "redirect".into()),
        (
            "RedirectConfig",
            map([
                ("Protocol", "HTTPS".into()),
                ("Port", "443".into()),
                ("StatusCode", "HTTP_301".into()),
            ]),
        ),
    ])
}

fn certificate_parameter(design: &Design, to: &mut Expansion<'_>) {
    let given = design.balancer.certificate.as_str();
    to.parameter(APP, Parameter {
        name: "CertificateArn".into(),
        kind: "String",
        default: (!given.is_empty()).then(|| given.to_owned()),
        pattern: Some("arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+"),
        label: text("parameter.certificate", "Certificate ARN"),
        description: text("parameter.certificate.help", "ACM certificate of the Region that this stack is deployed to"),
        example: Some("arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"),
    });
}
