//! What a sale costs: what stands anyway for as long as it lasts, and what its demand adds, line by line.

use super::reading::Parts;
use super::tick::Course;
use crate::aws::{AutoScalingGroup, Function, LaunchTemplate, Name, Region};
use crate::cost::{Line, Money, PEAK, bill, price, replicas, unit};
use crate::design::Assumptions;
use crate::text::{Text, text};
use crate::topology::Topology;

/// A line of the sale's bill.
#[derive(Debug, Clone, PartialEq)]
pub struct CostLine {
    pub item: Text,
    pub quantity: f64,
    pub unit: &'static str,
    /// US dollars; `None`: the table has no price.
    pub amount: Option<Money>,
}

/// The lines of a course, in the order in which the demand passes. `by_burst`: orders go another way than pages.
pub fn lines(
    topology: &Topology,
    assumptions: &Assumptions,
    (parts, by_burst): (&Parts, bool),
    course: &Course,
) -> Vec<CostLine> {
    let hours = course.ticks.len() as f64 / 3600.0;
    let mut lines = standing(topology, assumptions, hours);
    let used = Used {
        topology,
        region: topology.region().unwrap_or(Region::TOKYO),
        course,
        parts,
        by_burst,
    };
    lines.extend(used.lines().into_iter().filter(|it| it.quantity > 0.0));
    lines
}

/// All that is billed by the hour, for the hours of the course: what has prices together, and each thing that has none.
fn standing(topology: &Topology, assumptions: &Assumptions, hours: f64) -> Vec<CostLine> {
    let bill = bill(topology, assumptions);
    let hourly = bill.lines.iter().filter(|it| stands(it));
    let (priced, unpriced): (Vec<&Line>, Vec<&Line>) = hourly.partition(|it| it.amount.is_some());
    let month: Money = priced.into_iter().filter_map(|it| it.amount).sum();
    let of_month = assumptions.hours.get().max(1);
    let together = CostLine {
        item: text("sale.cost.standing", "What stands by the hour"),
        quantity: hours,
        unit: "hour",
        amount: Some(month.per(of_month).times(hours)),
    };
    let each = unpriced.into_iter().map(|it| CostLine {
        item: it.item,
        quantity: it.quantity * hours / f64::from(of_month),
        unit: it.unit,
        amount: None,
    });
    std::iter::once(together).chain(each).collect()
}

/// What follows the load has lines of its own, or is not in it: the sale plays the instances above the steady ones itself.
fn stands(line: &Line) -> bool {
    let follows = ["LCU-hour", "ACU-hour"].contains(&line.unit) || line.item == PEAK;
    line.unit.ends_with("hour") && !follows
}

struct Used<'a> {
    topology: &'a Topology,
    /// Whether orders go another way than pages.
    by_burst: bool,
    region: Region,
    course: &'a Course,
    parts: &'a Parts,
}

impl Used<'_> {
    fn lines(&self) -> Vec<CostLine> {
        let sums = &self.course.totals;
        let millions = |count: u64| count as f64 / 1e6;
        let mut lines = Vec::new();
        if self.parts.distribution.is_some() {
            lines.push(self.line(
                text("sale.cost.edge", "CloudFront requests"),
                ("CloudFront", edge_requests(self.region)),
                (sums.pages + if self.by_burst { 0 } else { sums.orders }) as f64 / 1e4,
            ));
        }
        let web = text("sale.cost.web", "Web instances beyond the desired ones");
        lines.extend(self.instances(web, self.parts.web.as_ref(), sums.web_extra_s));
        if self.parts.api.is_some() {
            lines.push(self.line(
                text("sale.cost.api", "API calls"),
                ("APIGateway", "REST_first_333M"),
                millions(sums.calls),
            ));
        }
        let taker = self.parts.taker.as_ref();
        lines.extend(self.runs(taker, sums.taker_runs, sums.taker_ms));
        lines.push(self.line(
            text("sale.cost.queue", "Queue requests"),
            ("SQS", "standard"),
            millions(sums.queue_requests),
        ));
        let consumer = self.parts.consumer.as_ref();
        lines.extend(self.runs(consumer, sums.consumer_runs, sums.consumer_ms));
        let workers = text(
            "sale.cost.workers",
            "Workers beyond the desired ones, on demand",
        );
        lines.extend(self.instances(workers, consumer, sums.worker_extra_s));
        lines.push(self.line(
            text("sale.cost.elastic", "Aurora Serverless capacity"),
            ("Aurora", "acu"),
            sums.elastic as f64 / 3_600_000.0,
        ));
        lines.push(self.line(
            text("sale.cost.writes", "Write units of the table"),
            ("DynamoDB", "on_demand_WRU"),
            millions(sums.table_writes),
        ));
        let table = self.parts.table.iter();
        let replicas = table.flat_map(|it| replicas(self.topology, it));
        lines.extend(replicas.map(|region| {
            self.line_in(
                region,
                text("sale.cost.replica-writes", "Write units of a replica"),
                ("DynamoDB", "on_demand_WRU"),
                millions(sums.table_writes),
            )
        }));
        lines.push(self.line(
            text("sale.cost.reads", "Read units of the table"),
            ("DynamoDB", "on_demand_RRU"),
            millions(sums.table_reads),
        ));
        lines
    }

    fn line(&self, item: Text, of: (&'static str, &str), quantity: f64) -> CostLine {
        self.line_in(self.region, item, of, quantity)
    }

    fn line_in(
        &self,
        region: Region,
        item: Text,
        (service, dimension): (&'static str, &str),
        quantity: f64,
    ) -> CostLine {
        let price = price(service, dimension, region);
        CostLine {
            item,
            quantity,
            unit: unit(service, dimension),
            amount: price.map(|it| it.dollars.times(quantity)),
        }
    }

    fn instances(&self, item: Text, group: Option<&Name>, seconds: u64) -> Option<CostLine> {
        let group = self.topology.named::<AutoScalingGroup>(group?)?;
        let template = self.topology.named::<LaunchTemplate>(group.template()?)?;
        let dimension = format!("{} Linux on-demand shared", template.data.instance_type);
        Some(self.line(item, ("EC2", &dimension), seconds as f64 / 3600.0))
    }

    fn runs(&self, name: Option<&Name>, runs: u64, milliseconds: u64) -> Vec<CostLine> {
        let Some(function) = name.and_then(|it| self.topology.named::<Function>(it)) else {
            return Vec::new();
        };
        let dimension = if function.is_arm() {
            "duration_arm_first_tier"
        } else {
            "duration_x86_first_tier"
        };
        let taken = self.parts.taker.as_ref() == name;
        let (count, duration) = if taken {
            (
                text("sale.cost.taker-runs", "Runs that take orders in"),
                text("sale.cost.taker-seconds", "Duration of those runs"),
            )
        } else {
            (
                text("sale.cost.consumer-runs", "Runs that work the queue off"),
                text(
                    "sale.cost.consumer-seconds",
                    "Duration of the runs on the queue",
                ),
            )
        };
        let gigabyte_seconds = milliseconds as f64 / 1000.0 * function.gigabytes();
        vec![
            self.line(count, ("Lambda", "requests"), runs as f64 / 1e6),
            self.line(duration, ("Lambda", dimension), gigabyte_seconds),
        ]
    }
}

/// Where the Region's own viewers are billed.
fn edge_requests(region: Region) -> &'static str {
    match region.code() {
        code if code.starts_with("us-") => "https_requests_north_america",
        code if code.starts_with("eu-") => "https_requests_europe",
        "ap-northeast-1" | "ap-northeast-3" => "https_requests_japan",
        _ => "https_requests_asia",
    }
}
