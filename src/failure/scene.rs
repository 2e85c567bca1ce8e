//! What every behavior shares: the clock, the queue, the zones that are dark, and the record of what happened.

use std::collections::{BTreeMap, BTreeSet};

use super::queue::Queue;
use super::world::Step;
use super::{Event, EventKind, Source, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::{Arg, Message, text};
use crate::topology::Site;

#[derive(Debug, Clone)]
pub struct Scene {
    /// Seconds since the fault.
    pub now: u32,
    pub queue: Queue<Step>,
    pub record: Record,
    /// The Region whose zones are called by their letters alone.
    pub home: Option<Region>,
    dark: BTreeSet<Site>,
}

impl Scene {
    pub fn new(home: Option<Region>) -> Self {
        Self {
            now: 0,
            queue: Queue::new(),
            record: Record {
                kept: None,
                seen: BTreeMap::new(),
            },
            home,
            dark: BTreeSet::new(),
        }
    }

    /// Puts something into the queue, so many seconds from now.
    pub fn after(&mut self, seconds: u32, step: impl Into<Step>) {
        self.queue
            .push(self.now.saturating_add(seconds), step.into());
    }

    /// A zone of a Region.
    pub fn site(&self, region: Option<Region>, zone: Zone) -> Site {
        Site::of(self.home, region, zone)
    }

    pub fn is_dark(&self, site: Site) -> bool {
        self.dark.contains(&site)
    }

    pub fn set_dark(&mut self, site: Site, dark: bool) {
        if dark {
            self.dark.insert(site);
        } else {
            self.dark.remove(&site);
        }
    }

    /// Records an event; its words are made only where somebody reads them.
    pub fn tell(
        &mut self,
        subject: &Name,
        kind: EventKind,
        source: Source,
        words: impl FnOnce() -> Message,
    ) {
        if let Some(kept) = &mut self.record.kept {
            kept.events.push(Event {
                t: self.now,
                subject: subject.clone(),
                kind,
                text: words(),
                source,
            });
        }
    }

    /// Records that the roles of two copies have changed hands.
    pub fn swap(&mut self, copies: [&Name; 2]) {
        if let Some(kept) = &mut self.record.kept {
            kept.swaps.extend(copies.map(|it| (self.now, it.clone())));
        }
    }

    /// Records how a thing is, where that has changed. What has never been seen was healthy.
    pub fn show(&mut self, name: &Name, status: Status) {
        let Some(kept) = &mut self.record.kept else {
            return;
        };
        let before = self.record.seen.get(name.as_str());
        if before.copied().unwrap_or(Status::Healthy) != status {
            self.record.seen.insert(name.clone(), status);
            kept.changes.push((self.now, name.clone(), status));
        }
    }
}

/// What happened, where somebody reads it: a sweep plays hundreds of courses that nobody does.
#[derive(Debug, Clone)]
pub struct Record {
    kept: Option<Kept>,
    seen: BTreeMap<Name, Status>,
}

/// Each by time.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub events: Vec<Event>,
    pub changes: Vec<(u32, Name, Status)>,
    pub swaps: Vec<(u32, Name)>,
}

impl Record {
    /// Keeps everything from now on.
    pub fn listen(&mut self) {
        self.kept = Some(Kept::default());
    }

    pub fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    pub fn finish(self) -> Kept {
        self.kept.unwrap_or_default()
    }
}

/// Names as a sentence lists them: all of a few, first and last of many.
pub fn listed(names: &[Name]) -> Arg {
    match names {
        [first, .., last] if names.len() > 3 => text("failure.many", "{first} to {last} ({count})")
            .with("first", first.as_str())
            .with("last", last.as_str())
            .with("count", names.len())
            .into(),
        _ => names.join(", ").into(),
    }
}
