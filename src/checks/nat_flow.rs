//! The ways that a run of a state machine can take, those of inner machines among them, and what it does to NAT gateways on
//! them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::Subject;
use super::nat_act::{Act, act};
use crate::aws::{Name, Piece, StateMachine, Value, lookup, sub_pieces};
use crate::states::{
    After, Answer, Comparison, Expression, Function, Kind, Machine, Task, Template, Test,
    placeholders, read, substitute,
};
use crate::topology::Topology;

/// A state, in the machine or in an inner one.
pub struct Step {
    pub name: String,
    pub act: Option<Act>,
    pub task: Option<Task>,
    /// A run may end here.
    pub ends: bool,
    /// It ends as failed.
    pub fails: bool,
    pub waits: bool,
    /// Adds to a number.
    pub counts: bool,
    /// Decides by a number.
    pub compares: bool,
    /// Steps that may come next.
    pub next: Vec<usize>,
    /// Steps that an error leads to.
    pub on_error: Vec<usize>,
}

/// All steps; the first is where a run starts.
pub struct Flow {
    pub steps: Vec<Step>,
    pub start: usize,
    /// Seconds that a run may take.
    pub timeout_s: Option<u64>,
}

impl Subject<'_> {
    /// Every state machine with its ways, or with what cannot be read.
    pub(super) fn machines(&self) -> &[(Name, Result<Flow, String>)] {
        self.machines.get_or_init(|| {
            let machines = self.topology.all::<StateMachine>();
            machines
                .map(|(name, it)| (name.clone(), flow(self.topology, it)))
                .collect()
        })
    }

    /// Those that can be read.
    pub(super) fn flows(&self) -> impl Iterator<Item = (&Name, &Flow)> {
        let all = self.machines().iter();
        all.filter_map(|(name, flow)| Some((name, flow.as_ref().ok()?)))
    }

    /// Those that make or delete NAT gateways.
    pub(super) fn nat_flows(&self) -> impl Iterator<Item = (&Name, &Flow)> {
        let is_of_nat = |it: &Flow| it.does(Act::Create) || it.does(Act::Delete);
        self.flows().filter(move |(_, it)| is_of_nat(it))
    }
}

/// The ways of a machine.
///
/// # Errors
/// What of its definition cannot be read, and where.
fn flow(topology: &Topology, machine: &StateMachine) -> Result<Flow, String> {
    let (definition, given) = definition(machine)?;
    let filled = substitute(&definition, &given)?;
    let machine = read(&filled)?;
    let mut flow = Flow {
        steps: Vec::new(),
        start: 0,
        timeout_s: machine.timeout_s,
    };
    flow.start = flow.add(topology, &machine, &Outer::default());
    Ok(flow)
}

/// A definition as JSON, and the name or the text that stands for each of its placeholders.
fn definition(machine: &StateMachine) -> Result<(Json, BTreeMap<String, String>), String> {
    if let Some(value) = &machine.definition {
        let json = serde_json::to_value(value).map_err(|it| it.to_string())?;
        let value = |name: &String| {
            let value = machine.substituted(name)?;
            let text = value.named().map(Name::as_str).or(value.as_str());
            Some((name.clone(), text.unwrap_or(name).to_owned()))
        };
        let given = placeholders(&json).iter().filter_map(value).collect();
        return Ok((json, given));
    }
    let written = lookup(&machine.rest, "DefinitionString");
    let text = match written {
        Some(Value::Str(text)) => text.clone(),
        Some(Value::Fn(function, argument)) if function == "Sub" => named(argument),
        _ => return Err("/: no definition".to_owned()),
    };
    let json = serde_json::from_str(&text).map_err(|it| it.to_string())?;
    Ok((json, BTreeMap::new()))
}

/// The text of a `Sub` with names of nodes in it.
fn named(argument: &Value) -> String {
    let first = argument.as_list().and_then(|it| it.first());
    let text = first.unwrap_or(argument).as_str().unwrap_or_default();
    let piece = |it: Piece<'_>| match it {
        Piece::Text(text) => text.to_owned(),
        Piece::Reference(name, _) => name.to_owned(),
    };
    sub_pieces(text).into_iter().map(piece).collect()
}

/// What surrounds an inner machine.
#[derive(Default)]
struct Outer {
    /// The step after its Map; `None` where a run ends.
    next: Option<usize>,
    /// Where its errors lead.
    on_error: Vec<usize>,
}

impl Flow {
    /// Adds the steps of a machine; returns its first.
    fn add(&mut self, topology: &Topology, machine: &Machine, outer: &Outer) -> usize {
        let first = self.steps.len();
        let names: Vec<&String> = machine.states.keys().collect();
        let place = |name: &str| {
            let found = names.iter().position(|it| *it == name);
            found.map(|it| first + it)
        };
        let then = |after: &After| match after {
            After::Next(name) => place(name),
            After::End => outer.next,
        };
        for (name, state) in &machine.states {
            self.steps.push(step(topology, name, &state.kind));
        }
        for (at, state) in machine.states.values().enumerate() {
            let caught = |answer: &Answer| -> Vec<usize> {
                let own: Vec<usize> = answer
                    .catch
                    .iter()
                    .filter_map(|it| place(&it.next))
                    .collect();
                if own.is_empty() {
                    outer.on_error.clone()
                } else {
                    own
                }
            };
            let (next, on_error): (Vec<usize>, Vec<usize>) = match &state.kind {
                Kind::Pass(it) => (then(&it.after).into_iter().collect(), Vec::new()),
                Kind::Wait(it) => (then(&it.after).into_iter().collect(), Vec::new()),
                Kind::Task(it) => (
                    then(&it.answer.after).into_iter().collect(),
                    caught(&it.answer),
                ),
                Kind::Choice(it) => {
                    let all = it.rules.iter().map(|it| &it.next).chain(&it.default);
                    (all.filter_map(|it| place(it)).collect(), Vec::new())
                }
                Kind::Map(it) => {
                    let outer = Outer {
                        next: then(&it.answer.after),
                        on_error: caught(&it.answer),
                    };
                    // Its errors are those of the steps in it.
                    (vec![self.add(topology, &it.machine, &outer)], Vec::new())
                }
                Kind::Succeed => (outer.next.into_iter().collect(), Vec::new()),
                Kind::Fail(_) => (outer.on_error.clone(), Vec::new()),
            };
            if let Some(step) = self.steps.get_mut(first + at) {
                step.ends = next.is_empty();
                step.next = next;
                step.on_error = on_error;
            }
        }
        place(&machine.start).unwrap_or(first)
    }

    /// Whether a run may do it.
    pub fn does(&self, act: Act) -> bool {
        self.steps.iter().any(|it| it.act == Some(act))
    }

    /// The steps that do it.
    pub fn doing(&self, act: Act) -> impl Iterator<Item = usize> {
        let steps = self.steps.iter().enumerate();
        steps
            .filter(move |(_, it)| it.act == Some(act))
            .map(|(at, _)| at)
    }

    /// The steps that ways from some lead to, those themselves among them, where none is passed that is barred.
    pub fn reached(&self, from: &[usize], barred: &dyn Fn(&Step) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.steps.len()];
        let mut open = from.to_vec();
        while let Some(at) = open.pop() {
            let (Some(step), Some(seen)) = (self.steps.get(at), reached.get_mut(at)) else {
                continue;
            };
            if *seen || barred(step) {
                continue;
            }
            *seen = true;
            open.extend(step.next.iter().chain(&step.on_error));
        }
        reached
    }

    /// Whether a step is among those.
    pub fn leads(&self, from: &[usize], to: usize, barred: &dyn Fn(&Step) -> bool) -> bool {
        self.reached(from, barred).get(to) == Some(&true)
    }

    /// The steps right after one, errors among them.
    pub fn after(&self, at: usize) -> Vec<usize> {
        let step = self.steps.get(at);
        let all = step.map(|it| it.next.iter().chain(&it.on_error).copied());
        all.into_iter().flatten().collect()
    }

    /// Whether a run may end on a way from some steps that passes none that is barred. A task without anything that catches
    /// its error ends the run too.
    pub fn ends(&self, from: &[usize], barred: &dyn Fn(&Step) -> bool) -> bool {
        let reached = self.reached(from, barred);
        let steps = self.steps.iter().zip(reached);
        steps.filter(|(_, reached)| *reached).any(|(it, _)| it.ends)
    }

    pub fn name(&self, at: usize) -> &str {
        self.steps.get(at).map_or("", |it| &it.name)
    }
}

fn step(topology: &Topology, name: &str, kind: &Kind) -> Step {
    let task = match kind {
        Kind::Task(it) => Some(it.clone()),
        Kind::Pass(_)
        | Kind::Choice(_)
        | Kind::Wait(_)
        | Kind::Map(_)
        | Kind::Succeed
        | Kind::Fail(_) => None,
    };
    Step {
        name: name.to_owned(),
        act: task.as_ref().and_then(|it| act(topology, it)),
        task,
        ends: false,
        fails: matches!(kind, Kind::Fail(_)),
        waits: matches!(kind, Kind::Wait(_)),
        counts: matches!(kind, Kind::Pass(it) if it.parameters.as_ref().is_some_and(adds)),
        compares: matches!(kind, Kind::Choice(it) if it.rules.iter().any(|it| numbers(&it.test))),
        next: Vec::new(),
        on_error: Vec::new(),
    }
}

fn adds(template: &Template) -> bool {
    match template {
        Template::Fixed(_) => false,
        Template::Computed(it) => matches!(it, Expression::Call(Function::MathAdd, _)),
        Template::Object(fields) => fields.iter().any(|(_, it)| adds(it)),
        Template::Array(all) => all.iter().any(adds),
    }
}

fn numbers(test: &Test) -> bool {
    match test {
        Test::And(all) | Test::Or(all) => all.iter().any(numbers),
        Test::Not(it) => numbers(it),
        Test::Is(_, comparison) => matches!(comparison, Comparison::Number(..)),
    }
}
