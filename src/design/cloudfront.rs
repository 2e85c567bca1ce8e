//! CloudFront in front of the load balancer, which lets nobody else in: its security group admits the addresses that
//! CloudFront calls from, and its listener asks for a header that this distribution alone sends.

use super::edge::PriceClass;
use super::option::Setting;
use super::{
    Design, EDGE, Edit, Expansion, SECURITY, balancer, domain, latency, listener, site, waf,
};
use crate::aws::{
    CachePolicy, Distribution, Properties, Region, Rule, Secret, Value, list, map, properties,
};
use crate::text::text;
use crate::topology::{Keep, Parameter};

pub const DISTRIBUTION: &str = "Distribution";
pub const CERTIFICATE: &str = "CloudFrontCertificateArn";
const SECRET: &str = "OriginHeader";
pub(super) const ORIGIN_RECORD: &str = "OriginRecord";
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

const PAGES: &str = "DynamicCache";

/// Seconds that CloudFront keeps a page at most, expired or not, whatever the application allows: as long as the options go.
const LONGEST: i64 = 86_400;

/// Regions that have Origin Shield are their own; the nearest for those without (same, choosing the Region for Origin
/// Shield; for Osaka, which has no line there, the one in the same country).
const SHIELDS: [(&str, &str); 2] = [
    ("ap-northeast-3", "ap-northeast-1"),
    ("ap-east-1", "ap-southeast-1"),
];

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
    let named = is_named(design);
    if secure && !latency::is_on(design) {
        domain::parameters(design, to, EDGE);
        let record = domain::record(domain::origin(), domain::balancer_alias());
        to.add(EDGE, ORIGIN_RECORD, record);
    }
    if design.edge.keeps_pages() {
        pages(design, to);
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
    if named {
        node.after(ORIGIN_RECORD);
    }
    node.comment(if design.edge.keeps_pages() {
        text(
            "comment.distribution-pages",
            "How long a page is cached is the application's to say in Cache-Control; where it says nothing, the cache policy does.",
        )
    } else {
        text(
            "comment.distribution",
            "What is cached, and for how long, is the application's to say in Cache-Control; without it nothing is.",
        )
    });
}

/// Whether it fetches by a name of the hosted zone: for TLS, or to choose between two Regions.
fn is_named(design: &Design) -> bool {
    listener::is_secure(design) || latency::is_on(design)
}

/// The cache policy of pages: one page for each address, query, set of cookies and authorization. An answer to one user
/// must not be another's, unless the application says so.
fn pages(design: &Design, to: &mut Expansion<'_>) {
    let fresh = i64::from(design.edge.dynamic.get());
    let headers = map([
        ("HeaderBehavior", "whitelist".into()),
        ("Headers", list(["Authorization", "Host", "Origin"])),
    ]);
    let key = map([
        ("EnableAcceptEncodingBrotli", true.into()),
        ("EnableAcceptEncodingGzip", true.into()),
        ("HeadersConfig", headers),
        ("CookiesConfig", map([("CookieBehavior", "all".into())])),
        (
            "QueryStringsConfig",
            map([("QueryStringBehavior", "all".into())]),
        ),
    ]);
    let policy = CachePolicy {
        config: map([
            ("Name", site::unique("pages")),
            ("MinTTL", 0.into()),
            ("DefaultTTL", fresh.into()),
            ("MaxTTL", LONGEST.into()),
            ("ParametersInCacheKeyAndForwardedToOrigin", key),
        ]),
        rest: Vec::new(),
    };
    to.add(EDGE, PAGES, policy).comment(text(
        "comment.dynamic-cache",
        "Pages of one user have to say private or no-store. The application's Cache-Control goes before the default.",
    ));
    let ttl = [(PAGES, "CachePolicyConfig.DefaultTTL")];
    to.adjust(EDGE, "DynamicCacheSeconds", "edge.dynamic_seconds", ttl);
}

/// The Region of Origin Shield that is nearest to a Region.
pub fn shield(region: Region) -> &'static str {
    let found = SHIELDS.iter().find(|(it, _)| *it == region.code());
    found.map_or(region.code(), |(_, near)| near)
}

fn config(design: &Design, secure: bool) -> Properties {
    let class = match design.edge.price_class {
        PriceClass::All => "PriceClass_All",
        PriceClass::Most => "PriceClass_200",
        PriceClass::Least => "PriceClass_100",
    };
    let mut origins = vec![if latency::is_on(design) {
        // Behind one cache in one Region, the nearer Region would be that cache's and not the edge location's.
        Value::Map(origin(design, secure))
    } else {
        shielded(design, origin(design, secure))
    }];
    let has_site = site::is_on(design);
    if has_site {
        origins.push(shielded(design, site::origin()));
    }
    let mut config = properties([
        ("Enabled", true.into()),
        ("Comment", Value::reference("AWS::StackName")),
        ("HttpVersion", "http2and3".into()),
        ("IPV6Enabled", true.into()),
        ("PriceClass", class.into()),
        ("Origins", Value::List(origins)),
        ("DefaultCacheBehavior", behavior(design)),
    ]);
    if has_site {
        let behaviors = list([site::behavior(design, HEADERS)]);
        config.push(("CacheBehaviors".into(), behaviors));
    }
    if design.edge.logs {
        let logging = map([
            ("Bucket", Value::att(site::LOGS, "DomainName")),
            ("Prefix", "cloudfront/".into()),
            ("IncludeCookies", false.into()),
        ]);
        config.push(("Logging".into(), logging));
    }
    config.extend(viewers(design));
    if waf::is_global(design) {
        config.push(("WebACLId".into(), Value::att(waf::ACL, "Arn")));
    }
    config
}

/// The name that viewers ask for and the certificate that they see.
fn viewers(design: &Design) -> Properties {
    let Some(certificate) = domain::viewer_certificate(design) else {
        return properties([(
            "ViewerCertificate",
            map([("CloudFrontDefaultCertificate", true.into())]),
        )]);
    };
    properties([
        ("Aliases", list([domain::name()])),
        (
            "ViewerCertificate",
            map([
                ("AcmCertificateArn", certificate),
                ("MinimumProtocolVersion", design.edge.tls.show().into()),
                ("SslSupportMethod", "sni-only".into()),
            ]),
        ),
    ])
}

fn shielded(design: &Design, mut origin: Properties) -> Value {
    if design.edge.origin_shield {
        let region = design.network.region;
        let place = if shield(region) == region.code() {
            Value::reference("AWS::Region")
        } else {
            shield(region).into()
        };
        let shield = map([("Enabled", true.into()), ("OriginShieldRegion", place)]);
        origin.push(("OriginShield".into(), shield));
    }
    Value::Map(origin)
}

fn origin(design: &Design, secure: bool) -> Properties {
    let protocol = if secure { "https-only" } else { "http-only" };
    let address = if is_named(design) {
        domain::origin()
    } else {
        Value::att(balancer::BALANCER, "DNSName")
    };
    properties([
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

fn behavior(design: &Design) -> Value {
    let methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
    let cache = if design.edge.keeps_pages() {
        Value::reference(PAGES)
    } else {
        CACHE.into()
    };
    map([
        ("TargetOriginId", ORIGIN.into()),
        ("ViewerProtocolPolicy", "redirect-to-https".into()),
        ("AllowedMethods", list(methods)),
        ("Compress", true.into()),
        ("CachePolicyId", cache),
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
