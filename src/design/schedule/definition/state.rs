//! The states of the Amazon States Language that the machine is made of.

use super::bounds::{CALL_S, MAX_DELAY};
use super::{Settings, calls};
use crate::aws::{Properties, Value, list, map, properties};

/// What comes after a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Next(&'static str),
    End,
}

use Then::{End, Next};

fn then(then: Then) -> (&'static str, Value) {
    match then {
        Next(state) => ("Next", state.into()),
        End => ("End", true.into()),
    }
}

/// A state of a type, with a comment unless that is empty.
fn state<const N: usize>(
    kind: &'static str,
    comment: &str,
    rest: [(&'static str, Value); N],
) -> Value {
    let mut all = properties([("Type", kind.into())]);
    if !comment.is_empty() {
        all.push(("Comment".into(), comment.into()));
    }
    all.extend(properties(rest));
    Value::Map(all)
}

/// Puts values together under a path.
pub(super) fn pass(comment: &str, parameters: Value, path: &str, next: &'static str) -> Value {
    state(
        "Pass",
        comment,
        [
            ("Parameters", parameters),
            ("ResultPath", path.into()),
            then(Next(next)),
        ],
    )
}

/// Copies what stands at a path to another.
pub(super) fn copy(comment: &str, from: &str, to: &str, next: &'static str) -> Value {
    state(
        "Pass",
        comment,
        [
            ("InputPath", from.into()),
            ("ResultPath", to.into()),
            then(Next(next)),
        ],
    )
}

/// Notes that something is so.
pub(super) fn note(comment: &str, path: &str, next: &'static str) -> Value {
    state(
        "Pass",
        comment,
        [
            ("Result", true.into()),
            ("ResultPath", path.into()),
            then(Next(next)),
        ],
    )
}

/// Only a place that several ways lead to.
pub(super) fn place(comment: &str, next: &'static str) -> Value {
    state("Pass", comment, [then(Next(next))])
}

/// Starts anew with these values: what a plan or a result is.
pub(super) fn only(comment: &str, parameters: Value, then_: Then) -> Value {
    state("Pass", comment, [("Parameters", parameters), then(then_)])
}

/// Adds one to the number at `path.field`.
pub(super) fn count(path: &str, field: &'static str, next: &'static str) -> Value {
    let sum = format!("States.MathAdd({path}.{field}, 1)");
    let counted = Value::Map(vec![(format!("{field}.$").into(), sum.into())]);
    pass("", counted, path, next)
}

pub(super) fn wait(seconds: u32, next: &'static str) -> Value {
    let seconds = ("Seconds", i64::from(seconds).into());
    state("Wait", "", [seconds, then(Next(next))])
}

pub(super) fn choice(comment: &str, rules: Vec<Value>, default: &'static str) -> Value {
    let rules = ("Choices", Value::List(rules));
    state("Choice", comment, [rules, ("Default", default.into())])
}

pub(super) fn succeed(comment: &str) -> Value {
    state("Succeed", comment, [])
}

pub(super) fn fail(error: &str, cause: &str) -> Value {
    state(
        "Fail",
        "",
        [("Error", error.into()), ("Cause", cause.into())],
    )
}

/// A test of a choice that leads to a state.
pub(super) fn when(test: Value, next: &'static str) -> Value {
    let mut rule: Properties = test.as_map().map(<[_]>::to_vec).unwrap_or_default();
    rule.push(("Next".into(), next.into()));
    Value::Map(rule)
}

/// What stands at a path compares so.
pub(super) fn is(path: &str, comparison: &'static str, value: impl Into<Value>) -> Value {
    map([("Variable", path.into()), (comparison, value.into())])
}

pub(super) fn present(path: &str) -> Value {
    is(path, "IsPresent", true)
}

pub(super) fn absent(path: &str) -> Value {
    is(path, "IsPresent", false)
}

/// The text at a path is there, and is this one.
pub(super) fn text_is(path: &str, text: &str) -> Value {
    all_of([present(path), is(path, "StringEquals", text)])
}

/// One after the other: a test that presupposes that a path is there stands after the one for that.
pub(super) fn all_of<const N: usize>(tests: [Value; N]) -> Value {
    map([("And", list(tests))])
}

pub(super) fn any_of<const N: usize>(tests: [Value; N]) -> Value {
    map([("Or", list(tests))])
}

/// Runs a machine on each item of a list, all at once; every iteration ends well, with its trouble as `error` of its result.
pub(super) fn each(
    comment: &str,
    items: &str,
    item: Value,
    machine: Value,
    (selector, path): (Value, &str),
    next: &'static str,
) -> Value {
    state(
        "Map",
        comment,
        [
            ("ItemsPath", items.into()),
            ("ItemSelector", item),
            ("ItemProcessor", machine),
            ("ResultSelector", selector),
            ("ResultPath", path.into()),
            then(Next(next)),
        ],
    )
}

/// The iterations that ended in trouble, in the result of [`each`].
pub(super) fn troubled() -> Value {
    map([("bad.$", "$[?(@.error)]".into())])
}

/// Where errors of a call lead, and the path that they are put at.
pub(super) struct Caught {
    pub errors: Vec<&'static str>,
    pub path: &'static str,
    pub next: &'static str,
}

/// Every error leads there.
pub(super) fn caught(path: &'static str, next: &'static str) -> Caught {
    Caught {
        errors: vec!["States.ALL"],
        path,
        next,
    }
}

/// A state with what it catches.
pub(super) fn catching(state: Value, catch: &[Caught]) -> Value {
    let mut all: Properties = state.as_map().map(<[_]>::to_vec).unwrap_or_default();
    let catch = catch.iter().map(|it| {
        map([
            ("ErrorEquals", names(&it.errors)),
            ("ResultPath", it.path.into()),
            ("Next", it.next.into()),
        ])
    });
    all.push(("Catch".into(), Value::List(catch.collect())));
    Value::Map(all)
}

/// A call: tried again after every error but those that stay as they are.
pub(super) fn task(
    settings: &Settings,
    comment: &str,
    call: calls::Call,
    path: &str,
    catch: Vec<Caught>,
    next: Then,
) -> Value {
    let mut retry = Vec::new();
    if !call.lasting.is_empty() {
        retry.push(map([
            ("ErrorEquals", names(&call.lasting)),
            ("MaxAttempts", 0.into()),
        ]));
    }
    let interval = i64::from(settings.interval_s);
    retry.push(map([
        ("ErrorEquals", list(["States.ALL"])),
        ("IntervalSeconds", interval.into()),
        ("MaxAttempts", i64::from(settings.attempts).into()),
        ("BackoffRate", 2.into()),
        ("MaxDelaySeconds", (interval * i64::from(MAX_DELAY)).into()),
    ]));
    let task = state(
        "Task",
        comment,
        [
            ("Resource", call.resource.into()),
            ("Parameters", call.parameters),
            ("ResultSelector", call.selector),
            ("ResultPath", path.into()),
            ("TimeoutSeconds", i64::from(CALL_S).into()),
            ("Retry", Value::List(retry)),
            then(next),
        ],
    );
    catching(task, &catch)
}

fn names(names: &[&str]) -> Value {
    Value::List(names.iter().map(|it| (*it).into()).collect())
}
