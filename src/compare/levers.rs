//! Options that move the bill, each with the values to slide over. What a lever does is what the bill of the design with
//! that value says, and nothing else.

use super::lever_list::{ROWS, Row, WAITING};
use crate::cost::{Bill, Money, Total, bill};
use crate::design::{Design, OptionKind, OptionSpec, option};
use crate::text::{Message, Text, text};
use crate::topology::Topology;

/// What a lever is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Traffic,
    Capacity,
    Pricing,
    Logs,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Traffic, Self::Capacity, Self::Pricing, Self::Logs];

    pub fn title(self) -> Text {
        match self {
            Self::Traffic => text("levers.traffic", "Ways out, endpoints and cache"),
            Self::Capacity => text("levers.capacity", "Instances, replicas and queue"),
            Self::Pricing => text("levers.pricing", "Steady and peak hours"),
            Self::Logs => text("levers.logs", "Logs"),
        }
    }

    /// The word in JSON.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::Capacity => "capacity",
            Self::Pricing => "pricing",
            Self::Logs => "logs",
        }
    }
}

/// An option with the values to slide over.
#[derive(Debug)]
pub struct Lever {
    pub spec: &'static OptionSpec,
    pub group: Group,
    /// As the option takes them, the least first; the design's own value is one of them.
    pub stops: Vec<String>,
    /// Place of the design's own value among the stops.
    pub present: usize,
}

impl PartialEq for Lever {
    fn eq(&self, other: &Self) -> bool {
        (self.spec.key, &self.stops, self.present) == (other.spec.key, &other.stops, other.present)
    }
}

/// A stop of a lever, and what the design costs a month with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub value: String,
    pub monthly: Total,
    /// Against the design as it is; `None` where what has no price is not the same.
    pub change: Option<Money>,
}

/// The levers of a design with its topology, group by group.
pub fn levers(design: &Design, topology: &Topology) -> Vec<Lever> {
    let rows = ROWS
        .iter()
        .filter(|(.., applies)| applies(design, topology));
    rows.filter_map(|row| lever(design, row)).collect()
}

/// The bill of a design with one value of an option.
pub fn bill_at(design: &Design, key: &str, value: &str) -> Bill {
    let changed = design.with(key, value);
    bill(&changed.expand(), &changed.assumptions)
}

impl Lever {
    /// The option that has to be more than 0 before this lever tells anything; `None` where it does.
    pub fn waits_for(&self, design: &Design) -> Option<&'static OptionSpec> {
        let mut needed = WAITING.iter().filter(|(key, _)| *key == self.spec.key);
        let needed = needed.find_map(|(_, other)| option(other))?;
        ((needed.get)(design) == "0").then_some(needed)
    }

    /// The same in words.
    pub fn waits(&self, design: &Design) -> Option<Message> {
        let words = text(
            "levers.waits",
            "Tells nothing until “{option}” is more than 0.",
        );
        let needed = self.waits_for(design)?;
        Some(words.with("option", needed.label))
    }

    /// One stop, against the bill of the design as it is.
    pub fn point(&self, design: &Design, present: &Bill, stop: usize) -> Option<Point> {
        let value = self.stops.get(stop)?;
        let bill = bill_at(design, self.spec.key, value);
        Some(Point {
            value: value.clone(),
            monthly: bill.monthly,
            change: bill.since(present),
        })
    }

    /// Every stop.
    pub fn curve(&self, design: &Design) -> Vec<Point> {
        let present = bill(&design.expand(), &design.assumptions);
        let stops = 0..self.stops.len();
        stops
            .filter_map(|it| self.point(design, &present, it))
            .collect()
    }
}

fn lever(design: &Design, (key, group, numbers, _): &Row) -> Option<Lever> {
    let spec = option(key)?;
    let own = (spec.get)(design);
    let stops = match (spec.kind)() {
        OptionKind::Switch => vec!["false".to_owned(), "true".to_owned()],
        OptionKind::Choice(values) => values.into_iter().map(str::to_owned).collect(),
        OptionKind::Whole { min, max } => {
            let mut stops: Vec<u32> = numbers.iter().copied().chain(own.parse()).collect();
            let (min, max) = match *key {
                "fleet.desired" => (design.fleet.min.get(), design.fleet.max.get()),
                _ => (min, max),
            };
            stops.retain(|it| (min..=max).contains(it) || it.to_string() == own);
            stops.sort_unstable();
            stops.dedup();
            stops.iter().map(u32::to_string).collect()
        }
        OptionKind::Range
        | OptionKind::Ranges
        | OptionKind::Blocks { .. }
        | OptionKind::Places { .. }
        | OptionKind::Labels { .. }
        | OptionKind::Addresses { .. }
        | OptionKind::Windows { .. }
        | OptionKind::Curve { .. }
        | OptionKind::Words { .. } => return None,
    };
    Some(Lever {
        spec,
        group: *group,
        present: stops.iter().position(|it| *it == own)?,
        stops,
    })
}

#[cfg(test)]
mod tests {
    use super::{Lever, WAITING, bill_at, levers};
    use crate::blueprint;
    use crate::cost::{Money, bill};
    use crate::design::Design;

    fn shop(settings: &[(&str, &str)]) -> Design {
        let mut design = blueprint::base("ecommerce-burst").unwrap();
        for (key, given) in settings {
            design.set(key, given).unwrap();
        }
        design
    }

    /// Traffic, logs and a plan, so that every lever has something to move.
    fn busy() -> Design {
        shop(&[
            ("region", "us-east-1"),
            ("edge.waf_logs", "true"),
            ("assume.nat_gb", "1000"),
            ("assume.s3_percent", "0"),
            ("assume.aws_percent", "30"),
            ("assume.log_gb", "200"),
            ("assume.flow_log_gb", "100"),
            ("assume.savings_plan_percent", "60"),
            ("assume.savings_plan_discount", "30"),
            ("assume.peak_percent", "20"),
            ("observability.archive_days", "60"),
        ])
    }

    fn of(design: &Design) -> Vec<Lever> {
        levers(design, &design.expand())
    }

    fn known(design: &Design) -> Money {
        bill(&design.expand(), &design.assumptions).monthly.known
    }

    #[test]
    fn a_levers_effect_is_the_difference_of_two_bills() {
        let design = busy();
        for lever in of(&design) {
            for point in lever.curve(&design) {
                let then = known(&design.with(lever.spec.key, &point.value));
                assert_eq!(point.monthly.known, then, "{}", lever.spec.key);
                if let Some(change) = point.change {
                    assert_eq!(change, then - known(&design), "{}", lever.spec.key);
                }
            }
        }
    }

    /// Held against the bills: with the other at 0 no stop tells a difference, and with more of it one does.
    #[test]
    fn a_lever_that_waits_for_another_tells_nothing_without_it() {
        for (key, needed) in WAITING {
            let mut design = busy()
                .with("burst.consumer", "instances")
                .with("assume.spot_discount", "60");
            for (value, waits) in [("0", true), ("50", false)] {
                design.set(needed, value).unwrap();
                let all = of(&design);
                let lever = all.iter().find(|it| it.spec.key == *key).unwrap();
                let curve = lever.curve(&design).into_iter();
                let tells = curve.filter_map(|it| it.change).any(|it| it != Money::ZERO);
                assert_eq!(tells, !waits, "{key} with {needed}={value}");
                let found = lever.waits_for(&design).map(|it| it.key);
                assert_eq!(found, waits.then_some(*needed));
            }
        }
    }

    #[test]
    fn the_present_value_is_a_stop_that_changes_nothing() {
        let design = busy().with("assume.nat_gb", "1234");
        for lever in of(&design) {
            let curve = lever.curve(&design);
            let change = curve.get(lever.present).and_then(|it| it.change);
            assert_eq!(change, Some(Money::ZERO), "{}", lever.spec.key);
        }
    }

    /// More of it costs more, or less, at every stop.
    #[test]
    fn levers_are_monotone_where_they_must_be() {
        let design = busy();
        let moves = |key: &str| -> Vec<Money> {
            let all = of(&design);
            let lever = all.iter().find(|it| it.spec.key == key).unwrap();
            lever
                .curve(&design)
                .iter()
                .map(|it| it.monthly.known)
                .collect()
        };
        for key in [
            "assume.nat_gb",
            "assume.cross_az_gb",
            "fleet.desired",
            "database.read_replicas",
            "assume.peak_percent",
            "assume.log_gb",
            "assume.log_sample_percent",
            "assume.flow_log_gb",
            "assume.access_log_gb",
        ] {
            assert!(moves(key).is_sorted(), "{key}");
            assert!(moves(key).first() < moves(key).last(), "{key}");
        }
        for key in [
            "assume.savings_plan_percent",
            "assume.savings_plan_discount",
            "assume.s3_percent",
            "assume.dynamodb_percent",
            "assume.aws_percent",
        ] {
            assert!(moves(key).is_sorted_by(|one, next| one >= next), "{key}");
            assert!(moves(key).first() > moves(key).last(), "{key}");
        }
    }

    #[test]
    fn a_lever_that_a_design_has_no_use_for_is_not_offered() {
        let keys =
            |design: &Design| -> Vec<&str> { of(design).iter().map(|it| it.spec.key).collect() };
        assert!(!keys(&shop(&[])).contains(&"cache.replicas"));
        assert!(keys(&shop(&[("cache.enabled", "true")])).contains(&"cache.replicas"));
        let bare = blueprint::base("cross-region-private-api").unwrap();
        assert!(!keys(&bare).contains(&"fleet.desired"));
    }

    /// 1,000 GB at 0.045 through NAT gateways, or at 0.01 through the endpoints that are there.
    #[test]
    fn a_gigabyte_is_cheaper_through_an_endpoint() {
        let design = busy();
        let all_nat = bill_at(&design, "assume.aws_percent", "0").monthly.known;
        let all_endpoints = bill_at(&design, "assume.aws_percent", "100").monthly.known;
        let saved = (all_nat - all_endpoints).rounded(6);
        assert_eq!(saved, Money::parse("35").unwrap());
    }
}
