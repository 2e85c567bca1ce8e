//! What happens when something breaks: one world, one queue of events, the same course every time.
//!
//! [`play`] is a pure function; the state at a moment is read off the [`Timeline`], so scrubbing backwards is exact.

use std::collections::BTreeMap;
use std::fmt;

use crate::aws::{Name, Region, Zone};
use crate::design::Assumptions;
use crate::text::{Message, Text};
use crate::topology::Topology;

/// What breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `az:a`: a zone loses power.
    Zone(Zone),
    /// `node:NAME`: one node or part.
    Node(Name),
    /// `region:R`: the whole Region.
    Region(Region),
}

impl Fault {
    /// Reads `az:a`, `node:NAME` or `region:R`, and asks whether the topology has it.
    ///
    /// # Errors
    /// What is not understood, or not there.
    pub fn parse(_given: &str, _topology: &Topology) -> Result<Self, Message> {
        Ok(Self::Region(Region::TOKYO))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zone(zone) => write!(f, "az:{zone}"),
            Self::Node(name) => write!(f, "node:{name}"),
            Self::Region(region) => write!(f, "region:{region}"),
        }
    }
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Healthy,
    /// Works with less than it should have.
    Degraded,
    Failed,
    Recovering,
}

impl Status {
    /// Class name in the drawing, word in JSON.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Failed => "failed",
            Self::Recovering => "recovering",
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
    /// Node, part or zone (`zone a` is `az:a`).
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
    /// Share of attempts that succeed, 0 to 1.
    pub success: f64,
}

/// A journey through the fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    pub id: &'static str,
    pub title: Text,
    pub outage_s: u32,
    pub degraded_s: u32,
    /// Seconds from the fault until it is no longer down; `None`: it is down until what broke is back.
    pub rto_s: Option<u32>,
    /// Seconds of written data that are lost; `None` for a journey that writes nothing.
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
    /// Status changes of zones (`az:a`), nodes and parts, by time; parts that appear (replacement instances) too.
    pub changes: Vec<(u32, Name, Status)>,
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
}

/// Plays a fault.
pub fn play(_topology: &Topology, _assumptions: &Assumptions, fault: &Fault) -> Timeline {
    Timeline {
        fault: fault.clone(),
        end_s: 0,
        events: Vec::new(),
        journeys: Vec::new(),
        changes: Vec::new(),
    }
}

/// A row of a sweep: a fault and how far each journey falls.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepRow {
    pub fault: Fault,
    /// Journey id, worst health, outage seconds.
    pub journeys: Vec<(&'static str, Health, u32)>,
}

/// Every zone, and every single component.
pub fn sweep(_topology: &Topology, _assumptions: &Assumptions) -> Vec<SweepRow> {
    Vec::new()
}
