//! Logs by the gigabyte: what is taken in, and what stays until its days are over. A month stands for any later one, in which
//! as much goes as comes.

use super::HOURS;
use crate::aws::{
    Bucket, Distribution, FlowLog, Kind, LoadBalancer, LogGroup, Name, Resource, Trail,
};
use crate::design::Assumptions;
use crate::topology::{Node, Topology};

/// What CloudWatch keeps of a gigabyte that it took in, as it is compressed (AWS Pricing Calculator, CloudWatch).
const COMPRESSED: f64 = 0.15;

/// Days that lines stay which nothing deletes: the bill then is that of the end of the first year.
const FIRST_YEAR: f64 = 365.0;

/// Gigabytes a month that are written to log groups, once they are sampled.
pub(super) fn sampled(assumptions: &Assumptions) -> f64 {
    let all = f64::from(assumptions.log_gigabytes.get());
    all * f64::from(assumptions.log_sample.get()) / 100.0
}

/// Gigabyte-months that a log group keeps of each gigabyte a month.
pub(super) fn kept_months(topology: &Topology, group: &str) -> f64 {
    let retention = topology
        .named::<LogGroup>(group)
        .and_then(|it| it.retention);
    months(retention.map_or(FIRST_YEAR, f64::from)) * COMPRESSED
}

/// Gigabyte-months that a bucket keeps of flow logs and access logs, by storage class.
pub(super) fn stored(
    topology: &Topology,
    assumptions: &Assumptions,
    name: &Name,
) -> Vec<(String, f64)> {
    let Some(bucket) = topology.named::<Bucket>(name) else {
        return Vec::new();
    };
    let share = |all: u32, writers: fn(&Resource) -> bool| {
        let buckets = written(topology, writers);
        let own = buckets.iter().any(|it| it == name);
        f64::from(all) * f64::from(u8::from(own)) / buckets.len().max(1) as f64
    };
    let monthly = share(assumptions.flow_log_gigabytes.get(), writes_flows)
        + share(assumptions.access_log_gigabytes.get(), writes_requests);
    let days = bucket.expires_after().unwrap_or(FIRST_YEAR);
    let near = bucket.archived_after().unwrap_or(days).min(days);
    vec![
        (STANDARD.to_owned(), monthly * months(near)),
        (GLACIER.to_owned(), monthly * months(days - near)),
    ]
}

/// Buckets that such nodes write to: those that they name and that throw away what is old.
fn written(topology: &Topology, writes: fn(&Resource) -> bool) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let writers = topology.nodes().iter().filter(|it| writes(&it.resource));
    for name in writers.flat_map(Node::references) {
        let bucket = topology.named::<Bucket>(&name);
        let is_log = bucket.is_some_and(|it| it.expires_after().is_some());
        if is_log && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn writes_flows(resource: &Resource) -> bool {
    FlowLog::of(resource).is_some_and(FlowLog::goes_to_bucket)
}

fn writes_requests(resource: &Resource) -> bool {
    LoadBalancer::of(resource).is_some()
        || Distribution::of(resource).is_some()
        || Trail::of(resource).is_some()
}

/// Price dimensions of the storage classes.
const STANDARD: &str = "standard_first_50TB";
const GLACIER: &str = "glacier_flexible";

/// Days in months as the bill counts them.
fn months(days: f64) -> f64 {
    days * 24.0 / HOURS
}

#[cfg(test)]
mod tests {
    use crate::blueprint;
    use crate::cost::{Bill, bill};

    fn bill_of(settings: &[(&str, &str)]) -> Bill {
        let mut design = blueprint::base("multi-tier-web").unwrap();
        for (key, given) in [
            ("region", "us-east-1"),
            ("edge.waf", "true"),
            ("edge.waf_logs", "true"),
        ]
        .iter()
        .chain(settings)
        {
            design.set(key, given).unwrap();
        }
        bill(&design.expand(), &design.assumptions)
    }

    fn amount(bill: &Bill, key: &str) -> f64 {
        let lines = bill.lines.iter().filter(|it| it.item.key == key);
        lines
            .filter_map(|it| it.amount)
            .map(|it| it.dollars())
            .sum()
    }

    /// 200 GB at 0.50 are 100.00; kept for 30 days of 30.4167, at 0.15 of their size: 29.589 GB-months at 0.03 are 0.8877.
    #[test]
    fn log_groups_cost_what_they_take_in_and_what_they_keep() {
        let bill = bill_of(&[("assume.log_gb", "200")]);
        assert!((amount(&bill, "meter.logs-ingested") - 100.0).abs() < 1e-6);
        assert!((amount(&bill, "meter.logs-kept") - 0.8877).abs() < 1e-4);
    }

    #[test]
    fn a_sample_costs_its_share_and_shorter_days_theirs() {
        let all = bill_of(&[("assume.log_gb", "200")]);
        let tenth = bill_of(&[
            ("assume.log_gb", "200"),
            ("assume.log_sample_percent", "10"),
        ]);
        let week = bill_of(&[("assume.log_gb", "200"), ("observability.log_days", "7")]);
        for (bill, key, share) in [
            (&tenth, "meter.logs-ingested", 0.1),
            (&tenth, "meter.logs-kept", 0.1),
            (&week, "meter.logs-ingested", 1.0),
            (&week, "meter.logs-kept", 7.0 / 30.0),
        ] {
            assert!(
                (amount(bill, key) - share * amount(&all, key)).abs() < 1e-6,
                "{key}"
            );
        }
    }

    /// 100 GB of flow logs at 0.25 and 0.035, and 150 GB kept: 60 days in Standard, then 90 in Glacier.
    #[test]
    fn a_bucket_costs_its_days_by_storage_class() {
        let bill = bill_of(&[
            ("observability.flow_logs", "true"),
            ("assume.flow_log_gb", "100"),
            ("assume.access_log_gb", "50"),
            ("observability.archive_days", "60"),
        ]);
        assert!((amount(&bill, "meter.flow-logs") - 25.0).abs() < 1e-6);
        assert!((amount(&bill, "meter.flow-logs-parquet") - 3.5).abs() < 1e-6);
        let kept = 150.0 * 24.0 / 730.0 * (60.0 * 0.023 + 90.0 * 0.0036);
        assert!((amount(&bill, "meter.logs-stored") - kept).abs() < 1e-4);
    }

    #[test]
    fn what_writes_nothing_costs_nothing() {
        let bill = bill_of(&[]);
        assert!(!bill.lines.iter().any(|it| it.item.key.contains("logs-")));
    }
}
