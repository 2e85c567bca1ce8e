//! From one VPC to another, over a peering connection: it joins two VPCs and is no way through either (VPC peering guide, VPC
//! peering limitations), and both sides need a route.

use ipnet::Ipv4Net;

use super::{Health, Reason};
use crate::aws::{Name, Route, Subnet, VpcPeeringConnection, overlap};
use crate::topology::Topology;

/// The route that a subnet's packets to a range follow, other than `local`: the most specific one that holds it.
pub fn route_to<'a>(topology: &'a Topology, subnet: &str, range: &Ipv4Net) -> Option<&'a Route> {
    let table = topology.table_of(subnet)?;
    let routes = topology.all::<Route>().map(|(_, it)| it);
    let holding = routes.filter(|it| {
        it.table.name == *table && it.destination.is_some_and(|it| it.contains(range))
    });
    holding.max_by_key(|it| it.destination.map(|it| it.prefix_len()))
}

/// The peering connection that packets from one subnet to another pass, and why they do not arrive; neither inside one VPC.
pub(super) fn crossing<'a>(
    topology: &'a Topology,
    from: &str,
    to: &str,
    up: Health<'_>,
) -> (Option<&'a Name>, Option<Reason>) {
    let subnets = (topology.named::<Subnet>(from), topology.named::<Subnet>(to));
    let (Some(source), Some(destination)) = subnets else {
        return (None, None);
    };
    let (own, its) = (&source.vpc.name, &destination.vpc.name);
    if own == its {
        return (None, None);
    }
    let over = |subnet: &str, range: &Ipv4Net| {
        let route = route_to(topology, subnet, range)?;
        Some(&route.peering.as_ref()?.name)
    };
    let mut all = topology.all::<VpcPeeringConnection>();
    let joined = all.any(|(_, it)| it.joins(own, its));
    let Some(name) = over(from, &destination.cidr) else {
        let reason = if joined {
            Reason::NoRoute
        } else {
            Reason::DisconnectedVpcs
        };
        return (None, Some(reason));
    };
    let Some(peering) = topology.named::<VpcPeeringConnection>(name) else {
        return (None, Some(Reason::BadStateRoute));
    };
    let reason = if !peering.joins(own, its) {
        Some(Reason::PeeringNotTransitive)
    } else if meet(topology, own, its) {
        Some(Reason::RangesOverlap)
    } else if !up(name) {
        Some(Reason::BadState)
    } else if over(to, &source.cidr) != Some(name) {
        Some(Reason::NoRouteBack)
    } else {
        None
    };
    (Some(name), reason)
}

fn meet(topology: &Topology, one: &str, other: &str) -> bool {
    let others = topology.vpc_ranges(other);
    let ranges = topology.vpc_ranges(one);
    ranges
        .iter()
        .any(|it| others.iter().any(|other| overlap(it, other)))
}
