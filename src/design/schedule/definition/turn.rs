//! One run at a time, in the order of the scheduled times: who holds the ledger's item works.
//!
//! The item: `since`, the scheduled time of the last run that had its turn; `wanted`, what that was to do; `holder`, the run
//! at work. A run that comes too late never opens a window that is closed, and one that died never blocks the next.

use super::bounds::{LONGER_S, turns};
use super::calls::{self, CONDITION_FAILED, NO_EXECUTION};
use super::state::{
    Caught, Then, all_of, any_of, caught, choice, fail, is, only, pass, present, succeed, task,
    text_is, when,
};
use super::{Planned, Settings};
use crate::aws::{Properties, Value, map, properties};

use Then::Next;

/// From the input to the turn.
pub(super) fn states(settings: &Settings, planned: &[Planned]) -> Properties {
    let mut states = properties([
        ("Now", now()),
        ("Which", which()),
        ("BadInput", bad_input()),
        ("Plan", plan(settings, planned)),
        ("TakeTurn", take(settings)),
        ("ReadLedger", read(settings)),
        ("WhoseTurn", whose()),
        (
            "Outdated",
            succeed("A repetition, or a run that a later one has overtaken. It is not told."),
        ),
        ("AskHolder", ask(settings)),
        ("HolderRuns", holder_runs()),
        ("TakeOver", take_over(settings)),
    ]);
    states.extend(waiting(settings));
    states
}

fn now() -> Value {
    let now = map([("time.$", "$$.Execution.StartTime".into())]);
    pass(
        "What the scheduled time is compared with.",
        now,
        "$.now",
        "Which",
    )
}

fn which() -> Value {
    let good = all_of([
        present("$.action"),
        present("$.scheduled"),
        any_of([
            is("$.action", "StringEquals", "open"),
            is("$.action", "StringEquals", "close"),
        ]),
        is("$.scheduled", "StringMatches", "*-*-*T*:*:*Z"),
        is("$.scheduled", "IsTimestamp", true),
        is("$.scheduled", "TimestampLessThanEqualsPath", "$.now.time"),
    ]);
    choice(
        "Times are compared as texts, so all have the one form that the scheduler writes. One in the future would shut out all runs until then.",
        vec![when(good, "Plan")],
        "BadInput",
    )
}

fn bad_input() -> Value {
    fail(
        "BadInput",
        "The input must be like {\"action\": \"open\" or \"close\", \"scheduled\": \"2026-11-21T01:00:00Z\"}, with a time that is not in the future.",
    )
}

/// What is to be done, and nothing else of the input.
fn plan(settings: &Settings, planned: &[Planned]) -> Value {
    let name = |it: &str| Value::from(format!("${{{it}}}"));
    let gateways = planned.iter().map(|it| {
        let tables = it.tables.iter().map(|it| name(it)).collect();
        let mut gateway = properties([
            ("zone", it.zone.as_str().into()),
            ("subnet", name(&it.subnet)),
            ("tables", Value::List(tables)),
        ]);
        if let Some(address) = &it.allocation {
            gateway.push(("allocation".into(), name(address)));
        }
        Value::Map(gateway)
    });
    let parameters = map([
        ("action.$", "$.action".into()),
        ("scheduled.$", "$.scheduled".into()),
        ("gateways", Value::List(gateways.collect())),
        ("turn", turn(0.into(), settings.poll_s)),
    ]);
    only("One gateway a zone.", parameters, Next("TakeTurn"))
}

fn turn(count: Value, seconds: u32) -> Value {
    map([("count", count), ("seconds", i64::from(seconds).into())])
}

const SET: &str = "SET holder = :me, since = :scheduled, wanted = :action";

const ME: (&str, &str) = (":me", "$$.Execution.Id");
const SCHEDULED: (&str, &str) = (":scheduled", "$.scheduled");
const ACTION: (&str, &str) = (":action", "$.action");

fn condition_failed(next: &'static str) -> Caught {
    Caught {
        errors: CONDITION_FAILED.to_vec(),
        path: "$.trouble",
        next,
    }
}

/// Trouble with the ledger passes, or the turn never comes.
fn trouble() -> Caught {
    caught("$.trouble", "WaitTurn")
}

fn take(settings: &Settings) -> Value {
    let condition = "holder = :me OR (attribute_not_exists(holder) AND (attribute_not_exists(since) OR since < :scheduled))";
    task(
        settings,
        "Where nobody works and nothing later has been done. A repeated attempt recognizes itself.",
        calls::update(SET, condition, [ME, SCHEDULED, ACTION]),
        "$.taken",
        vec![condition_failed("ReadLedger"), trouble()],
        Next("Gateways"),
    )
}

fn read(settings: &Settings) -> Value {
    task(
        settings,
        "",
        calls::read_ledger(),
        "$.ledger",
        vec![trouble()],
        Next("WhoseTurn"),
    )
}

const HOLDER: &str = "$.ledger.answer.Item.holder.S";
const SINCE: &str = "$.ledger.answer.Item.since.S";

fn whose() -> Value {
    let late = all_of([
        present(SINCE),
        is(SINCE, "StringGreaterThanEqualsPath", "$.scheduled"),
    ]);
    choice(
        "",
        vec![when(late, "Outdated"), when(present(HOLDER), "AskHolder")],
        "WaitTurn",
    )
}

fn ask(settings: &Settings) -> Value {
    let gone = Caught {
        errors: vec![NO_EXECUTION],
        path: "$.trouble",
        next: "TakeOver",
    };
    task(
        settings,
        "",
        calls::describe_execution(HOLDER),
        "$.asked",
        vec![gone, trouble()],
        Next("HolderRuns"),
    )
}

fn holder_runs() -> Value {
    let runs = text_is("$.asked.status", "RUNNING");
    choice("", vec![when(runs, "WaitTurn")], "TakeOver")
}

fn take_over(settings: &Settings) -> Value {
    let condition = "holder = :me OR (holder = :stale AND since < :scheduled)";
    task(
        settings,
        "From a run that ended without giving its turn back.",
        calls::update(SET, condition, [ME, SCHEDULED, ACTION, (":stale", HOLDER)]),
        "$.taken",
        vec![trouble()],
        Next("Gateways"),
    )
}

/// Each wait is longer than the one before, and their number is bounded.
fn waiting(settings: &Settings) -> Properties {
    let turns = i64::from(turns(settings));
    let longer = map([
        ("count.$", "States.MathAdd($.turn.count, 1)".into()),
        (
            "seconds.$",
            format!("States.MathAdd($.turn.seconds, {LONGER_S})").into(),
        ),
    ]);
    let over = is("$.turn.count", "NumericGreaterThanEquals", turns);
    properties([
        (
            "WaitTurn",
            map([
                ("Type", "Wait".into()),
                ("SecondsPath", "$.turn.seconds".into()),
                ("Next", "CountTurn".into()),
            ]),
        ),
        (
            "CountTurn",
            pass(
                "Each wait is a little longer, so that a long one takes few steps.",
                longer,
                "$.turn",
                "TurnsLeft",
            ),
        ),
        (
            "TurnsLeft",
            choice(
                "Together the waits are longer than any run.",
                vec![when(over, "TellFailure")],
                "TakeTurn",
            ),
        ),
    ])
}
