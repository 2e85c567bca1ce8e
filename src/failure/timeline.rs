//! What a played fault leaves behind: events with their sources, status changes, and how each journey fared.

use std::collections::{BTreeMap, BTreeSet};

use super::Fault;
use crate::aws::Name;
use crate::text::{Message, Text};

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Healthy,
    /// Works with less than it should have.
    Degraded,
    Failed,
    Recovering,
    /// Terminated for good: an instance that was replaced.
    Gone,
}

impl Status {
    pub const ALL: [Self; 5] = [
        Self::Healthy,
        Self::Degraded,
        Self::Failed,
        Self::Recovering,
        Self::Gone,
    ];

    /// Class name in the drawing, word in JSON.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Failed => "failed",
            Self::Recovering => "recovering",
            Self::Gone => "gone",
        }
    }
}

/// How a journey is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    Ok,
    Degraded,
    Down,
}

impl Health {
    /// Up to one failure in a thousand is well; up to one success in a thousand is down.
    pub fn of(success: f64) -> Self {
        if success >= 0.999 {
            Self::Ok
        } else if success < 0.001 {
            Self::Down
        } else {
            Self::Degraded
        }
    }

    /// The word in JSON.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Degraded => "degraded",
            Self::Down => "down",
        }
    }
}

/// Where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// AWS document, or the words for what is only modelled.
    pub words: Text,
    /// Not AWS's figure: a choice of this model.
    pub modelled: bool,
}

impl Source {
    /// A figure that AWS publishes.
    pub const fn documented(words: Text) -> Self {
        let modelled = false;
        Self { words, modelled }
    }

    /// A choice of the model.
    pub const fn modelled(words: Text) -> Self {
        let modelled = true;
        Self { words, modelled }
    }
}

/// What kind of thing an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    Lost,
    Detected,
    Removed,
    FailoverStarted,
    FailedOver,
    Launched,
    InService,
    Dns,
    Back,
    Restored,
}

impl EventKind {
    /// The word in JSON.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Detected => "detected",
            Self::Removed => "removed",
            Self::FailoverStarted => "failover-started",
            Self::FailedOver => "failed-over",
            Self::Launched => "launched",
            Self::InService => "in-service",
            Self::Dns => "dns",
            Self::Back => "back",
            Self::Restored => "restored",
        }
    }
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Seconds since the fault.
    pub t: u32,
    /// Node, part, zone (`zone a` is `az:a`) or Region (`region:ap-northeast-1`).
    pub subject: Name,
    pub kind: EventKind,
    pub text: Message,
    pub source: Source,
}

/// A journey's health from one moment on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    pub t: u32,
    pub status: Health,
    /// Share of attempts that succeed, 0 to 1, to four decimals.
    pub success: f64,
}

/// A journey through the fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    pub id: &'static str,
    pub title: Text,
    /// Seconds down.
    pub outage_s: u32,
    /// Seconds degraded.
    pub degraded_s: u32,
    /// Whether it fails without the fault, too.
    pub was_down: bool,
    /// Seconds from the fault until the journey is no longer down and stays so; `None`: it was never down, or it still is
    /// when the course ends.
    pub rto_s: Option<u32>,
    /// Seconds of committed writes that are lost: 0 while a copy survives, else what a restore from backup lacks, even
    /// where the original comes back with its zone. `None`: the journey writes nothing, or there is nothing to restore.
    pub rpo_s: Option<u32>,
    /// Step function: each sample holds until the next.
    pub states: Vec<Sample>,
}

/// The course of a fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    pub fault: Fault,
    pub end_s: u32,
    /// By time.
    pub events: Vec<Event>,
    pub journeys: Vec<Course>,
    /// Status changes of zones (`az:a`), subnets, nodes and parts, by time; parts that appear (replacement instances) too.
    pub changes: Vec<(u32, Name, Status)>,
    /// Parts whose role has changed hands, by time: primary and standby after a failover.
    pub swaps: Vec<(u32, Name)>,
}

impl Timeline {
    /// Everything that is not healthy at a moment, and what has come into being since the fault.
    pub fn at(&self, t: u32) -> BTreeMap<Name, Status> {
        let mut state = BTreeMap::new();
        for (_, name, status) in self.changes.iter().take_while(|(at, ..)| *at <= t) {
            state.insert(name.clone(), *status);
        }
        state
    }

    /// The parts that have each other's role at a moment.
    pub fn swapped(&self, t: u32) -> BTreeSet<Name> {
        let mut swapped = BTreeSet::new();
        for (_, name) in self.swaps.iter().take_while(|(at, _)| *at <= t) {
            if !swapped.remove(name) {
                swapped.insert(name.clone());
            }
        }
        swapped
    }
}
