//! A run of a machine as a value: it says what it waits for, and takes the answers.
//!
//! No clock and no chance: two runs with the same answers are equal, and equal ones hash alike. What a history of AWS
//! limits (25,000 events, 256 KiB of state data) is not counted.

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use super::definition::{Failure, Machine};
use super::flow::{Flow, Mode, Runner};

/// A run of a machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Execution {
    context: Arc<Value>,
    pub(super) flow: Flow,
}

/// Who a run is, for the context object `$$`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// ARN of the execution.
    pub id: String,
    pub name: String,
    /// ARN of the state machine.
    pub machine: String,
    /// ISO 8601.
    pub start: String,
}

/// Where in a run something is: the iterations it is within, outermost first, and its state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Maps with the index of the item.
    pub within: Vec<(String, usize)>,
    pub state: String,
}

/// `Gateways[0].AddRoutes[1].CreateRoute`
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (map, at) in &self.within {
            write!(f, "{map}[{at}].")?;
        }
        f.write_str(&self.state)
    }
}

/// Something that a run waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub place: Place,
    /// What the state was entered with.
    pub input: Arc<Value>,
    pub ask: Ask,
}

/// What a run waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// An answer from what an ARN names.
    Call {
        resource: String,
        parameters: Arc<Value>,
    },
    /// Time to pass.
    Wait { seconds: u64 },
    /// Time to pass before a task is tried again.
    Retry { seconds: u64 },
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status<'a> {
    Running,
    Succeeded(&'a Value),
    Failed(&'a Failure),
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub place: Place,
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Entered {
        input: Arc<Value>,
    },
    /// `next` is `None` where the run, or its iteration, ends.
    Left {
        output: Arc<Value>,
        next: Option<String>,
    },
    /// A task is tried again after some seconds.
    Retried {
        failure: Failure,
        seconds: u64,
    },
    Caught {
        failure: Failure,
        next: String,
    },
    /// The run, or its iteration, ends with an error.
    Failed {
        failure: Failure,
    },
}

/// Collects what happens while a run takes a step.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// `None` to keep no events.
    pub events: Option<Vec<Event>>,
    /// Errors that only the definition can be blamed for, caught or not.
    pub mistakes: Vec<(Place, Failure)>,
}

impl Trace {
    /// Keeps events.
    pub fn with_events() -> Self {
        Self {
            events: Some(Vec::new()),
            mistakes: Vec::new(),
        }
    }
}

impl Execution {
    /// Starts a run, up to what it waits for first.
    pub fn start(machine: &Machine, identity: &Identity, input: Value, trace: &mut Trace) -> Self {
        let context = json!({
            "Execution": {
                "Id": identity.id,
                "Name": identity.name,
                "StartTime": identity.start,
                "Input": input,
            },
            "StateMachine": {"Id": identity.machine},
        });
        let mut runner = Runner::new(machine, &context, trace);
        let flow = runner.begin(Arc::new(input));
        Self {
            context: Arc::new(context),
            flow,
        }
    }

    /// What the run waits for: more than one thing while a Map runs its iterations. None once it has ended.
    pub fn effects(&self) -> Vec<Effect> {
        let mut all = Vec::new();
        self.flow.effects(&mut Vec::new(), &mut all);
        all
    }

    /// Takes the answer to one of the [effects](Self::effects), any value for one that waits; a run that does not wait for it
    /// stays as it is.
    pub fn answer(
        &mut self,
        machine: &Machine,
        place: &Place,
        answer: Result<Value, Failure>,
        trace: &mut Trace,
    ) {
        let at: Vec<usize> = place.within.iter().map(|(_, at)| *at).collect();
        let context = Arc::clone(&self.context);
        Runner::new(machine, &context, trace).answer(&mut self.flow, &at, answer);
    }

    /// Ends a run whose time is over.
    pub fn time_out(&mut self) {
        if self.status() == Status::Running {
            let failure = Failure::new("States.Timeout", "");
            self.flow.mode = Mode::Ended(Err(failure));
        }
    }

    /// How the run stands.
    pub fn status(&self) -> Status<'_> {
        match &self.flow.mode {
            Mode::Ended(Ok(output)) => Status::Succeeded(output),
            Mode::Ended(Err(failure)) => Status::Failed(failure),
            Mode::Call(_) | Mode::Wait(_) | Mode::Retry(_) | Mode::Map(_) => Status::Running,
        }
    }

    /// ARN of the run.
    pub fn id(&self) -> &str {
        self.context["Execution"]["Id"].as_str().unwrap_or_default()
    }
}
