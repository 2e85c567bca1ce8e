//! Gateway endpoints for S3 and DynamoDB cost nothing; NAT gateways bill each gigabyte.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name};
use crate::text::text;
use crate::topology::JourneyKind;
use crate::topology::traffic::{default_route, endpoint_of};

pub static CHECK: Check = Check {
    code: "RT-014",
    severity: Severity::Medium,
    title: text("check.rt-014.title", "S3 through a NAT gateway"),
    why: text(
        "check.rt-014.why",
        "Every gigabyte to and from S3 or DynamoDB pays for the NAT gateway, and is lost with it; a gateway endpoint is a route that costs nothing.",
    ),
    advice: text(
        "check.rt-014.advice",
        "Add gateway endpoints for S3, where packages and images come from too, and for DynamoDB where it is used.",
    ),
    reference: "COST08-BP03, SEC05-BP02; AWS PrivateLink guide, gateway endpoints",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let groups = topology.all::<AutoScalingGroup>();
    let subnets: Vec<&Name> = groups
        .flat_map(|(group, _)| topology.subnets_of(group))
        .filter(|it| default_route(topology, it).is_some_and(|it| it.nat.is_some()))
        .collect();
    let lacks = |code: &str| {
        subnets
            .iter()
            .any(|it| endpoint_of(topology, it, code).is_none())
    };
    let calls_both = topology.journeys.contains(&JourneyKind::AwsEgress);
    let dynamodb = calls_both && lacks("dynamodb");
    if !lacks("s3") && !dynamodb {
        return;
    }
    let mut services = Vec::new();
    services.extend(lacks("s3").then_some("S3"));
    services.extend(dynamodb.then_some("DynamoDB"));
    let message = text(
        "check.rt-014.message",
        "Instances in {subnets} reach {services} through a NAT gateway.",
    )
    .with("subnets", list(&subnets))
    .with("services", list(&services));
    let has = |key: &str| {
        subject.design.is_some_and(|it| match key {
            "s3" => it.endpoints.s3,
            _ => it.endpoints.dynamodb,
        })
    };
    let fix = subject.fix(
        &[],
        text("check.rt-014.fix", "Add gateway endpoints: {services}")
            .with("services", list(&services)),
        &[
            ("endpoints.s3", &(lacks("s3") || has("s3"))),
            ("endpoints.dynamodb", &(dynamodb || has("dynamodb"))),
        ],
    );
    findings.push(Finding::new(&CHECK, subnets, message).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_nat_gateways_without_an_endpoint_beside_them() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "PrivateSubnetA, PrivateSubnetB: Instances in PrivateSubnetA, PrivateSubnetB reach S3 through a NAT gateway."
        );
    }

    #[test]
    fn accepts_an_endpoint_and_no_gateway() {
        for settings in [
            "endpoints.s3=true",
            "network.nat=none",
            "network.nat=endpoints-only",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
