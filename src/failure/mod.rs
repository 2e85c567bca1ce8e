//! What happens when something breaks: one world, one queue of events, the same course every time.
//!
//! [`play`] is a pure function; the state at a moment is read off the [`Timeline`], so scrubbing backwards is exact.
//! A behavior is chosen by what a resource says of itself ([`Outage`](crate::aws::Outage)), never by its name; every
//! figure stands in `figure.rs` with its source. Scaling policies are not played: a group replaces what it lost before
//! target tracking has its three one-minute datapoints, and only replacement brings all of the capacity back.

mod course;
mod detour;
mod fault;
mod figure;
mod fleet;
mod front;
mod interfaces;
mod journey;
mod point;
mod queue;
mod replica;
mod scene;
mod store;
mod sweep;
mod timeline;
mod vpn;
mod world;

pub use fault::Fault;
pub use sweep::{Fall, SweepRow, faults, sweep};
pub use timeline::{Course, Event, EventKind, Health, Sample, Source, Status, Timeline};

use crate::design::Assumptions;
use crate::topology::Topology;
use world::World;

/// Plays a fault. One that the topology does not have breaks nothing.
pub fn play(topology: &Topology, assumptions: &Assumptions, fault: &Fault) -> Timeline {
    let mut world = World::new(topology, assumptions);
    world.scene.record.listen();
    let samples = world.run(fault);
    let journeys = world.courses(samples);
    let kept = world.scene.record.finish();
    Timeline {
        fault: fault.clone(),
        end_s: figure::END_S,
        events: kept.events,
        journeys,
        changes: kept.changes,
        swaps: kept.swaps,
    }
}
