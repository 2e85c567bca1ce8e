//! Latency records: Route 53 answers with the Region that is nearer to who asks, and with the other one while that fails.
//! Without CloudFront the users' name has them; behind CloudFront it is the name that the edge locations fetch from.

use std::net::Ipv4Addr;

use super::dns::{self, Routing, elsewhere};
use super::{Design, EDGE, Edit, Expansion, cloudfront, domain};
use crate::aws::{HealthCheck, RecordSet, Value, properties};
use crate::text::{Text, text};

const FIRST: &str = "FirstRecord";
const SECOND: &str = "SecondRecord";
const SECOND_CHECK: &str = "SecondHealthCheck";

/// Whether there are latency records: asked for, with a name and something that answers in the second Region.
pub fn is_on(design: &Design) -> bool {
    let has_target = !design.dns.second_target.as_str().is_empty();
    design.dns.routing == Routing::Latency && has_target && domain::is_given(design)
}

/// Whether the users' name has them: it can have one routing policy alone.
pub fn replaces_failover(design: &Design) -> bool {
    is_on(design) && !design.edge.cloudfront
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    domain::parameters(design, to, EDGE);
    if design.edge.cloudfront {
        return of_origin(design, to);
    }
    to.add(EDGE, dns::CHECK, dns::check(design, to));
    let first = RecordSet {
        health: Some(dns::CHECK.into()),
        ..near(domain::name())
    };
    to.add(EDGE, FIRST, first).comment(text(
        "comment.latency",
        "Latency is between networks and AWS Regions as Route 53 has measured it, not distance. A record whose health check fails is left out.",
    ));
    to.add(EDGE, SECOND_CHECK, second_check(design, to));
    let second = RecordSet {
        health: Some(SECOND_CHECK.into()),
        ..far(design, to, domain::name())
    };
    to.add(EDGE, SECOND, second);
}

/// Health checkers do not get through to a load balancer that lets in CloudFront alone: the records go by the health of
/// what they stand for.
fn of_origin(design: &Design, to: &mut Expansion<'_>) {
    let first = near(domain::origin());
    to.add(EDGE, cloudfront::ORIGIN_RECORD, first).comment(text(
        "comment.latency-origin",
        "Edge locations fetch from the Region that is nearer to them. Route 53 asks the load balancer itself whether it is healthy: health checkers do not get in.",
    ));
    let second = far(design, to, domain::origin());
    to.add(EDGE, SECOND, second);
}

fn near(name: Value) -> RecordSet {
    RecordSet {
        region: Some(Value::reference("AWS::Region")),
        set: Some("first".into()),
        ..domain::record(name, domain::balancer_alias())
    }
}

fn far(design: &Design, to: &mut Expansion<'_>, name: Value) -> RecordSet {
    let given = design.dns.second_target.as_str();
    RecordSet {
        region: Some(design.dns.second_region.code().into()),
        set: Some("second".into()),
        ..elsewhere(to, (SECOND_TARGET, TARGET_WORDS), given, name, true)
    }
}

const SECOND_TARGET: &str = "SecondTarget";
const TARGET_WORDS: (Text, Text) = (
    text("parameter.second-target", "Address in the second Region"),
    text(
        "parameter.second-target.help",
        "What answers in the second Region",
    ),
);

fn second_check(design: &Design, to: &Expansion<'_>) -> HealthCheck {
    let is_address = design
        .dns
        .second_target
        .as_str()
        .parse::<Ipv4Addr>()
        .is_ok();
    let place = if is_address {
        "IPAddress"
    } else {
        "FullyQualifiedDomainName"
    };
    let mut asked = properties([(place, Value::reference(SECOND_TARGET))]);
    if is_address {
        asked.push(("FullyQualifiedDomainName".into(), domain::name()));
    }
    dns::asking(design, to, "second", asked)
}
