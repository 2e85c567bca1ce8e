//! The private hosted zone that leads an API's name to its endpoint, in a client's VPC.

use super::client::Client;
use super::{Design, Edit, Expansion, api, endpoints};
use crate::aws::{HostedZone, RecordSet, Value, ZoneVpc, map};
use crate::text::text;

/// A zone for the API's own name and no other, so that every other API of its Region is still found.
pub(super) fn expand(design: &Design, to: &mut Expansion<'_>, it: &Client) {
    let domain = || {
        Value::sub(format!(
            "${{{}}}.execute-api.{}.${{AWS::URLSuffix}}",
            api::API,
            it.main(design)
        ))
    };
    let tags = to.tags(&it.tag("api"));
    to.add(
        it.stack(),
        it.node("HostedZone"),
        HostedZone {
            domain: domain(),
            vpcs: vec![ZoneVpc {
                vpc: it.node("Vpc").into(),
                region: Value::reference("AWS::Region"),
                rest: Vec::new(),
            }],
            tags,
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.client-zone",
        "The zone has the name of this one API: a zone for execute-api as a whole would hide every other API of the Region from the VPC.",
    ));
    // Zone and name of the endpoint's Regional DNS entry, the first in order (VPC endpoint's return values).
    let entry = |part: i64| {
        let entries = Value::att(endpoints::EXECUTE_API, "DnsEntries");
        let split = Value::Fn(
            "Split".into(),
            Box::new(Value::List(vec![":".into(), Value::select(0, entries)])),
        );
        Value::select(part, split)
    };
    to.add(
        it.stack(),
        it.node("ApiRecord"),
        RecordSet {
            zone: Some(Value::reference(it.node("HostedZone"))),
            domain: domain(),
            kind: "A".into(),
            alias: Some(map([
                ("HostedZoneId", entry(0)),
                ("DNSName", entry(1)),
                ("EvaluateTargetHealth", true.into()),
            ])),
            failover: None,
            region: None,
            set: None,
            health: None,
            ttl: None,
            records: Vec::new(),
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.client-record",
        "An alias at the zone's own name, where a CNAME is not allowed. It follows the endpoint's addresses, and leaves out those of a zone that is down.",
    ));
}
