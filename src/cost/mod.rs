//! What a design costs a month, from a dated table of list prices.

mod egress;
mod table;

use std::collections::BTreeMap;

pub use table::{AS_OF, Price, price};

use egress::Egress;

use crate::aws::{Flow, Meter, Name, Quantity, Region};
use crate::design::Assumptions;
use crate::text::{Lang, Text, text};
use crate::topology::Topology;

/// Hours in a month, as AWS's own calculator counts them.
pub const HOURS: f64 = 730.0;

/// What the bill leaves out, because it depends on how much is written.
pub const NOT_PRICED: Text = text(
    "cost.not-priced",
    "Not priced: ingestion and storage of logs (flow logs, access logs, API trail, metrics of the database's operating system), and storage of backups beyond the database's own.",
);

/// A line of the bill.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub subject: Name,
    pub item: Text,
    pub quantity: f64,
    /// `hour`, `GB-month`, …; empty where the table has no price.
    pub unit: &'static str,
    /// US dollars a unit; `None`: the table has no price.
    pub price: Option<f64>,
    /// US dollars a month.
    pub amount: Option<f64>,
    /// The price was not read in a price list.
    pub unconfirmed: bool,
    /// Where the price was read.
    pub source: &'static str,
}

/// A month's bill at list prices: no free tier, no tax, 730 hours.
#[derive(Debug, Clone, PartialEq)]
pub struct Bill {
    pub region: Region,
    pub currency: &'static str,
    /// Month of the newest price in the table.
    pub as_of: &'static str,
    /// Sum of the amounts that are known.
    pub monthly: f64,
    pub lines: Vec<Line>,
}

impl Bill {
    /// What a node costs a month, as far as prices are known.
    pub fn of(&self, subject: &str) -> f64 {
        let lines = self.lines.iter().filter(|it| it.subject == *subject);
        cents(lines.filter_map(|it| it.amount).sum())
    }
}

impl Bill {
    /// What is used but has no price in the table, each once: the sum is without it.
    pub fn unpriced(&self) -> Vec<Text> {
        let mut items: Vec<Text> = Vec::new();
        for line in self.lines.iter().filter(|it| it.amount.is_none()) {
            if !items.contains(&line.item) {
                items.push(line.item);
            }
        }
        items
    }
}

/// What a sum is without, as a sentence; `None` where nothing is missing.
pub fn lacks(items: &[Text], lang: Lang) -> Option<String> {
    let items: Vec<&str> = items.iter().map(|it| it.render(lang)).collect();
    let words = text(
        "cost.lacks",
        "The sum is without what has no confirmed price here: {items}.",
    );
    (!items.is_empty()).then(|| words.with("items", items.join(", ")).render(lang))
}

/// Adds up what every resource meters.
pub fn bill(topology: &Topology, assumptions: &Assumptions) -> Bill {
    let region = topology.region().unwrap_or(Region::TOKYO);
    let meters = meters(topology);
    let month = Month {
        topology,
        assumptions,
        egress: Egress::new(topology, assumptions),
        sharers: sharers(&meters),
    };
    let mut lines = Vec::new();
    for (subject, meter) in &meters {
        for (dimension, quantity) in month.quantities(subject, meter) {
            // Nothing used: nothing billed, and no line to read.
            if quantity > 0.0 {
                lines.push(line(subject, meter, dimension, quantity, region));
            }
        }
    }
    let monthly = cents(lines.iter().filter_map(|it| it.amount).sum());
    Bill {
        region,
        currency: "USD",
        as_of: AS_OF,
        monthly,
        lines,
    }
}

/// Every meter of every node; a group's are those of its pattern, times its instances.
fn meters(topology: &Topology) -> Vec<(Name, Meter)> {
    let mut all = Vec::new();
    for node in topology.nodes() {
        let own = node.resource.meters();
        all.extend(own.into_iter().map(|meter| (node.name.clone(), meter)));
        let Some((pattern, count)) = node.resource.launches() else {
            continue;
        };
        let Some(pattern) = topology.node(&pattern) else {
            continue;
        };
        for mut meter in pattern.resource.meters_each() {
            meter.quantity = meter.quantity.times(count);
            all.push((node.name.clone(), meter));
        }
    }
    all
}

/// How many nodes share each flow: the assumptions say how much there is of it in all.
fn sharers(meters: &[(Name, Meter)]) -> BTreeMap<Flow, u32> {
    let mut sharers = BTreeMap::new();
    for (_, meter) in meters {
        if let Quantity::Flow(flow) = meter.quantity {
            *sharers.entry(flow).or_default() += 1;
        }
    }
    sharers
}

/// A month of a topology, and how much there is of everything in it.
struct Month<'a> {
    topology: &'a Topology,
    assumptions: &'a Assumptions,
    egress: Egress,
    /// How many nodes share each flow.
    sharers: BTreeMap<Flow, u32>,
}

impl Month<'_> {
    /// What a meter counts in a month, by price dimension: one, but for what is priced in tiers.
    fn quantities(&self, subject: &Name, meter: &Meter) -> Vec<(String, f64)> {
        let own = meter.dimension.clone();
        let flow = match meter.quantity {
            Quantity::Hours(count) => return vec![(own, count * HOURS)],
            Quantity::ZoneHours => {
                let zones = self.topology.active_zones(subject).len();
                return vec![(own, zones as f64 * HOURS)];
            }
            Quantity::Monthly(units) => return vec![(own, units)],
            Quantity::Flow(flow) => flow,
        };
        let share = self.total(flow) / f64::from(self.sharers.get(&flow).copied().unwrap_or(1));
        match flow {
            Flow::InternetOut => tiers(share),
            Flow::LoadBalancerCapacity
            | Flow::ThroughNat
            | Flow::ThroughEndpoints
            | Flow::AcrossToNat
            | Flow::BetweenZones
            | Flow::Filtered => vec![(own, share)],
        }
    }

    fn total(&self, flow: Flow) -> f64 {
        let assumptions = self.assumptions;
        match flow {
            Flow::LoadBalancerCapacity => f64::from(assumptions.capacity_units.get()) * HOURS,
            Flow::ThroughNat => self.egress.through_nat,
            Flow::ThroughEndpoints => self.egress.through_endpoints,
            // Billed where it leaves one zone and where it enters the other.
            Flow::AcrossToNat => 2.0 * self.egress.across,
            Flow::InternetOut => f64::from(assumptions.internet_gigabytes.get()),
            Flow::BetweenZones => f64::from(assumptions.cross_zone_gigabytes.get()),
            Flow::Filtered => f64::from(assumptions.requests.get()),
        }
    }
}

/// Width of each tier of data transfer out in GB a month, with its price dimension (EC2 on-demand pricing, data transfer).
const INTERNET_TIERS: [(f64, &str); 4] = [
    (10_240.0, "internet_out_first_10TB"),
    (40_960.0, "internet_out_next_40TB"),
    (102_400.0, "internet_out_next_100TB"),
    (f64::INFINITY, "internet_out_over_150TB"),
];

fn tiers(gigabytes: f64) -> Vec<(String, f64)> {
    let mut left = gigabytes;
    let mut filled = Vec::new();
    for (width, dimension) in INTERNET_TIERS {
        let here = left.min(width);
        filled.push((dimension.to_owned(), here));
        left -= here;
    }
    filled
}

fn line(subject: &Name, meter: &Meter, dimension: String, quantity: f64, region: Region) -> Line {
    let found = price(meter.service, &dimension, region);
    Line {
        subject: subject.clone(),
        item: meter.item,
        quantity,
        unit: found.map(|it| it.unit).unwrap_or_default(),
        price: found.map(|it| it.dollars),
        amount: found.map(|it| round(it.dollars * quantity, 10_000.0)),
        unconfirmed: found.is_some_and(|it| it.unconfirmed),
        source: found.map(|it| it.source).unwrap_or_default(),
    }
}

/// Dollars rounded to cents.
pub fn cents(dollars: f64) -> f64 {
    round(dollars, 100.0)
}

fn round(number: f64, steps: f64) -> f64 {
    (number * steps).round() / steps
}

#[cfg(test)]
mod tests {
    use super::{Bill, bill, tiers};
    use crate::blueprint;
    use crate::design::Design;

    fn bill_of(options: &[(&str, &str)]) -> Bill {
        let mut design: Design = blueprint::base("multi-tier-web").unwrap();
        for (key, given) in options {
            design.set(key, given).unwrap();
        }
        bill(&design.expand(), &design.assumptions)
    }

    /// Without what watches the system, which the published totals leave out.
    fn bare(region: &str) -> Vec<(&str, &str)> {
        vec![
            ("region", region),
            ("observability.alarms", "false"),
            ("observability.dashboard", "false"),
        ]
    }

    const SECRET: f64 = 0.40;

    /// Detailed monitoring of two instances: 2 x 7 metrics at 0.30, which the published totals leave out too.
    const DETAILED: f64 = 4.20;

    #[test]
    fn the_default_costs_what_the_published_prices_add_up_to() {
        let totals = [
            ("us-east-1", 111.95),
            ("ap-northeast-1", 144.66),
            ("ap-northeast-2", 139.92),
            ("ap-southeast-1", 142.54),
            ("eu-west-1", 119.64),
            ("eu-central-1", 128.18),
        ];
        for (region, total) in totals {
            let monthly = bill_of(&bare(region)).monthly;
            assert!(
                (monthly - SECRET - DETAILED - total).abs() < 0.011,
                "{region}: {monthly}"
            );
        }
    }

    #[test]
    fn detailed_monitoring_is_billed_for_each_instance() {
        let of = |desired| -> f64 {
            let bill = bill_of(&[("fleet.desired", desired)]);
            let lines = bill.lines.iter();
            let metrics = lines.filter(|it| it.item.key == "meter.detailed-monitoring");
            metrics.filter_map(|it| it.amount).sum()
        };
        assert!((of("2") - DETAILED).abs() < 0.001, "{}", of("2"));
        assert!((of("4") - 2.0 * DETAILED).abs() < 0.001, "{}", of("4"));
    }

    #[test]
    fn a_second_nat_gateway_costs_its_hours_and_its_address() {
        let extra = [
            ("us-east-1", 36.50),
            ("ap-northeast-1", 48.91),
            ("ap-northeast-2", 46.72),
            ("eu-west-1", 38.69),
            ("eu-central-1", 41.61),
        ];
        for (region, dollars) in extra {
            let single = bill_of(&bare(region)).monthly;
            let mut options = bare(region);
            options.push(("network.nat", "per-az"));
            let difference = bill_of(&options).monthly - single;
            assert!(
                (difference - dollars).abs() < 0.011,
                "{region}: {difference}"
            );
        }
    }

    #[test]
    fn traffic_is_shared_by_the_gateways_that_carry_it_and_billed_once() {
        let before = bill_of(&[("network.nat", "per-az")]).monthly;
        let after = bill_of(&[("network.nat", "per-az"), ("assume.nat_gb", "1000")]).monthly;
        assert!((after - before - 62.0).abs() < 0.011, "{}", after - before);
    }

    #[test]
    fn data_out_fills_one_tier_after_the_other() {
        let filled: Vec<f64> = tiers(60_000.0).into_iter().map(|(_, it)| it).collect();
        assert_eq!(filled, [10_240.0, 40_960.0, 8_800.0, 0.0]);
    }

    #[test]
    fn what_has_no_price_says_so_and_leaves_the_sum_alone() {
        let bill = bill_of(&[
            ("database.storage_type", "io1"),
            ("database.storage_gb", "100"),
        ]);
        let unknown: Vec<_> = bill.lines.iter().filter(|it| it.price.is_none()).collect();
        assert_eq!(unknown.len(), 2, "storage and IOPS of io1");
        let known: f64 = bill.lines.iter().filter_map(|it| it.amount).sum();
        assert!((bill.monthly - known).abs() < 0.005);
    }
}
