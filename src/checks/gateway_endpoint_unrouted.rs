//! A gateway endpoint is on the route tables of all instances.

use super::site::{list, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, VpcEndpoint};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EP-005",
    severity: Severity::High,
    title: text(
        "check.ep-005.title",
        "Gateway endpoint that some instances do not use",
    ),
    why: text(
        "check.ep-005.why",
        "A gateway endpoint is a route: from subnets whose table lacks it, traffic to the service goes on through the NAT gateway, or nowhere.",
    ),
    advice: text(
        "check.ep-005.advice",
        "Associate the endpoint with every private route table.",
    ),
    reference: "AWS PrivateLink guide, gateway endpoints",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcEndpoint>() {
        if it.is_interface() {
            continue;
        }
        let groups = topology.all::<AutoScalingGroup>();
        let subnets: Vec<&Name> = groups
            .flat_map(|(group, _)| topology.subnets_of(group))
            .collect();
        let left_out: Vec<&Name> = subnets
            .into_iter()
            .filter(|subnet| {
                let table = topology.table_of(subnet);
                !it.tables.iter().any(|it| Some(&it.name) == table)
            })
            .collect();
        if left_out.is_empty() {
            continue;
        }
        let message = text(
            "check.ep-005.message",
            "{endpoint} is not on the route table of {subnets}.",
        )
        .with("endpoint", name.as_str())
        .with("subnets", list(&left_out));
        let edited = left_out.iter().flat_map(|it| routing(topology, it));
        let fix = subject.undo(edited.chain([name]));
        let at = [name].into_iter().chain(left_out.iter().copied());
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_table_without_the_endpoint() {
        let tables = json!([{"Ref": "PrivateRouteTableA"}]);
        assert_eq!(
            findings(
                &CHECK,
                "network.nat=per-az endpoints.s3=true",
                &[set("S3Endpoint", "RouteTableIds", tables)]
            ),
            "S3Endpoint, PrivateSubnetB: S3Endpoint is not on the route table of PrivateSubnetB."
        );
    }

    #[test]
    fn accepts_all_private_tables() {
        for nat in ["single", "per-az", "regional", "endpoints-only"] {
            let settings = format!("network.nat={nat} endpoints.s3=true");
            assert_eq!(findings(&CHECK, &settings, &[]), "");
        }
    }
}
