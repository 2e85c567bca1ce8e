//! Where the gigabytes go that instances exchange with the outside: through NAT gateways, through interface endpoints, or
//! past both by a gateway endpoint, free of charge.

use crate::aws::{AutoScalingGroup, Name, NatGateway, VpcEndpoint};
use crate::design::Assumptions;
use crate::topology::Topology;
use crate::topology::traffic::{default_route, endpoint_of};

/// Gigabytes a month by the way that they take.
pub(super) struct Egress {
    /// Through NAT gateways, all together.
    pub through_nat: f64,
    /// Through interface endpoints, all together.
    pub through_endpoints: f64,
    /// Of those through NAT gateways, the ones from subnets of other zones.
    pub across: f64,
}

impl Egress {
    pub fn new(topology: &Topology, assumptions: &Assumptions) -> Self {
        let all = f64::from(assumptions.nat_gigabytes.get());
        let share = |percent: u32| all * f64::from(percent) / 100.0;
        let subnets = subnets(topology);
        let has_endpoint = |code: &str| {
            let mut of_all = subnets.iter().map(|it| endpoint_of(topology, it, code));
            !subnets.is_empty() && of_all.all(|it| it.is_some())
        };
        let past = |code: &str, percent: u32| {
            if has_endpoint(code) {
                share(percent)
            } else {
                0.0
            }
        };
        let mut endpoints = topology.all::<VpcEndpoint>();
        let free = past("s3", assumptions.s3_percent.get())
            + past("dynamodb", assumptions.dynamodb_percent.get());
        // Shares that add up to more than all of it take what there is.
        let left = (all - free).max(0.0);
        let through_endpoints = if endpoints.any(|(_, it)| it.is_interface()) {
            share(assumptions.aws_percent.get()).min(left)
        } else {
            0.0
        };
        let through_nat = left - through_endpoints;
        Self {
            through_nat,
            through_endpoints,
            across: through_nat * across(topology, &subnets),
        }
    }
}

/// Subnets that instances run in.
fn subnets(topology: &Topology) -> Vec<&Name> {
    let groups = topology.all::<AutoScalingGroup>();
    groups
        .flat_map(|(name, _)| topology.subnets_of(name))
        .collect()
}

/// Share of the subnets with a NAT gateway whose gateway stands in another zone: traffic is taken to come from each alike.
fn across(topology: &Topology, subnets: &[&Name]) -> f64 {
    let crosses = |subnet: &Name| -> Option<bool> {
        let nat = default_route(topology, subnet)?.nat.as_ref()?;
        let home = topology.get::<NatGateway>(nat)?.subnet.as_ref();
        let other = home.is_some_and(|it| topology.zone_of(&it.name) != topology.zone_of(subnet));
        Some(other)
    };
    let routed: Vec<bool> = subnets.iter().filter_map(|it| crosses(it)).collect();
    let crossing = routed.iter().filter(|it| **it).count();
    crossing as f64 / routed.len().max(1) as f64
}
