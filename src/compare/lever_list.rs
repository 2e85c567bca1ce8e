//! Which options are levers, over which values, and what a design needs to have for them.

use super::candidate::{INTERFACES, shown};
use super::levers::Group;
use crate::aws::{Bucket, Distribution, LogGroup};
use crate::design::{Design, Nat};
use crate::topology::Topology;

const GIGABYTES: [u32; 13] = [
    0, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000,
];
const SHARES: [u32; 11] = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
/// Finer where plans usually lie.
const PLANS: [u32; 11] = [0, 25, 40, 50, 55, 60, 65, 70, 80, 90, 100];
const DISCOUNTS: [u32; 10] = [0, 10, 20, 25, 30, 35, 40, 50, 60, 70];
const PEAKS: [u32; 8] = [0, 10, 20, 30, 50, 75, 100, 200];
const SAMPLES: [u32; 9] = [1, 2, 5, 10, 20, 25, 50, 75, 100];
const REPLICAS: [u32; 6] = [0, 1, 2, 3, 4, 5];
const MILLIONS: [u32; 9] = [0, 1, 2, 5, 10, 20, 50, 100, 200];
const THOUSANDS: [u32; 9] = [0, 10, 50, 100, 200, 500, 1_000, 2_000, 5_000];
const UNITS: [u32; 9] = [0, 1, 2, 3, 5, 10, 20, 50, 100];
const NODES: [u32; 4] = [1, 2, 3, 5];
const INSTANCES: [u32; 13] = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 30];
const ARCHIVED: [u32; 6] = [0, 30, 60, 90, 180, 365];

/// Key, group, stops of a number (none for a switch or a choice), and whether a design has use for it.
pub(super) type Row = (
    &'static str,
    Group,
    &'static [u32],
    fn(&Design, &Topology) -> bool,
);

/// Group by group.
pub(super) const ROWS: &[Row] = &[
    ("network.nat", Group::Traffic, &[], is_public),
    ("assume.nat_gb", Group::Traffic, &GIGABYTES, has_instances),
    ("assume.s3_percent", Group::Traffic, &SHARES, has_instances),
    (
        "assume.dynamodb_percent",
        Group::Traffic,
        &SHARES,
        has_instances,
    ),
    ("assume.aws_percent", Group::Traffic, &SHARES, has_instances),
    ("endpoints.s3", Group::Traffic, &[], always),
    ("endpoints.dynamodb", Group::Traffic, &[], always),
    ("endpoints.logs", Group::Traffic, &[], always),
    ("endpoints.monitoring", Group::Traffic, &[], always),
    ("endpoints.ssm", Group::Traffic, &[], always),
    ("endpoints.ecr", Group::Traffic, &[], always),
    ("endpoints.secretsmanager", Group::Traffic, &[], always),
    ("endpoints.sts", Group::Traffic, &[], always),
    ("endpoints.sqs", Group::Traffic, &[], always),
    ("endpoints.zones", Group::Traffic, &[], has_interfaces),
    ("assume.cross_az_gb", Group::Traffic, &GIGABYTES, always),
    (
        "assume.cache_hit_percent",
        Group::Traffic,
        &SHARES,
        has_distribution,
    ),
    (
        "assume.requests_millions",
        Group::Traffic,
        &MILLIONS,
        has_distribution,
    ),
    ("assume.lcu", Group::Traffic, &UNITS, has_application),
    ("edge.origin_shield", Group::Traffic, &[], has_distribution),
    (
        "fleet.desired",
        Group::Capacity,
        &INSTANCES,
        has_application,
    ),
    (
        "fleet.warm_pool",
        Group::Capacity,
        &INSTANCES,
        has_application,
    ),
    ("database.kind", Group::Capacity, &[], has_application),
    (
        "database.read_replicas",
        Group::Capacity,
        &REPLICAS,
        has_application,
    ),
    ("cache.enabled", Group::Capacity, &[], has_application),
    ("cache.replicas", Group::Capacity, &REPLICAS, has_cache),
    (
        "assume.orders_thousands",
        Group::Capacity,
        &THOUSANDS,
        has_burst,
    ),
    ("burst.queue", Group::Capacity, &[], has_burst),
    ("burst.integration", Group::Capacity, &[], has_burst),
    ("burst.consumer", Group::Capacity, &[], has_burst),
    ("burst.workers", Group::Capacity, &INSTANCES, has_workers),
    ("burst.store", Group::Capacity, &[], has_burst),
    ("burst.dax", Group::Capacity, &[], has_burst),
    ("burst.dax_nodes", Group::Capacity, &NODES, has_dax),
    ("assume.peak_percent", Group::Pricing, &PEAKS, has_instances),
    (
        "assume.savings_plan_percent",
        Group::Pricing,
        &PLANS,
        has_instances,
    ),
    (
        "assume.savings_plan_discount",
        Group::Pricing,
        &DISCOUNTS,
        has_instances,
    ),
    ("burst.spot_percent", Group::Pricing, &SHARES, has_workers),
    (
        "assume.spot_discount",
        Group::Pricing,
        &DISCOUNTS,
        has_workers,
    ),
    ("assume.log_gb", Group::Logs, &GIGABYTES, has_log_groups),
    (
        "assume.log_sample_percent",
        Group::Logs,
        &SAMPLES,
        has_log_groups,
    ),
    ("observability.log_days", Group::Logs, &[], has_log_groups),
    ("assume.flow_log_gb", Group::Logs, &GIGABYTES, has_flow_logs),
    (
        "assume.access_log_gb",
        Group::Logs,
        &GIGABYTES,
        has_log_bucket,
    ),
    (
        "observability.archive_days",
        Group::Logs,
        &ARCHIVED,
        has_log_bucket,
    ),
];

/// Levers that tell nothing as long as another option is 0: what they take a share of is not there, or has no price.
pub(super) const WAITING: &[(&str, &str)] = &[
    (
        "assume.savings_plan_percent",
        "assume.savings_plan_discount",
    ),
    (
        "assume.savings_plan_discount",
        "assume.savings_plan_percent",
    ),
    ("burst.spot_percent", "assume.spot_discount"),
    ("assume.spot_discount", "burst.spot_percent"),
    ("assume.s3_percent", "assume.nat_gb"),
    ("assume.dynamodb_percent", "assume.nat_gb"),
    ("assume.aws_percent", "assume.nat_gb"),
    ("assume.log_sample_percent", "assume.log_gb"),
    ("observability.log_days", "assume.log_gb"),
];

fn always(_: &Design, _: &Topology) -> bool {
    true
}

fn has_application(design: &Design, _: &Topology) -> bool {
    design.has_application()
}

fn has_log_groups(_: &Design, topology: &Topology) -> bool {
    topology.all::<LogGroup>().next().is_some()
}

fn has_log_bucket(_: &Design, topology: &Topology) -> bool {
    let mut buckets = topology.all::<Bucket>();
    buckets.any(|(_, it)| it.expires_after().is_some())
}

fn is_public(design: &Design, _: &Topology) -> bool {
    design.network.is_public() && design.network.nat != Nat::Scheduled
}

fn has_instances(design: &Design, _: &Topology) -> bool {
    design.has_application() || design.batch.enabled
}

fn has_cache(design: &Design, _: &Topology) -> bool {
    design.has_application() && design.cache.enabled
}

fn has_flow_logs(design: &Design, _: &Topology) -> bool {
    design.observability.flow_logs
}

fn has_interfaces(design: &Design, _: &Topology) -> bool {
    INTERFACES.iter().any(|it| shown(design, it) == "true")
}

fn has_distribution(_: &Design, topology: &Topology) -> bool {
    topology.all::<Distribution>().next().is_some()
}

fn has_burst(design: &Design, _: &Topology) -> bool {
    shown(design, "burst.enabled") == "true"
}

fn has_workers(design: &Design, topology: &Topology) -> bool {
    has_burst(design, topology) && shown(design, "burst.consumer") == "instances"
}

fn has_dax(design: &Design, topology: &Topology) -> bool {
    has_burst(design, topology) && shown(design, "burst.dax") == "true"
}
