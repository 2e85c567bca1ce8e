//! DNS failover: Route 53 checks the application from outside, and answers with something else while it does not answer.
//! The health checks serve latency records, too.

use std::net::Ipv4Addr;

use super::option::{Setting, Whole, Words, choice, component};
use super::policy::policy;
use super::{Design, EDGE, Edit, Expansion, balancer, bucket, cloudfront, domain, listener};
use crate::aws::{
    Bucket, BucketPolicy, HealthCheck, Properties, RecordSet, Region, Value, list, map, properties,
};
use crate::text::{Text, text};
use crate::topology::{Keep, Parameter, Takes};

choice! {
    /// Seconds between two checks of one health checker; the shorter one is billed as an extra.
    CheckInterval {
        Standard = "30",
        Fast = "10",
    }
}

choice! {
    /// How Route 53 chooses between two answers.
    Routing {
        Failover = "failover",
        /// The Region that is nearer to who asks.
        Latency = "latency",
    }
}

component! {
    /// What Route 53 answers while the application does not.
    Dns at dns in Edge {
        "dns.failover" "rf" failover: bool = false, "DNS failover", "Route 53 checks the application from outside and answers with another address while it fails; needs a domain";
        "dns.interval" "ri" interval: CheckInterval = CheckInterval::Standard, "DNS check interval (s)", "Seconds between two checks of one health checker";
        "dns.threshold" "rt" threshold: Whole<1, 10> = Whole::new(3), "DNS check failures", "Failed checks in a row until Route 53 fails over, and passed ones until it goes back";
        "dns.secondary" "rs" secondary: Words<253> = Words::default(), "Secondary address", "IPv4 address, or other name of the hosted zone, that answers meanwhile; empty makes a bucket for a static page, without HTTPS";
        "dns.routing" "rr" routing: Routing = Routing::Failover, "DNS routing", "latency: Route 53 answers with the nearer of two Regions, and with the other one while that fails; behind CloudFront the edge locations choose so. Needs a domain and what answers in the second Region";
        "dns.second_region" "rg" second_region: Region = Region::IRELAND, "Second Region", "The Region of what answers besides this one, for latency records";
        "dns.second_target" "ry" second_target: Words<253> = Words::default(), "Address in the second Region", "IPv4 address, or other name of the hosted zone, of an application that is deployed there already; behind CloudFront it has to take the same origin header";
    }
}

pub const CHECK: &str = "HealthCheck";
const PRIMARY: &str = "PrimaryRecord";
const SECONDARY: &str = "SecondaryRecord";
const PAGE: &str = "MaintenancePage";
const ADDRESS: &str = "SecondaryAddress";

/// Website endpoints of S3: what stands between `s3-website` and the Region, and their hosted zone (AWS General Reference,
/// Amazon S3 website endpoints).
const WEBSITES: [(&str, &str, &str); 9] = [
    ("us-east-1", "-", "Z3AQBSTGFYJSTF"),
    ("us-west-2", "-", "Z3BJ6K6RIION7M"),
    ("ap-northeast-1", "-", "Z2M4EHUR26P7ZW"),
    ("ap-northeast-2", ".", "Z3W03O7B5YMIYP"),
    ("ap-northeast-3", ".", "Z2YQB5RD63NC85"),
    ("ap-east-1", ".", "ZNB98KWMFR0R6"),
    ("ap-southeast-1", "-", "Z3O0J2DXBE1FTB"),
    ("eu-west-1", "-", "Z1BKCTXD74EZPE"),
    ("eu-central-1", ".", "Z21DNDUVLTQW6Q"),
];

/// Seconds that the secondary's record lives, where it is no alias.
const TTL: &str = "60";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let Some(alias) = domain::target(design) else {
        return;
    };
    domain::parameters(design, to, EDGE);
    to.add(EDGE, CHECK, check(design, to)).comment(text(
        "comment.health-check",
        "Checkers all over the world ask; it is healthy while more than 18 % of them get an answer.",
    ));
    let path = [(CHECK, "HealthCheckConfig.ResourcePath")];
    if let Some(it) = to.adjust(EDGE, "HealthCheckPath", "balancer.health_path", path) {
        it.takes = Takes::Like(balancer::PATH);
    }
    let primary = RecordSet {
        failover: Some("PRIMARY".into()),
        set: Some("primary".into()),
        health: Some(CHECK.into()),
        ..domain::record(domain::name(), alias)
    };
    to.add(EDGE, PRIMARY, primary);
    let record = RecordSet {
        failover: Some("SECONDARY".into()),
        set: Some("secondary".into()),
        ..secondary(design, to)
    };
    to.add(EDGE, SECONDARY, record);
}

pub(super) fn check(design: &Design, to: &Expansion<'_>) -> HealthCheck {
    let address = if design.edge.cloudfront {
        Value::att(cloudfront::DISTRIBUTION, "DomainName")
    } else {
        Value::att(balancer::BALANCER, "DNSName")
    };
    let asked = properties([("FullyQualifiedDomainName", address)]);
    asking(design, to, "application", asked)
}

/// A health check of what answers at an address.
pub(super) fn asking(
    design: &Design,
    to: &Expansion<'_>,
    tag: &str,
    asked: Properties,
) -> HealthCheck {
    let secure = design.edge.cloudfront || listener::is_secure(design);
    let (kind, port) = if secure { ("HTTPS", 443) } else { ("HTTP", 80) };
    let interval: i64 = match design.dns.interval {
        CheckInterval::Standard => 30,
        CheckInterval::Fast => 10,
    };
    let mut config = properties([("Type", kind.into())]);
    config.extend(asked);
    config.extend(properties([
        ("Port", port.into()),
        ("ResourcePath", design.balancer.path.show().into()),
        ("RequestInterval", interval.into()),
        ("FailureThreshold", design.dns.threshold.get().into()),
    ]));
    if secure {
        config.push(("EnableSNI".into(), true.into()));
    }
    let name = to.tags(tag).0;
    HealthCheck {
        config: Value::Map(config),
        labels: name
            .into_iter()
            .map(|(_, name)| HealthCheck::label(name))
            .collect(),
        rest: Vec::new(),
    }
}

/// The record of what answers meanwhile: an address, another name of the zone, or a page in S3.
fn secondary(design: &Design, to: &mut Expansion<'_>) -> RecordSet {
    let given = design.dns.secondary.as_str();
    if given.is_empty() {
        page(to);
        return domain::record(domain::name(), website(design.network.region));
    }
    let words = (
        text("parameter.secondary", "Secondary address"),
        text(
            "parameter.secondary.help",
            "What answers while the application does not",
        ),
    );
    elsewhere(to, (ADDRESS, words), given, domain::name(), false)
}

/// A record of what the design does not have: an address, or another name of the zone, in a parameter.
pub(super) fn elsewhere(
    to: &mut Expansion<'_>,
    (parameter, (label, description)): (&'static str, (Text, Text)),
    given: &str,
    name: Value,
    by_health: bool,
) -> RecordSet {
    to.parameter(
        EDGE,
        Parameter {
            name: parameter.into(),
            kind: "String",
            default: Some(given.to_owned()),
            pattern: None,
            label,
            description,
            example: None,
        },
    );
    let address = Value::reference(parameter);
    if given.parse::<Ipv4Addr>().is_ok() {
        return RecordSet {
            alias: None,
            ttl: Some(TTL.into()),
            records: vec![address],
            ..domain::record(name, Value::Map(Vec::new()))
        };
    }
    let alias = map([
        ("DNSName", address),
        ("HostedZoneId", domain::zone()),
        ("EvaluateTargetHealth", by_health.into()),
    ]);
    domain::record(name, alias)
}

fn website(region: Region) -> Value {
    let found = WEBSITES.iter().find(|(it, ..)| *it == region.code());
    let (_, between, zone) = found.copied().unwrap_or_default();
    let address = format!("s3-website{between}${{AWS::Region}}.${{AWS::URLSuffix}}");
    map([
        ("DNSName", Value::sub(address)),
        ("HostedZoneId", zone.into()),
        ("EvaluateTargetHealth", false.into()),
    ])
}

/// A bucket that serves a static page to everybody.
fn page(to: &mut Expansion<'_>) {
    let node = to.add(
        EDGE,
        PAGE,
        Bucket {
            encryption: Some(bucket::encryption()),
            public_access_block: Some(map([
                ("BlockPublicAcls", true.into()),
                ("BlockPublicPolicy", false.into()),
                ("IgnorePublicAcls", true.into()),
                ("RestrictPublicBuckets", false.into()),
            ])),
            versioning: Some(map([("Status", "Enabled".into())])),
            tags: to.tags("maintenance"),
            rest: properties([
                ("BucketName", domain::name()),
                (
                    "WebsiteConfiguration",
                    map([
                        ("IndexDocument", "index.html".into()),
                        ("ErrorDocument", "index.html".into()),
                    ]),
                ),
                (
                    "OwnershipControls",
                    map([(
                        "Rules",
                        list([map([("ObjectOwnership", "BucketOwnerEnforced".into())])]),
                    )]),
                ),
            ]),
        },
    );
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.maintenance-page",
        "Route 53 finds a website by a bucket of the domain's own name. Upload the page as index.html: until then S3 answers 404.",
    ));
    let read = map([
        ("Sid", "EverybodyReads".into()),
        ("Effect", "Allow".into()),
        ("Principal", "*".into()),
        ("Action", "s3:GetObject".into()),
        ("Resource", Value::sub(format!("${{{PAGE}.Arn}}/*"))),
    ]);
    to.add(
        EDGE,
        "MaintenancePagePolicy",
        BucketPolicy {
            bucket: PAGE.into(),
            document: policy([read]),
            rest: Vec::new(),
        },
    );
}
