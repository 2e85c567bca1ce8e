//! The changes of one step that make a design cheaper, and what each of them risks.
//!
//! Each is really made: expanded, priced, played in every fault and checked. The search goes on in small steps, so that a
//! page can draw between them.

use std::cmp::Reverse;

use super::candidate::{Candidate, candidates};
use super::standing::{Shift, Standing, Turn, found, is_severe, shifts};
use crate::checks::{Check, Subject, check};
use crate::cost::{Money, Total, bill};
use crate::design::Design;
use crate::failure::sweep;
use crate::text::{Text, text};

/// How many changes are named.
pub const NAMED: usize = 3;

/// What the named ones are.
pub const RULE: Text = text(
    "levers.rule",
    "The changes of one step that save the most a month without breaking a journey — none falls further or is down for longer in any loss that the sweep plays — and without a new finding of severity error or high. Each was made, priced, played and checked.",
);

/// A change that saves money.
#[derive(Clone)]
pub struct Change {
    pub candidate: Candidate,
    /// US dollars a month with it.
    pub monthly: Total,
    /// US dollars a month.
    pub saved: Money,
    /// `None` until it has been played and checked.
    pub risk: Option<Risk>,
}

/// What a change risks.
#[derive(Clone)]
pub struct Risk {
    /// Journeys that fare worse, by fault.
    pub shifts: Vec<Shift>,
    /// Rules that find more than they did.
    pub found: Vec<&'static Check>,
}

impl Risk {
    /// Journeys that fall further, are down for longer, or are gone, by fault.
    pub fn broken(&self) -> impl Iterator<Item = &Shift> {
        self.shifts.iter().filter(|it| it.turn() == Turn::Broken)
    }

    /// Rules of severity error or high among those that find more.
    pub fn severe(&self) -> impl Iterator<Item = &'static Check> {
        self.found.iter().copied().filter(|it| is_severe(it))
    }

    /// Whether it breaks no journey and leads to no severe finding.
    pub fn is_small(&self) -> bool {
        self.broken().next().is_none() && self.severe().next().is_none()
    }
}

/// The search for them.
pub struct Search {
    present: Standing,
    /// Not priced yet, the next one last.
    open: Vec<Candidate>,
    /// Those that save, the most first once all are priced.
    changes: Vec<Change>,
}

impl Search {
    /// From a design and what is known of it.
    pub fn new(design: &Design, present: Standing) -> Self {
        let mut open = candidates(design);
        open.reverse();
        Self {
            present,
            open,
            changes: Vec::new(),
        }
    }

    /// Prices one more, or plays one more; whether there was anything left to do.
    pub fn step(&mut self) -> bool {
        if let Some(candidate) = self.open.pop() {
            self.changes.extend(priced(candidate, &self.present));
            if self.open.is_empty() {
                self.changes.sort_by_key(|it| Reverse(it.saved));
            }
            return true;
        }
        let next = self.changes.iter_mut().find(|it| it.risk.is_none());
        let Some(next) = next else {
            return false;
        };
        next.risk = Some(risk(&next.candidate.design, &self.present));
        true
    }

    /// Whether every candidate has a price.
    pub fn is_priced(&self) -> bool {
        self.open.is_empty()
    }

    /// Those that save, the most first.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The ones to name; `None` while one of them may still be missing.
    pub fn named(&self) -> Option<Vec<&Change>> {
        if !self.is_priced() {
            return None;
        }
        let mut named = Vec::new();
        for change in &self.changes {
            if change.risk.as_ref()?.is_small() {
                named.push(change);
            }
            if named.len() == NAMED {
                break;
            }
        }
        Some(named)
    }
}

/// Every change that saves, the most first, played and checked.
pub fn cheaper(design: &Design) -> Search {
    let mut search = Search::new(design, Standing::of(design));
    while search.step() {}
    search
}

/// `None` for what does not save, or saves nobody knows how much.
fn priced(candidate: Candidate, present: &Standing) -> Option<Change> {
    let design = &candidate.design;
    let bill = bill(&design.expand(), &design.assumptions);
    let saved = Money::ZERO - bill.since(&present.bill)?;
    (saved > Money::ZERO).then_some(Change {
        monthly: bill.monthly,
        saved,
        risk: None,
        candidate,
    })
}

fn risk(design: &Design, present: &Standing) -> Risk {
    let topology = design.expand();
    let findings = check(&Subject::new(Some(design), &topology));
    let mut shifts = shifts(&present.sweep, &sweep(&topology, &design.assumptions));
    shifts.retain(|it| matches!(it.turn(), Turn::Broken | Turn::Weaker));
    Risk {
        shifts,
        found: found(&present.findings, &findings),
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, cheaper};
    use crate::blueprint;
    use crate::checks::{Severity, Subject, check};
    use crate::compare::candidates;
    use crate::cost::{Money, bill};
    use crate::design::Design;
    use crate::failure::{Health, SweepRow, sweep};

    const DESIGNS: [&str; 3] = ["multi-tier-web", "three-tier-ha", "ecommerce-burst"];

    fn known(design: &Design) -> Money {
        bill(&design.expand(), &design.assumptions).monthly.known
    }

    /// `None` where something without a price comes or goes.
    fn saved(design: &Design, other: &Design) -> Option<Money> {
        let of = |it: &Design| bill(&it.expand(), &it.assumptions);
        of(other).since(&of(design)).map(|it| Money::ZERO - it)
    }

    fn severe(design: &Design) -> Vec<&'static str> {
        let topology = design.expand();
        let findings = check(&Subject::new(Some(design), &topology));
        let severe = findings
            .iter()
            .filter(|it| matches!(it.check.severity, Severity::Error | Severity::High));
        severe.map(|it| it.check.code).collect()
    }

    fn played(design: &Design) -> Vec<SweepRow> {
        sweep(&design.expand(), &design.assumptions)
    }

    /// Written down apart from the search: every fault of both designs, and no code that comes up more often.
    fn breaks(before: &Design, after: &Design) -> bool {
        let (was, is) = (played(before), played(after));
        let worse = is.iter().any(|row| {
            let Some(same) = was.iter().find(|it| it.fault == row.fault) else {
                return false;
            };
            same.journeys.iter().any(|old| {
                let new = row.journeys.iter().find(|it| it.id == old.id);
                new.is_none_or(|new| {
                    let falls = new.was_down && !old.was_down;
                    falls || new.worst > old.worst || new.outage_s > old.outage_s
                })
            })
        });
        let (was, is) = (severe(before), severe(after));
        let count = |all: &[&str], code: &str| all.iter().filter(|it| **it == code).count();
        worse || is.iter().any(|code| count(&is, code) > count(&was, code))
    }

    #[test]
    fn the_named_ones_are_the_best_that_anybody_finds() {
        for id in DESIGNS {
            let design = blueprint::base(id).unwrap();
            let mut best: Vec<(Money, String)> = candidates(&design)
                .iter()
                .filter(|it| !breaks(&design, &it.design))
                .filter_map(|it| Some((saved(&design, &it.design)?, format!("{:?}", it.settings))))
                .filter(|it| it.0 > Money::ZERO)
                .collect();
            best.sort_by_key(|it| std::cmp::Reverse(it.0));
            best.truncate(NAMED);
            let search = cheaper(&design);
            let named: Vec<(Money, String)> = search
                .named()
                .unwrap()
                .iter()
                .map(|it| (it.saved, format!("{:?}", it.candidate.settings)))
                .collect();
            assert_eq!(named, best, "{id}");
        }
    }

    #[test]
    fn a_change_saves_what_its_own_bill_says() {
        let design = blueprint::base("ecommerce-burst").unwrap();
        let search = cheaper(&design);
        assert!(search.changes().len() > NAMED);
        for change in search.changes() {
            let own = &change.candidate.design;
            assert_eq!(change.saved, known(&design) - known(own));
            assert_eq!(change.monthly.known, known(own));
            assert!(change.risk.is_some());
        }
        assert!(
            search
                .changes()
                .is_sorted_by(|one, next| one.saved >= next.saved)
        );
    }

    #[test]
    fn a_single_gateway_is_shown_to_break_the_way_out_and_is_not_named() {
        let design = blueprint::base("ecommerce-burst").unwrap();
        let search = cheaper(&design);
        let single = |it: &&crate::compare::Change| {
            it.candidate.settings == [("network.nat", "single".to_owned())]
        };
        let change = search.changes().iter().find(single).unwrap();
        let risk = change.risk.as_ref().unwrap();
        let broken: Vec<&str> = risk.broken().map(|it| it.id).collect();
        assert!(broken.contains(&"internet-egress"));
        let hit = risk
            .broken()
            .filter_map(|it| it.after)
            .all(|it| it.worst == Health::Down);
        assert!(hit);
        assert!(!search.named().unwrap().iter().any(single));
    }

    #[test]
    fn fewer_instances_work_as_much_as_before() {
        let design = blueprint::base("multi-tier-web").unwrap();
        let design = design
            .with("fleet.desired", "4")
            .with("assume.cpu_percent", "30");
        let all = candidates(&design);
        let fewer = all
            .iter()
            .find(|it| it.settings.iter().any(|it| it.0 == "fleet.desired"))
            .unwrap();
        // Four at 30 % are three at 40 %.
        assert_eq!(fewer.design.fleet.desired.get(), 3);
        assert_eq!(fewer.design.assumptions.cpu.get(), 40);
        let full = design.with("assume.cpu_percent", "60");
        let none = candidates(&full)
            .iter()
            .all(|it| it.settings.iter().all(|it| it.0 != "fleet.desired"));
        assert!(none, "80 % is above what the group grows at");
    }
}
