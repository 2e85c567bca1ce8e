//! CloudFront in front of the load balancer, which lets nobody else in: its security group admits the addresses that
//! CloudFront calls from, and its listener asks for a header that this distribution alone sends.

use super::option::Setting;
use super::{Design, EDGE, Edit, Expansion, SECURITY, balancer, domain, listener, waf};
use crate::aws::{Distribution, Properties, Rule, Secret, Value, list, map, properties};
use crate::text::text;
use crate::topology::{Keep, Parameter};

pub const DISTRIBUTION: &str = "Distribution";
pub const CERTIFICATE: &str = "CloudFrontCertificateArn";
const SECRET: &str = "OriginHeader";
const ORIGIN_RECORD: &str = "OriginRecord";
const PREFIX_LIST: &str = "CloudFrontPrefixListId";
/// The header that the distribution proves itself by.
const HEADER: &str = "X-Origin-Verify";
const ORIGIN: &str = "load-balancer";

/// UseOriginCacheControlHeaders: caches what the application's Cache-Control allows, for no time without one
/// (CloudFront developer guide, managed cache policies).
const CACHE: &str = "83da9c7e-98b4-4e11-a168-04f0df8e2c65";
/// AllViewer: everything that the viewer sent (same, managed origin request policies).
const FORWARD: &str = "216adef6-5c7f-47e4-b989-5492eafa07d3";
/// SecurityHeadersPolicy (same, managed response headers policies).
const HEADERS: &str = "67f7725c-6f97-4210-82d7-5512b31e9d03";

/// The least that viewers may speak (same, supported protocols and ciphers).
const TLS: &str = "TLSv1.2_2021";

/// Ids of the managed prefix list com.amazonaws.global.cloudfront.origin-facing, the same in every account; as
/// `aws ec2 describe-managed-prefix-lists` gives them in each Region.
const PREFIX_LISTS: [(&str, &str); 9] = [
    ("us-east-1", "pl-3b927c52"),
    ("us-west-2", "pl-82a045eb"),
    ("ap-northeast-1", "pl-58a04531"),
    ("ap-northeast-2", "pl-22a6434b"),
    ("ap-northeast-3", "pl-31a14458"),
    ("ap-east-1", "pl-14b2577d"),
    ("ap-southeast-1", "pl-31a34658"),
    ("eu-west-1", "pl-4fa04526"),
    ("eu-central-1", "pl-a3a144ca"),
];

/// The rule that lets CloudFront in, on one port: the list counts as 55 of the 60 rules that a group may have
/// (CloudFront developer guide, restrict access to Application Load Balancers).
pub(super) fn admit(design: &Design, to: &mut Expansion<'_>) -> Rule {
    let region = design.network.region.code();
    let id = PREFIX_LISTS.iter().find(|(it, _)| *it == region);
    to.parameter(SECURITY, Parameter {
        name: PREFIX_LIST.into(),
        kind: "String",
        default: id.map(|(_, id)| (*id).to_owned()),
        pattern: Some("pl-[0-9a-f]{8,17}"),
        label: text("parameter.prefix-list", "CloudFront's prefix list"),
        description: text(
            "parameter.prefix-list.help",
            "Id of the managed prefix list com.amazonaws.global.cloudfront.origin-facing in this Region",
        ),
        example: None,
    });
    let port = listener::port(design);
    Rule {
        protocol: "tcp".into(),
        from_port: Some(port),
        to_port: Some(port),
        cidr: None,
        source: None,
        destination: None,
        description: Some("From CloudFront".into()),
        rest: properties([("SourcePrefixListId", Value::reference(PREFIX_LIST))]),
    }
}

/// The header's value, which nobody types or reads.
pub(super) fn secret(to: &mut Expansion<'_>) {
    let node = to.add(
        SECURITY,
        SECRET,
        Secret {
            description: Some(
                "Header that CloudFront proves itself to the load balancer with".into(),
            ),
            generated: Some(map([
                ("PasswordLength", 32.into()),
                ("ExcludePunctuation", true.into()),
            ])),
            tags: to.tags("origin"),
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.origin-secret",
        "Every distribution of every account calls from the addresses of the prefix list: this header tells ours from the others.",
    ));
}

fn proof() -> Value {
    Value::sub(format!("{{{{resolve:secretsmanager:${{{SECRET}}}}}}}"))
}

/// What a listener rule asks of a request.
pub fn header_condition() -> Value {
    map([
        ("Field", "http-header".into()),
        (
            "HttpHeaderConfig",
            map([
                ("HttpHeaderName", HEADER.into()),
                ("Values", list([proof()])),
            ]),
        ),
    ])
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.edge.cloudfront {
        return;
    }
    let secure = listener::is_secure(design);
    if secure {
        domain::parameters(design, to, EDGE);
        let record = domain::record(domain::origin(), domain::balancer_alias());
        to.add(EDGE, ORIGIN_RECORD, record);
    }
    if domain::viewer_certificate(design).is_some() {
        domain::parameters(design, to, EDGE);
    }
    if !design.edge.certificate.as_str().is_empty() {
        certificate_parameter(design, to);
    }
    let node = to.add(
        EDGE,
        DISTRIBUTION,
        Distribution {
            config: Value::Map(config(design, secure)),
            tags: to.tags("web"),
            rest: Vec::new(),
        },
    );
    if secure {
        node.after(ORIGIN_RECORD);
    }
    node.comment(text(
        "comment.distribution",
        "What is cached, and for how long, is the application's to say in Cache-Control; without it nothing is.",
    ));
}

fn config(design: &Design, secure: bool) -> Properties {
    let mut config = properties([
        ("Enabled", true.into()),
        ("Comment", Value::reference("AWS::StackName")),
        ("HttpVersion", "http2and3".into()),
        ("IPV6Enabled", true.into()),
        ("PriceClass", "PriceClass_All".into()),
        ("Origins", list([origin(secure)])),
        ("DefaultCacheBehavior", behavior()),
    ]);
    match domain::viewer_certificate(design) {
        Some(certificate) => config.extend(properties([
            ("Aliases", list([domain::name()])),
            (
                "ViewerCertificate",
                map([
                    ("AcmCertificateArn", certificate),
                    ("MinimumProtocolVersion", TLS.into()),
                    ("SslSupportMethod", "sni-only".into()),
                ]),
            ),
        ])),
        None => config.push((
            "ViewerCertificate".into(),
            map([("CloudFrontDefaultCertificate", true.into())]),
        )),
    }
    if waf::is_global(design) {
        config.push(("WebACLId".into(), Value::att(waf::ACL, "Arn")));
    }
    config
}

fn origin(secure: bool) -> Value {
    let (address, protocol) = if secure {
        (domain::origin(), "https-only")
    } else {
        (Value::att(balancer::BALANCER, "DNSName"), "http-only")
    };
    map([
        ("Id", ORIGIN.into()),
        ("DomainName", address),
        (
            "CustomOriginConfig",
            map([
                ("OriginProtocolPolicy", protocol.into()),
                ("OriginSSLProtocols", list(["TLSv1.2"])),
            ]),
        ),
        (
            "OriginCustomHeaders",
            list([map([
                ("HeaderName", HEADER.into()),
                ("HeaderValue", proof()),
            ])]),
        ),
    ])
}

fn behavior() -> Value {
    let methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
    map([
        ("TargetOriginId", ORIGIN.into()),
        ("ViewerProtocolPolicy", "redirect-to-https".into()),
        ("AllowedMethods", list(methods)),
        ("Compress", true.into()),
        ("CachePolicyId", CACHE.into()),
        ("OriginRequestPolicyId", FORWARD.into()),
        ("ResponseHeadersPolicyId", HEADERS.into()),
    ])
}

fn certificate_parameter(design: &Design, to: &mut Expansion<'_>) {
    let given = design.edge.certificate.show();
    to.parameter(
        EDGE,
        Parameter {
            name: CERTIFICATE.into(),
            kind: "String",
            default: Some(given),
            pattern: Some("arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/.+"),
            label: text(
                "parameter.cloudfront-certificate",
                "CloudFront's certificate ARN",
            ),
            description: text(
                "parameter.cloudfront-certificate.help",
                "ACM certificate of us-east-1 for the domain, whatever Region the stacks are in",
            ),
            example: None,
        },
    );
}
