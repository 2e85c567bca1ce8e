//! What several rules ask of a topology: who lives where, what a subnet's routing rests on, when a group scales.

use std::fmt::Display;

use crate::aws::{
    Alarm, AutoScalingGroup, CacheGroup, DbInstance, Function, Kind, LoadBalancer, Name,
    NatGateway, Route, RouteTableAssociation, ScalingPolicy, Schedule, Subnet, Value, Zone, lookup,
};
use crate::text::{Message, counted, text};
use crate::topology::Topology;

/// `a, b, c`.
pub fn list<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let shown: Vec<String> = items.into_iter().map(|it| it.to_string()).collect();
    shown.join(", ")
}

/// `1 instance`, `2 instances`.
pub fn instances(count: u32) -> Message {
    counted(
        usize::try_from(count).unwrap_or(usize::MAX),
        text("check.instance", "{count} instance"),
        text("check.instances", "{count} instances"),
    )
}

/// Shows every entry of every map in a value, outer ones first.
pub fn each(value: &Value, look: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Map(entries) => {
            for (key, inner) in entries {
                look(key, inner);
                each(inner, look);
            }
        }
        Value::List(items) => items.iter().for_each(|it| each(it, look)),
        Value::Fn(_, argument) => each(argument, look),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Num(_)
        | Value::Str(_)
        | Value::Ref(_)
        | Value::Att(..) => (),
    }
}

/// Whether a name stands for something: a node, a parameter or a pseudo parameter.
pub fn exists(topology: &Topology, name: &str) -> bool {
    let is_parameter = || {
        let mut parameters = topology.stacks.iter().flat_map(|it| &it.parameters);
        parameters.any(|it| it.name == *name)
    };
    topology.node(name).is_some() || name.contains("::") || is_parameter()
}

/// Whether there is a resource of a CloudFormation type, modelled or not.
pub fn has_kind(topology: &Topology, kind: &str) -> bool {
    topology.nodes().iter().any(|it| it.resource.kind() == kind)
}

/// The paths that a behavior of a distribution answers.
pub fn path(behavior: &Value) -> &str {
    behavior
        .get("PathPattern")
        .and_then(Value::as_str)
        .unwrap_or("*")
}

/// Whether a node lives in a subnet.
pub fn lives_in(topology: &Topology, node: &str, subnet: &str) -> bool {
    topology.subnets_of(node).iter().any(|it| **it == *subnet)
}

fn holds<T: Kind + 'static>(topology: &Topology, subnet: &str, which: fn(&T) -> bool) -> bool {
    topology
        .all::<T>()
        .any(|(name, it)| which(it) && lives_in(topology, name, subnet))
}

/// Whether instances of a group live in a subnet.
pub fn has_instances(topology: &Topology, subnet: &str) -> bool {
    holds::<AutoScalingGroup>(topology, subnet, |_| true)
}

/// Whether a subnet lies in a range of its VPC.
pub fn is_inside(topology: &Topology, subnet: &Subnet) -> bool {
    let ranges = topology.vpc_ranges(&subnet.vpc.name);
    ranges.iter().any(|range| range.contains(&subnet.cidr))
}

/// The distinct zones in which a VPC has subnets, in order.
pub fn zones_of_vpc(topology: &Topology, vpc: &str) -> Vec<Zone> {
    let subnets = topology.all::<Subnet>();
    let mut zones: Vec<Zone> = subnets
        .filter(|(_, it)| *it.vpc.name == *vpc)
        .map(|(_, it)| it.zone)
        .collect();
    zones.sort();
    zones.dedup();
    zones
}

/// Whether instances, a function or a database live in a subnet.
pub fn has_workload(topology: &Topology, subnet: &str) -> bool {
    has_instances(topology, subnet)
        || holds::<Function>(topology, subnet, |_| true)
        || holds::<DbInstance>(topology, subnet, |_| true)
        || holds::<CacheGroup>(topology, subnet, |_| true)
}

/// Whether a node of a load balancer that faces the internet lives in a subnet.
pub fn has_entry(topology: &Topology, subnet: &str) -> bool {
    holds::<LoadBalancer>(topology, subnet, LoadBalancer::is_internet_facing)
}

/// Whether something that must face the internet lives in a subnet: a load balancer's node or a public NAT gateway.
pub fn has_front(topology: &Topology, subnet: &str) -> bool {
    has_entry(topology, subnet) || holds::<NatGateway>(topology, subnet, is_public_nat)
}

/// The zone of a zonal NAT gateway.
pub fn zone_of(topology: &Topology, nat: &NatGateway) -> Option<Zone> {
    topology.zone_of(&nat.subnet.as_ref()?.name)
}

/// Whether a NAT gateway translates to a public address.
pub fn is_public_nat(nat: &NatGateway) -> bool {
    nat.connectivity != "private"
}

/// What decides where a subnet's packets go: the subnet, its association, its table and the table's routes.
pub fn routing<'a>(topology: &'a Topology, subnet: &'a Name) -> Vec<&'a Name> {
    let mut names = vec![subnet];
    for (name, it) in topology.all::<RouteTableAssociation>() {
        if it.subnet.name == *subnet {
            names.extend([name, &it.table.name]);
        }
    }
    let table = topology.table_of(subnet);
    names.extend(
        topology
            .all::<Route>()
            .filter(|(_, it)| Some(&it.table.name) == table)
            .map(|(name, _)| name),
    );
    names
}

/// Average CPU in percent at which a group grows and shrinks.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Thresholds {
    /// The target of target tracking, or the lowest threshold of an alarm that drives a step policy.
    pub grow: Option<f64>,
    /// The highest threshold below which an alarm drives a step policy.
    pub shrink: Option<f64>,
}

/// When a group grows and shrinks.
pub fn thresholds(topology: &Topology, group: &str) -> Thresholds {
    let mut found = Thresholds::default();
    let policies = topology
        .all::<ScalingPolicy>()
        .filter(|(_, it)| *it.group.name == *group);
    for (name, policy) in policies {
        if let Some(target) = policy.target() {
            found.grow = Some(found.grow.map_or(target, |it| it.min(target)));
        }
        for (_, alarm) in topology.all::<Alarm>() {
            if !alarm.actions.contains(&Value::Ref(name.clone())) {
                continue;
            }
            let Some(threshold) = lookup(&alarm.rest, "Threshold").and_then(number) else {
                continue;
            };
            let comparison = lookup(&alarm.rest, "ComparisonOperator").and_then(Value::as_str);
            match comparison {
                Some(it) if it.starts_with("Greater") => {
                    found.grow = Some(found.grow.map_or(threshold, |it| it.min(threshold)));
                }
                Some(it) if it.starts_with("Less") => {
                    found.shrink = Some(found.shrink.map_or(threshold, |it| it.max(threshold)));
                }
                _ => (),
            }
        }
    }
    found
}

/// Whether a schedule makes a call of AWS by itself, such as `rds:stopDBInstance`, on a node.
pub fn schedule_calls(topology: &Topology, call: &str, on: &Name) -> bool {
    topology.all::<Schedule>().any(|(name, it)| {
        let called = match it.target.get("Arn") {
            Some(Value::Fn(_, argument)) => argument.as_str(),
            other => other.and_then(Value::as_str),
        };
        let node = topology.node(name);
        called.is_some_and(|it| it.ends_with(call))
            && node.is_some_and(|it| it.references().contains(on))
    })
}

fn number(value: &Value) -> Option<f64> {
    let written = || value.as_str()?.parse().ok();
    value.as_number().or_else(written)
}
