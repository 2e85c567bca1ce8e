//! Where the gigabytes go that instances exchange with the outside: through NAT gateways, through interface endpoints, or
//! past both by a gateway endpoint, free of charge.

use crate::aws::{AutoScalingGroup, Name, VpcEndpoint};
use crate::design::Assumptions;
use crate::topology::Topology;
use crate::topology::traffic::endpoint_of;

/// Gigabytes a month by the way that they take.
pub(super) struct Egress {
    /// Through NAT gateways, all together.
    pub through_nat: f64,
    /// Through interface endpoints, all together.
    pub through_endpoints: f64,
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
        let through_endpoints = if endpoints.any(|(_, it)| it.is_interface()) {
            share(assumptions.aws_percent.get())
        } else {
            0.0
        };
        let free = past("s3", assumptions.s3_percent.get())
            + past("dynamodb", assumptions.dynamodb_percent.get());
        Self {
            through_nat: (all - free - through_endpoints).max(0.0),
            through_endpoints,
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
