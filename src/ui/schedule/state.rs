//! What the page knows of a schedule: memos of the design and of the moment that is looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::super::moment::{Clock, Moment};
use super::playback::Scenario;
use crate::aws::Name;
use crate::failure::Status;
use crate::lifecycle::{Condition, Deployed, Fault, Play, play};
use crate::topology::{Opening, Topology, openings, temporaries};

/// What comes and goes by the clock, and which of it is there.
#[derive(Clone, Copy)]
pub struct Schedule {
    pub is_there: Memo<bool>,
    /// When the windows of a week are open.
    pub openings: Memo<Vec<Opening>>,
    /// The machine with the account that it works in.
    pub deployed: Memo<Option<Arc<Deployed>>>,
    /// The runs that are played.
    pub play: Memo<Option<Arc<Play>>>,
    /// The moments of it that are worth a step.
    pub steps: Memo<Vec<usize>>,
    /// The step that is looked at.
    pub at: Memo<usize>,
    /// Every node that a machine makes, with the state that its gateway has; `None` for all of them, none of them odd.
    made: Memo<Option<BTreeMap<Name, Option<Status>>>>,
}

impl Schedule {
    pub fn new(moment: RwSignal<Moment>, whole: Memo<Arc<Topology>>) -> Self {
        let all = Memo::new(move |_| temporaries(&whole.read()));
        let windows = Memo::new(move |_| {
            let first = all.read().first().map(|it| it.machine.clone());
            let topology = whole.read();
            first
                .and_then(|it| openings(&topology, &it))
                .unwrap_or_default()
        });
        let deployed = follow(move || Some(Arc::new(Deployed::of(&whole.read())?.ok()?)));
        let chosen = Memo::new(move |_| {
            let moment = moment.read();
            (moment.playback.scenario, moment.playback.fault.clone())
        });
        let play = follow(move || {
            let deployed = deployed.get()?;
            let (scenario, fault) = chosen.get();
            Some(Arc::new(course(
                &deployed,
                scenario,
                &fault,
                windows.read().first().copied(),
            )))
        });
        let steps = follow(move || {
            play.read()
                .as_ref()
                .map(|it| it.steps())
                .unwrap_or_default()
        });
        let at = Memo::new(move |_| {
            let last = steps.read().len().saturating_sub(1);
            moment.read().playback.at.min(last)
        });
        let made = Memo::new(move |_| match moment.read().clock {
            Clock::Open => None,
            Clock::Week(minute) => {
                let is_open = windows.read().iter().any(|it| it.covers(minute));
                (!is_open).then(BTreeMap::new)
            }
            Clock::Run => {
                let (deployed, play) = (deployed.read(), play.read());
                let (deployed, play) = (deployed.as_ref()?, play.as_ref()?);
                let moment = steps
                    .read()
                    .get(at.get())
                    .and_then(|it| play.moments.get(*it))?;
                let standing = deployed.standing(&whole.read(), &moment.world.account);
                Some(
                    standing
                        .into_iter()
                        .map(|(name, it)| (name, status(it)))
                        .collect(),
                )
            }
        });
        Self {
            is_there: Memo::new(move |_| !all.read().is_empty()),
            openings: windows,
            deployed,
            play,
            steps,
            at,
            made,
        }
    }

    /// The topology with what is there now.
    pub fn shown(self, whole: &Arc<Topology>) -> Arc<Topology> {
        match &*self.made.read() {
            None => Arc::clone(whole),
            Some(made) => Arc::new(whole.with_made(|it| made.contains_key(it)).into_owned()),
        }
    }

    /// What of it is on its way.
    pub fn states(self) -> BTreeMap<Name, Status> {
        let made = self.made.read();
        let odd = made.iter().flatten();
        odd.filter_map(|(name, status)| Some((name.clone(), (*status)?)))
            .collect()
    }
}

/// A memo of what was compared already.
fn follow<T: Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    Memo::new_with_compare(move |_| compute(), |_, _| true)
}

fn course(deployed: &Deployed, scenario: Scenario, fault: &str, first: Option<Opening>) -> Play {
    let faults: Vec<Fault> = Fault::parse(fault, &deployed.scene).into_iter().collect();
    play(
        &deployed.scene,
        &scenario.starts(first),
        &faults,
        deployed.sweeper,
    )
}

/// What the drawing says of a node that stands.
fn status(condition: Condition) -> Option<Status> {
    match condition {
        Condition::Standing => None,
        Condition::Changing => Some(Status::Recovering),
        Condition::Failed => Some(Status::Failed),
    }
}
