//! What works by the clock in a month: starts of schedules, transitions of state machines, runs of their functions.

use crate::aws::week::{rate_minutes, weekly};
use crate::aws::{Function, Name, Schedule, StateMachine};
use crate::topology::{Topology, openings, temporaries};

use super::{HOURS, HOURS_OF_WEEK};

/// Transitions of a run that nothing disturbs, opening and closing together, beside those of its gateways (counted by
/// playing the machine; `tests/scheduled_nat.rs` holds it).
const TRANSITIONS_OF_RUNS: f64 = 18.0;

/// Transitions for each gateway, opening and closing together, with looks every 15 seconds, whatever the option says, and the
/// usual durations (modelled).
const TRANSITIONS_OF_GATEWAY: f64 = 118.0;

/// Calls of functions for each gateway, opening and closing together, where functions make them.
const CALLS_OF_GATEWAY: f64 = 32.0;

/// Weeks of a month.
const WEEKS: f64 = HOURS / HOURS_OF_WEEK;

/// How often a schedule fires in a month; none where its expression is not understood.
pub(super) fn fires(schedule: &Schedule) -> f64 {
    let Some(expression) = schedule.expression.as_str() else {
        return 0.0;
    };
    if let Some(minutes) = weekly(expression) {
        return minutes.len() as f64 * WEEKS;
    }
    rate_minutes(expression).map_or(0.0, |it| HOURS * 60.0 / f64::from(it))
}

/// Windows that a machine opens and closes in a month.
fn windows(topology: &Topology, machine: &str) -> f64 {
    openings(topology, machine).map_or(0.0, |it| it.len() as f64 * WEEKS)
}

fn gateways(topology: &Topology, machine: &str) -> f64 {
    let made = temporaries(topology).into_iter();
    made.filter(|it| *it.machine == *machine).count() as f64
}

/// Transitions of a machine in a month.
pub(super) fn transitions(topology: &Topology, machine: &str) -> f64 {
    let of_each = TRANSITIONS_OF_GATEWAY * gateways(topology, machine);
    windows(topology, machine) * (TRANSITIONS_OF_RUNS + of_each)
}

/// Runs in a month of a function that schedules or state machines start; `None` for any other function.
pub(super) fn runs(topology: &Topology, function: &str) -> Option<f64> {
    let schedules = topology.all::<Schedule>();
    let own = schedules.filter(|(_, it)| it.called().is_some_and(|it| **it == *function));
    let started: Vec<f64> = own.map(|(_, it)| fires(it)).collect();
    if !started.is_empty() {
        return Some(started.into_iter().sum());
    }
    let machines: Vec<&Name> = topology
        .all::<StateMachine>()
        .filter(|(_, it)| calls(it, function))
        .map(|(name, _)| name)
        .collect();
    if machines.is_empty() {
        // Behind a custom resource: once in the life of a stack.
        let is_plain = topology.named::<Function>(function)?.subnets().is_empty();
        return is_plain.then_some(0.0);
    }
    let of = |machine: &&Name| windows(topology, machine) * gateways(topology, machine);
    let sharers = functions(topology, &machines).max(1) as f64;
    Some(machines.iter().map(of).sum::<f64>() * CALLS_OF_GATEWAY / sharers)
}

fn calls(machine: &StateMachine, function: &str) -> bool {
    let substitutions = machine.substitutions.as_map().unwrap_or_default();
    substitutions
        .iter()
        .any(|(_, it)| it.named().is_some_and(|it| **it == *function))
}

/// Functions that any of the machines calls.
fn functions(topology: &Topology, machines: &[&Name]) -> usize {
    let is_called = |name: &Name| {
        let mut all = machines
            .iter()
            .filter_map(|it| topology.named::<StateMachine>(it));
        all.any(|it| calls(it, name))
    };
    let functions = topology.all::<Function>();
    functions.filter(|(name, _)| is_called(name)).count()
}
