//! A state machine as the Amazon States Language defines it, with JSONPath as its query language.
//!
//! <https://states-language.net/spec.html>

use std::collections::BTreeMap;

use serde_json::Value;

use super::choice::Rule;
use super::intrinsic::Expression;
use super::path::Path;
use super::template::Template;

/// A machine, or what a Map runs for each of its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    pub comment: Option<String>,
    pub start: String,
    pub states: BTreeMap<String, State>,
    /// Seconds after which a run ends with `States.Timeout`; never in a Map.
    pub timeout_s: Option<u64>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub comment: Option<String>,
    pub input: Slot,
    pub output: Slot,
    pub kind: Kind,
}

/// A part of a JSON text that `InputPath`, `OutputPath` or `ResultPath` selects; all of it without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    At(Path),
    /// `null`.
    Nothing,
}

/// What a state does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Pass(Pass),
    Task(Task),
    Choice(Choice),
    Wait(Wait),
    Map(Map),
    Succeed,
    Fail(Fail),
}

/// What comes after a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    Next(String),
    End,
}

/// Gives a value on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    pub parameters: Option<Template>,
    pub result: Option<Value>,
    pub result_path: Slot,
    pub after: After,
}

/// Calls something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// ARN such as `arn:aws:states:::aws-sdk:ec2:createRoute`.
    pub resource: String,
    pub parameters: Option<Template>,
    pub timeout_s: Option<u64>,
    pub answer: Answer,
}

/// What becomes of the result or the error of a task or map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub selector: Option<Template>,
    pub result_path: Slot,
    pub retry: Vec<Retry>,
    pub catch: Vec<Catch>,
    pub after: After,
}

/// Runs a machine for each item, all at once or a few at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    pub items: Path,
    pub selector: Option<Template>,
    pub machine: Machine,
    /// As many at a time; all of them for `None`.
    pub at_once: Option<usize>,
    pub answer: Answer,
}

/// Goes on where the first rule that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub rules: Vec<Rule>,
    pub default: Option<String>,
}

/// Waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    pub seconds: Seconds,
    pub after: After,
}

/// How long a Wait state waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seconds {
    Fixed(u64),
    At(Path),
}

/// Ends the run as failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fail {
    pub error: Option<Expression>,
    pub cause: Option<Expression>,
}

/// When and how often a task is tried again. Jitter is not used, so that a run can be told beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Retry {
    pub errors: Vec<String>,
    pub interval_s: u64,
    pub attempts: u32,
    /// At least 1.
    pub backoff: f64,
    pub longest_s: Option<u64>,
}

impl Eq for Retry {}

impl Retry {
    /// Seconds before the retry after `earlier` ones; whole ones, rounded up.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn delay_s(&self, earlier: u32) -> u64 {
        let exponent = i32::try_from(earlier).unwrap_or(i32::MAX);
        let delay = self.interval_s as f64 * self.backoff.powi(exponent);
        let longest = self.longest_s.unwrap_or(u64::MAX);
        (delay.ceil() as u64).min(longest)
    }
}

/// Where a run goes on after an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catch {
    pub errors: Vec<String>,
    pub result_path: Slot,
    pub next: String,
}

/// An error that a run, a state or a call ended with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Failure {
    /// Name that `ErrorEquals` matches.
    pub error: String,
    pub cause: String,
}

impl Failure {
    /// An error by name.
    pub fn new(error: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            error: error.into(),
            cause: cause.into(),
        }
    }

    /// Whether `ErrorEquals` names it. `States.ALL` matches neither `States.Runtime` nor `States.DataLimitExceeded`;
    /// `States.TaskFailed` matches everything but a timeout.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>
    pub fn is_one_of(&self, errors: &[String]) -> bool {
        let is_final = matches!(&*self.error, "States.Runtime" | "States.DataLimitExceeded");
        errors.iter().any(|it| match it.as_str() {
            "States.ALL" => !is_final,
            "States.TaskFailed" => !is_final && self.error != "States.Timeout",
            name => name == self.error,
        })
    }

    /// Whether the definition itself is at fault: a path that leads nowhere, a function that cannot take its arguments.
    pub fn is_mistake(&self) -> bool {
        matches!(
            &*self.error,
            "States.Runtime"
                | "States.ParameterPathFailure"
                | "States.IntrinsicFailure"
                | "States.ResultPathMatchFailure"
                | "States.NoChoiceMatched"
        )
    }
}
