//! NAT gateways that stand for hours of the week against the same ones that always stand.

use super::OPTION;
use crate::cost::{Bill, Money, bill};
use crate::design::{Design, Gateways, Nat};
use crate::text::{Message, Text, text};
use crate::topology::{Leg, Opening, Topology, journeys, openings, temporaries, traffic};

/// Weeks of a month as the bill counts it: 730 hours.
const WEEKS: f64 = 730.0 / 168.0;

/// What the windows of a design save.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowTrade {
    /// In the order of the week.
    pub openings: Vec<Opening>,
    /// Minutes of a week in which the gateways are there.
    pub minutes: u32,
    /// Hours of a week that are billed for each gateway: every one that was begun.
    pub billed_hours: u32,
    /// US dollars a month of the design as it is, as far as prices are known.
    pub scheduled: Money,
    /// US dollars a month of the same design with gateways that always stand.
    pub standing: Money,
    /// US dollars a month that what opens and closes costs by itself: what the design costs more than one without any gateway.
    pub overhead: Money,
    /// Billed hours of a week above which gateways that always stand are cheaper; `None` where they never are.
    pub break_even: Option<f64>,
}

impl WindowTrade {
    /// US dollars a month that the windows save; less than nothing where they cost more.
    pub fn saved(&self) -> Money {
        self.standing - self.scheduled
    }

    /// The balance in words.
    pub fn words(&self) -> Message {
        let hours = |minutes: u32| {
            let hours = format!("{:.2}", f64::from(minutes) / 60.0);
            hours.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        let words = text(
            "compare.window",
            "Open {hours} h a week, billed for {billed} of 168: {scheduled} USD a month instead of {standing} with gateways that always stand.",
        );
        words
            .with("hours", hours(self.minutes))
            .with("billed", self.billed_hours)
            .with("scheduled", format!("{:.2}", self.scheduled.dollars()))
            .with("standing", format!("{:.2}", self.standing.dollars()))
    }

    /// From when on it does not pay.
    pub fn limit(&self) -> Message {
        match self.break_even {
            Some(hours) => text(
                "compare.window.limit",
                "It pays up to {hours} billed hours a week: what opens and closes costs {overhead} USD a month by itself, alarms and a kept address included.",
            )
            .with("hours", format!("{hours:.0}")),
            None => Message::from(text(
                "compare.window.always",
                "It always pays: what opens and closes costs {overhead} USD a month by itself.",
            )),
        }
        .with("overhead", format!("{:.2}", self.overhead.dollars()))
    }
}

/// Weighs the windows of a design against standing gateways; `None` for a design without windows.
pub fn window_trade(design: &Design) -> Option<WindowTrade> {
    if design.network.nat != Nat::Scheduled {
        return None;
    }
    let topology = design.expand();
    let machine = temporaries(&topology).into_iter().next()?.machine;
    let openings = openings(&topology, &machine)?;
    let standing = match design.schedule.gateways {
        Gateways::One => "single",
        Gateways::PerZone => "per-az",
    };
    let of = |topology: &Topology| bill(topology, &design.assumptions);
    let scheduled = of(&topology);
    let made = made(&scheduled, &topology);
    let known = |strategy: &str| of(&design.with(OPTION, strategy).expand()).monthly.known;
    let (standing, none) = (known(standing), known("none"));
    let billed_hours: u32 = openings.iter().map(|it| it.billed_hours()).sum();
    let total = scheduled.monthly.known;
    let fixed = total - made;
    let hourly = made.dollars() / (f64::from(billed_hours) * WEEKS);
    let limit = (standing - fixed).dollars() / (hourly * WEEKS);
    Some(WindowTrade {
        minutes: openings.iter().map(|it| it.minutes).sum(),
        billed_hours,
        scheduled: total,
        standing,
        overhead: fixed - none,
        break_even: (hourly > 0.0 && limit.round() < 168.0).then(|| limit.max(0.0)),
        openings,
    })
}

/// Titles of the journeys that are alive only while the windows are open.
pub fn window_journeys(topology: &Topology) -> Vec<Text> {
    let closed = topology.declared();
    let arrives = |topology: &Topology, leg: &Leg| {
        let up = &traffic::all_up;
        traffic::trace(topology, &leg.from, &leg.to, leg.port, up).is_reachable()
    };
    let all = journeys(topology).into_iter();
    all.filter(|it| it.legs.iter().all(|leg| arrives(topology, leg)))
        .filter(|it| !it.legs.iter().all(|leg| arrives(&closed, leg)))
        .map(|it| it.title)
        .collect()
}

/// What the hours of gateways and addresses cost that a state machine makes.
fn made(bill: &Bill, topology: &Topology) -> Money {
    let is_made = |name: &str| topology.node(name).is_some_and(|it| it.made_by.is_some());
    let lines = bill.lines.iter();
    lines
        .filter(|it| is_made(&it.subject) && it.unit == "hour")
        .filter_map(|it| it.amount)
        .sum()
}
