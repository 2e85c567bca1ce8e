//! The exhaustive check: every order of what up to three runs and EC2 do, with every single fault at every step.
//!
//! Everything that a step can touch is numbered, so that a state is a handful of numbers and each local step is computed once.
//! Delays between attempts take no time, and two bounds hold as they are meant to: a run that waits for its turn is woken once
//! early and then only when nobody works, and EC2 is done before the last look, unless its slowness is the fault.

use std::sync::Arc;

use azimuth::lifecycle::{
    Account, Action, Ending, Left, Outcome, Scene, Stage, Target, Verdict, World, iso, judge,
    refusal,
};
use azimuth::states::{Ask, Execution, Failure, Identity, Place, Status, Trace};
use serde_json::{Map, Value, json};

use crate::numbers::{Keyed, Numbered, Seen};

/// Runs at once at most.
pub const RUNS: usize = 3;

/// Runs that a check starts, with their scheduled times in hours.
#[derive(Debug, Clone)]
pub struct Case {
    pub runs: Vec<(Action, u64)>,
    /// An earlier run has opened the window.
    pub is_open: bool,
    /// Every single fault, or none.
    pub is_faulty: bool,
    /// How often a run that waits for its turn is woken while another works.
    pub early: u64,
}

/// What a check found.
#[derive(Debug, Default, Clone)]
pub struct Report {
    pub states: usize,
    pub steps: usize,
    /// Ends of a course, each judged.
    pub ends: usize,
    /// The first thing that is wrong, and how it came to it.
    pub wrong: Option<String>,
}

/// The one fault of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spent {
    /// None yet.
    No,
    /// A call failed, or its answer was lost, once.
    Once,
    /// EC2 could not create a gateway, or somebody's route is in the way.
    Refused,
    /// A route was deleted by hand.
    ByHand,
    /// EC2 took longer than the machine waits.
    Slow,
    /// A run was ended from outside.
    Aborted,
    /// Every call of a state fails.
    Always(u8),
}

impl Spent {
    fn code(self) -> u32 {
        match self {
            Self::No => 0,
            Self::Once => 1,
            Self::Refused => 2,
            Self::ByHand => 3,
            Self::Slow => 4,
            Self::Aborted => 5,
            Self::Always(name) => u32::from(name) + 6,
        }
    }
}

/// Numbers of runs, account and ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    runs: [u32; RUNS],
    account: u32,
    ledger: u32,
    /// A bit a run.
    told: u8,
    spent: Spent,
}

impl State {
    fn key(&self) -> u128 {
        let [one, two, three] = self.runs;
        assert!((one | two | three | self.account | self.ledger) < 1 << 20);
        let small = self.ledger << 12 | u32::from(self.told) << 8 | self.spent.code();
        let middle = u64::from(three) << 20 | u64::from(self.account);
        u128::from(one) << 92 | u128::from(two) << 72 | u128::from(middle) << 32 | u128::from(small)
    }
}

/// What is known of a run in a state of its own.
#[derive(Debug, Clone)]
struct Run {
    ending: Ending,
    waiting: Vec<Waiting>,
    /// The run as ended from outside.
    aborted: Option<u32>,
}

#[derive(Debug, Clone)]
struct Waiting {
    place: Place,
    /// Number of the state's name.
    name: u8,
    what: Wait,
}

#[derive(Debug, Clone)]
enum Wait {
    Call(Service, String, Arc<Value>),
    /// Woken so often already.
    Turn(u64, u32),
    /// Whether it is the last look.
    Look(bool, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Ec2,
    Ledger,
    Runs,
    Topic,
}

/// How a call goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Well,
    /// Nothing is done.
    Refused,
    /// It acts, and the answer is lost.
    Lost,
}

/// What a call leads to.
#[derive(Debug, Clone, Copy)]
struct Called {
    run: u32,
    account: u32,
    ledger: u32,
    tells: bool,
}

/// What may happen to an account without a run.
#[derive(Debug, Clone, Default)]
struct Beside {
    progress: Vec<u32>,
    faults: Vec<(Spent, u32)>,
}

struct Checker<'a> {
    scene: &'a Scene,
    case: &'a Case,
    looks: [u64; 2],
    executions: Numbered<Execution>,
    accounts: Numbered<Account>,
    ledgers: Numbered<Map<String, Value>>,
    names: Vec<String>,
    runs: Vec<Option<Arc<Run>>>,
    beside: Vec<Option<Arc<Beside>>>,
    holders: Vec<Option<Option<usize>>>,
    called: Keyed<Called>,
    swept: Keyed<Option<String>>,
    mistake: Option<String>,
}

/// Checks a definition, each case for itself, up to the first that finds something wrong.
pub fn check(definition: &Value, cases: &[Case]) -> Vec<Report> {
    let scene = Scene::new(definition).unwrap();
    let mut checker = Checker {
        scene: &scene,
        case: &cases[0],
        looks: [
            looks(definition, "IsAvailable"),
            looks(definition, "IsDeleted"),
        ],
        executions: Numbered::new(),
        accounts: Numbered::new(),
        ledgers: Numbered::new(),
        names: Vec::new(),
        runs: Vec::new(),
        beside: Vec::new(),
        holders: Vec::new(),
        called: Keyed::default(),
        swept: Keyed::default(),
        mistake: None,
    };
    let mut reports: Vec<Report> = Vec::new();
    for case in cases {
        if reports.last().is_some_and(|it| it.wrong.is_some()) {
            break;
        }
        checker.case = case;
        reports.push(checker.search());
    }
    reports
}

/// The look after which the machine gives up, from the definition itself.
fn looks(definition: &Value, state: &str) -> u64 {
    fn bound(value: &Value) -> Option<u64> {
        match value {
            Value::Object(fields) => fields
                .get("NumericGreaterThanEquals")
                .and_then(Value::as_u64)
                .or_else(|| fields.values().find_map(bound)),
            Value::Array(all) => all.iter().find_map(bound),
            _ => None,
        }
    }
    let pointer = format!("/States/Gateways/ItemProcessor/States/{state}/Choices");
    definition.pointer(&pointer).and_then(bound).unwrap_or(1)
}

fn arn(run: usize) -> String {
    format!("arn:aws:states:ap-northeast-1:111122223333:execution:scheduled-nat:run-{run}")
}

fn input(action: Action, hours: u64) -> Value {
    json!({"action": action.word(), "scheduled": iso(hours * 3600)})
}

fn start(scene: &Scene, id: &str, input: Value) -> Execution {
    let identity = Identity {
        id: id.to_owned(),
        name: id.rsplit(':').next().unwrap().to_owned(),
        machine: "arn:machine".to_owned(),
        // After every time that a run is for.
        start: iso(1_000 * 3_600),
    };
    Execution::start(&scene.machine, &identity, input, &mut Trace::default())
}

fn ending(run: &Execution) -> Ending {
    match run.status() {
        Status::Running => Ending::Running,
        Status::Succeeded(_) => Ending::Succeeded,
        Status::Failed(_) => Ending::Failed,
    }
}

fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Running => "RUNNING",
        Ending::Succeeded => "SUCCEEDED",
        Ending::Failed => "FAILED",
    }
}

/// Runs one execution to its end, EC2 always in time and nothing else going on.
fn alone(scene: &Scene, world: &mut World, id: &str, input: Value) -> Ending {
    world.runs.insert(id.to_owned(), "RUNNING");
    let mut run = start(scene, id, input);
    let mut trace = Trace::default();
    while let Some(effect) = run.effects().into_iter().next() {
        let answer = match &effect.ask {
            Ask::Call {
                resource,
                parameters,
            } => world.call(resource, parameters),
            Ask::Wait { .. } | Ask::Retry { .. } => {
                let ids: Vec<String> = world.account.gateways.keys().cloned().collect();
                ids.iter().for_each(|it| world.account.progress(it));
                Ok(Value::Null)
            }
        };
        run.answer(&scene.machine, &effect.place, answer, &mut trace);
    }
    let ending = ending(&run);
    world.runs.insert(id.to_owned(), word(ending));
    ending
}

impl Checker<'_> {
    fn search(&mut self) -> Report {
        let mut report = Report::default();
        let first = self.first();
        let mut seen = Seen::new();
        seen.insert(first.key());
        // Each state met, with the one before it.
        let mut met = vec![(first, 0_u32)];
        let mut open = vec![0_u32];
        let mut steps = Vec::new();
        while let Some(number) = open.pop() {
            let state = met[number as usize].0;
            steps.clear();
            let may_go_on = self.steps(&state, &mut steps);
            report.steps += steps.len();
            let wrong = match may_go_on {
                true => None,
                false => {
                    report.ends += 1;
                    self.end(&state)
                }
            };
            if let Some(wrong) = wrong.or_else(|| self.mistake.take()) {
                report.wrong = Some(format!("{wrong}\n{}", self.course(&met, number)));
                break;
            }
            for next in &steps {
                if seen.insert(next.key()) {
                    open.push(u32::try_from(met.len()).unwrap());
                    met.push((*next, number));
                }
            }
        }
        report.states = met.len();
        report
    }

    fn first(&mut self) -> State {
        let mut world = self.scene.world.clone();
        if self.case.is_open {
            let ending = alone(self.scene, &mut world, "earlier", input(Action::Open, 0));
            assert_eq!(ending, Ending::Succeeded);
        }
        let mut runs = [0; RUNS];
        for (at, (action, hours)) in self.case.runs.iter().enumerate() {
            let run = start(self.scene, &arn(at), input(*action, *hours));
            runs[at] = self.executions.number(run);
        }
        State {
            runs,
            account: self.accounts.number(world.account),
            ledger: self.ledgers.number(world.ledger),
            told: 0,
            spent: Spent::No,
        }
    }

    fn world(&self, state: &State) -> World {
        let mut world = self.scene.world.clone();
        world.account = Account::clone(self.accounts.at(state.account));
        world.ledger = Map::clone(self.ledgers.at(state.ledger));
        for at in 0..self.case.runs.len() {
            let ending = ending(self.executions.at(state.runs[at]));
            world.runs.insert(arn(at), word(ending));
        }
        world
    }

    fn name(&mut self, name: &str) -> u8 {
        let known = self.names.iter().position(|it| it == name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        u8::try_from(at).unwrap()
    }

    fn run(&mut self, number: u32) -> Arc<Run> {
        let at = number as usize;
        if self.runs.len() <= at {
            self.runs.resize(at + 1, None);
        }
        if let Some(known) = &self.runs[at] {
            return Arc::clone(known);
        }
        let execution = Arc::clone(self.executions.at(number));
        let mut waiting = Vec::new();
        for effect in execution.effects() {
            let after =
                |checker: &mut Self| checker.answered(number, &effect.place, Ok(Value::Null));
            let count = |of: &str, name: &str| effect.input[of][name].as_u64().unwrap_or(0);
            let what = match &effect.ask {
                Ask::Call {
                    resource,
                    parameters,
                } => {
                    let service = match resource.as_str() {
                        it if it.contains(":dynamodb:") => Service::Ledger,
                        it if it.contains(":sfn:") => Service::Runs,
                        it if it.contains(":sns:") => Service::Topic,
                        _ => Service::Ec2,
                    };
                    Wait::Call(service, resource.clone(), Arc::clone(parameters))
                }
                Ask::Retry { .. } => unreachable!("taken at once"),
                Ask::Wait { .. } => match effect.place.state.as_str() {
                    "WaitTurn" => Wait::Turn(count("turn", "count"), after(self)),
                    "WaitAvailable" => {
                        let is_last = count("pending", "looks") + 1 >= self.looks[0];
                        Wait::Look(is_last, after(self))
                    }
                    "WaitDeleted" => {
                        let is_last = count("deleting", "looks") + 1 >= self.looks[1];
                        Wait::Look(is_last, after(self))
                    }
                    other => panic!("{other} waits"),
                },
            };
            let name = self.name(&effect.place.state);
            waiting.push(Waiting {
                place: effect.place,
                name,
                what,
            });
        }
        let ending = ending(&execution);
        let aborted = (ending == Ending::Running).then(|| {
            let mut aborted = Execution::clone(&execution);
            aborted.time_out();
            self.executions.number(aborted)
        });
        let run = Arc::new(Run {
            ending,
            waiting,
            aborted,
        });
        self.runs[at] = Some(Arc::clone(&run));
        run
    }

    /// A run after an answer, further attempts after their delays included.
    fn answered(&mut self, run: u32, place: &Place, answer: Result<Value, Failure>) -> u32 {
        let mut execution = Execution::clone(self.executions.at(run));
        let mut trace = Trace::default();
        let machine = &self.scene.machine;
        execution.answer(machine, place, answer, &mut trace);
        loop {
            let effects = execution.effects();
            let mut retries = effects
                .iter()
                .filter(|it| matches!(it.ask, Ask::Retry { .. }));
            let Some(retry) = retries.next() else {
                break;
            };
            execution.answer(machine, &retry.place, Ok(Value::Null), &mut trace);
        }
        if let Some((place, failure)) = trace.mistakes.first() {
            self.mistake = Some(format!("{place}: {failure:?}"));
        }
        self.executions.number(execution)
    }

    fn call(&mut self, state: &State, run: u32, at: usize, it: &Waiting, manner: Manner) -> Called {
        let Wait::Call(service, resource, parameters) = &it.what else {
            unreachable!("only calls are called")
        };
        let part = match (manner, service) {
            (Manner::Refused, _) | (_, Service::Topic) => 0,
            (_, Service::Ec2) => state.account,
            (_, Service::Ledger) => state.ledger,
            (_, Service::Runs) => (0..self.case.runs.len()).fold(1, |all, at| {
                all * 3 + self.run(state.runs[at]).ending as u32
            }),
        };
        let key =
            u128::from(part) << 64 | u128::from(run) << 32 | (at as u128) << 8 | manner as u128;
        if let Some(known) = self.called.get(&key) {
            let is_changed = manner != Manner::Refused;
            let account = is_changed && *service == Service::Ec2;
            let ledger = is_changed && *service == Service::Ledger;
            return Called {
                account: if account {
                    known.account
                } else {
                    state.account
                },
                ledger: if ledger { known.ledger } else { state.ledger },
                ..*known
            };
        }
        let mut world = self.world(state);
        let answer = match manner {
            Manner::Refused => Err(refusal(resource)),
            Manner::Well => world.call(resource, parameters),
            Manner::Lost => {
                world.call(resource, parameters).ok();
                Err(Failure::new("States.Timeout", ""))
            }
        };
        let called = Called {
            run: self.answered(run, &it.place, answer),
            tells: !world.topic.is_empty(),
            account: self.accounts.number(world.account),
            ledger: self.ledgers.number(world.ledger),
        };
        self.called.insert(key, called);
        called
    }

    /// Everything that may happen next, and whether something will: a fault need not.
    fn steps(&mut self, state: &State, all: &mut Vec<State>) -> bool {
        for at in 0..self.case.runs.len() {
            self.steps_of(state, at, all);
        }
        let beside = self.beside(state.account);
        all.extend(beside.progress.iter().map(|it| State {
            account: *it,
            ..*state
        }));
        let may_go_on = !all.is_empty();
        if self.case.is_faulty && state.spent == Spent::No {
            all.extend(beside.faults.iter().map(|(spent, it)| State {
                account: *it,
                spent: *spent,
                ..*state
            }));
            for at in 0..self.case.runs.len() {
                if let Some(aborted) = self.run(state.runs[at]).aborted {
                    let mut next = *state;
                    next.runs[at] = aborted;
                    next.spent = Spent::Aborted;
                    all.push(next);
                }
            }
        }
        may_go_on
    }

    fn steps_of(&mut self, state: &State, at: usize, all: &mut Vec<State>) {
        let number = state.runs[at];
        let run = self.run(number);
        let may_fail = self.case.is_faulty && state.spent == Spent::No;
        for (position, it) in run.waiting.iter().enumerate() {
            let mut go = |spent: Spent, run: u32| {
                let mut next = State { spent, ..*state };
                next.runs[at] = run;
                all.push(next);
            };
            match &it.what {
                Wait::Turn(woken, after) => {
                    if *woken < self.case.early || !self.is_somebody_at_work(state, at) {
                        go(state.spent, *after);
                    }
                }
                Wait::Look(is_last, after) => {
                    let is_busy = !self.beside(state.account).progress.is_empty();
                    if !(*is_last && is_busy) || state.spent == Spent::Slow {
                        go(state.spent, *after);
                    } else if may_fail {
                        go(Spent::Slow, *after);
                    }
                }
                Wait::Call(..) => {
                    let ways: &[(Spent, Manner)] = if state.spent == Spent::Always(it.name) {
                        &[(state.spent, Manner::Refused)]
                    } else if may_fail {
                        &[
                            (Spent::No, Manner::Well),
                            (Spent::Once, Manner::Refused),
                            (Spent::Once, Manner::Lost),
                            (Spent::Always(it.name), Manner::Refused),
                        ]
                    } else {
                        &[(state.spent, Manner::Well)]
                    };
                    for (spent, manner) in ways {
                        let called = self.call(state, number, position, it, *manner);
                        let mut next = State {
                            account: called.account,
                            ledger: called.ledger,
                            told: state.told | u8::from(called.tells) << at,
                            spent: *spent,
                            ..*state
                        };
                        next.runs[at] = called.run;
                        all.push(next);
                    }
                }
            }
        }
    }

    fn beside(&mut self, account: u32) -> Arc<Beside> {
        let at = account as usize;
        if self.beside.len() <= at {
            self.beside.resize(at + 1, None);
        }
        if let Some(known) = &self.beside[at] {
            return Arc::clone(known);
        }
        let account = Arc::clone(self.accounts.at(account));
        let mut beside = Beside::default();
        let mut after = |change: &dyn Fn(&mut Account)| {
            let mut account = Account::clone(&account);
            change(&mut account);
            self.accounts.number(account)
        };
        for (id, gateway) in &account.gateways {
            if account.next_stage(id).is_some() {
                beside.progress.push(after(&|it| it.progress(id)));
            }
            if gateway.state == Stage::Pending {
                let failing = after(&|it| it.gateways.get_mut(id).unwrap().fails = true);
                beside.faults.push((Spent::Refused, failing));
            }
        }
        for (table, target) in &account.tables {
            let other = Target::Other("tgw-1".to_owned());
            let (spent, target) = match target {
                Some(_) => (Spent::ByHand, None),
                None => (Spent::Refused, Some(other)),
            };
            let changed = after(&|it| {
                it.tables.insert(table.clone(), target.clone());
            });
            beside.faults.push((spent, changed));
        }
        let dark = after(&|it| it.dark.extend(it.subnets.values().cloned()));
        beside.faults.push((Spent::Refused, dark));
        let beside = Arc::new(beside);
        self.beside[at] = Some(Arc::clone(&beside));
        beside
    }

    /// Whether a run that has its turn works, another than this one.
    fn is_somebody_at_work(&mut self, state: &State, me: usize) -> bool {
        let at = state.ledger as usize;
        if self.holders.len() <= at {
            self.holders.resize(at + 1, None);
        }
        let holder = self.holders[at].unwrap_or_else(|| {
            let ledger = self.ledgers.at(state.ledger);
            let holder = ledger.get("holder").and_then(|it| it["S"].as_str());
            (0..RUNS).find(|it| holder == Some(&arn(*it)))
        });
        self.holders[at] = Some(holder);
        holder.is_some_and(|it| it != me && self.run(state.runs[it]).ending == Ending::Running)
    }

    fn outcomes(&mut self, state: &State) -> Vec<Outcome> {
        let runs = self.case.runs.iter().enumerate();
        let outcome = |(at, (action, hours)): (usize, &(Action, u64))| Outcome {
            scheduled: iso(hours * 3600),
            action: *action,
            ending: ending(self.executions.at(state.runs[at])),
            is_told: state.told >> at & 1 == 1,
        };
        runs.map(outcome).collect()
    }

    /// What is wrong at the end of a course.
    fn end(&mut self, state: &State) -> Option<String> {
        let outcomes = self.outcomes(state);
        if outcomes.iter().any(|it| it.ending == Ending::Running) {
            return Some("a run waits for ever".to_owned());
        }
        let world = self.world(state);
        let verdict = judge(self.scene, &world, &outcomes);
        wrong(state.spent, &self.names, &verdict, &outcomes)
            .map(|it| format!("{it}: {verdict:?} {outcomes:?} {:?}", state.spent))
            .or_else(|| self.sweep(state, world))
    }

    /// A run that closes, with nothing going wrong any more.
    fn sweep(&mut self, state: &State, mut world: World) -> Option<String> {
        let endings = self
            .outcomes(state)
            .iter()
            .fold(1, |all, it| all * 3 + it.ending as u128);
        let key = u128::from(state.account) << 64 | u128::from(state.ledger) << 32 | endings;
        if let Some(known) = self.swept.get(&key) {
            return known.clone();
        }
        let ending = alone(self.scene, &mut world, "sweep", input(Action::Close, 100));
        let outcome = Outcome {
            scheduled: iso(100 * 3600),
            action: Action::Close,
            ending,
            is_told: !world.topic.is_empty(),
        };
        let verdict = judge(self.scene, &world, &[outcome]);
        let is_clean = verdict.is_clean() && ending == Ending::Succeeded;
        let wrong = (!is_clean).then(|| format!("after a sweep that {ending:?}: {verdict:?}"));
        self.swept.insert(key, wrong.clone());
        wrong
    }

    /// The states on the way, each by what changed.
    fn course(&self, met: &[(State, u32)], end: u32) -> String {
        let mut numbers = vec![end];
        while let Some(at) = numbers.last().copied().filter(|it| *it != 0) {
            numbers.push(met[at as usize].1);
        }
        numbers.reverse();
        let pairs = numbers.iter().zip(numbers.iter().skip(1));
        let lines: Vec<String> = pairs
            .map(|(one, other)| self.change(&met[*one as usize].0, &met[*other as usize].0))
            .collect();
        lines.join("\n")
    }

    fn change(&self, one: &State, other: &State) -> String {
        let mut line = String::new();
        for at in 0..self.case.runs.len() {
            if one.runs[at] != other.runs[at] {
                let places = |run: u32| -> Vec<String> {
                    let effects = self.executions.at(run).effects();
                    effects.iter().map(|it| it.place.to_string()).collect()
                };
                line += &format!("run {at}: {:?} ", places(one.runs[at]));
            }
        }
        if one.account != other.account {
            let account = self.accounts.at(other.account);
            let stages: Vec<_> = account
                .gateways
                .iter()
                .map(|(id, it)| (id, it.state))
                .collect();
            line += &format!(
                "{stages:?} {:?} {:?} ",
                account.addresses.keys(),
                account.tables
            );
        }
        if one.ledger != other.ledger {
            line += &format!("{:?} ", self.ledgers.at(other.ledger));
        }
        if one.spent != other.spent {
            line += &format!("FAULT {:?}", other.spent);
        }
        line
    }
}

/// States that a machine needs to clean up. If their calls fail for good, or EC2 never comes to an end, something is left: this
/// is the documented exception, of which the failed run's alarm tells.
const CLEANING: [&str; 11] = [
    "TakeTurn",
    "ReadLedger",
    "AskHolder",
    "TakeOver",
    "FindGateways",
    "ReadRoute",
    "DeleteRoute",
    "DeleteGateway",
    "CheckDeleted",
    "FindAddresses",
    "ReleaseAddress",
];

/// What must not be, after a fault or none.
fn wrong(
    spent: Spent,
    names: &[String],
    verdict: &Verdict,
    outcomes: &[Outcome],
) -> Option<&'static str> {
    let is_by_hand = |it: &Left| spent == Spent::ByHand && matches!(it, Left::NoWayOut { .. });
    let is_left = !verdict.left.iter().all(is_by_hand);
    let is_for_good = match spent {
        Spent::No | Spent::Once | Spent::Refused | Spent::ByHand => false,
        Spent::Always(name) => CLEANING.contains(&names[usize::from(name)].as_str()),
        Spent::Slow | Spent::Aborted => true,
    };
    let latest = outcomes.iter().map(|it| &it.scheduled).max();
    let mut last = outcomes.iter().filter(|it| Some(&it.scheduled) == latest);
    let has_failed = last.any(|it| it.ending == Ending::Failed);
    // An open right after a close that did not come to its end: EC2 refuses to release the address of a gateway that is
    // still deleting, and the next close releases it.
    let is_overtaken = is_for_good
        && verdict.wanted == Some(Action::Open)
        && verdict.is_alarmed
        && verdict.left.iter().all(|it| matches!(it, Left::Address(_)));
    let is_excused = is_for_good && has_failed || is_overtaken;
    let needs_no_alarm = matches!(spent, Spent::No | Spent::Once);
    if is_left && !is_excused {
        Some("something is left")
    } else if !verdict.untold.is_empty() {
        Some("nobody is told")
    } else if verdict.is_alarmed && needs_no_alarm {
        Some("a run fails without need")
    } else {
        None
    }
}
