//! Between the customer's network and a VPC over Site-to-Site VPN: in over a virtual private gateway, and back over the
//! routes that it propagates. It leads to what stands in the VPC and no further (VPC user guide, edge associations).

use ipnet::Ipv4Net;

use super::groups::{Other, Peer, ingress, lets_in, lets_out};
use super::{Health, Reason, Spot, Trace, node_of, spots};
use crate::aws::{
    GatewayAttachment, Name, Route, SecurityGroup, Subnet, VpnConnection, VpnPropagation, overlap,
};
use crate::topology::{Part, Topology};

/// A connection of a customer gateway to a VPC.
struct Tunnels<'a> {
    connection: &'a Name,
    gateway: &'a Name,
    vpc: &'a Name,
}

fn tunnels<'a>(topology: &'a Topology, customer: &str) -> Vec<Tunnels<'a>> {
    let all = topology.all::<VpnConnection>();
    let own = all.filter(|(_, it)| *it.customer.name == *customer);
    let joined = own.filter_map(|(connection, it)| {
        let gateway = &it.gateway.as_ref()?.name;
        let vpc = vpc_behind(topology, gateway)?;
        Some(Tunnels {
            connection,
            gateway,
            vpc,
        })
    });
    joined.collect()
}

fn vpc_behind<'a>(topology: &'a Topology, gateway: &str) -> Option<&'a Name> {
    let mut attached = topology.all::<GatewayAttachment>();
    let (_, found) =
        attached.find(|(_, it)| it.vpn.as_ref().is_some_and(|it| *it.name == *gateway))?;
    Some(&found.vpc.name)
}

/// Whether a subnet's packets to the customer's network have a route to the gateway: one that it propagates, or a fixed one.
fn is_routed(topology: &Topology, subnet: &str, gateway: &str) -> bool {
    let Some(table) = topology.table_of(subnet) else {
        return false;
    };
    let mut learned = topology.all::<VpnPropagation>();
    let mut fixed = topology.all::<Route>();
    learned
        .any(|(_, it)| *it.gateway.name == *gateway && it.tables.iter().any(|it| it.name == *table))
        || fixed.any(|(_, it)| {
            let leads = it.gateway.as_ref().is_some_and(|it| *it.name == *gateway);
            leads && it.table.name == *table
        })
}

/// Whether a range that a group's rule names is the customer's network: a private one outside of the group's VPC, which has
/// a VPN. No resource says so, since the routers tell AWS their ranges by BGP.
pub fn is_of_customer(topology: &Topology, group: &str, range: &Ipv4Net) -> bool {
    let Some(vpc) = topology
        .named::<SecurityGroup>(group)
        .map(|it| &it.vpc.name)
    else {
        return false;
    };
    let mut connections = topology.all::<VpnConnection>();
    let is_joined = connections.any(|(_, it)| {
        let gateway = it.gateway.as_ref();
        gateway.and_then(|it| vpc_behind(topology, &it.name)) == Some(vpc)
    });
    is_joined && is_outside(topology, vpc, range)
}

fn is_outside(topology: &Topology, vpc: &str, range: &Ipv4Net) -> bool {
    let own = topology.vpc_ranges(vpc);
    range.network().is_private()
        && range.broadcast().is_private()
        && !own.iter().any(|it| overlap(it, range))
}

/// The customer's networks that rules let into a node, on a port.
pub fn customers_of(topology: &Topology, node: &str, port: u16) -> Vec<Ipv4Net> {
    let groups = topology.security_groups_of(node);
    let grants = groups.into_iter().flat_map(|group| {
        ingress(topology, group)
            .into_iter()
            .map(move |it| (group, it))
    });
    let ranges = grants.filter_map(|(group, grant)| match grant.peer {
        Some(Peer::Range(range)) if grant.admits(port) => {
            is_of_customer(topology, group, &range).then_some(range)
        }
        Some(Peer::Range(_) | Peer::Group(_) | Peer::PrefixList) | None => None,
    });
    ranges.collect()
}

/// From the network behind a customer gateway to an interface of the VPC, and back.
pub(super) fn inward(
    topology: &Topology,
    all: &[Part],
    (from, to): (&str, &str),
    port: u16,
    up: Health<'_>,
) -> Trace {
    let mut first_failure = None;
    for way in tunnels(topology, from) {
        let hops: Vec<Name> = vec![from.into(), way.connection.clone(), way.gateway.clone()];
        if let Some(place) = hops.iter().position(|it| !up(it)) {
            let hops = hops.into_iter().take(place + 1).collect();
            first_failure.get_or_insert(Trace::end(hops, Reason::BadState));
            continue;
        }
        for spot in spots(topology, all, to) {
            let trace = into(topology, &way, &spot, hops.clone(), port, up);
            if trace.is_reachable() {
                return trace;
            }
            first_failure.get_or_insert(trace);
        }
    }
    first_failure.unwrap_or_else(|| Trace::end(vec![from.into()], Reason::NoPath))
}

fn into(
    topology: &Topology,
    way: &Tunnels<'_>,
    spot: &Spot,
    mut hops: Vec<Name>,
    port: u16,
    up: Health<'_>,
) -> Trace {
    let subnet = topology.named::<Subnet>(&spot.subnet);
    if subnet.is_none_or(|it| it.vpc.name != *way.vpc) {
        return Trace::end(hops, Reason::NoPath);
    }
    let groups = topology.security_groups_of(node_of(&spot.owner));
    let is_customer = |range: &Ipv4Net| is_outside(topology, way.vpc, range);
    let other = Other::Customer(&is_customer);
    if !groups.is_empty() && !groups.iter().any(|it| lets_in(topology, it, port, &other)) {
        return Trace::end(hops, Reason::GroupsOfDestination);
    }
    hops.push(spot.owner.clone());
    if !up(&spot.part) {
        return Trace::end(hops, Reason::BadState);
    }
    if is_routed(topology, &spot.subnet, way.gateway) {
        Trace::arrived(hops)
    } else {
        Trace::end(hops, Reason::NoRouteBack)
    }
}

/// From an interface of the VPC to the network behind a customer gateway.
pub(super) fn outward(
    topology: &Topology,
    source: &Spot,
    to: &str,
    port: u16,
    up: Health<'_>,
) -> Trace {
    let mut hops = vec![source.owner.clone()];
    let subnet = topology.named::<Subnet>(&source.subnet);
    let mut ways = tunnels(topology, to).into_iter();
    let way = ways.find(|way| subnet.is_some_and(|it| it.vpc.name == *way.vpc));
    let Some(way) = way else {
        return Trace::end(hops, Reason::NoPath);
    };
    let groups = topology.security_groups_of(node_of(&source.owner));
    let is_customer = |range: &Ipv4Net| is_outside(topology, way.vpc, range);
    let other = Other::Customer(&is_customer);
    if !groups.is_empty() && !groups.iter().any(|it| lets_out(topology, it, port, &other)) {
        return Trace::end(hops, Reason::GroupsOfSource);
    }
    if !is_routed(topology, &source.subnet, way.gateway) {
        return Trace::end(hops, Reason::NoRoute);
    }
    for hop in [way.gateway, way.connection] {
        hops.push(hop.clone());
        if !up(hop) {
            return Trace::end(hops, Reason::BadState);
        }
    }
    hops.push(to.into());
    if up(to) {
        Trace::arrived(hops)
    } else {
        Trace::end(hops, Reason::BadState)
    }
}
