//! How a run goes from state to state. A flow is a run of one machine: the outer one, or an iteration of a Map.

use std::sync::Arc;

use serde_json::{Value, json};

use super::definition::{Failure, Kind, Machine, Map, State};
use super::execution::{Ask, Effect, Event, Place, Trace, What};

/// Where a run of one machine stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Flow {
    pub state: String,
    pub input: Arc<Value>,
    /// Retries so far, by retrier.
    pub tries: Vec<u32>,
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
    pub resource: String,
    pub parameters: Arc<Value>,
}

/// Items of a Map, and the iterations that have begun.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Mapped {
    pub items: Arc<Vec<Arc<Value>>>,
    pub flows: Vec<Flow>,
}

/// What a state leads to.
pub(super) enum Turn {
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
    pub fn go_on(
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

    pub fn mapped(
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

    pub fn context_of(&self, flow: &Flow, item: Option<(usize, &Value)>) -> Value {
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

    pub fn note(&mut self, state: &str, what: impl FnOnce() -> What) {
        if self.trace.events.is_none() {
            return;
        }
        let event = Event {
            place: self.place(state),
            what: what(),
        };
        self.trace.events.get_or_insert_default().push(event);
    }

    pub fn blame(&mut self, state: &str, failure: &Failure) {
        let place = self.place(state);
        self.trace.mistakes.push((place, failure.clone()));
    }
}

fn results(flows: &[Flow]) -> Value {
    let each = flows.iter().filter_map(|it| match &it.mode {
        Mode::Ended(Ok(output)) => Some(Value::clone(output)),
        Mode::Ended(Err(_)) | Mode::Call(_) | Mode::Wait(_) | Mode::Retry(_) | Mode::Map(_) => None,
    });
    Value::Array(each.collect())
}
