//! What stands in front of a load balancer or a bucket: the distribution that fetches from it, and the web ACL that a load
//! balancer asks.

use super::{Health, Reason, Trace};
use crate::aws::{
    Bucket, BucketPolicy, Distribution, LoadBalancer, Name, Piece, RecordSet, Value, WebAcl,
    WebAclAssociation, lookup, sub_pieces,
};
use crate::topology::{Topology, USERS};

/// The web ACL without whose answer a load balancer answers 500; `None` where it has none, or fails open (ELB user guide,
/// integrations with AWS WAF).
pub fn filter<'a>(topology: &'a Topology, balancer: &str) -> Option<&'a Name> {
    let own = topology.named::<LoadBalancer>(balancer)?;
    if own.attributes.is_on("waf.fail_open.enabled") {
        return None;
    }
    let mut associations = topology.all::<WebAclAssociation>();
    let (_, it) =
        associations.find(|(_, it)| it.protects().is_some_and(|name| **name == *balancer))?;
    let acl = it.by()?;
    topology.named::<WebAcl>(acl).map(|_| acl)
}

/// The distribution that fetches from a load balancer, by its address or by a name that stands for it.
pub fn distribution<'a>(
    topology: &'a Topology,
    balancer: &str,
) -> Option<(&'a Name, &'a Distribution)> {
    let fetches = |origin: &Value| match Distribution::node_at(origin) {
        Some(name) => **name == *balancer,
        None => topology.all::<RecordSet>().any(|(_, record)| {
            origin.get("DomainName") == Some(&record.domain)
                && record.stands_for().is_some_and(|it| **it == *balancer)
        }),
    };
    let mut all = topology.all::<Distribution>();
    all.find(|(_, it)| it.origins().any(fetches))
}

/// The load balancer that answers to a name, itself or behind a distribution.
pub fn named_by<'a>(topology: &'a Topology, record: &str) -> Option<&'a Name> {
    let host = topology.named::<RecordSet>(record)?.stands_for()?;
    let mut balancers = topology.all::<LoadBalancer>();
    let found = balancers.find(|(name, _)| {
        *name == host || distribution(topology, name).is_some_and(|(it, _)| it == host)
    });
    found.map(|(name, _)| name)
}

/// The distribution that fetches from a bucket.
pub fn reader<'a>(topology: &'a Topology, bucket: &str) -> Option<(&'a Name, &'a Distribution)> {
    let mut all = topology.all::<Distribution>();
    all.find(|(_, it)| origin_at(it, bucket).is_some())
}

fn origin_at<'a>(distribution: &'a Distribution, bucket: &str) -> Option<&'a Value> {
    let mut origins = distribution.origins();
    origins.find(|it| Distribution::node_at(it).is_some_and(|it| **it == *bucket))
}

/// Whether a bucket answers a distribution: the origin signs, and a statement of the bucket's policy admits CloudFront.
pub fn reads(topology: &Topology, distribution: &str, bucket: &str) -> bool {
    let signs = topology
        .named::<Distribution>(distribution)
        .is_some_and(|it| {
            origin_at(it, bucket).is_some_and(|it| it.get("OriginAccessControlId").is_some())
        });
    let mut policies = topology.all::<BucketPolicy>();
    let admits = policies.any(|(_, it)| {
        let is_own = *it.bucket.name == *bucket;
        is_own && it.statements().iter().any(|it| admits(it, distribution))
    });
    signs && admits
}

/// Whether a statement allows CloudFront, on behalf of a distribution where it names one.
fn admits(statement: &Value, distribution: &str) -> bool {
    let word = |key: &str| statement.get(key).and_then(Value::as_str);
    let service = statement.get("Principal").and_then(|it| it.get("Service"));
    let is_edge = service.and_then(Value::as_str) == Some("cloudfront.amazonaws.com");
    let source = statement
        .get("Condition")
        .and_then(|it| it.get("StringEquals"));
    let source = source.and_then(|it| it.get("aws:SourceArn").or(it.get("AWS:SourceArn")));
    let means = |it: &Value| {
        let text = match it {
            Value::Fn(_, text) => text.as_str(),
            text => text.as_str(),
        };
        // An ARN that is written out is taken to be the distribution's.
        let pieces = sub_pieces(text.unwrap_or_default()).into_iter();
        let mut named = pieces.filter_map(|it| match it {
            Piece::Reference(name, _) if !name.starts_with("AWS::") => Some(name.to_owned()),
            Piece::Reference(..) | Piece::Text(_) => None,
        });
        named.next().is_none_or(|it| it == distribution)
    };
    word("Effect") == Some("Allow") && is_edge && source.is_none_or(means)
}

/// From users or the internet to a bucket: over the distribution that reads it, or to a website, which is for everybody.
pub(super) fn to_bucket(topology: &Topology, from: &str, bucket: &str, up: Health<'_>) -> Trace {
    let mut hops = vec![Name::from(from)];
    let edge = reader(topology, bucket).filter(|_| from == USERS);
    if let Some((edge, _)) = edge {
        hops.push(edge.clone());
        if !up(edge) {
            return Trace::end(hops, Reason::BadState);
        }
    }
    hops.push(bucket.into());
    let website = topology.named::<Bucket>(bucket);
    let is_website = website.is_some_and(|it| lookup(&it.rest, "WebsiteConfiguration").is_some());
    let is_open = edge.is_some_and(|(edge, _)| reads(topology, edge, bucket)) || is_website;
    if !is_open {
        return Trace::end(hops, Reason::BucketPolicy);
    }
    if !up(bucket) {
        return Trace::end(hops, Reason::BadState);
    }
    Trace::arrived(hops)
}
