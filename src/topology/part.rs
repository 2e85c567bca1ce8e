//! The physical parts behind a node that spans zones: load balancer nodes, instances, primary and standby.
//!
//! They are no CloudFormation resources, so they are derived, never stored. A part's name is its node's name, a dot, and
//! what tells it apart: `WebGroup.a1`, `LoadBalancer.b`, `Database.standby`.

use super::Topology;
use crate::aws::{AutoScalingGroup, DbInstance, Home, LoadBalancer, Name, NatGateway, Zone};

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
    /// A zonal node that is its own only part.
    Whole,
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

/// Every zonal part, nodes in order, zones in order.
pub fn parts(topology: &Topology) -> Vec<Part> {
    let mut parts = Vec::new();
    for node in topology.nodes() {
        let places = places(topology, &node.name);
        let mut push = |suffix: String, role: Role, (subnet, zone): &(Name, Zone)| {
            let name = match role {
                Role::Whole => node.name.clone(),
                _ => format!("{}.{suffix}", node.name).into(),
            };
            parts.push(Part {
                name,
                of: node.name.clone(),
                role,
                subnet: subnet.clone(),
                zone: *zone,
            });
        };
        if topology.named::<LoadBalancer>(&node.name).is_some() {
            for place in &places {
                push(place.1.to_string(), Role::BalancerNode, place);
            }
        } else if let Some(group) = topology.named::<AutoScalingGroup>(&node.name) {
            for (place, count) in places.iter().zip(shares(group.desired(), places.len())) {
                for number in 1..=count {
                    push(format!("{}{number}", place.1), Role::Instance, place);
                }
            }
        } else if let Some(database) = topology.named::<DbInstance>(&node.name) {
            if let Some(place) = places.first() {
                push("primary".into(), Role::Primary, place);
            }
            let first = places.first().map(|it| it.1);
            if let (true, Some(place)) = (
                database.multi_az,
                places.iter().find(|it| Some(it.1) != first),
            ) {
                push("standby".into(), Role::Standby, place);
            }
        } else if let (true, Home::Subnet(_)) = (
            topology.named::<NatGateway>(&node.name).is_some(),
            node.resource.home(),
        ) {
            for place in &places {
                push(String::new(), Role::Whole, place);
            }
        }
    }
    parts
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
mod tests {
    use super::shares;

    #[test]
    fn instances_spread_evenly_with_the_remainder_first() {
        assert_eq!(shares(5, 3), [2, 2, 1]);
        assert_eq!(shares(1, 2), [1, 0]);
        assert_eq!(shares(2, 0), [0_u32; 0]);
    }
}
