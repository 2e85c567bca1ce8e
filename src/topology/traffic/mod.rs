//! Who reaches whom, over which hops, or why not: routes, gateways, listeners and security groups under a state of health.
//!
//! Reasons are codes of VPC Reachability Analyzer ("Reachability Analyzer explanation codes" in its user guide), so that
//! what is said here can be compared with what AWS says of the deployed network. Network ACLs are not modelled: the
//! default one allows everything. Of names and policies the analyzer knows nothing; what is said of them has codes of our
//! own.

mod front;
mod groups;
mod handed;
mod password;
mod peering;
mod private;
mod reason;
mod service;
mod tables;
mod vpn;

pub use front::{distribution, filter, named_by, reader, reads};
pub use groups::{Callers, Grant, Peer, egress, groups_admit, ingress};
pub use password::password_withheld;
pub use peering::route_to;
pub use reason::Reason;
pub use service::{endpoint_of, service, service_code};
pub use tables::Tables;
pub use vpn::{customers_of, is_of_customer};

use super::journey::entry_port;
use super::link::targets_of;
use super::{INTERNET, Part, Topology, USERS, intakes, parts, service_of};
use crate::aws::{
    AutoScalingGroup, Bucket, CacheGroup, CustomerGateway, DaxCluster, DbCluster, DbInstance,
    DbProxy, Function, GatewayAttachment, Instance, InternetGateway, Listener, LoadBalancer, Name,
    NatGateway, RestApi, Route, Subnet, VpcEndpoint,
};
use groups::{Other, lets_in, lets_out};

pub const HTTPS: u16 = 443;
pub const SSH: u16 = 22;

/// The answer to "can A reach B".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The way as far as it goes, source first.
    pub hops: Vec<Name>,
    /// `None`: it arrives.
    pub reason: Option<Reason>,
}

impl Trace {
    pub fn is_reachable(&self) -> bool {
        self.reason.is_none()
    }

    fn end(hops: Vec<Name>, reason: Reason) -> Self {
        Self {
            hops,
            reason: Some(reason),
        }
    }

    fn arrived(hops: Vec<Name>) -> Self {
        Self { hops, reason: None }
    }

    /// The second way behind the first, whose last hop is the second's first.
    fn then(mut self, next: Self) -> Self {
        if self.is_reachable() {
            self.hops.extend(next.hops.into_iter().skip(1));
            self.reason = next.reason;
        }
        self
    }
}

/// What is up: asked of nodes and of parts.
pub type Health<'a> = &'a dyn Fn(&str) -> bool;

/// Everything is up.
pub fn all_up(_: &str) -> bool {
    true
}

/// Traces TCP from one name to another. Names are nodes, parts (`WebGroup.a1`), AWS services (`aws:s3`), [`USERS`] and
/// [`INTERNET`]. A customer gateway stands for the network behind it. A REST API is asked by its name, and what answers is its policy.
///
/// A group stands for its members: the path of the first member that gets through is given, else why the first does not.
pub fn trace(topology: &Topology, from: &str, to: &str, port: u16, up: Health<'_>) -> Trace {
    if let Some(balancer) = named_by(topology, to) {
        let mut named = trace(topology, from, balancer, port, up);
        named.hops.insert(1.min(named.hops.len()), to.into());
        return named;
    }
    if let Some(way) = handed::trace(topology, from, to, up) {
        return way;
    }
    if from == USERS || from == INTERNET {
        if topology.named::<Bucket>(to).is_some() {
            return front::to_bucket(topology, from, to, up);
        }
        return inward(topology, from, to, port, up);
    }
    let all = parts(topology);
    if topology.named::<CustomerGateway>(from).is_some() {
        return vpn::inward(topology, &all, (from, to), port, up);
    }
    let sources = spots(topology, &all, from);
    let mut first_failure = None;
    for source in &sources {
        let trace = if !up(&source.part) {
            Trace::end(vec![source.owner.clone()], Reason::BadState)
        } else if to == INTERNET {
            outward(topology, source, port, up)
        } else if topology.named::<CustomerGateway>(to).is_some() {
            vpn::outward(topology, source, to, port, up)
        } else if let Some(code) = service_code(to) {
            service::to_service(topology, source, code, port, up)
        } else if let Some(code) = service_of(topology, to) {
            handed::to_part_of_service(topology, source, (to, code), port, up)
        } else if let Some(api) = topology.named::<RestApi>(to) {
            private::to_api(topology, &all, source, (to, api), port, up)
        } else {
            inside(topology, &all, source, to, port, up)
        };
        if trace.is_reachable() {
            return trace;
        }
        first_failure.get_or_insert(trace);
    }
    first_failure.unwrap_or_else(|| Trace::end(vec![from.into()], Reason::NoPath))
}

/// AWS services that every account has, endpoint or not.
const USUAL_SERVICES: [&str; 3] = ["s3", "dynamodb", "logs"];

/// Every name that [`trace`] knows a way from or to: the outside, customer gateways, what has network interfaces, REST
/// APIs, subnets, and AWS services.
pub fn endpoints(topology: &Topology) -> Vec<Name> {
    let mut all: Vec<Name> = vec![USERS.into(), INTERNET.into()];
    let customers = topology.all::<CustomerGateway>();
    all.extend(customers.map(|(name, _)| name.clone()));
    for part in parts(topology) {
        for name in [part.of, part.name] {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all.extend(topology.all::<DbProxy>().map(|(name, _)| name.clone()));
    all.extend(topology.all::<RestApi>().map(|(name, _)| name.clone()));
    let buckets = topology.all::<Bucket>().map(|(name, _)| name);
    let read = buckets.filter(|it| reader(topology, it).is_some());
    all.extend(read.cloned());
    for it in intakes(topology) {
        for name in [it.taker, it.queue, it.store].into_iter().flatten() {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all.extend(topology.all::<Subnet>().map(|(name, _)| name.clone()));
    let endpoints = topology.all::<VpcEndpoint>();
    let codes = endpoints.filter_map(|(_, it)| it.service_code());
    for code in USUAL_SERVICES.into_iter().chain(codes) {
        let name = Name::from(service(code));
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// The port that one would try: the destination's own, or 443.
pub fn usual_port(topology: &Topology, to: &str) -> u16 {
    let node = to.split('.').next().unwrap_or(to);
    if let Some(database) = topology.named::<DbInstance>(node) {
        return database.port();
    }
    if let Some(cluster) = topology.named::<DbCluster>(node) {
        return cluster.port();
    }
    if let Some(cache) = topology.named::<CacheGroup>(node) {
        return cache.port();
    }
    if let Some(cache) = topology.named::<DaxCluster>(node) {
        return cache.port();
    }
    if let Some(proxy) = topology.named::<DbProxy>(node) {
        return proxy.port();
    }
    if topology.named::<Instance>(node).is_some() {
        return SSH;
    }
    if topology.named::<LoadBalancer>(node).is_some() {
        return entry_port(topology, node);
    }
    let behind = topology
        .all::<LoadBalancer>()
        .flat_map(|(balancer, _)| targets_of(topology, balancer))
        .find(|(group, _)| **group == *node);
    behind.map_or(HTTPS, |(_, target)| target.port)
}

/// A network interface: the part it belongs to, its node, its subnet.
struct Spot {
    part: Name,
    owner: Name,
    subnet: Name,
}

fn spots(topology: &Topology, all: &[Part], name: &str) -> Vec<Spot> {
    let of_parts: Vec<Spot> = all
        .iter()
        .filter(|part| *part.name == *name || *part.of == *name)
        .map(|part| Spot {
            part: part.name.clone(),
            owner: if *part.of == *name {
                part.of.clone()
            } else {
                part.name.clone()
            },
            subnet: part.subnet.clone(),
        })
        .collect();
    if !of_parts.is_empty() {
        return of_parts;
    }
    // A subnet itself may be asked: any interface in it.
    let subnets = match topology.named::<Subnet>(name) {
        Some(_) => vec![Name::from(name)],
        None => topology.subnets_of(name).into_iter().cloned().collect(),
    };
    subnets
        .into_iter()
        .map(|subnet| Spot {
            part: name.into(),
            owner: name.into(),
            subnet,
        })
        .collect()
}

/// The default route of the table that a subnet follows.
pub fn default_route<'a>(topology: &'a Topology, subnet: &str) -> Option<&'a Route> {
    let table = topology.table_of(subnet)?;
    topology
        .all::<Route>()
        .find(|(_, it)| it.table.name == *table && it.is_default())
        .map(|(_, it)| it)
}

fn is_attached(topology: &Topology, gateway: &str, subnet: &str) -> bool {
    let vpc = topology.named::<Subnet>(subnet).map(|it| &it.vpc);
    topology.all::<GatewayAttachment>().any(|(_, it)| {
        it.gateway.as_ref().is_some_and(|it| *it.name == *gateway) && Some(&it.vpc) == vpc
    })
}

/// From an interface to the internet.
fn outward(topology: &Topology, source: &Spot, port: u16, up: Health<'_>) -> Trace {
    let groups = topology.security_groups_of(node_of(&source.owner));
    let hops = vec![source.owner.clone()];
    if !groups.is_empty()
        && !groups
            .iter()
            .any(|it| lets_out(topology, it, port, &Other::World))
    {
        return Trace::end(hops, Reason::SecurityGroupRules);
    }
    let node = node_of(&source.owner);
    let balancer = topology.named::<LoadBalancer>(node);
    let subnet = topology.named::<Subnet>(&source.subnet);
    // A function's interface has no public address, whatever its subnet gives (Lambda developer guide, VPC).
    let is_given =
        topology.named::<Function>(node).is_none() && subnet.is_some_and(|it| it.public_addresses);
    let has_address = balancer.is_some_and(LoadBalancer::is_internet_facing)
        || is_given
        || topology.has_public_address(node);
    leave(topology, &source.subnet, has_address, hops, up)
}

/// Follows the default route of a subnet until the internet.
fn leave(
    topology: &Topology,
    subnet: &str,
    has_address: bool,
    mut hops: Vec<Name>,
    up: Health<'_>,
) -> Trace {
    let Some(route) = default_route(topology, subnet) else {
        return Trace::end(hops, Reason::NoRoute);
    };
    if let Some(gateway) = &route.gateway {
        if topology.get::<InternetGateway>(gateway).is_none() {
            return Trace::end(hops, Reason::BadStateRoute);
        }
        hops.push(gateway.name.clone());
        if !is_attached(topology, &gateway.name, subnet) {
            return Trace::end(hops, Reason::BadStateAttachment);
        }
        if !up(&gateway.name) {
            return Trace::end(hops, Reason::BadState);
        }
        if !has_address {
            return Trace::end(hops, Reason::PublicAddressForEgress);
        }
        hops.push(INTERNET.into());
        return Trace::arrived(hops);
    }
    if let Some(peering) = &route.peering {
        // The peer VPC's gateways are for the peer VPC alone.
        hops.push(peering.name.clone());
        return Trace::end(hops, Reason::PeeringNotTransitive);
    }
    let Some((nat, gateway)) = route
        .nat
        .as_ref()
        .and_then(|it| Some((&it.name, topology.get::<NatGateway>(it)?)))
    else {
        return Trace::end(hops, Reason::BadStateRoute);
    };
    if gateway.is_regional() {
        return leave_regionally(topology, gateway, nat, hops, up);
    }
    // A NAT gateway whose own subnet routes to a NAT gateway goes round in a circle.
    if hops.contains(nat) {
        return Trace::end(hops, Reason::NoPath);
    }
    hops.push(nat.clone());
    if !up(nat) {
        return Trace::end(hops, Reason::BadState);
    }
    let Some(subnet) = &gateway.subnet else {
        return Trace::end(hops, Reason::NoPath);
    };
    leave(topology, &subnet.name, gateway.address.is_some(), hops, up)
}

/// Through a regional NAT gateway, whose own route table AWS makes, with a route to the VPC's internet gateway (VPC user
/// guide, regional NAT gateways).
fn leave_regionally(
    topology: &Topology,
    nat: &NatGateway,
    name: &Name,
    mut hops: Vec<Name>,
    up: Health<'_>,
) -> Trace {
    hops.push(name.clone());
    if !up(name) {
        return Trace::end(hops, Reason::BadState);
    }
    let mut attached = topology.all::<GatewayAttachment>();
    let gateway =
        attached.find(|(_, it)| it.gateway.is_some() && Some(&it.vpc) == nat.vpc.as_ref());
    let Some(gateway) = gateway.and_then(|(_, it)| it.gateway.as_ref()) else {
        return Trace::end(hops, Reason::BadStateAttachment);
    };
    hops.push(gateway.name.clone());
    if !up(&gateway.name) {
        return Trace::end(hops, Reason::BadState);
    }
    hops.push(INTERNET.into());
    Trace::arrived(hops)
}

/// From outside to a node: straight to what has a public address, else through a load balancer that forwards to it.
fn inward(topology: &Topology, from: &str, to: &str, port: u16, up: Health<'_>) -> Trace {
    let node = node_of(to);
    if topology.named::<LoadBalancer>(node).is_none() {
        let front = topology.all::<LoadBalancer>().find(|(name, _)| {
            targets_of(topology, name)
                .iter()
                .any(|(group, _)| **group == *node)
        });
        if let Some((balancer, _)) = front {
            let entry = entry_port(topology, balancer);
            let first = straight_in(topology, from, balancer, entry, up);
            return first.then(trace(topology, balancer, to, port, up));
        }
    }
    straight_in(topology, from, to, port, up)
}

fn straight_in(topology: &Topology, from: &str, to: &str, port: u16, up: Health<'_>) -> Trace {
    let node = node_of(to);
    let mut hops = vec![Name::from(from)];
    let balancer = topology.named::<LoadBalancer>(node);
    let database = topology.named::<DbInstance>(node);
    let group = topology.named::<AutoScalingGroup>(node);
    // Users know the distribution's name alone; the internet may try the load balancer's address.
    let edge = distribution(topology, node).filter(|_| from == USERS);
    let mut other = Other::World;
    if let Some((edge, _)) = edge {
        hops.push(edge.clone());
        other = Other::CloudFront;
        if !up(edge) {
            return Trace::end(hops, Reason::BadState);
        }
    }
    let all = parts(topology);
    let mut first_failure = None;
    for spot in spots(topology, &all, to) {
        let mapped = topology
            .named::<Subnet>(&spot.subnet)
            .is_some_and(|it| it.public_addresses);
        let has_address = match (balancer, database, group) {
            (Some(it), _, _) => it.is_internet_facing(),
            (_, Some(it), _) => it.public,
            (_, _, Some(_)) => mapped,
            (None, None, None) => topology.has_public_address(node),
        };
        let trace = if !has_address {
            Trace::end(hops.clone(), Reason::PublicAddressForIngress)
        } else {
            through_gateway(topology, &spot, hops.clone(), port, &other, up)
        };
        if trace.is_reachable() {
            return trace;
        }
        first_failure.get_or_insert(trace);
    }
    first_failure.unwrap_or_else(|| {
        hops.truncate(1);
        Trace::end(hops, Reason::NoPath)
    })
}

fn through_gateway(
    topology: &Topology,
    spot: &Spot,
    mut hops: Vec<Name>,
    port: u16,
    other: &Other<'_>,
    up: Health<'_>,
) -> Trace {
    let Some(gateway) = default_route(topology, &spot.subnet).and_then(|it| it.gateway.as_ref())
    else {
        return Trace::end(hops, Reason::NoRoute);
    };
    if topology.get::<InternetGateway>(gateway).is_none() {
        return Trace::end(hops, Reason::BadStateRoute);
    }
    hops.push(gateway.name.clone());
    if !is_attached(topology, &gateway.name, &spot.subnet) {
        return Trace::end(hops, Reason::BadStateAttachment);
    }
    if !up(&gateway.name) {
        return Trace::end(hops, Reason::BadState);
    }
    let node = node_of(&spot.owner);
    if let Some(acl) = filter(topology, node) {
        hops.push(acl.clone());
        if !up(acl) {
            return Trace::end(hops, Reason::BadState);
        }
    }
    hops.push(spot.owner.clone());
    if !up(&spot.part) {
        return Trace::end(hops, Reason::BadState);
    }
    let groups = topology.security_groups_of(node);
    if !groups.iter().any(|it| lets_in(topology, it, port, other)) {
        return Trace::end(hops, Reason::SecurityGroupRules);
    }
    if topology.named::<LoadBalancer>(node).is_some() {
        let answers = topology
            .all::<Listener>()
            .any(|(_, it)| *it.load_balancer.name == *node && it.port == port);
        if !answers {
            return Trace::end(hops, Reason::ListenerPort);
        }
    }
    Trace::arrived(hops)
}

/// Between two interfaces: of one VPC, whose `local` route is always there, or of two that are peered.
fn inside(
    topology: &Topology,
    all: &[Part],
    source: &Spot,
    to: &str,
    port: u16,
    up: Health<'_>,
) -> Trace {
    let mut hops = vec![source.owner.clone()];
    let (from_node, to_node) = (node_of(&source.owner), node_of(to));
    let destinations = spots(topology, all, to);
    let Some(first) = destinations.first() else {
        return Trace::end(hops, Reason::NoPath);
    };
    if topology.named::<LoadBalancer>(from_node).is_some() {
        let forwards = targets_of(topology, from_node);
        if !forwards.iter().any(|(group, _)| ***group == *to_node) {
            return Trace::end(hops, Reason::ListenerHasNoTargetGroup);
        }
    }
    let alive = destinations.iter().find(|it| up(&it.part));
    let spot = alive.unwrap_or(first);
    let (peering, stopped) = peering::crossing(topology, &source.subnet, &spot.subnet, up);
    hops.extend(peering.cloned());
    if let Some(reason) = stopped {
        let arrived = reason == Reason::NoRouteBack;
        hops.extend(arrived.then(|| spot.owner.clone()));
        return Trace::end(hops, reason);
    }
    // Inside one node (primary to standby) the service itself carries the data; no group stands between.
    if from_node != to_node
        && let Err(reason) = groups_admit(topology, from_node, to_node, port)
    {
        return Trace::end(hops, reason);
    }
    hops.push(spot.owner.clone());
    match alive {
        Some(_) => Trace::arrived(hops),
        None => Trace::end(hops, Reason::BadState),
    }
}

fn node_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}
