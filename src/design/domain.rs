//! The name that users ask for: its certificate, and the record that leads from it to the application.

use super::{APP, Design, EDGE, Edit, Expansion, GLOBAL, balancer, cloudfront};
use crate::aws::{Certificate, RecordSet, Region, Value, map};
use crate::text::text;
use crate::topology::Parameter;

pub const CERTIFICATE: &str = "Certificate";
const EDGE_CERTIFICATE: &str = "ViewerCertificate";
pub const RECORD: &str = "SiteRecord";
const DOMAIN: &str = "DomainName";
const ZONE: &str = "HostedZoneId";

/// The hosted zone of every CloudFront distribution (Route 53 API reference, AliasTarget).
const CLOUDFRONT_ZONE: &str = "Z2FDTNDATAQYW2";

pub fn is_given(design: &Design) -> bool {
    !design.balancer.domain.as_str().is_empty()
}

/// Whether the stack itself asks for the load balancer's certificate.
pub fn requests_certificate(design: &Design) -> bool {
    is_given(design) && design.balancer.https && design.balancer.certificate.as_str().is_empty()
}

/// The name, as templates write it.
pub fn name() -> Value {
    Value::reference(DOMAIN)
}

pub fn zone() -> Value {
    Value::reference(ZONE)
}

/// The load balancer's own name, which CloudFront calls it by.
pub fn origin() -> Value {
    Value::sub(format!("origin.${{{DOMAIN}}}"))
}

/// The certificate that CloudFront shows for the name, which has to be of us-east-1 (CloudFront developer guide,
/// requirements for certificates); `None`: it answers under a name of its own alone.
pub fn viewer_certificate(design: &Design) -> Option<Value> {
    if !is_given(design) {
        return None;
    }
    if !design.edge.certificate.as_str().is_empty() {
        return Some(Value::reference(cloudfront::CERTIFICATE));
    }
    if is_near(design) {
        return Some(Value::reference(CERTIFICATE));
    }
    asks_at_edge(design).then(|| Value::reference(EDGE_CERTIFICATE))
}

/// Whether the load balancer's certificate is of us-east-1 and has the name, too.
fn is_near(design: &Design) -> bool {
    design.network.region == Region::EDGE && requests_certificate(design)
}

/// Whether the stacks ask for a certificate of us-east-1: nobody gives one, and the zone that proves the name is known.
fn asks_at_edge(design: &Design) -> bool {
    let edge = &design.edge;
    let has_zone = !design.balancer.hosted_zone.as_str().is_empty();
    let is_open = edge.certificate.as_str().is_empty() && !is_near(design);
    edge.cloudfront && is_given(design) && has_zone && is_open
}

/// Asks for the certificate that CloudFront shows, where nothing else has it.
pub(super) fn edge_certificate(design: &Design, to: &mut Expansion<'_>) {
    if !asks_at_edge(design) {
        return;
    }
    parameters(design, to, GLOBAL);
    let certificate = Certificate {
        domain: name(),
        others: Vec::new(),
        validation: Some("DNS".into()),
        validations: vec![map([("DomainName", name()), ("HostedZoneId", zone())])],
        tags: to.tags("web"),
        rest: Vec::new(),
    };
    to.add(GLOBAL, EDGE_CERTIFICATE, certificate).comment(text(
        "comment.edge-certificate",
        "CloudFront takes certificates of this Region alone. CloudFormation writes the record that proves the domain into the hosted zone, and waits.",
    ));
}

/// Asks for a certificate of the name, proven by DNS.
pub(super) fn certificate(design: &Design, to: &mut Expansion<'_>) {
    parameters(design, to, APP);
    let validation = |domain: Value| map([("DomainName", domain), ("HostedZoneId", zone())]);
    let origin = design.edge.cloudfront.then(origin);
    let certificate = Certificate {
        domain: name(),
        others: origin.iter().cloned().collect(),
        validation: Some("DNS".into()),
        validations: [name()].into_iter().chain(origin).map(validation).collect(),
        tags: to.tags("web"),
        rest: Vec::new(),
    };
    to.add(APP, CERTIFICATE, certificate).comment(text(
        "comment.certificate",
        "CloudFormation writes the records that prove the domain into the hosted zone and waits until the certificate is issued: minutes, if the zone really answers for the domain.",
    ));
}

/// The record of the name, unless nothing can answer to it.
pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let Some(alias) = target(design) else {
        return;
    };
    parameters(design, to, EDGE);
    to.add(EDGE, RECORD, record(name(), alias));
}

/// What the name stands for.
pub fn target(design: &Design) -> Option<Value> {
    if !is_given(design) {
        return None;
    }
    if !design.edge.cloudfront {
        return Some(balancer_alias());
    }
    viewer_certificate(design)?;
    Some(map([
        (
            "DNSName",
            Value::att(cloudfront::DISTRIBUTION, "DomainName"),
        ),
        ("HostedZoneId", CLOUDFRONT_ZONE.into()),
        // A distribution has no health that Route 53 could ask for.
        ("EvaluateTargetHealth", false.into()),
    ]))
}

pub fn balancer_alias() -> Value {
    map([
        ("DNSName", Value::att(balancer::BALANCER, "DNSName")),
        (
            "HostedZoneId",
            Value::att(balancer::BALANCER, "CanonicalHostedZoneID"),
        ),
        ("EvaluateTargetHealth", true.into()),
    ])
}

/// An alias in the hosted zone.
pub fn record(domain: Value, alias: Value) -> RecordSet {
    RecordSet {
        zone: Some(zone()),
        domain,
        kind: "A".into(),
        alias: Some(alias),
        failover: None,
        region: None,
        set: None,
        health: None,
        ttl: None,
        records: Vec::new(),
        rest: Vec::new(),
    }
}

/// The parameters of a stack that writes into the hosted zone.
pub(super) fn parameters(design: &Design, to: &mut Expansion<'_>, stack: usize) {
    let given = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    to.parameter(
        stack,
        Parameter {
            name: DOMAIN.into(),
            kind: "String",
            default: given(design.balancer.domain.as_str()),
            pattern: Some("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}"),
            label: text("parameter.domain", "Domain name"),
            description: text(
                "parameter.domain.help",
                "Name that users ask for, in the hosted zone",
            ),
            example: None,
        },
    );
    to.parameter(
        stack,
        Parameter {
            name: ZONE.into(),
            kind: "AWS::Route53::HostedZone::Id",
            default: given(design.balancer.hosted_zone.as_str()),
            pattern: None,
            label: text("parameter.zone", "Hosted zone ID"),
            description: text(
                "parameter.zone.help",
                "Public Route 53 hosted zone that the domain belongs to",
            ),
            example: Some("Z0123456789ABCDEFGHIJ"),
        },
    );
}
