//! Beside a NAT gateway that stays, an interface endpoint has to earn its hours by the gigabyte.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, RestApi, VpcEndpoint};
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "CO-007",
    severity: Severity::Low,
    title: text(
        "check.co-007.title",
        "Interface endpoints that cost more than they save",
    ),
    why: text(
        "check.co-007.why",
        "An interface endpoint is billed by the hour in each zone. Where a NAT gateway stays anyway, it pays for itself only above some 200 GB a month for each service and zone; what it also gives is a way that the NAT gateway's loss does not touch.",
    ),
    advice: text(
        "check.co-007.advice",
        "Keep those that you want for their privacy or their availability, and leave the others out; compare the ways out to see the figures.",
    ),
    reference: "COST08-BP03; AWS PrivateLink and VPC pricing",
    run,
};

/// Gigabytes a month for each service and zone from which it is cheaper than the NAT gateway's processing, in the Region
/// where that is least: 730 endpoint hours over the difference of the prices of a gigabyte. It is 190 to 211 in the nine.
const LEAST: u32 = 190;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let Some(design) = subject.design.filter(|_| has_nat(topology)) else {
        return;
    };
    let endpoints = topology.all::<VpcEndpoint>();
    let endpoints: Vec<&Name> = endpoints
        .filter(|(name, it)| it.is_interface() && !is_door(topology, name))
        .map(|(name, _)| name)
        .collect();
    let places = endpoints.iter().map(|it| topology.zones_of(it).len());
    let needed = u32::try_from(places.sum::<usize>()).unwrap_or(u32::MAX / LEAST) * LEAST;
    let assumed = &design.assumptions;
    let carried =
        u64::from(assumed.nat_gigabytes.get()) * u64::from(assumed.aws_percent.get()) / 100;
    if carried >= u64::from(needed) {
        return;
    }
    let message = text(
        "check.co-007.message",
        "{endpoints} carry {carried} GB a month by the assumptions; beside the NAT gateway they pay for themselves from {needed} GB on.",
    )
    .with("endpoints", list(&endpoints))
    .with("carried", carried)
    .with("needed", needed);
    let off: [(&str, &dyn std::fmt::Display); 8] = [
        ("endpoints.logs", &false),
        ("endpoints.monitoring", &false),
        ("endpoints.ssm", &false),
        ("endpoints.ecr", &false),
        ("endpoints.secretsmanager", &false),
        ("endpoints.sts", &false),
        ("endpoints.sqs", &false),
        ("endpoints.execute_api", &false),
    ];
    let claims: Vec<_> = endpoints.iter().map(|it| (*it, "")).collect();
    let title = text("check.co-007.fix", "Leave the interface endpoints out");
    let fix = subject.fix(&claims, title, &off);
    findings.push(Finding::new(&CHECK, endpoints, message).with_fix(fix));
}

/// Whether a private API is entered by an endpoint: no NAT gateway leads there.
fn is_door(topology: &Topology, endpoint: &str) -> bool {
    let mut apis = topology.all::<RestApi>();
    apis.any(|(_, it)| it.endpoint.endpoints.iter().any(|it| *it.name == *endpoint))
}

/// Whether instances have a NAT gateway, and one that stays.
fn has_nat(topology: &Topology) -> bool {
    let topology = topology.declared();
    let groups = topology.all::<AutoScalingGroup>();
    let mut subnets = groups.flat_map(|(group, _)| topology.subnets_of(group));
    subnets.any(|it| default_route(&topology, it).is_some_and(|it| it.nat.is_some()))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_endpoints_without_the_traffic_for_them() {
        assert_eq!(
            findings(&CHECK, "endpoints.sqs=true", &[]),
            "SqsEndpoint: SqsEndpoint carry 0 GB a month by the assumptions; beside the NAT gateway they pay for themselves from 380 GB on."
        );
    }

    #[test]
    fn accepts_much_traffic_gateway_endpoints_and_endpoints_alone() {
        for settings in [
            "endpoints.sqs=true assume.nat_gb=1000 assume.aws_percent=40",
            "endpoints.s3=true",
            "network.nat=endpoints-only",
            "api.enabled=true",
            "network.nat=scheduled endpoints.sqs=true",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
