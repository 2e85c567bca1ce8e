//! Plays runs on a clock: one queue of what is due, the same course every time.

use std::sync::Arc;

use serde_json::Value;

use super::account::Stage;
use super::fault::Fault;
use super::figure::OVERLAP_S;
use super::player::Player;
use super::scene::Scene;
use super::sweeper::{Sweeper, Swept};
use super::verdict::{Action, Ending, Outcome, Verdict};
use super::world::World;
use crate::states::Event;

/// A run that somebody or something starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// Seconds of the clock.
    pub at_s: u64,
    pub action: Action,
    /// The time that the run is for, in seconds of the clock: that of the schedule, even where it fires late.
    pub scheduled_s: u64,
}

impl Start {
    /// A run that starts at the time it is for.
    pub fn at(at_s: u64, action: Action) -> Self {
        Self {
            at_s,
            action,
            scheduled_s: at_s,
        }
    }

    /// The opening and the closing of a window of so many minutes.
    pub fn window(minutes: u32) -> [Self; 2] {
        let end_s = u64::from(minutes) * 60;
        [Self::at(0, Action::Open), Self::at(end_s, Action::Close)]
    }
}

/// A course of events.
#[derive(Debug, Clone)]
pub struct Play {
    pub runs: Vec<PlayedRun>,
    /// Oldest first.
    pub moments: Vec<Moment>,
    /// When nothing is due any more.
    pub verdict: Verdict,
}

/// A run of a play.
#[derive(Debug, Clone)]
pub struct PlayedRun {
    pub name: String,
    pub start: Start,
    pub is_swept: bool,
    /// `None` for one that never ended.
    pub ended_s: Option<u64>,
    pub outcome: Outcome,
    /// How things stood when it ended; `None` where another run was still at work.
    pub verdict: Option<Verdict>,
}

/// Something that happened, and the world after it.
#[derive(Debug, Clone)]
pub struct Moment {
    pub at_s: u64,
    /// Position among the runs; `None` for what happened beside them.
    pub run: Option<usize>,
    pub what: Happening,
    pub world: Arc<World>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    Started {
        input: Arc<Value>,
    },
    State(Event),
    Ended {
        ending: Ending,
    },
    /// EC2 has done its own work on a gateway.
    Progressed {
        gateway: String,
        stage: Stage,
    },
    /// Somebody deleted a default route.
    RouteDeleted {
        table: String,
    },
    Swept(Swept),
}

/// Plays runs with faults, and with a sweeper that looks until it finds nothing to close.
pub fn play(scene: &Scene, starts: &[Start], faults: &[Fault], sweeper: Option<Sweeper>) -> Play {
    let mut player = Player::new(scene, faults, sweeper);
    player.run(&adjusted(starts, faults));
    player.finish()
}

/// Starts as the faults of the schedule make them.
fn adjusted(starts: &[Start], faults: &[Fault]) -> Vec<Start> {
    let mut all = starts.to_vec();
    if faults.contains(&Fault::Overlap) {
        let mut opened_s = None;
        for it in &mut all {
            match (it.action, opened_s.take()) {
                (Action::Open, _) => opened_s = Some(it.at_s),
                (Action::Close, Some(at_s)) => *it = Start::at(at_s + OVERLAP_S, Action::Close),
                (Action::Close, None) => (),
            }
        }
    }
    if faults.contains(&Fault::Twice) {
        let again = all.iter().map(|it| Start {
            at_s: it.at_s + 1,
            ..*it
        });
        all = all.iter().copied().chain(again).collect();
    }
    all.sort();
    all
}
