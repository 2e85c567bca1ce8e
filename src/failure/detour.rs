//! DNS failover: Route 53 watches the application from outside and answers with something else while it fails.

use super::EventKind;
use super::figure::{FADE_S, FAILOVER_DNS, TTL_S};
use super::journey::{Leg, Path};
use super::scene::Scene;
use super::world::World;
use crate::aws::{Bucket, HealthCheck, Name, RecordSet, lookup};
use crate::text::text;
use crate::topology::Topology;

/// The share of health checkers that have to get an answer (Route 53 developer guide, how Route 53 determines whether a
/// health check is healthy).
const HEALTHY_SHARE: f64 = 0.18;

/// Steps in which clients drop the old answer.
const FADES: u32 = TTL_S / FADE_S;

#[derive(Debug, Clone)]
pub struct Detour {
    pub id: usize,
    /// The primary record.
    pub name: Name,
    /// Seconds between two checks, and how many in a row decide.
    interval: u32,
    threshold: u32,
    /// Whether it stands in another Region, nearer or not, rather than in reserve.
    by_latency: bool,
    /// From the users to the instances: what a check goes through.
    pub legs: Vec<Leg>,
    /// What answers meanwhile, by index; `None`: it is no part of this design, and taken to answer.
    pub secondary: Option<usize>,
    away: bool,
    /// The judgment that is awaited, by number.
    awaited: Option<u32>,
    number: u32,
    /// The number of the judgment that clients follow.
    followed: u32,
    /// How far they have moved to the secondary, in steps.
    moved: u32,
}

#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Enough checks in a row say the same.
    Judge(u32),
    /// Some more clients have asked DNS again.
    Fade(u32),
}

/// The bucket that serves a page under a record's name.
pub fn page<'a>(topology: &'a Topology, record: &RecordSet) -> Option<&'a Name> {
    let mut buckets = topology.all::<Bucket>();
    let found = buckets.find(|(_, it)| lookup(&it.rest, "BucketName") == Some(&record.domain));
    found.map(|(name, _)| name)
}

impl Detour {
    /// What a primary record leads to: its checks go the way of a request, as far as the instances.
    pub fn of(
        topology: &Topology,
        id: usize,
        name: &Name,
        record: &RecordSet,
        request: Option<&Path>,
    ) -> Self {
        let check = record.health.as_ref().and_then(|it| topology.get(it));
        let legs = request.into_iter().flat_map(|it| &it.legs);
        let checked = legs.filter(|it| matches!(it, Leg::Enter { .. } | Leg::Serve { .. }));
        Self {
            id,
            name: name.clone(),
            interval: check.map_or(0, HealthCheck::interval),
            threshold: check.map_or(0, HealthCheck::threshold),
            by_latency: record.region.is_some(),
            legs: checked.cloned().collect(),
            secondary: None,
            away: false,
            awaited: None,
            number: 0,
            followed: 0,
            moved: 0,
        }
    }

    /// Share of the requests that the application itself would take.
    pub fn direct(&self, world: &World) -> f64 {
        self.legs.iter().map(|it| it.share(world)).product()
    }

    /// Share of the users who get an answer, be it the secondary's.
    pub fn answered(&self, world: &World) -> f64 {
        let stands_in = self.secondary.and_then(|it| world.points.get(it));
        let secondary = if stands_in.is_none_or(|it| it.up) {
            1.0
        } else {
            0.0
        };
        let moved = f64::from(self.moved) / f64::from(FADES);
        (1.0 - moved) * self.direct(world) + moved * secondary
    }

    /// Counts checks from the moment in which they begin to say something else: asked after every moment.
    pub fn heed(&mut self, scene: &mut Scene, direct: f64) {
        let fails = direct <= HEALTHY_SHARE;
        if fails == self.away {
            self.awaited = None;
        } else if self.awaited.is_none() {
            self.number += 1;
            self.awaited = Some(self.number);
            let delay = self.interval.saturating_mul(self.threshold);
            scene.after(delay, (self.id, Step::Judge(self.number)));
        }
    }

    pub fn step(&mut self, scene: &mut Scene, step: Step) {
        match step {
            Step::Judge(number) if self.awaited == Some(number) => {
                self.awaited = None;
                self.followed = number;
                self.away = !self.away;
                self.tell(scene);
                scene.after(FADE_S, (self.id, Step::Fade(number)));
            }
            Step::Fade(number) if self.followed == number => {
                let end = if self.away { FADES } else { 0 };
                self.moved = if self.away {
                    (self.moved + 1).min(FADES)
                } else {
                    self.moved.saturating_sub(1)
                };
                if self.moved != end {
                    scene.after(FADE_S, (self.id, Step::Fade(number)));
                }
            }
            Step::Judge(_) | Step::Fade(_) => (),
        }
    }

    fn tell(&self, scene: &mut Scene) {
        let words = match (self.away, self.by_latency) {
            (true, true) => text(
                "failure.latency",
                "Route 53 calls {name} unhealthy after {count} failed checks, {interval} s apart, and answers with the second Region alone; clients follow within {ttl} s",
            ),
            (false, true) => text(
                "failure.latency-back",
                "Route 53 calls {name} healthy after {count} passed checks, {interval} s apart, and answers with the nearer Region again; clients follow within {ttl} s",
            ),
            (true, false) => text(
                "failure.detour",
                "Route 53 calls {name} unhealthy after {count} failed checks, {interval} s apart, and answers with the secondary; clients follow within {ttl} s",
            ),
            (false, false) => text(
                "failure.detour-back",
                "Route 53 calls {name} healthy after {count} passed checks, {interval} s apart, and answers with the primary; clients follow within {ttl} s",
            ),
        };
        scene.tell(&self.name, EventKind::Dns, FAILOVER_DNS, || {
            words
                .with("name", self.name.as_str())
                .with("count", self.threshold)
                .with("interval", self.interval)
                .with("ttl", TTL_S)
        });
    }
}
