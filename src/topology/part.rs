//! The physical parts behind a node that spans zones: load balancer nodes, instances, primary and standby.
//!
//! They are no CloudFormation resources, so they are derived, never stored. A part's name is its node's name, a dot, and
//! what tells it apart: `WebGroup.a1`, `LoadBalancer.b`, `Database.standby`. The instances of an Aurora cluster are resources,
//! and parts of their cluster by the names that they have.

use super::{Node, Topology};
use crate::aws::{
    AutoScalingGroup, CacheGroup, DaxCluster, DbCluster, DbInstance, Function, Instance, Kind,
    LoadBalancer, Name, NatGateway, Resource, VpcEndpoint, Zone,
};

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A load balancer's node in one zone.
    BalancerNode,
    /// An instance of an Auto Scaling group.
    Instance,
    /// The database instance that answers.
    Primary,
    /// Its synchronous copy.
    Standby,
    /// An interface endpoint's network interface in one zone.
    Interface,
    /// The cache node, or the instance of an Aurora cluster, that takes writes.
    Leader,
    /// An asynchronous copy of that node, or a reader beside that instance.
    Follower,
    /// A function's network interface in one zone.
    Runner,
    /// A zonal node that is its own only part.
    Whole,
}

impl Role {
    /// What a failover makes of it.
    pub fn swapped(self) -> Option<Self> {
        match self {
            Self::Primary => Some(Self::Standby),
            Self::Standby => Some(Self::Primary),
            Self::Leader => Some(Self::Follower),
            Self::Follower => Some(Self::Leader),
            Self::BalancerNode | Self::Instance | Self::Interface | Self::Runner | Self::Whole => {
                None
            }
        }
    }
}

/// One thing that can break by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: Name,
    /// The node that it belongs to.
    pub of: Name,
    pub role: Role,
    pub subnet: Name,
    pub zone: Zone,
}

/// Instances of one group that are told apart. A group that asks for more is a mistake or a prank in somebody's file; the
/// default quota of a whole account is smaller.
const MOST_INSTANCES: u32 = 1000;

/// Every zonal part, nodes in order, zones in order.
pub fn parts(topology: &Topology) -> Vec<Part> {
    let mut parts = Vec::new();
    for node in topology.nodes() {
        add(&mut parts, topology, node);
    }
    parts
}

/// The parts of one node.
pub(super) fn parts_of(topology: &Topology, node: &Node) -> Vec<Part> {
    let mut parts = Vec::new();
    add(&mut parts, topology, node);
    parts
}

fn add(parts: &mut Vec<Part>, topology: &Topology, node: &Node) {
    let (name, it) = (&node.name, &node.resource);
    let places = || places(topology, name);
    if LoadBalancer::of(it).is_some() {
        in_each(parts, name, Role::BalancerNode, &places());
    } else if let Some(group) = AutoScalingGroup::of(it) {
        instances(parts, name, group.desired(), &places());
    } else if let Some(database) = DbInstance::of(it).filter(|it| it.stands_alone()) {
        copies(parts, name, database, &places());
    } else if VpcEndpoint::of(it).is_some_and(VpcEndpoint::is_interface) {
        in_each(parts, name, Role::Interface, &places());
    } else if Function::of(it).is_some() {
        in_each(parts, name, Role::Runner, &places());
    } else if let Some(cache) = CacheGroup::of(it) {
        nodes(parts, name, (cache.replicas(), cache.multi_az), &places());
    } else if let Some(cache) = DaxCluster::of(it) {
        // DAX spreads its nodes over the zones of the subnet group (DynamoDB developer guide, DAX cluster components).
        nodes(parts, name, (cache.replicas(), true), &places());
    } else if DbCluster::of(it).is_some() {
        members(parts, topology, name, &places());
    } else if is_whole(it) {
        parts.extend(places().first().map(|it| part(name, "", Role::Whole, it)));
    }
}

/// One part in each place.
fn in_each(parts: &mut Vec<Part>, of: &Name, role: Role, places: &[(Name, Zone)]) {
    for place in places {
        parts.push(part(of, &place.1.to_string(), role, place));
    }
}

/// Whether a node stands in one zone, as one thing: a NAT gateway, a read replica, a bastion host.
fn is_whole(resource: &Resource) -> bool {
    NatGateway::of(resource).is_some()
        || DbInstance::of(resource).is_some_and(DbInstance::is_replica)
        || Instance::of(resource).is_some()
}

fn part(of: &Name, suffix: &str, role: Role, (subnet, zone): &(Name, Zone)) -> Part {
    let name = match role {
        Role::Whole => of.clone(),
        Role::BalancerNode
        | Role::Instance
        | Role::Interface
        | Role::Runner
        | Role::Primary
        | Role::Standby
        | Role::Leader
        | Role::Follower => format!("{of}.{suffix}").into(),
    };
    Part {
        name,
        of: of.clone(),
        role,
        subnet: subnet.clone(),
        zone: *zone,
    }
}

/// Numbers run on through a zone, in which a group may have two subnets.
fn instances(parts: &mut Vec<Part>, of: &Name, desired: u32, places: &[(Name, Zone)]) {
    let mut numbers = [0; Zone::MAX];
    let shares = shares(desired.min(MOST_INSTANCES), places.len());
    for (place, count) in places.iter().zip(shares) {
        let Some(number) = numbers.get_mut(place.1.index()) else {
            continue;
        };
        for _ in 0..count {
            *number += 1;
            let suffix = format!("{}{number}", place.1);
            parts.push(part(of, &suffix, Role::Instance, place));
        }
    }
}

fn copies(parts: &mut Vec<Part>, of: &Name, database: &DbInstance, places: &[(Name, Zone)]) {
    let Some(first) = places.first() else {
        return;
    };
    parts.push(part(of, "primary", Role::Primary, first));
    let other = places.iter().find(|it| it.1 != first.1);
    if let (true, Some(place)) = (database.has_standby(), other) {
        parts.push(part(of, "standby", Role::Standby, place));
    }
}

/// The instances of an Aurora cluster, which are nodes with names of their own. One that may be in any zone is shown in the
/// next one.
fn members(parts: &mut Vec<Part>, topology: &Topology, of: &Name, places: &[(Name, Zone)]) {
    let mut zones: Vec<&(Name, Zone)> = places.iter().collect();
    zones.dedup_by_key(|it| it.1);
    let mut next = zones.iter().cycle();
    for (number, (name, instance)) in topology.members(of).enumerate() {
        let free = next.next();
        let pinned = instance.pinned();
        let own = zones.iter().find(|it| Some(it.1) == pinned);
        let Some((subnet, zone)) = own.or(free) else {
            return;
        };
        parts.push(Part {
            name: name.clone(),
            of: of.clone(),
            role: if number == 0 {
                Role::Leader
            } else {
                Role::Follower
            },
            subnet: subnet.clone(),
            zone: *zone,
        });
    }
}

/// Replicas of a cache that are told apart: ElastiCache takes five, DAX ten.
const MOST_REPLICAS: u32 = 10;

/// Zone by zone, the primary first. Without Multi-AZ AWS may put them all into one zone, so that is what is shown.
fn nodes(
    parts: &mut Vec<Part>,
    of: &Name,
    (replicas, spread): (u32, bool),
    places: &[(Name, Zone)],
) {
    let mut zones: Vec<&(Name, Zone)> = places.iter().collect();
    zones.dedup_by_key(|it| it.1);
    if !spread {
        zones.truncate(1);
    }
    let mut zones = zones.into_iter().cycle();
    parts.extend(zones.next().map(|it| part(of, "primary", Role::Leader, it)));
    let replicas = 1..=replicas.min(MOST_REPLICAS);
    for (number, place) in replicas.zip(zones) {
        parts.push(part(of, &format!("replica{number}"), Role::Follower, place));
    }
}

/// Subnets of a node with their zones, by zone.
fn places(topology: &Topology, name: &str) -> Vec<(Name, Zone)> {
    let mut places: Vec<(Name, Zone)> = topology
        .subnets_of(name)
        .into_iter()
        .filter_map(|subnet| Some((subnet.clone(), topology.zone_of(subnet)?)))
        .collect();
    places.sort_by_key(|it| it.1);
    places
}

/// An even spread, the remainder to the first places, as Auto Scaling balances zones.
pub fn shares(total: u32, places: usize) -> Vec<u32> {
    let n = u32::try_from(places).unwrap_or(u32::MAX).max(1);
    (0..n)
        .take(places)
        .map(|place| total / n + u32::from(place < total % n))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Part, instances, shares};
    use crate::aws::{Name, Zone};

    #[test]
    fn instances_spread_evenly_with_the_remainder_first() {
        assert_eq!(shares(5, 3), [2, 2, 1]);
        assert_eq!(shares(1, 2), [1, 0]);
        assert_eq!(shares(2, 0), [0_u32; 0]);
    }
    #[test]
    fn instances_of_two_subnets_in_one_zone_have_different_names() {
        let place = |subnet: &str, zone| (Name::from(subnet), Zone::first(2).nth(zone).unwrap());
        let places = [place("One", 0), place("Two", 0), place("Three", 1)];
        let mut parts: Vec<Part> = Vec::new();
        instances(&mut parts, &"Group".into(), 4, &places);
        let names: Vec<&str> = parts.iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["Group.a1", "Group.a2", "Group.a3", "Group.b1"]);
    }

    #[test]
    fn a_group_of_four_billion_does_not_hang() {
        let places = [("One".into(), Zone::first(1).next().unwrap())];
        let mut parts: Vec<Part> = Vec::new();
        instances(&mut parts, &"Group".into(), u32::MAX, &places);
        assert_eq!(parts.len(), 1000);
    }
}
