//! A load balancer that faces the internet stands in public subnets.

use super::site::{list, routing};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, Name, NatGateway};
use crate::text::text;
use crate::topology::Topology;
use crate::topology::traffic::default_route;

pub static CHECK: Check = Check {
    code: "LB-003",
    severity: Severity::Error,
    title: text(
        "check.lb-003.title",
        "Internet-facing load balancer in private subnets",
    ),
    why: text(
        "check.lb-003.why",
        "Its nodes have public addresses, but their answers leave by the NAT gateway, and no client gets one.",
    ),
    advice: text(
        "check.lb-003.advice",
        "Put the load balancer into the public subnets, one in each zone.",
    ),
    reference: "ELB user guide, internet-facing load balancers",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        let private: Vec<&Name> = topology
            .subnets_of(name)
            .into_iter()
            .filter(|it| balancer.is_internet_facing() && leads_to_nat(topology, it))
            .collect();
        if private.is_empty() {
            continue;
        }
        let message = text("check.lb-003.message", "{balancer} faces the internet, but the default route of {subnets} leads to a NAT gateway.")
            .with("balancer", name.as_str())
            .with("subnets", list(&private));
        let edited = private.iter().flat_map(|it| routing(topology, it));
        let fix = subject.undo(edited.chain([name]));
        let at = [name].into_iter().chain(private);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

/// Whether a subnet's default route leads to a NAT gateway, and that gateway does not stand on the same table: that
/// circle is RT-013's.
fn leads_to_nat(topology: &Topology, subnet: &str) -> bool {
    let Some(route) = default_route(topology, subnet) else {
        return false;
    };
    let gateway = route
        .nat
        .as_ref()
        .and_then(|it| topology.get::<NatGateway>(it));
    gateway.is_some_and(|it| {
        let own = it
            .subnet
            .as_ref()
            .and_then(|it| topology.table_of(&it.name));
        own != Some(&route.table.name)
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_private_subnets() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "LoadBalancer",
                    "Subnets",
                    json!([{"Ref": "PrivateSubnetA"}, {"Ref": "PrivateSubnetB"}])
                )]
            ),
            "LoadBalancer, PrivateSubnetA, PrivateSubnetB: LoadBalancer faces the internet, but the default route of PrivateSubnetA, PrivateSubnetB leads to a NAT gateway."
        );
    }

    #[test]
    fn accepts_public_subnets_and_internal_load_balancers() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[
                    set(
                        "LoadBalancer",
                        "Subnets",
                        json!([{"Ref": "PrivateSubnetA"}, {"Ref": "PrivateSubnetB"}])
                    ),
                    set("LoadBalancer", "Scheme", json!("internal"))
                ]
            ),
            ""
        );
    }
}
