//! The queue of what is due, and what each of it does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::account::Stage;
use super::fault::Fault;
use super::figure::{BY_HAND_S, CALL_S, DELETING_S, PENDING_S};
use super::play::{Happening, Moment, Play, PlayedRun, Start};
use super::scene::Scene;
use super::strike::{prepare, refusal};
use super::sweeper::Sweeper;
use super::time::iso;
use super::verdict::{Action, Ending, Outcome, Verdict, judge};
use super::world::World;
use crate::states::{Ask, Effect, Execution, Failure, Identity, Place, Status, Trace};

/// More moments than any play of bounded runs has.
const MOMENTS: usize = 100_000;

/// Sweeps that close something at most: faults are over by then.
const SWEEPS: u32 = 3;

/// What is due at a time.
#[derive(Debug, Clone)]
enum Due {
    Start(Start, bool),
    /// A run's effect, with the number that it was scheduled under.
    Effect(usize, Place, u64),
    Progress(String, Stage),
    Deletion(String),
    Timeout(usize),
    Sweep,
}

struct Running {
    execution: Execution,
    /// Numbers of the effects that are due.
    scheduled: BTreeMap<Place, u64>,
    told: PlayedRun,
}

pub(super) struct Player<'a> {
    scene: &'a Scene,
    faults: &'a [Fault],
    sweeper: Option<Sweeper>,
    world: Arc<World>,
    now_s: u64,
    /// By time and number.
    queue: BTreeMap<(u64, u64), Due>,
    numbers: u64,
    runs: Vec<Running>,
    moments: Vec<Moment>,
    /// Calls so far by state, for faults that strike the first one.
    called: BTreeSet<String>,
    progressing: BTreeSet<(String, Stage)>,
    sweeps: u32,
}

impl<'a> Player<'a> {
    pub fn new(scene: &'a Scene, faults: &'a [Fault], sweeper: Option<Sweeper>) -> Self {
        let mut world = scene.world.clone();
        for fault in faults {
            prepare(fault, scene, &mut world);
        }
        Self {
            scene,
            faults,
            sweeper,
            world: Arc::new(world),
            now_s: 0,
            queue: BTreeMap::new(),
            numbers: 0,
            runs: Vec::new(),
            moments: Vec::new(),
            called: BTreeSet::new(),
            progressing: BTreeSet::new(),
            sweeps: 0,
        }
    }

    fn due(&mut self, at_s: u64, due: Due) -> u64 {
        self.numbers += 1;
        self.queue.insert((at_s, self.numbers), due);
        self.numbers
    }

    /// Plays until nothing is due any more.
    pub fn run(&mut self, starts: &[Start]) {
        for start in starts {
            self.due(start.at_s, Due::Start(*start, false));
        }
        if let Some(sweeper) = self.sweeper {
            self.due(sweeper.every_s, Due::Sweep);
        }
        while let Some(((at_s, _), due)) = self.queue.pop_first() {
            if self.moments.len() > MOMENTS {
                return;
            }
            self.now_s = at_s;
            Arc::make_mut(&mut self.world).account.now_s = at_s;
            match due {
                Due::Start(start, is_swept) => self.start(start, is_swept),
                Due::Effect(run, place, number) => self.effect(run, &place, number),
                Due::Progress(id, stage) => self.progress(id, stage),
                Due::Deletion(table) => self.delete_route(table),
                Due::Timeout(run) => self.time_out(run),
                Due::Sweep => self.sweep(),
            }
            self.look_at_gateways();
        }
    }

    /// What came of it.
    pub fn finish(self) -> Play {
        let verdict = self.judge();
        Play {
            runs: self.runs.into_iter().map(|it| it.told).collect(),
            moments: self.moments,
            verdict,
        }
    }

    fn note(&mut self, run: Option<usize>, what: Happening) {
        self.moments.push(Moment {
            at_s: self.now_s,
            run,
            what,
            world: Arc::clone(&self.world),
        });
    }

    fn start(&mut self, start: Start, is_swept: bool) {
        let run = self.runs.len();
        let name = format!("{}-{}", start.action.word(), run + 1);
        let machine = "arn:aws:states:ap-northeast-1:111122223333:stateMachine:scheduled-nat";
        let id = format!(
            "{}:{name}",
            machine.replace(":stateMachine:", ":execution:")
        );
        let identity = Identity {
            id: id.clone(),
            name: name.clone(),
            machine: machine.to_owned(),
            start: iso(self.now_s),
        };
        let scheduled = iso(start.scheduled_s);
        let input = json!({"action": start.action.word(), "scheduled": scheduled});
        Arc::make_mut(&mut self.world).runs.insert(id, "RUNNING");
        self.note(
            Some(run),
            Happening::Started {
                input: Arc::new(input.clone()),
            },
        );
        let mut trace = Trace::with_events();
        let execution = Execution::start(&self.scene.machine, &identity, input, &mut trace);
        self.runs.push(Running {
            execution,
            scheduled: BTreeMap::new(),
            told: PlayedRun {
                name,
                start,
                is_swept,
                ended_s: None,
                outcome: Outcome {
                    scheduled,
                    action: start.action,
                    ending: Ending::Running,
                    is_told: false,
                },
                verdict: None,
            },
        });
        if let Some(seconds) = self.scene.machine.timeout_s {
            self.due(self.now_s + seconds, Due::Timeout(run));
        }
        self.stepped(run, trace);
    }

    /// Notes what a run did, and schedules what it waits for now.
    fn stepped(&mut self, run: usize, trace: Trace) {
        for event in trace.events.into_iter().flatten() {
            self.note(Some(run), Happening::State(event));
        }
        let effects = self
            .runs
            .get(run)
            .map(|it| it.execution.effects())
            .unwrap_or_default();
        let is_new = |it: &&Effect| {
            self.runs
                .get(run)
                .is_some_and(|running| !running.scheduled.contains_key(&it.place))
        };
        let new: Vec<Effect> = effects.iter().filter(is_new).cloned().collect();
        for Effect { place, ask, .. } in new {
            let after_s = match ask {
                Ask::Call { .. } => CALL_S,
                Ask::Wait { seconds } | Ask::Retry { seconds } => seconds,
            };
            let number = self.numbers + 1;
            self.due(
                self.now_s + after_s,
                Due::Effect(run, place.clone(), number),
            );
            if let Some(running) = self.runs.get_mut(run) {
                running.scheduled.insert(place, number);
            }
        }
        if let Some(running) = self.runs.get_mut(run) {
            running
                .scheduled
                .retain(|place, _| effects.iter().any(|it| it.place == *place));
        }
        self.note_end(run);
    }

    fn note_end(&mut self, run: usize) {
        let Some(running) = self.runs.get_mut(run) else {
            return;
        };
        let (ending, status) = match running.execution.status() {
            Status::Running => return,
            Status::Succeeded(_) => (Ending::Succeeded, "SUCCEEDED"),
            Status::Failed(it) if it.error == "States.Timeout" => (Ending::Failed, "TIMED_OUT"),
            Status::Failed(_) => (Ending::Failed, "FAILED"),
        };
        if running.told.ended_s.is_some() {
            return;
        }
        running.told.ended_s = Some(self.now_s);
        running.told.outcome.ending = ending;
        let id = running.execution.id().to_owned();
        Arc::make_mut(&mut self.world).runs.insert(id, status);
        self.note(Some(run), Happening::Ended { ending });
        let is_alone = self.runs.iter().all(|it| it.told.ended_s.is_some());
        let verdict = is_alone.then(|| self.judge());
        if let Some(running) = self.runs.get_mut(run) {
            running.told.verdict = verdict;
        }
    }

    fn judge(&self) -> Verdict {
        let outcomes: Vec<Outcome> = self.runs.iter().map(|it| it.told.outcome.clone()).collect();
        judge(self.scene, &self.world, &outcomes)
    }

    fn effect(&mut self, run: usize, place: &Place, number: u64) {
        let Some(running) = self.runs.get_mut(run) else {
            return;
        };
        if running.scheduled.get(place) != Some(&number) {
            return;
        }
        running.scheduled.remove(place);
        let effects = running.execution.effects();
        let Some(effect) = effects.into_iter().find(|it| it.place == *place) else {
            return;
        };
        let answer = match &effect.ask {
            Ask::Wait { .. } | Ask::Retry { .. } => Ok(Value::Null),
            Ask::Call {
                resource,
                parameters,
            } => self.call(run, place, resource, parameters),
        };
        let mut trace = Trace::with_events();
        if let Some(running) = self.runs.get_mut(run) {
            running
                .execution
                .answer(&self.scene.machine, place, answer, &mut trace);
        }
        self.stepped(run, trace);
    }

    fn call(
        &mut self,
        run: usize,
        place: &Place,
        resource: &str,
        given: &Value,
    ) -> Result<Value, Failure> {
        let is_swept = self.runs.get(run).is_some_and(|it| it.told.is_swept);
        let is_first = self.called.insert(place.state.clone());
        let mine = self
            .faults
            .iter()
            .filter(|it| it.state() == Some(&place.state));
        let strikes = |it: &&Fault| match it {
            Fault::Always(_) => !is_swept,
            _ => is_first,
        };
        let fault = mine.filter(strikes).min();
        if let Some(Fault::Once(_) | Fault::Always(_)) = fault {
            return Err(refusal(resource));
        }
        let published = self.world.topic.len();
        let answer = Arc::make_mut(&mut self.world).call(resource, given);
        let is_told = self.world.topic.len() > published;
        if let Some(running) = self.runs.get_mut(run) {
            running.told.outcome.is_told |= is_told;
        }
        self.notice_route(place, &answer);
        match fault {
            Some(_) => Err(Failure::new("States.Timeout", "no answer")),
            None => answer,
        }
    }

    /// Somebody will delete the route that was just made.
    fn notice_route(&mut self, place: &Place, answer: &Result<Value, Failure>) {
        let is_it = self.faults.contains(&Fault::RouteDeleted)
            && place.state == "CreateRoute"
            && answer.is_ok();
        let zone = place
            .within
            .first()
            .and_then(|(_, at)| self.scene.plan.get(*at));
        let table = place
            .within
            .get(1)
            .and_then(|(_, at)| zone?.tables.get(*at));
        if let (true, Some(table)) = (is_it, table.cloned()) {
            self.due(self.now_s + BY_HAND_S, Due::Deletion(table));
        }
    }

    fn progress(&mut self, id: String, stage: Stage) {
        self.progressing.remove(&(id.clone(), stage));
        if self.world.account.gateways.get(&id).map(|it| it.state) != Some(stage) {
            return;
        }
        let world = Arc::make_mut(&mut self.world);
        world.account.progress(&id);
        if let Some(stage) = world.account.gateways.get(&id).map(|it| it.state) {
            self.note(None, Happening::Progressed { gateway: id, stage });
        }
    }

    fn delete_route(&mut self, table: String) {
        let account = &mut Arc::make_mut(&mut self.world).account;
        if account
            .tables
            .insert(table.clone(), None)
            .flatten()
            .is_some()
        {
            self.note(None, Happening::RouteDeleted { table });
        }
    }

    fn time_out(&mut self, run: usize) {
        if let Some(running) = self.runs.get_mut(run) {
            running.execution.time_out();
            running.scheduled.clear();
        }
        self.note_end(run);
    }

    fn sweep(&mut self) {
        let Some(sweeper) = self.sweeper else {
            return;
        };
        let swept = sweeper.sweep(&self.world);
        let is_first = self.sweeps < SWEEPS;
        let is_over = self.queue.values().all(|it| matches!(it, Due::Timeout(_)));
        if swept.strays + swept.overdue > 0 {
            self.note(None, Happening::Swept(swept));
        }
        if swept.closes && is_first {
            self.sweeps += 1;
            self.start(Start::at(self.now_s, Action::Close), true);
        }
        if !is_over || (swept.closes && is_first) {
            self.due(self.now_s + sweeper.every_s, Due::Sweep);
        }
    }

    /// Whatever has come to be pending or deleting will not stay so.
    fn look_at_gateways(&mut self) {
        let is_stuck = self.faults.contains(&Fault::Stuck);
        let world = Arc::clone(&self.world);
        for (id, gateway) in &world.account.gateways {
            let after_s = match gateway.state {
                Stage::Pending if is_stuck => continue,
                Stage::Pending => PENDING_S,
                Stage::Deleting => DELETING_S,
                Stage::Available | Stage::Failed | Stage::Deleted => continue,
            };
            if self.progressing.insert((id.clone(), gateway.state)) {
                self.due(
                    self.now_s + after_s,
                    Due::Progress(id.clone(), gateway.state),
                );
            }
        }
    }
}
