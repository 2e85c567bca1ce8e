//! A table has one route for a destination.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Route};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-011",
    severity: Severity::Medium,
    title: text("check.rt-011.title", "Route that never counts"),
    why: text(
        "check.rt-011.why",
        "A table takes one route for each destination, and the VPC's local route always comes first: the second is refused or ignored.",
    ),
    advice: text(
        "check.rt-011.advice",
        "Take the route out, or give it a destination of its own.",
    ),
    reference: "VPC user guide, route priority",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let routes: Vec<(&Name, &Route)> = topology.all::<Route>().collect();
    for (place, (name, route)) in routes.iter().enumerate() {
        let Some(destination) = route.destination.map(|it| it.trunc()) else {
            continue;
        };
        let earlier = routes.iter().take(place).find(|(_, it)| {
            it.table == route.table && it.destination.map(|it| it.trunc()) == Some(destination)
        });
        let table = topology.get(&route.table);
        let local = table
            .map(|it| topology.vpc_ranges(&it.vpc.name))
            .unwrap_or_default();
        let message = if let Some((earlier, _)) = earlier {
            text(
                "check.rt-011.message",
                "{route} and {earlier} of {table} both lead to {destination}.",
            )
            .with("earlier", earlier.as_str())
        } else if local.iter().any(|it| it.trunc() == destination) {
            text("check.rt-011.local", "{route} of {table} leads to {destination}, the VPC itself: the local route is there already.").into()
        } else {
            continue;
        };
        let message = message
            .with("route", name.as_str())
            .with("table", route.table.name.as_str())
            .with("destination", destination);
        findings.push(Finding::new(&CHECK, [*name], message).with_fix(subject.undo([*name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_second_default_route_and_one_to_the_vpc_itself() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Second",
                    "network",
                    "AWS::EC2::Route",
                    json!({"RouteTableId": {"Ref": "PrivateRouteTable"}, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": {"Ref": "NatGatewayA"}})
                )]
            ),
            "Second: Second and PrivateDefaultRoute of PrivateRouteTable both lead to 0.0.0.0/0."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "PrivateDefaultRoute",
                    "DestinationCidrBlock",
                    json!("10.0.0.0/16")
                )]
            ),
            "PrivateDefaultRoute: PrivateDefaultRoute of PrivateRouteTable leads to 10.0.0.0/16, the VPC itself: the local route is there already."
        );
    }

    #[test]
    fn accepts_one_route_for_each_destination() {
        assert_eq!(findings(&CHECK, "network.nat=per-az", &[]), "");
    }
}
