//! What each type of state does with its input, and what becomes of a result or an error.

use std::sync::Arc;

use serde_json::{Value, json};

use super::choice::Astray;
use super::definition::{
    After, Answer, Choice, Fail, Failure, Kind, Map, Pass, Seconds, Slot, State, Task, Wait,
};
use super::execution::What;
use super::flow::{Called, Flow, Mapped, Mode, Runner, Turn};
use super::intrinsic::{Expression, Unresolved};
use super::path::Roots;
use super::template::Template;

impl Runner<'_> {
    pub fn visit(&mut self, state: &State, flow: &mut Flow) -> Turn {
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

    pub fn waited(&mut self, state: &State, wait: &Wait, flow: &Flow) -> Turn {
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
        let said = |it: &Option<Expression>| match it {
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
    pub fn complete(
        &mut self,
        state: &State,
        answer: &Answer,
        flow: &mut Flow,
        result: Value,
    ) -> Turn {
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
    pub fn fail(&mut self, answer: &Answer, flow: &mut Flow, failure: Failure) -> Turn {
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
