//! How a run goes from state to state. A flow is a run of one machine: the outer one, or an iteration of a Map.

use std::sync::Arc;

use serde_json::{Value, json};

use super::choice::Astray;
use super::definition::{
    After, Answer, Choice, Fail, Failure, Kind, Machine, Map, Pass, Seconds, Slot, State, Task,
    Wait,
};
use super::execution::{Ask, Effect, Event, Place, Trace, What};
use super::intrinsic::Unresolved;
use super::path::Roots;
use super::template::Template;

/// Where a run of one machine stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Flow {
    pub state: String,
    input: Arc<Value>,
    /// Retries so far, by retrier.
    tries: Vec<u32>,
    pub mode: Mode,
}

/// What a flow waits for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    Call(Arc<Called>),
    Wait(u64),
    Retry(u64),
    Map(Mapped),
    Ended(Result<Arc<Value>, Failure>),
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Called {
    resource: String,
    parameters: Arc<Value>,
}

/// Items of a Map, and the iterations that have begun.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Mapped {
    items: Arc<Vec<Arc<Value>>>,
    flows: Vec<Flow>,
}

/// What a state leads to.
enum Turn {
    Enter(String, Arc<Value>),
    End(Result<Arc<Value>, Failure>),
    Hold(Mode),
}

/// States that a run may pass without waiting for anything: more is a loop that AWS ends at 25,000 events.
const PASSED_AT_ONCE: usize = 5_000;

impl Flow {
    pub fn effects(&self, within: &mut Vec<(String, usize)>, all: &mut Vec<Effect>) {
        let ask = match &self.mode {
            Mode::Ended(_) => return,
            Mode::Map(mapped) => {
                for (at, flow) in mapped.flows.iter().enumerate() {
                    within.push((self.state.clone(), at));
                    flow.effects(within, all);
                    within.pop();
                }
                return;
            }
            Mode::Call(call) => Ask::Call {
                resource: call.resource.clone(),
                parameters: Arc::clone(&call.parameters),
            },
            Mode::Wait(seconds) => Ask::Wait { seconds: *seconds },
            Mode::Retry(seconds) => Ask::Retry { seconds: *seconds },
        };
        all.push(Effect {
            place: Place {
                within: within.clone(),
                state: self.state.clone(),
            },
            input: Arc::clone(&self.input),
            ask,
        });
    }

    fn is_running(&self) -> bool {
        !matches!(self.mode, Mode::Ended(_))
    }
}

/// Runs flows of one machine.
pub(super) struct Runner<'a> {
    machine: &'a Machine,
    context: &'a Value,
    within: Vec<(String, usize)>,
    trace: &'a mut Trace,
}

impl<'a> Runner<'a> {
    pub fn new(machine: &'a Machine, context: &'a Value, trace: &'a mut Trace) -> Self {
        Self {
            machine,
            context,
            within: Vec::new(),
            trace,
        }
    }

    /// The runner of an iteration of a Map of this machine.
    fn inner<'b>(&'b mut self, name: &str, map: &'b Map, at: usize) -> Runner<'b> {
        let mut within = self.within.clone();
        within.push((name.to_owned(), at));
        Runner {
            machine: &map.machine,
            context: self.context,
            within,
            trace: &mut *self.trace,
        }
    }

    pub fn begin(&mut self, input: Arc<Value>) -> Flow {
        let start = self.machine.start.clone();
        self.enter(start, input)
    }

    fn enter(&mut self, name: String, input: Arc<Value>) -> Flow {
        let mut flow = Flow {
            state: name,
            input,
            tries: Vec::new(),
            mode: Mode::Wait(0),
        };
        for _ in 0..PASSED_AT_ONCE {
            let machine = self.machine;
            let Some(state) = machine.states.get(&flow.state) else {
                break;
            };
            self.note(&flow.state, || What::Entered {
                input: Arc::clone(&flow.input),
            });
            let turn = self.visit(state, &mut flow);
            match turn {
                Turn::Enter(name, input) => {
                    flow.state = name;
                    flow.input = input;
                    flow.tries.clear();
                }
                Turn::End(result) => {
                    flow.mode = Mode::Ended(result);
                    return flow;
                }
                Turn::Hold(mode) => {
                    flow.mode = mode;
                    return flow;
                }
            }
        }
        let failure = Failure::new(
            "States.Runtime",
            "the run does not come to wait for anything",
        );
        self.blame(&flow.state, &failure);
        flow.mode = Mode::Ended(Err(failure));
        flow
    }

    /// Takes the answer for the flow that the indexes lead to.
    pub fn answer(&mut self, flow: &mut Flow, at: &[usize], answer: Result<Value, Failure>) {
        let machine = self.machine;
        let Some(state) = machine.states.get(&flow.state) else {
            return;
        };
        let turn = match (&mut flow.mode, &state.kind, at) {
            (Mode::Call(_), Kind::Task(task), []) => match answer {
                Ok(result) => self.complete(state, &task.answer, flow, result),
                Err(failure) => self.fail(&task.answer, flow, failure),
            },
            (Mode::Wait(_), Kind::Wait(wait), []) => self.waited(state, wait, flow),
            (Mode::Retry(_), Kind::Task(_) | Kind::Map(_), []) => self.visit(state, flow),
            (Mode::Map(_), Kind::Map(map), [first, rest @ ..]) => {
                match self.answer_within(map, flow, *first, rest, answer) {
                    Some(result) => self.mapped(state, map, flow, result),
                    None => return,
                }
            }
            _ => return,
        };
        match turn {
            Turn::Enter(name, input) => *flow = self.enter(name, input),
            Turn::End(result) => flow.mode = Mode::Ended(result),
            Turn::Hold(mode) => flow.mode = mode,
        }
    }

    /// Answers an iteration; the result of the Map once it has one.
    fn answer_within(
        &mut self,
        map: &Map,
        flow: &mut Flow,
        first: usize,
        rest: &[usize],
        answer: Result<Value, Failure>,
    ) -> Option<Result<Value, Failure>> {
        let name = flow.state.clone();
        let Mode::Map(mapped) = &mut flow.mode else {
            return None;
        };
        let iteration = mapped.flows.get_mut(first)?;
        self.inner(&name, map, first)
            .answer(iteration, rest, answer);
        self.go_on(&name, map, mapped)
    }

    /// Begins iterations while there is room; the result once all have ended, or one has failed.
    fn go_on(
        &mut self,
        name: &str,
        map: &Map,
        mapped: &mut Mapped,
    ) -> Option<Result<Value, Failure>> {
        loop {
            let failed = mapped.flows.iter().find_map(|it| match &it.mode {
                Mode::Ended(Err(failure)) => Some(failure.clone()),
                Mode::Ended(Ok(_))
                | Mode::Call(_)
                | Mode::Wait(_)
                | Mode::Retry(_)
                | Mode::Map(_) => None,
            });
            if let Some(failure) = failed {
                return Some(Err(failure));
            }
            let running = mapped.flows.iter().filter(|it| it.is_running()).count();
            let begun = mapped.flows.len();
            let Some(item) = mapped.items.get(begun).map(Arc::clone) else {
                return (running == 0).then(|| Ok(results(&mapped.flows)));
            };
            if map.at_once.is_some_and(|it| running >= it) {
                return None;
            }
            let flow = self.inner(name, map, begun).begin(item);
            mapped.flows.push(flow);
        }
    }

    fn mapped(
        &mut self,
        state: &State,
        map: &Map,
        flow: &mut Flow,
        result: Result<Value, Failure>,
    ) -> Turn {
        match result {
            Ok(result) => self.complete(state, &map.answer, flow, result),
            Err(failure) => self.fail(&map.answer, flow, failure),
        }
    }

    fn visit(&mut self, state: &State, flow: &mut Flow) -> Turn {
        let input = match within(&state.input, &flow.input) {
            Ok(it) => it,
            Err(failure) => return self.give_up(flow, failure),
        };
        match &state.kind {
            Kind::Pass(pass) => self.pass(state, pass, flow, &input),
            Kind::Task(task) => self.task(task, flow, &input),
            Kind::Choice(choice) => self.choose(state, choice, flow, &input),
            Kind::Wait(wait) => match seconds(&wait.seconds, &input) {
                Ok(seconds) => Turn::Hold(Mode::Wait(seconds)),
                Err(failure) => self.give_up(flow, failure),
            },
            Kind::Map(map) => self.map(state, map, flow, &input),
            Kind::Succeed => self.leave(state, flow, &After::End, input),
            Kind::Fail(fail) => self.end_badly(fail, flow, &input),
        }
    }

    fn pass(&mut self, state: &State, pass: &Pass, flow: &Flow, input: &Arc<Value>) -> Turn {
        let result = match &pass.result {
            Some(fixed) => Ok(Arc::new(fixed.clone())),
            None => self.payload(pass.parameters.as_ref(), flow, input),
        };
        let output = result.and_then(|it| placed(&pass.result_path, flow, it));
        match output {
            Ok(output) => self.leave(state, flow, &pass.after, output),
            Err(failure) => self.give_up(flow, failure),
        }
    }

    fn task(&mut self, task: &Task, flow: &mut Flow, input: &Arc<Value>) -> Turn {
        match self.payload(task.parameters.as_ref(), flow, input) {
            Ok(parameters) => Turn::Hold(Mode::Call(Arc::new(Called {
                resource: task.resource.clone(),
                parameters,
            }))),
            Err(failure) => self.fail(&task.answer, flow, failure),
        }
    }

    fn choose(&mut self, state: &State, choice: &Choice, flow: &Flow, input: &Arc<Value>) -> Turn {
        match chosen(choice, &Roots::new(input, &|| self.context_of(flow, None))) {
            Ok(Some(name)) => {
                let after = After::Next(name.to_owned());
                self.leave(state, flow, &after, Arc::clone(input))
            }
            Ok(None) => self.give_up(flow, Failure::new("States.NoChoiceMatched", &flow.state)),
            Err(Astray(path)) => {
                let cause = format!("Invalid path '{path}'");
                self.give_up(flow, Failure::new("States.Runtime", cause))
            }
        }
    }

    fn waited(&mut self, state: &State, wait: &Wait, flow: &Flow) -> Turn {
        match within(&state.input, &flow.input) {
            Ok(input) => self.leave(state, flow, &wait.after, input),
            Err(failure) => self.give_up(flow, failure),
        }
    }

    fn map(&mut self, state: &State, map: &Map, flow: &mut Flow, input: &Arc<Value>) -> Turn {
        let items = match self.items(map, flow, input) {
            Ok(items) => items,
            Err(failure) => return self.fail(&map.answer, flow, failure),
        };
        let mut mapped = Mapped {
            items: Arc::new(items),
            flows: Vec::new(),
        };
        let name = flow.state.clone();
        match self.go_on(&name, map, &mut mapped) {
            Some(result) => self.mapped(state, map, flow, result),
            None => Turn::Hold(Mode::Map(mapped)),
        }
    }

    fn items(&self, map: &Map, flow: &Flow, input: &Value) -> Result<Vec<Arc<Value>>, Failure> {
        let Some(Value::Array(all)) = map.items.value(input) else {
            let cause = format!("{} is no list", map.items);
            return Err(Failure::new("States.Runtime", cause));
        };
        let Some(selector) = &map.selector else {
            return Ok(all.into_iter().map(Arc::new).collect());
        };
        let items = all.into_iter().enumerate().map(|(at, item)| {
            let context = || self.context_of(flow, Some((at, &item)));
            selector.fill(&Roots::new(input, &context)).map(Arc::new)
        });
        items.collect::<Result<_, _>>().map_err(unresolved)
    }

    fn end_badly(&mut self, fail: &Fail, flow: &Flow, input: &Value) -> Turn {
        let context = || self.context_of(flow, None);
        let roots = Roots::new(input, &context);
        let said = |it: &Option<super::intrinsic::Expression>| match it {
            None => Ok(String::new()),
            Some(it) => it.value(&roots).map(|it| match it {
                Value::String(text) => text,
                other => other.to_string(),
            }),
        };
        let failure = match (said(&fail.error), said(&fail.cause)) {
            (Ok(error), Ok(cause)) => Failure { error, cause },
            (Err(wrong), _) | (_, Err(wrong)) => return self.give_up(flow, runtime(wrong)),
        };
        self.note(&flow.state, || What::Failed {
            failure: failure.clone(),
        });
        Turn::End(Err(failure))
    }

    fn payload(
        &self,
        template: Option<&Template>,
        flow: &Flow,
        input: &Arc<Value>,
    ) -> Result<Arc<Value>, Failure> {
        let Some(template) = template else {
            return Ok(Arc::clone(input));
        };
        template
            .fill(&Roots::new(input, &|| self.context_of(flow, None)))
            .map(Arc::new)
            .map_err(unresolved)
    }

    /// A task or map has a result.
    fn complete(&mut self, state: &State, answer: &Answer, flow: &mut Flow, result: Value) -> Turn {
        let result = Arc::new(result);
        let output = match &answer.selector {
            None => Ok(result),
            Some(it) => it
                .fill(&Roots::new(&result, &|| self.context_of(flow, None)))
                .map(Arc::new)
                .map_err(unresolved),
        };
        match output.and_then(|it| placed(&answer.result_path, flow, it)) {
            Ok(output) => self.leave(state, flow, &answer.after, output),
            Err(failure) => self.fail(answer, flow, failure),
        }
    }

    /// A task or map has failed: the first retrier that fits and is not used up, then the first catcher.
    fn fail(&mut self, answer: &Answer, flow: &mut Flow, failure: Failure) -> Turn {
        if failure.is_mistake() {
            self.blame(&flow.state, &failure);
        }
        flow.tries.resize(answer.retry.len(), 0);
        let mut retriers = answer.retry.iter().zip(&mut flow.tries);
        if let Some((retry, tries)) = retriers.find(|(it, _)| failure.is_one_of(&it.errors))
            && *tries < retry.attempts
        {
            let seconds = retry.delay_s(*tries);
            *tries += 1;
            self.note(&flow.state, || What::Retried { failure, seconds });
            return Turn::Hold(Mode::Retry(seconds));
        }
        let mut catchers = answer.catch.iter();
        let Some(catch) = catchers.find(|it| failure.is_one_of(&it.errors)) else {
            self.note(&flow.state, || What::Failed {
                failure: failure.clone(),
            });
            return Turn::End(Err(failure));
        };
        let error = Arc::new(json!({"Error": failure.error, "Cause": failure.cause}));
        match placed(&catch.result_path, flow, error) {
            Ok(output) => {
                let next = catch.next.clone();
                self.note(&flow.state, || What::Caught {
                    failure,
                    next: next.clone(),
                });
                Turn::Enter(next, output)
            }
            Err(failure) => self.give_up(flow, failure),
        }
    }

    fn leave(&mut self, state: &State, flow: &Flow, after: &After, output: Arc<Value>) -> Turn {
        let output = match within(&state.output, &output) {
            Ok(it) => it,
            Err(failure) => return self.give_up(flow, failure),
        };
        let next = match after {
            After::Next(name) => Some(name.clone()),
            After::End => None,
        };
        self.note(&flow.state, || What::Left {
            output: Arc::clone(&output),
            next: next.clone(),
        });
        match next {
            Some(name) => Turn::Enter(name, output),
            None => Turn::End(Ok(output)),
        }
    }

    /// The definition is at fault.
    fn give_up(&mut self, flow: &Flow, failure: Failure) -> Turn {
        self.blame(&flow.state, &failure);
        self.note(&flow.state, || What::Failed {
            failure: failure.clone(),
        });
        Turn::End(Err(failure))
    }

    fn context_of(&self, flow: &Flow, item: Option<(usize, &Value)>) -> Value {
        let mut context = self.context.clone();
        context["State"] = json!({
            "Name": flow.state,
            "RetryCount": flow.tries.iter().sum::<u32>(),
        });
        if let Some((at, value)) = item {
            context["Map"] = json!({"Item": {"Index": at, "Value": value}});
        }
        context
    }

    fn place(&self, state: &str) -> Place {
        Place {
            within: self.within.clone(),
            state: state.to_owned(),
        }
    }

    fn note(&mut self, state: &str, what: impl FnOnce() -> What) {
        if self.trace.events.is_none() {
            return;
        }
        let event = Event {
            place: self.place(state),
            what: what(),
        };
        self.trace.events.get_or_insert_default().push(event);
    }

    fn blame(&mut self, state: &str, failure: &Failure) {
        let place = self.place(state);
        self.trace.mistakes.push((place, failure.clone()));
    }
}

/// Where a choice leads; nowhere if no rule holds.
fn chosen<'a>(choice: &'a Choice, roots: &Roots<'_>) -> Result<Option<&'a str>, Astray> {
    for rule in &choice.rules {
        if rule.test.holds(roots)? {
            return Ok(Some(&rule.next));
        }
    }
    Ok(choice.default.as_deref())
}

fn results(flows: &[Flow]) -> Value {
    let each = flows.iter().filter_map(|it| match &it.mode {
        Mode::Ended(Ok(output)) => Some(Value::clone(output)),
        Mode::Ended(Err(_)) | Mode::Call(_) | Mode::Wait(_) | Mode::Retry(_) | Mode::Map(_) => None,
    });
    Value::Array(each.collect())
}

/// The part of a value that `InputPath` or `OutputPath` lets through.
fn within(slot: &Slot, value: &Arc<Value>) -> Result<Arc<Value>, Failure> {
    match slot {
        Slot::Nothing => Ok(Arc::new(json!({}))),
        Slot::At(path) if path.is_whole() => Ok(Arc::clone(value)),
        Slot::At(path) => path.value(value).map(Arc::new).ok_or_else(|| {
            let cause = format!("Invalid path '{path}'");
            Failure::new("States.Runtime", cause)
        }),
    }
}

/// A state's input with its result where `ResultPath` says.
fn placed(slot: &Slot, flow: &Flow, result: Arc<Value>) -> Result<Arc<Value>, Failure> {
    match slot {
        Slot::Nothing => Ok(Arc::clone(&flow.input)),
        Slot::At(path) if path.is_whole() => Ok(result),
        Slot::At(path) => path
            .put(Value::clone(&flow.input), Value::clone(&result))
            .map(Arc::new)
            .ok_or_else(|| Failure::new("States.ResultPathMatchFailure", path.to_string())),
    }
}

fn seconds(seconds: &Seconds, input: &Value) -> Result<u64, Failure> {
    match seconds {
        Seconds::Fixed(it) => Ok(*it),
        Seconds::At(path) => path
            .value(input)
            .and_then(|it| it.as_u64())
            .ok_or_else(|| Failure::new("States.Runtime", format!("{path} is no whole number"))),
    }
}

fn unresolved(wrong: Unresolved) -> Failure {
    match wrong {
        Unresolved::Path(path) => Failure::new(
            "States.ParameterPathFailure",
            format!("The JSONPath '{path}' could not be found in the input"),
        ),
        Unresolved::Function(call) => Failure::new("States.IntrinsicFailure", call),
    }
}

fn runtime(wrong: Unresolved) -> Failure {
    Failure::new("States.Runtime", unresolved(wrong).cause)
}
