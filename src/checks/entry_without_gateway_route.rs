//! A public subnet is public by its route alone.

use super::site::{list, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, Name};
use crate::text::text;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "RT-001",
    severity: Severity::Error,
    title: text(
        "check.rt-001.title",
        "Public subnet without a route to the internet gateway",
    ),
    why: text(
        "check.rt-001.why",
        "A load balancer that faces the internet answers through its subnets' default route; without one, its replies go nowhere.",
    ),
    advice: text(
        "check.rt-001.advice",
        "Route 0.0.0.0/0 of the subnet's table to the VPC's internet gateway.",
    ),
    reference: "VPC user guide, internet gateways",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        let cut: Vec<&Name> = topology
            .subnets_of(name)
            .into_iter()
            .filter(|it| balancer.is_internet_facing() && default_route(topology, it).is_none())
            .collect();
        if cut.is_empty() {
            continue;
        }
        let message = text(
            "check.rt-001.message",
            "{balancer} faces the internet, but no default route leaves {subnets}.",
        )
        .with("balancer", name.as_str())
        .with("subnets", list(&cut));
        let behind = cut.iter().flat_map(|it| routing(topology, it));
        let fix = subject.undo(behind.chain([name]));
        let at = [name].into_iter().chain(cut);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove};

    #[test]
    fn flags_a_missing_route_and_a_missing_association() {
        assert_eq!(
            findings(&CHECK, "", &[remove("PublicDefaultRoute")]),
            "LoadBalancer, PublicSubnetA, PublicSubnetB: LoadBalancer faces the internet, but no default route leaves PublicSubnetA, PublicSubnetB."
        );
        assert_eq!(
            findings(&CHECK, "", &[remove("PublicSubnetBRouteTableAssociation")]),
            "LoadBalancer, PublicSubnetB: LoadBalancer faces the internet, but no default route leaves PublicSubnetB."
        );
    }

    #[test]
    fn accepts_routes_to_the_gateway() {
        assert_eq!(findings(&CHECK, "network.zones=3", &[]), "");
    }
}
