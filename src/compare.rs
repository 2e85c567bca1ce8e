//! Every way out of the private subnets side by side: what it costs, and what each zone's loss takes away.
//!
//! The strategies are the values of the option `network.nat`; each row is the design with that value, priced and played by
//! the stages themselves, so a row says what the design would say after its strategy is applied.

mod candidate;
mod cheaper;
mod growth;
mod lever_list;
mod levers;
mod standing;
mod trade;
mod window;

pub use candidate::{Candidate, candidates};
pub use cheaper::{Change, NAMED, RULE, Risk, Search, cheaper};
pub use growth::{Effect, Stage, Step, effect, growth, stages};
pub use levers::{Group, Lever, Point, bill_at, levers};
pub use standing::{Redrawn, Shift, Standing, Turn, is_severe};
pub use trade::{EndpointTrade, endpoint_trade};
pub use window::{WindowTrade, window_journeys, window_trade};

use crate::aws::NAT_ACROSS;
use crate::aws::week::WEEK;
use crate::cost::{Bill, Money, Total, bill};
use crate::design::{Design, OptionKind, option};
use crate::failure::{Fault, SweepRow, play, sweep};
use crate::text::Text;
use crate::topology::{Leg, Topology, journeys, openings, temporaries, traffic};

/// The option whose values are compared.
pub const OPTION: &str = "network.nat";

/// One strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The option's value.
    pub strategy: &'static str,
    /// The design with it.
    pub design: Design,
    /// US dollars a month that the way out costs before the first byte: what the design costs more than without one.
    pub fixed: Money,
    /// US dollars for a gigabyte that leaves through it, apart from the next two.
    pub per_gb: Money,
    /// US dollars that a gigabyte costs on its way to a gateway in another zone, averaged over all instances.
    pub cross_zone_per_gb: Money,
    /// US dollars a month for that way, at the assumed gigabytes.
    pub cross_zone: Money,
    /// US dollars a month: the whole bill, as far as prices are known.
    pub total: Total,
    /// What the bill is without.
    pub lacks: Vec<Text>,
    /// The loss of each zone.
    pub losses: Vec<SweepRow>,
    /// Share of attempts to get out that succeed while nothing has failed, 0 to 1, averaged over the journeys that leave the
    /// VPC, and over the week where a way out is there for hours only.
    pub served: f64,
    /// Share of attempts to get out that succeed in the worst moment of the worst loss of a zone, 0 to 1, averaged alike.
    pub kept: f64,
    /// Whether no other strategy is cheaper, serves as much and keeps as much: it stands on the Pareto line.
    pub is_best: bool,
}

/// Compares the strategies for a design.
pub fn egress(design: &Design) -> Vec<Row> {
    let without = fixed_cost(&design.with(OPTION, "none"));
    let strategies = strategies().into_iter();
    let mut rows: Vec<Row> = strategies.map(|it| row(design, it, without)).collect();
    for at in 0..rows.len() {
        let beaten = rows
            .get(at)
            .is_none_or(|own| rows.iter().any(|it| it.beats(own)));
        if let Some(row) = rows.get_mut(at) {
            row.is_best = !beaten;
        }
    }
    rows
}

/// Gigabytes a month above which the dearer of two strategies is the cheaper one; `None` where that never happens.
pub fn break_even(cheap: &Row, dear: &Row) -> Option<f64> {
    let saved = cheap.per_gb + cheap.cross_zone_per_gb - dear.per_gb - dear.cross_zone_per_gb;
    let extra = dear.fixed - cheap.fixed;
    let pays = saved > Money::ZERO && extra >= Money::ZERO;
    pays.then(|| extra.dollars() / saved.dollars())
}

/// What any of the bills is without, each once.
pub fn lacking(rows: &[Row]) -> Vec<Text> {
    let mut items: Vec<Text> = Vec::new();
    for item in rows.iter().flat_map(|it| &it.lacks) {
        if !items.contains(item) {
            items.push(*item);
        }
    }
    items
}

impl Row {
    /// Goes by what is known.
    fn beats(&self, other: &Self) -> bool {
        let (own, others) = (self.total.known, other.total.known);
        let worse = own > others || self.served < other.served || self.kept < other.kept;
        let better = own < others || self.served > other.served || self.kept > other.kept;
        better && !worse
    }
}

fn strategies() -> Vec<&'static str> {
    match option(OPTION).map(|it| (it.kind)()) {
        Some(OptionKind::Choice(values)) => values,
        Some(_) | None => Vec::new(),
    }
}

fn row(design: &Design, strategy: &'static str, without: Money) -> Row {
    let design = design.with(OPTION, strategy);
    let topology = design.expand();
    let bill = bill(&topology, &design.assumptions);
    let now = Month::of(&bill);
    let per_gb = Month::of_a_gigabyte(&design);
    let (served, kept) = egress_success(&design, &topology);
    Row {
        strategy,
        fixed: fixed_cost(&design) - without,
        per_gb: per_gb.bill - per_gb.crossing,
        cross_zone_per_gb: per_gb.crossing,
        cross_zone: now.crossing,
        total: bill.monthly,
        lacks: bill.unpriced(),
        losses: losses(&design, &topology),
        served,
        kept,
        is_best: false,
        design,
    }
}

/// The month's bill without traffic.
fn fixed_cost(design: &Design) -> Money {
    let quiet = ["assume.nat_gb", "assume.cross_az_gb", "assume.internet_gb"];
    let quiet = quiet
        .iter()
        .fold(design.clone(), |it, key| it.with(key, "0"));
    bill(&quiet.expand(), &quiet.assumptions).monthly.known
}

/// US dollars a month that are known: the whole bill, and what of it is for data on its way to a gateway in another zone.
struct Month {
    bill: Money,
    crossing: Money,
}

/// Gigabytes that stay inside the first price step.
const SAMPLE: u32 = 10_000;

impl Month {
    fn of(bill: &Bill) -> Self {
        let crossing = bill.lines.iter().filter(|it| it.item == NAT_ACROSS);
        Self {
            crossing: crossing.filter_map(|it| it.amount).sum(),
            bill: bill.monthly.known,
        }
    }

    /// What a gigabyte adds that leaves the VPC.
    fn of_a_gigabyte(design: &Design) -> Self {
        let of = |gigabytes: u32| {
            let design = design.with("assume.nat_gb", &gigabytes.to_string());
            Self::of(&bill(&design.expand(), &design.assumptions))
        };
        let (without, with) = (of(0), of(SAMPLE));
        Self {
            bill: (with.bill - without.bill).per(SAMPLE),
            crossing: (with.crossing - without.crossing).per(SAMPLE),
        }
    }
}

fn losses(design: &Design, topology: &Topology) -> Vec<SweepRow> {
    let rows = sweep(topology, &design.assumptions).into_iter();
    rows.filter(|it| matches!(it.fault, Fault::Zone(_)))
        .collect()
}

/// Journeys from inside to the outside.
const EGRESS: [&str; 4] = ["outbound", "internet-egress", "aws-egress", "nightly-sync"];

/// What is served at rest, and what is left of it in the worst moment of the worst loss of a zone.
fn egress_success(design: &Design, topology: &Topology) -> (f64, f64) {
    let sites = topology.sites().into_iter();
    let timelines = sites.map(|it| play(topology, &design.assumptions, &Fault::Zone(it)));
    let kept = timelines.map(|timeline| {
        let courses = timeline.journeys.iter();
        let courses = courses.filter(|it| EGRESS.contains(&it.id));
        mean(courses.map(|it| it.states.iter().map(|it| it.success).fold(1.0, f64::min)))
    });
    let legs = journeys(topology).into_iter();
    let legs = legs.filter(|it| EGRESS.contains(&it.id));
    let served = legs.map(|it| {
        let arrives = |leg: &Leg| {
            let up = &traffic::all_up;
            traffic::trace(topology, &leg.from, &leg.to, leg.port, up).is_reachable()
        };
        f64::from(u8::from(it.legs.iter().all(arrives)))
    });
    let open = open_share(topology);
    (mean(served) * open, kept.fold(1.0, f64::min) * open)
}

/// Share of the week in which the way out is there: all of it, but for what a state machine opens and closes.
fn open_share(topology: &Topology) -> f64 {
    let machine = temporaries(topology).into_iter().next();
    let openings = machine.and_then(|it| openings(topology, &it.machine));
    openings.map_or(1.0, |it| {
        let minutes: u32 = it.iter().map(|it| it.minutes).sum();
        f64::from(minutes.min(WEEK)) / f64::from(WEEK)
    })
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    // Nothing adds up to minus zero.
    values.iter().fold(0.0, |sum, it| sum + it) / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::{Money, Row, break_even, egress, lacking};
    use crate::blueprint;

    fn rows(options: &[(&str, &str)]) -> Vec<Row> {
        let mut design = blueprint::base("multi-tier-web").unwrap();
        for (key, value) in options {
            design.set(key, value).unwrap();
        }
        egress(&design)
    }

    fn row<'a>(rows: &'a [Row], strategy: &str) -> &'a Row {
        rows.iter().find(|it| it.strategy == strategy).unwrap()
    }

    /// Without alarms, of which each gateway has one, and which the published figures leave out.
    const BARE: [(&str, &str); 2] = [("region", "us-east-1"), ("observability.alarms", "false")];

    fn is_near(one: Money, other: f64) -> bool {
        (one.dollars() - other).abs() < 0.011
    }

    #[test]
    fn a_single_gateway_is_cheaper_and_loses_everything_with_its_zone() {
        let rows = rows(&BARE);
        let (single, each) = (row(&rows, "single"), row(&rows, "per-az"));
        assert!(is_near(each.fixed - single.fixed, 36.50), "{}", each.fixed);
        assert!(is_near(single.per_gb, 0.045) && is_near(each.per_gb, 0.045));
        assert_eq!((single.kept, each.kept), (0.0, 1.0));
        assert!(single.is_best && each.is_best);
        assert!(row(&rows, "none").fixed == Money::ZERO);
    }

    /// 1,825 GB between zones a month pay for a second gateway in us-east-1; of two zones, half of the traffic crosses.
    #[test]
    fn a_second_gateway_pays_for_itself_above_the_published_traffic() {
        let rows = rows(&BARE);
        let through = break_even(row(&rows, "single"), row(&rows, "per-az")).unwrap();
        assert!((through / 2.0 - 1825.0).abs() < 1.0, "{through}");
        assert_eq!(break_even(row(&rows, "none"), row(&rows, "single")), None);
    }

    /// RDS Proxy has a price in us-east-1, and none in Tokyo: the rows say so, and stand to one another as they did.
    #[test]
    fn a_row_whose_bill_lacks_a_price_says_so_and_is_compared_all_the_same() {
        let proxy = ("database.proxy", "true");
        let whole = rows(&[("region", "us-east-1"), proxy]);
        assert!(whole.iter().all(|it| it.total.is_complete));
        assert!(lacking(&whole).is_empty());
        let tokyo = ("region", "ap-northeast-1");
        let (plain, least) = (rows(&[tokyo]), rows(&[tokyo, proxy]));
        assert!(least.iter().all(|it| !it.total.is_complete));
        let lacks: Vec<&str> = lacking(&least).iter().map(|it| it.english).collect();
        assert_eq!(lacks, ["RDS Proxy, for each vCPU of the database"]);
        for (one, other) in plain.iter().zip(&least) {
            assert_eq!((one.fixed, one.is_best), (other.fixed, other.is_best));
        }
    }

    #[test]
    fn each_row_is_the_design_that_it_stands_for() {
        let rows = rows(&[("assume.nat_gb", "500")]);
        for row in &rows {
            assert_eq!(
                row.design.network.nat,
                row.design.with("network.nat", row.strategy).network.nat
            );
            assert_eq!(egress(&row.design), rows, "{}", row.strategy);
        }
        let single = row(&rows, "single");
        // Half of 500 GB cross, at 0.01 each way.
        assert!(is_near(single.cross_zone, 5.0), "{}", single.cross_zone);
    }
}
