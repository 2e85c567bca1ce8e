//! A route outlives its target.

use super::site::{exists, list};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Route, RouteTableAssociation};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-010",
    severity: Severity::High,
    title: text("check.rt-010.title", "Route that leads nowhere"),
    why: text(
        "check.rt-010.why",
        "When its target is deleted a route stays behind as a blackhole: it still wins, and drops every packet.",
    ),
    advice: text(
        "check.rt-010.advice",
        "Point the route to something that exists, or take it out.",
    ),
    reference: "VPC user guide, route table concepts and NAT gateways",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, route) in topology.all::<Route>() {
        // A target of a type that is not modelled stands among the other properties.
        let other = route
            .rest
            .iter()
            .any(|(key, _)| !key.starts_with("Destination"));
        let target = route.target();
        if target.map_or(other, |it| exists(topology, it)) {
            continue;
        }
        let subnets: Vec<&Name> = topology
            .all::<RouteTableAssociation>()
            .filter(|(_, it)| it.table == route.table)
            .map(|(_, it)| &it.subnet.name)
            .collect();
        let message = match target {
            Some(target) => text("check.rt-010.message", "{route} leads to {target}, which does not exist: packets from {subnets} are dropped.").with("target", target.as_str()),
            None => text("check.rt-010.nowhere", "{route} has no target: packets from {subnets} are dropped.").into(),
        };
        let message = message
            .with("route", name.as_str())
            .with("subnets", list(subnets));
        let fix = subject.undo([name].into_iter().chain(target));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, set};
    use serde_json::json;

    #[test]
    fn flags_a_removed_target_and_none() {
        assert_eq!(
            findings(&CHECK, "", &[remove("NatGatewayA")]),
            "PrivateDefaultRoute: PrivateDefaultRoute leads to NatGatewayA, which does not exist: packets from PrivateSubnetA, PrivateSubnetB are dropped."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("PrivateDefaultRoute", "NatGatewayId", json!(null))]
            ),
            "PrivateDefaultRoute: PrivateDefaultRoute has no target: packets from PrivateSubnetA, PrivateSubnetB are dropped."
        );
    }

    #[test]
    fn accepts_targets_that_exist() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[
                    set("PrivateDefaultRoute", "NatGatewayId", json!(null)),
                    set("PrivateDefaultRoute", "TransitGatewayId", json!("tgw-1"))
                ]
            ),
            ""
        );
    }
}
