//! A design with all that is compared of it, and how another one differs.

use std::sync::Arc;

use crate::aws::Name;
use crate::checks::{Check, Finding, Severity, Subject, check};
use crate::cost::{Bill, bill};
use crate::design::Design;
use crate::failure::{Fall, Fault, Health, SweepRow, sweep};
use crate::topology::Topology;

/// A design, played in every fault and checked.
pub struct Standing {
    pub topology: Arc<Topology>,
    pub bill: Bill,
    pub sweep: Vec<SweepRow>,
    pub findings: Vec<Finding>,
}

impl Standing {
    pub fn of(design: &Design) -> Self {
        let topology = design.expand();
        Self {
            bill: bill(&topology, &design.assumptions),
            sweep: sweep(&topology, &design.assumptions),
            findings: check(&Subject::new(Some(design), &topology)),
            topology: Arc::new(topology),
        }
    }
}

/// How a journey fares in a fault, before a change and after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    pub fault: Fault,
    /// Id of the journey.
    pub id: &'static str,
    /// Of a fault that is new: the worst of its kind that there was.
    pub before: Fall,
    /// `None` where there is no such journey any more.
    pub after: Option<Fall>,
}

/// What a change means for a journey in a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It falls further, is down for longer, or is gone.
    Broken,
    /// It is degraded for longer.
    Weaker,
    /// As it was.
    Same,
    /// It falls less far, or recovers sooner.
    Better,
}

impl Shift {
    pub fn turn(&self) -> Turn {
        let Some(after) = self.after else {
            return Turn::Broken;
        };
        let (was, is) = (depth(&self.before), depth(&after));
        if is.0 > was.0 || is.1 > was.1 {
            return Turn::Broken;
        }
        if is.0 < was.0 || is.1 < was.1 {
            return Turn::Better;
        }
        match is.2.cmp(&was.2) {
            std::cmp::Ordering::Less => Turn::Better,
            std::cmp::Ordering::Equal => Turn::Same,
            std::cmp::Ordering::Greater => Turn::Weaker,
        }
    }
}

/// How far a journey falls, then for how many seconds it is down, then degraded.
fn depth(fall: &Fall) -> (Health, u32, u32) {
    if fall.was_down {
        return (Health::Down, u32::MAX, 0);
    }
    (fall.worst, fall.outage_s, fall.degraded_s)
}

/// Every journey that fares otherwise in a fault than before, in the order of the faults. A fault that is new is held
/// against the worst of its kind; a journey that is new has nothing to be held against.
pub fn shifts(before: &[SweepRow], after: &[SweepRow]) -> Vec<Shift> {
    let mut all = Vec::new();
    let ids: Vec<&'static str> = journeys(before);
    for row in after {
        for id in &ids {
            let was = fall(before, &row.fault, id);
            let Some(was) = was.or_else(|| worst(before, &row.fault, id)) else {
                continue;
            };
            all.push(Shift {
                fault: row.fault.clone(),
                id,
                before: was,
                after: row.journeys.iter().find(|it| it.id == *id).copied(),
            });
        }
    }
    let is_new = |it: &Shift| !before.iter().any(|row| row.fault == it.fault);
    // What is gone is gone in every fault, and told once.
    let mut gone: Vec<&str> = Vec::new();
    all.retain(|it| {
        let is_told = it.after.is_none() && gone.contains(&it.id);
        if it.after.is_none() {
            gone.push(it.id);
        }
        !is_told
    });
    all.retain(|it| match it.turn() {
        Turn::Broken | Turn::Weaker => true,
        Turn::Better => !is_new(it),
        Turn::Same => false,
    });
    all
}

fn journeys(rows: &[SweepRow]) -> Vec<&'static str> {
    let first = rows.first().map(|it| it.journeys.as_slice());
    let all = first.unwrap_or_default().iter();
    all.map(|it| it.id).collect()
}

fn fall(rows: &[SweepRow], fault: &Fault, id: &str) -> Option<Fall> {
    let row = rows.iter().find(|it| it.fault == *fault)?;
    row.journeys.iter().find(|it| it.id == id).copied()
}

/// The deepest fall of a journey in any fault of the same kind; one that never fell where there is none.
fn worst(rows: &[SweepRow], fault: &Fault, id: &'static str) -> Option<Fall> {
    let kind = std::mem::discriminant(fault);
    let alike = rows
        .iter()
        .filter(|it| std::mem::discriminant(&it.fault) == kind);
    let falls = alike.flat_map(|it| it.journeys.iter().filter(|it| it.id == id));
    let unharmed = Fall {
        id,
        worst: Health::Ok,
        outage_s: 0,
        degraded_s: 0,
        was_down: false,
    };
    falls.copied().max_by_key(depth).or(Some(unharmed))
}

/// Rules that find more than they did, each once.
pub fn found(before: &[Finding], after: &[Finding]) -> Vec<&'static Check> {
    let count = |all: &[Finding], code: &str| all.iter().filter(|it| it.check.code == code).count();
    let mut more: Vec<&'static Check> = Vec::new();
    for finding in after {
        let check = finding.check;
        let is_told = more.iter().any(|it| it.code == check.code);
        if !is_told && count(after, check.code) > count(before, check.code) {
            more.push(check);
        }
    }
    more
}

/// Whether a rule says that something will not work, or matters much.
pub fn is_severe(check: &Check) -> bool {
    match check.severity {
        Severity::Error | Severity::High => true,
        Severity::Medium | Severity::Low => false,
    }
}

/// What a change does to the drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Redrawn {
    pub added: Vec<Name>,
    pub removed: Vec<Name>,
    pub changed: Vec<Name>,
}

/// Resources that come, go, or have other properties.
pub fn redrawn(before: &Topology, after: &Topology) -> Redrawn {
    let missing = |of: &Topology, from: &Topology| -> Vec<Name> {
        let nodes = of.nodes().iter().map(|it| &it.name);
        nodes
            .filter(|it| from.node(it).is_none())
            .cloned()
            .collect()
    };
    let other = before.nodes().iter().filter(|it| {
        let now = after.node(&it.name);
        now.is_some_and(|now| now.resource != it.resource)
    });
    Redrawn {
        added: missing(after, before),
        removed: missing(before, after),
        changed: other.map(|it| it.name.clone()).collect(),
    }
}
