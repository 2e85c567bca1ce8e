//! What a design costs a month, from a dated table of list prices.

mod clock;
mod edge;
mod egress;
mod logs;
mod money;
mod month;
mod orders;
mod peak;
mod savings;
mod table;
mod total;

pub use money::Money;
pub use orders::replicas;
pub use peak::PEAK;
pub use table::{AS_OF, Price, price, unit};
pub use total::Total;

use month::Month;

use crate::aws::{
    AutoScalingGroup, Describe, Kind, LaunchTemplate, Meter, Name, Region, Subnet, Vpc, WarmPool,
};
use crate::design::Assumptions;
use crate::text::{Lang, Text, text};
use crate::topology::{Node, Topology, parts};

/// Hours in a month, as AWS's own calculator counts them.
const HOURS: f64 = 730.0;
const HOURS_OF_WEEK: f64 = 168.0;

/// What the bill leaves out, because it depends on how much is written.
pub const NOT_PRICED: Text = text(
    "cost.not-priced",
    "Not priced: the API trail, metrics of the database's operating system, traces, metrics that a function writes into its log, requests to buckets, and storage of what AWS Backup and ElastiCache keep. Logs cost what the assumptions say of their gigabytes: nothing while those are 0.",
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
    pub price: Option<Money>,
    /// US dollars a month, to the last digit.
    pub amount: Option<Money>,
    /// The price was not read in a price list.
    pub unconfirmed: bool,
    /// Where the price was read.
    pub source: &'static str,
}

/// A month's bill at list prices: no free tier, no tax.
#[derive(Debug, Clone, PartialEq)]
pub struct Bill {
    pub region: Region,
    pub currency: &'static str,
    /// Month of the newest price in the table.
    pub as_of: &'static str,
    /// Hours of the month that the design stands.
    pub hours: u32,
    /// US dollars a month, as far as prices are known.
    pub monthly: Total,
    pub lines: Vec<Line>,
}

impl Bill {
    /// What a node costs a month, as far as prices are known.
    pub fn of(&self, subject: &str) -> Total {
        Total::of(self.lines.iter().filter(|it| it.subject == *subject))
    }

    /// What an hour costs that the design stands.
    pub fn hourly(&self) -> Total {
        self.monthly.per(self.hours)
    }

    /// What the month costs more than by another bill; `None` where what has no price is not the same in both.
    pub fn since(&self, before: &Self) -> Option<Money> {
        let unpriced = |bill: &Self| -> Vec<(String, &'static str, u64)> {
            let lines = bill.lines.iter().filter(|it| it.amount.is_none());
            lines
                .map(|it| (it.subject.to_string(), it.item.key, it.quantity.to_bits()))
                .collect()
        };
        let known = self.monthly.known - before.monthly.known;
        (unpriced(self) == unpriced(before)).then_some(known)
    }

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
    let month = Month::new(topology, assumptions, region, &meters);
    let mut lines = Vec::new();
    for (subject, meter) in &meters {
        for (dimension, quantity) in month.quantities(subject, meter) {
            // Nothing used: nothing billed, and no line to read.
            if quantity > 0.0 {
                let further = month.further(subject, meter).into_iter();
                let further =
                    further.map(|it| line(subject, meter, dimension.clone(), quantity, it));
                let further: Vec<Line> = further.collect();
                let region = month.region_of(subject, meter);
                let line = match meter.service {
                    SPOT => {
                        savings::spot(subject, meter, dimension, quantity, (region, assumptions))
                    }
                    _ => line(subject, meter, dimension, quantity, region),
                };
                let saved = savings::line(&line, meter, assumptions);
                let peak = peak::line(&line, meter, topology, assumptions);
                lines.push(line);
                lines.extend(saved);
                lines.extend(peak);
                lines.extend(further);
            }
        }
    }
    let monthly = Total::of(&lines);
    Bill {
        region,
        currency: "USD",
        as_of: AS_OF,
        hours: assumptions.hours.get(),
        monthly,
        lines,
    }
}

/// Every meter of every node; a group's are those of its pattern, times its instances.
fn meters(topology: &Topology) -> Vec<(Name, Meter)> {
    let mut all = Vec::new();
    let idle = idle(topology);
    for node in topology
        .nodes()
        .iter()
        .filter(|it| !idle.contains(&&it.name))
    {
        let own = node.resource.meters();
        all.extend(own.into_iter().map(|meter| (node.name.clone(), meter)));
        if let Some(pool) = WarmPool::of(&node.resource) {
            all.extend(stopped(topology, node, pool));
        }
        let Some((pattern, count)) = node.resource.launches() else {
            continue;
        };
        let Some(pattern) = topology.node(&pattern) else {
            continue;
        };
        let spot = AutoScalingGroup::of(&node.resource).map_or(0, |it| spot(it, count));
        for mut meter in pattern.resource.meters_each() {
            if spot > 0 && meter.service == "EC2" {
                let mut taken = meter.clone();
                taken.item = text("meter.spot-hours", "EC2 Spot instances");
                taken.service = SPOT;
                taken.quantity = taken.quantity.times(spot);
                all.push((node.name.clone(), taken));
                meter.quantity = meter.quantity.times(count - spot);
            } else {
                meter.quantity = meter.quantity.times(count);
            }
            all.push((node.name.clone(), meter));
        }
    }
    all.extend(edge::sites(topology));
    all
}

/// Service of hours that have no list price: what they cost changes all the time.
const SPOT: &str = "EC2Spot";

/// Instances of a group that are Spot: what is over goes to those on demand (EC2 Auto Scaling user guide, mixed groups).
fn spot(group: &AutoScalingGroup, count: u32) -> u32 {
    count.saturating_sub(group.on_demand_base()) * group.spot_percent() / 100
}

/// What stopped instances of a warm pool cost: their volumes.
fn stopped(topology: &Topology, node: &Node, pool: &WarmPool) -> Vec<(Name, Meter)> {
    let group = topology.get::<AutoScalingGroup>(&pool.group);
    let template = group.and_then(|it| topology.named::<LaunchTemplate>(it.template()?));
    let (Some(group), Some(template)) = (group, template) else {
        return Vec::new();
    };
    let each = LaunchTemplate::meters_each(template).into_iter();
    let kept = each.filter(|it| !pool.is_stopped() || it.service == "EBS");
    kept.map(|mut meter| {
        meter.quantity = meter.quantity.times(pool.size(group));
        (node.name.clone(), meter)
    })
    .collect()
}

/// VPCs in which nothing stands, beside others in which something does: no traffic is theirs.
fn idle(topology: &Topology) -> Vec<&Name> {
    let vpcs: Vec<&Name> = topology.all::<Vpc>().map(|(name, _)| name).collect();
    if vpcs.len() < 2 {
        return Vec::new();
    }
    let parts = parts(topology);
    let is_used = |vpc: &Name| {
        let mut subnets = parts
            .iter()
            .filter_map(|it| topology.named::<Subnet>(&it.subnet));
        subnets.any(|it| it.vpc.name == *vpc)
    };
    let (used, idle): (Vec<&Name>, Vec<&Name>) = vpcs.into_iter().partition(|it| is_used(it));
    if used.is_empty() { Vec::new() } else { idle }
}

fn line(subject: &Name, meter: &Meter, dimension: String, quantity: f64, region: Region) -> Line {
    let found = price(meter.service, &dimension, region);
    Line {
        subject: subject.clone(),
        item: meter.item,
        quantity,
        unit: unit(meter.service, &dimension),
        price: found.map(|it| it.dollars),
        amount: found.map(|it| it.dollars.times(quantity)),
        unconfirmed: found.is_some_and(|it| it.unconfirmed),
        source: found.map(|it| it.source).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bill, Money, bill};
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
            let monthly = bill_of(&bare(region)).monthly.known.dollars();
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
            metrics.filter_map(|it| it.amount).sum::<Money>().dollars()
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
            ("ap-southeast-1", 46.72),
            ("eu-west-1", 38.69),
            ("eu-central-1", 41.61),
        ];
        for (region, dollars) in extra {
            let single = bill_of(&bare(region)).monthly.known.dollars();
            let mut options = bare(region);
            options.push(("network.nat", "per-az"));
            let difference = bill_of(&options).monthly.known.dollars() - single;
            assert!(
                (difference - dollars).abs() < 0.011,
                "{region}: {difference}"
            );
        }
    }

    fn monthly(region: &str, options: &[(&str, &str)]) -> Money {
        let mut all = bare(region);
        all.extend_from_slice(options);
        bill_of(&all).monthly.known
    }

    /// So many interface endpoint services cost what two NAT gateways with their addresses do.
    #[test]
    fn five_endpoint_services_cost_as_much_as_two_nat_gateways() {
        for (region, services) in [("us-east-1", 5.0), ("eu-central-1", 4.75)] {
            let none = monthly(region, &[("network.nat", "none")]);
            let gateways = monthly(region, &[("network.nat", "per-az")]) - none;
            let each = [("network.nat", "none"), ("endpoints.sqs", "true")];
            let endpoint = monthly(region, &each) - none;
            let equal = gateways.dollars() / endpoint.dollars();
            assert!((equal - services).abs() < 0.005, "{region}: {equal}");
        }
    }

    /// Beside NAT gateways that stay, an endpoint pays for itself above so many gigabytes a month.
    #[test]
    fn an_endpoint_beside_nat_gateways_pays_for_itself_above_the_published_traffic() {
        const SAMPLE: u32 = 1_000;
        for (region, published) in [("us-east-1", 417.0), ("ap-northeast-2", 387.0)] {
            let of = |traffic: &str, endpoint: &str| {
                let options = [
                    ("network.nat", "per-az"),
                    ("assume.nat_gb", traffic),
                    ("assume.aws_percent", "100"),
                    ("endpoints.sqs", endpoint),
                ];
                monthly(region, &options)
            };
            let fixed = of("0", "true") - of("0", "false");
            let through_nat = of("1000", "false") - of("0", "false");
            let through_endpoint = of("1000", "true") - of("0", "true");
            let saved = (through_nat - through_endpoint).per(SAMPLE);
            let gigabytes = fixed.dollars() / saved.dollars();
            assert!((gigabytes - published).abs() < 1.0, "{region}: {gigabytes}");
        }
    }

    #[test]
    fn traffic_is_shared_by_the_gateways_that_carry_it_and_billed_once() {
        let before = bill_of(&[("network.nat", "per-az")])
            .monthly
            .known
            .dollars();
        let after = bill_of(&[("network.nat", "per-az"), ("assume.nat_gb", "1000")])
            .monthly
            .known
            .dollars();
        assert!((after - before - 62.0).abs() < 0.011, "{}", after - before);
    }

    #[test]
    fn what_has_no_price_says_so_and_leaves_the_sum_alone() {
        let bill = bill_of(&[
            ("database.storage_type", "io1"),
            ("database.storage_gb", "100"),
        ]);
        let unknown: Vec<_> = bill.lines.iter().filter(|it| it.price.is_none()).collect();
        assert_eq!(unknown.len(), 2, "storage and IOPS of io1");
        let known: Money = bill.lines.iter().filter_map(|it| it.amount).sum();
        assert_eq!(bill.monthly.known, known);
        assert!(!bill.monthly.is_complete);
    }

    #[test]
    fn a_design_that_stands_for_part_of_a_month_costs_that_part() {
        let month = bill_of(&[]);
        let day = bill_of(&[("assume.hours", "73")]);
        let tenth = month.monthly.known.times(0.1) - day.monthly.known;
        assert!(tenth.dollars().abs() < 1e-6, "{tenth}");
        assert_eq!(
            day.hourly().known.rounded(6),
            month.hourly().known.rounded(6)
        );
    }

    #[test]
    fn what_the_lines_say_adds_up_to_the_last_digit() {
        for region in ["us-east-1", "ap-northeast-1", "ap-east-1"] {
            let bill = bill_of(&[("region", region), ("network.nat", "per-az")]);
            let mut subjects: Vec<_> = bill.lines.iter().map(|it| &it.subject).collect();
            subjects.sort();
            subjects.dedup();
            let sum: Money = subjects.iter().map(|it| bill.of(it).known).sum();
            assert_eq!(sum, bill.monthly.known, "{region}");
        }
    }

    /// By hand, of the cross-Region design with a million calls a month, at 730 hours:
    /// - endpoint 2 zones x 730 h x 0.014 = 20.44; its data (2 + 4) KB x 1e6 = 6 GB x 0.01 = 0.06
    /// - API 1 million x 4.25 = 4.25; function 1 million x 0.20 = 0.20 and 0.6 s x 0.25 GB x 1e6 = 150,000 GB-s x
    ///   0.0000133334 = 2.00001
    /// - between Regions 2 GB from N. Virginia x 0.02 = 0.04, and 4 GB from Tokyo x 0.09 = 0.36
    /// - hosted zone 0.50; 6 alarms x 0.10 = 0.60; dashboard 3.00
    #[test]
    fn a_call_across_regions_costs_what_each_side_charges() {
        let design = blueprint::base("cross-region-private-api").unwrap();
        let bill = bill(&design.expand(), &design.assumptions);
        let sum = 20.44 + 0.06 + 4.25 + 0.20 + 2.000_01 + 0.04 + 0.36 + 0.50 + 0.60 + 3.00;
        let known = bill.monthly.known.dollars();
        assert!(
            (known - sum).abs() < 0.001,
            "{known} {sum}: {:#?}",
            bill.lines
        );
        assert!(bill.unpriced().is_empty());
    }

    #[test]
    fn web_acls_are_billed_for_the_requests_and_calls_that_pass_each() {
        let filtered = |options: &[(&str, &str)]| -> Vec<(String, f64)> {
            let bill = bill_of(options);
            let lines = bill.lines.iter();
            let lines = lines.filter(|it| it.item.key == "meter.web-acl-requests");
            lines
                .map(|it| (it.subject.to_string(), it.quantity))
                .collect()
        };
        let api = [
            ("api.enabled", "true"),
            ("assume.calls_thousands", "2000"),
            ("assume.requests_millions", "7"),
            ("edge.waf", "true"),
        ];
        assert_eq!(filtered(&api), [("WebAcl".to_owned(), 9.0)]);
        let mut edge = api.to_vec();
        edge.push(("edge.cloudfront", "true"));
        let both = [("WebAcl".to_owned(), 7.0), ("ApiWebAcl".to_owned(), 2.0)];
        assert_eq!(filtered(&edge), both);
    }

    /// By hand, in N. Virginia, of what 100 million requests of which 50 % ask for files and 80 % are answered by CloudFront
    /// itself cost more with a site, Origin Shield and images than with CloudFront alone:
    /// - bucket 10 GB x 0.023 = 0.23; files fetched 100e6 x 0.5 x 0.2 = 10,000 thousand x 0.0004 = 4.00
    /// - Origin Shield 100e6 x 0.2 = 2,000 ten thousands x 0.0075 = 15.00
    /// - function 100e6 x 0.5 = 50 million x 0.10 = 5.00
    /// - and less for the load balancer: 730 LCU hours x 0.008 x 0.8 = 4.672.
    #[test]
    fn what_stands_before_the_application_costs_what_it_lets_through() {
        let base = [
            ("region", "us-east-1"),
            ("edge.cloudfront", "true"),
            ("assume.requests_millions", "100"),
        ];
        let mut site = base.to_vec();
        site.extend([
            ("edge.static", "true"),
            ("edge.images", "true"),
            ("edge.origin_shield", "true"),
            ("assume.cache_hit_percent", "80"),
        ]);
        let more = bill_of(&site).monthly.known - bill_of(&base).monthly.known;
        let sum = 0.23 + 4.0 + 15.0 + 5.0 - 4.672;
        assert!((more.dollars() - sum).abs() < 0.001, "{more} {sum}");
    }

    #[test]
    fn bot_control_is_billed_by_the_month_and_by_the_request() {
        let base = [("edge.waf", "true"), ("assume.requests_millions", "3")];
        let mut guarded = base.to_vec();
        guarded.push(("edge.bot_control", "true"));
        let more = bill_of(&guarded).monthly.known - bill_of(&base).monthly.known;
        // One more rule, the month, three millions of requests.
        assert!(
            (more.dollars() - (1.0 + 10.0 + 3.0)).abs() < 0.001,
            "{more}"
        );
    }
}
