//! What talks to what, read off the resources: the wires of the drawing and the connection list of a node.

use super::journey::calls;
use super::part::parts_of;
use super::traffic::{Callers, Reason, Tables};
use super::{INTERNET, Node, Role, Topology, USERS, consumers, intakes, is_table, store, traffic};
use crate::aws::{
    AutoScalingGroup, BackupPlan, Bucket, CacheGroup, DaxCluster, DbCluster, DbInstance, DbProxy,
    GatewayAttachment, HostedZone, Instance, Kind, Listener, ListenerRule, LoadBalancer, Name,
    NatGateway, Queue, RestApi, Schedule, TargetGroup, VpcEndpoint, VpcPeeringConnection,
    VpnConnection,
};
use crate::lookup::Lookup;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// Requests from outside inwards.
    Request,
    /// Requests that no configuration lets through, as it is: a missing route, name or rule.
    Blocked,
    /// Connections that the inside opens to the outside.
    Egress,
    /// Data kept in step.
    Replication,
    /// A way between two VPCs, for either to use.
    Peering,
    /// What watches or steers without carrying requests. [`super::controls`] has these, but for what opens and closes by the
    /// clock.
    Control,
    /// Two tunnels between the customer's network and a VPC, for either side to use.
    Vpn,
}

/// A directed connection between two nodes, parts or the outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub from: Name,
    pub to: Name,
    pub kind: LinkKind,
    /// Protocol and port, as `HTTPS 443`; a term, the same in every language.
    pub label: Option<String>,
}

impl Link {
    /// Whether either end is a node or part of this name.
    pub fn touches(&self, name: &str) -> bool {
        *self.from == *name || *self.to == *name
    }
}

/// Every connection, in a stable order.
pub fn links(topology: &Topology) -> Vec<Link> {
    let tables = Tables::new(topology);
    let callers = Callers::new(topology);
    let mut links: Vec<Link> = Vec::new();
    let mut leading: Lookup<Name, Vec<usize>> = Lookup::default();
    let mut push = |from: &str, to: &str, kind: LinkKind, label: Option<String>| {
        let link = Link {
            from: from.into(),
            to: to.into(),
            kind,
            label,
        };
        let there = leading.values(link.to.clone());
        if !there.iter().any(|it| links.get(*it) == Some(&link)) {
            there.push(links.len());
            links.push(link);
        }
    };
    for (name, balancer) in topology.all::<LoadBalancer>() {
        if balancer.is_internet_facing() {
            let entry = entry_label(topology, name);
            let distribution = traffic::distribution(topology, name);
            let (door, inwards) = match distribution {
                Some((distribution, _)) => {
                    let https = format!("HTTPS {}", traffic::HTTPS);
                    push(USERS, distribution, LinkKind::Request, Some(https));
                    (distribution.as_str(), entry)
                }
                None => {
                    push(USERS, INTERNET, LinkKind::Request, entry);
                    (INTERNET, None)
                }
            };
            if let Some(gateway) = gateway_of(topology, name) {
                push(door, gateway, LinkKind::Request, inwards);
                push(gateway, name, LinkKind::Request, None);
            }
        }
        for (group, target) in targets_of(topology, name) {
            let label = format!("{} {}", target.protocol, target.port);
            push(name, group, LinkKind::Request, Some(label));
        }
    }
    for (name, _) in topology.all::<Bucket>() {
        if let Some((edge, _)) = traffic::reader(topology, name) {
            let https = format!("HTTPS {}", traffic::HTTPS);
            push(USERS, edge, LinkKind::Request, Some(https));
            let kind = if traffic::reads(topology, edge, name) {
                LinkKind::Request
            } else {
                LinkKind::Blocked
            };
            push(edge, name, kind, None);
        }
    }
    // Where those who take orders in write as well, the ways that come together leave no room for words.
    let written: Vec<Name> = intakes(topology)
        .into_iter()
        .filter_map(|it| it.store)
        .collect();
    for (name, cluster) in topology.all::<DbCluster>() {
        let proxied = topology.proxy_of(name).is_some();
        let mut is_said = written.contains(name);
        let known = (!proxied).then(|| callers.of(name, cluster.port()));
        for group in known.into_iter().flatten() {
            let is_first = !std::mem::replace(&mut is_said, true);
            let label = is_first.then(|| format!("TCP {}", cluster.port()));
            push(group, name, LinkKind::Request, label);
        }
        let mut members = topology.members(name).map(|(name, _)| name);
        if let Some(writer) = members.next() {
            members.for_each(|it| push(writer, it, LinkKind::Replication, None));
        }
    }
    let instances = topology.all::<DbInstance>();
    for (name, database) in instances.filter(|(_, it)| !it.is_member()) {
        // Where a proxy stands before it, instances go there, whoever else might be let in.
        let proxied = topology.proxy_of(name).is_some();
        let mut is_said = written.contains(name);
        let known = (!proxied).then(|| callers.of(name, database.port()));
        for group in known.into_iter().flatten() {
            // What is said once of the database holds for its replicas.
            let port = database.port();
            let is_first = !std::mem::replace(&mut is_said, true);
            let label = (!database.is_replica() && is_first).then(|| format!("TCP {port}"));
            push(group, name, LinkKind::Request, label);
        }
        if let Some(source) = database.source_name() {
            let primary = format!("{source}.primary");
            push(&primary, name, LinkKind::Replication, None);
            continue;
        }
        if database.has_standby() {
            let part = |role: &str| format!("{name}.{role}");
            push(
                &part("primary"),
                &part("standby"),
                LinkKind::Replication,
                None,
            );
        }
    }
    for (name, proxy) in topology.all::<DbProxy>() {
        let mut is_said = written.contains(name);
        for group in callers.of(name, proxy.port()) {
            let is_first = !std::mem::replace(&mut is_said, true);
            let label = is_first.then(|| format!("TCP {}", proxy.port()));
            push(group, name, LinkKind::Request, label);
        }
        for (database, port) in topology.stores() {
            let is_before = topology.proxy_of(database) == Some(name);
            if is_before && traffic::groups_admit(topology, name, database, port).is_ok() {
                push(name, database, LinkKind::Request, None);
            }
        }
    }
    for (name, _) in topology.all::<Instance>() {
        let groups = topology.security_groups_of(name);
        let mut grants = groups.iter().flat_map(|it| traffic::ingress(topology, it));
        if topology.has_public_address(name)
            && grants.any(|it| it.admits(traffic::SSH))
            && let Some(gateway) = gateway_of(topology, name)
        {
            push(gateway, name, LinkKind::Request, None);
        }
        for (group, _) in topology.all::<AutoScalingGroup>() {
            if traffic::groups_admit(topology, name, group, traffic::SSH).is_ok() {
                push(name, group, LinkKind::Request, None);
            }
        }
    }
    for (name, cache) in topology.all::<CacheGroup>() {
        for group in callers.of(name, cache.port()) {
            push(group, name, LinkKind::Request, None);
        }
        let parts = topology.node(name).map(|it| parts_of(topology, it));
        for part in parts.into_iter().flatten() {
            if part.role == Role::Follower {
                let primary = format!("{name}.primary");
                push(&primary, &part.name, LinkKind::Replication, None);
            }
        }
    }
    for (group, _) in topology.all::<AutoScalingGroup>() {
        for subnet in topology.subnets_of(group) {
            if let Some(nat) = tables.default_route(subnet).and_then(|it| it.nat.as_ref()) {
                push(subnet, &nat.name, LinkKind::Egress, None);
            }
        }
    }
    for (name, nat) in topology.all::<NatGateway>() {
        if let Some(gateway) = leads_out(topology, &tables, nat) {
            push(name, gateway, LinkKind::Egress, None);
            push(gateway, INTERNET, LinkKind::Egress, None);
        }
    }
    let endpoints = topology.all::<VpcEndpoint>();
    let endpoints = endpoints.filter(|(_, it)| it.is_interface());
    let asked = endpoints.map(|(name, _)| (name, callers.of(name, traffic::HTTPS)));
    let asked: Vec<(&Name, Vec<&Name>)> = asked.collect();
    for (group, _) in topology.all::<AutoScalingGroup>() {
        for (name, _) in asked.iter().filter(|(_, callers)| callers.contains(&group)) {
            push(group, name, LinkKind::Egress, None);
        }
    }
    calls_of_apis(topology, &mut push);
    ways_in(topology, &mut push);
    caches_of_tables(topology, &callers, &mut push);
    for (schedule, it) in topology.all::<Schedule>() {
        if let Some(machine) = it.called() {
            push(schedule, machine, LinkKind::Control, None);
        }
    }
    for (gateway, _) in topology.all::<NatGateway>() {
        let maker = topology.node(gateway).and_then(|it| it.made_by.as_ref());
        if let Some(machine) = maker {
            push(machine, gateway, LinkKind::Control, None);
        }
    }
    for (_, it) in topology.all::<VpcPeeringConnection>() {
        push(&it.vpc.name, &it.peer.name, LinkKind::Peering, None);
    }
    for (_, it) in topology.all::<VpnConnection>() {
        if let Some(gateway) = &it.gateway {
            push(&it.customer.name, &gateway.name, LinkKind::Vpn, None);
        }
    }
    for (_, plan) in topology.all::<BackupPlan>() {
        for (vault, copies) in plan.copied() {
            push(vault, copies, LinkKind::Replication, None);
        }
    }
    links.retain(|link| exists(topology, &link.from) && exists(topology, &link.to));
    links
}

/// Adds a connection: from, to, kind, label.
type Push<'a> = &'a mut dyn FnMut(&str, &str, LinkKind, Option<String>);

/// From functions over the endpoints to private APIs, and to what knows the API's name.
fn calls_of_apis(topology: &Topology, push: Push<'_>) {
    for (function, api) in calls(topology) {
        let way = traffic::trace(topology, function, api, traffic::HTTPS, &traffic::all_up);
        let refused = way.reason.is_some_and(Reason::is_refusal);
        let lost = way.reason.is_some() && !refused;
        let carried = |lost: bool| {
            if lost {
                LinkKind::Blocked
            } else {
                LinkKind::Request
            }
        };
        for zone in &way.hops {
            if topology.named::<HostedZone>(zone).is_some() {
                push(function, zone, LinkKind::Request, None);
            }
        }
        let doors = topology.named::<RestApi>(api);
        for door in doors.into_iter().flat_map(|it| &it.endpoint.endpoints) {
            let label = format!("HTTPS {}", traffic::HTTPS);
            push(function, &door.name, carried(lost), Some(label));
            push(&door.name, api, carried(refused), None);
        }
    }
}

/// From the senders over public APIs and queues to stores, and by which endpoints.
fn ways_in(topology: &Topology, push: Push<'_>) {
    for it in intakes(topology) {
        let https = format!("HTTPS {}", traffic::HTTPS);
        push(USERS, &it.api, LinkKind::Request, Some(https));
        let mut from = it.api;
        for next in [it.taker, it.queue].into_iter().flatten() {
            push(&from, &next, LinkKind::Request, None);
            from = next;
        }
        let consumers = consumers(topology, &from);
        for consumer in &consumers {
            push(&from, consumer, LinkKind::Request, None);
        }
        let writers = if consumers.is_empty() {
            vec![&from]
        } else {
            consumers
        };
        for writer in writers {
            if let Some(store) = store(topology, writer) {
                push(writer, &store, LinkKind::Request, None);
            }
        }
    }
    for (queue, it) in topology.all::<Queue>() {
        if let Some(letters) = it.dead_letters() {
            push(queue, letters, LinkKind::Control, None);
        }
    }
}

/// Who reaches a cache of a table, and how its nodes follow the first.
fn caches_of_tables(topology: &Topology, callers: &Callers<'_>, push: Push<'_>) {
    for (name, cache) in topology.all::<DaxCluster>() {
        for group in callers.of(name, cache.port()) {
            push(group, name, LinkKind::Request, None);
        }
        let role = cache.role.named().and_then(|it| topology.node(it));
        let known = role.map(Node::references).unwrap_or_default();
        for table in known.iter().filter(|it| is_table(topology, it)) {
            push(name, table, LinkKind::Request, None);
        }
        let parts = topology.node(name).map(|it| parts_of(topology, it));
        for part in parts.into_iter().flatten() {
            if part.role == Role::Follower {
                let primary = format!("{name}.primary");
                push(&primary, &part.name, LinkKind::Replication, None);
            }
        }
    }
}

/// The internet gateway behind a NAT gateway: on the route of a zonal one's subnet, on the VPC of a regional one.
fn leads_out<'a>(
    topology: &'a Topology,
    tables: &Tables<'a>,
    nat: &NatGateway,
) -> Option<&'a Name> {
    if nat.is_regional() {
        let mut attached = topology.all::<GatewayAttachment>();
        let (_, found) =
            attached.find(|(_, it)| it.gateway.is_some() && Some(&it.vpc) == nat.vpc.as_ref())?;
        return found.gateway.as_ref().map(|it| &it.name);
    }
    let route = tables.default_route(&nat.subnet.as_ref()?.name)?;
    route.gateway.as_ref().map(|it| &it.name)
}

fn exists(topology: &Topology, name: &str) -> bool {
    let node = name.split('.').next().unwrap_or(name);
    name == USERS || name == INTERNET || topology.node(node).is_some()
}

/// `HTTP 80, HTTPS 443`: every listener of a load balancer.
fn entry_label(topology: &Topology, balancer: &str) -> Option<String> {
    let ports: Vec<String> = topology
        .all::<Listener>()
        .filter(|(_, it)| it.load_balancer.name == *balancer)
        .map(|(_, it)| format!("{} {}", it.protocol, it.port))
        .collect();
    (!ports.is_empty()).then(|| ports.join(", "))
}

/// The internet gateway that a node's first subnet routes to.
fn gateway_of<'a>(topology: &'a Topology, name: &str) -> Option<&'a Name> {
    let subnets = topology.subnets_of(name);
    let route = subnets
        .iter()
        .find_map(|it| traffic::default_route(topology, it))?;
    let gateway = &route.gateway.as_ref()?.name;
    let attached = topology
        .all::<GatewayAttachment>()
        .any(|(_, it)| it.gateway.as_ref().is_some_and(|it| it.name == *gateway));
    attached.then_some(gateway)
}

/// The Auto Scaling groups behind a load balancer, with the target group between.
pub fn targets_of<'a>(topology: &'a Topology, balancer: &str) -> Vec<(&'a Name, &'a TargetGroup)> {
    let mut found: Vec<(&Name, &TargetGroup)> = Vec::new();
    let listeners = topology
        .all::<Listener>()
        .filter(|(_, it)| it.load_balancer.name == *balancer);
    let default = listeners.filter_map(|(_, it)| it.forwards_to());
    let rules = topology.all::<ListenerRule>().filter(|(_, it)| {
        let listener = topology.get::<Listener>(&it.listener);
        listener.is_some_and(|it| it.load_balancer.name == *balancer)
    });
    let by_rule = rules.filter_map(|(_, it)| it.forwards_to());
    for target_group in default.chain(by_rule) {
        let node = topology.node(target_group);
        let Some(target) = node.and_then(|it| TargetGroup::of(&it.resource)) else {
            continue;
        };
        for (group, it) in topology.all::<AutoScalingGroup>() {
            let behind = it.target_groups.iter().any(|it| it.name == *target_group);
            if behind && !found.iter().any(|(name, _)| *name == group) {
                found.push((group, target));
            }
        }
    }
    found
}
