//! A subnet holds what may run in it at once, also when another zone is lost.

use super::plan::LENGTHS;
use super::site::lives_in;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{
    AutoScalingGroup, CacheGroup, DbInstance, DbProxy, Function, LoadBalancer, Name, NatGateway,
    Subnet, VpcEndpoint,
};
use crate::design::Network;
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "NET-013",
    severity: Severity::High,
    title: text(
        "check.net-013.title",
        "Subnet that can run out of addresses",
    ),
    why: text(
        "check.net-013.why",
        "A load balancer wants 8 free addresses in each subnet, and after the loss of a zone the others take its instances: without addresses nothing launches.",
    ),
    advice: text(
        "check.net-013.advice",
        "Size subnets for the maximum of the group on one zone fewer.",
    ),
    reference: "REL02-BP03; ELB user guide, subnets for your load balancer",
    run,
};

/// Free addresses that a load balancer wants in each of its subnets (ELB user guide).
const BALANCER: u32 = 8;

/// Free addresses that RDS Proxy wants before a class up to xlarge (RDS user guide, planning for IP address capacity).
const PROXY: u32 = 10;

/// Addresses that may be in use at once.
struct Need {
    balancers: u32,
    instances: u32,
    others: u32,
}

impl Need {
    fn total(&self) -> u32 {
        self.balancers
            .saturating_add(self.instances)
            .saturating_add(self.others)
    }
}

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, subnet) in subject.topology.all::<Subnet>() {
        let need = need(subject.topology, name);
        let usable = subnet.usable();
        if !LENGTHS.contains(&subnet.cidr.prefix_len()) || need.total() <= usable {
            continue;
        }
        let message = text("check.net-013.message", "{subnet} ({range}) has {usable} usable addresses, but {needed} may be needed at once: {balancers} for the load balancer, {instances} for instances after the loss of a zone, {others} for NAT gateways, endpoints, database and cache.")
            .with("subnet", name.as_str())
            .with("range", subnet.cidr)
            .with("usable", usable)
            .with("needed", need.total())
            .with("balancers", need.balancers)
            .with("instances", need.instances)
            .with("others", need.others);
        let room = |network: &Network| {
            let mut ranges = network
                .places()
                .map(|(tier, zone)| network.range(tier, zone));
            ranges.all(|it| it.is_some_and(|range| usable_in(range.prefix_len()) >= need.total()))
        };
        let fix = subject.renumber(&[name], &room);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

fn need(topology: &Topology, subnet: &Name) -> Need {
    let here = |node: &Name| lives_in(topology, node, subnet);
    let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
    let balancers = topology
        .all::<LoadBalancer>()
        .filter(|(name, _)| here(name));
    let nats = topology.all::<NatGateway>().filter(|(name, _)| here(name));
    let databases = topology.all::<DbInstance>().filter(|(name, _)| here(name));
    let endpoints = topology.all::<VpcEndpoint>().filter(|(name, _)| here(name));
    // One network interface carries all runs of a function in a subnet (Lambda developer guide, Hyperplane ENIs).
    let functions = topology.all::<Function>().filter(|(name, _)| here(name));
    let caches = topology.all::<CacheGroup>().filter(|(name, _)| here(name));
    let caches = caches.map(|(_, it)| it.replicas().saturating_add(1));
    let proxies = topology.all::<DbProxy>().filter(|(name, _)| here(name));
    let proxies = count(proxies.count()).saturating_mul(PROXY);
    let groups = topology
        .all::<AutoScalingGroup>()
        .filter(|(name, _)| here(name));
    let shares = groups.map(|(name, it)| {
        let left = count(topology.subnets_of(name).len())
            .saturating_sub(1)
            .max(1);
        it.max.0.div_ceil(left)
    });
    Need {
        balancers: count(balancers.count()).saturating_mul(BALANCER),
        instances: shares.fold(0, u32::saturating_add),
        others: caches.fold(
            count(nats.count() + databases.count() + endpoints.count() + functions.count())
                .saturating_add(proxies),
            u32::saturating_add,
        ),
    }
}

fn usable_in(length: u8) -> u32 {
    (1_u32 << (32 - u32::from(length)).min(31)).saturating_sub(Subnet::RESERVED)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_small_subnet_that_takes_over_the_other_zones_instances() {
        assert_eq!(
            findings(
                &CHECK,
                "network.private_cidrs=10.0.1.0/28 fleet.max=12",
                &[]
            ),
            "PrivateSubnetA: PrivateSubnetA (10.0.1.0/28) has 11 usable addresses, but 13 may be needed at once: 0 for the load balancer, 12 for instances after the loss of a zone, 1 for NAT gateways, endpoints, database and cache."
        );
    }

    #[test]
    fn accepts_room_for_the_maximum() {
        for settings in ["", "network.private_cidrs=10.0.1.0/28,10.0.3.0/28"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
