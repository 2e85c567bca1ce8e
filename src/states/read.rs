//! Reads a definition. A field that is not known here is an error at its place: nothing is ever silently ignored.

use std::collections::BTreeMap;

use serde_json::{Map as Json, Value};

use super::choice::{Comparison, Operand, Relation, Rule, Test};
use super::definition::{
    After, Answer, Catch, Choice, Fail, Kind, Machine, Map, Pass, Retry, Seconds, Slot, State,
    Task, Wait,
};
use super::intrinsic::Expression;
use super::path::Path;
use super::template::Template;

type Read<T> = Result<T, String>;

/// Reads a machine.
///
/// # Errors
/// JSON pointer of the first thing that is wrong or not known, and what it is.
pub fn read(definition: &Value) -> Read<Machine> {
    machine(Fields::of(definition, "")?)
}

/// Fields of an object, taken out one by one; what is left at the end is unknown.
struct Fields<'a> {
    left: BTreeMap<&'a str, &'a Value>,
    pointer: String,
}

impl<'a> Fields<'a> {
    fn of(value: &'a Value, pointer: &str) -> Read<Self> {
        let object: &Json<String, Value> = value
            .as_object()
            .ok_or_else(|| format!("{pointer}: an object is expected"))?;
        Ok(Self {
            left: object.iter().map(|(k, v)| (k.as_str(), v)).collect(),
            pointer: pointer.to_owned(),
        })
    }

    fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    fn take(&mut self, name: &str) -> Option<&'a Value> {
        self.left.remove(name)
    }

    fn wrong<T>(&self, name: &str, expected: &str) -> Read<T> {
        Err(format!("{}: {expected} is expected", self.at(name)))
    }

    fn text(&mut self, name: &str) -> Read<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(it)) => Ok(Some(it.clone())),
            Some(_) => self.wrong(name, "a text"),
        }
    }

    fn needed(&mut self, name: &str) -> Read<String> {
        self.text(name)?
            .map_or_else(|| self.wrong(name, "a text"), Ok)
    }

    fn number(&mut self, name: &str) -> Read<Option<u64>> {
        match self.take(name) {
            None => Ok(None),
            Some(it) => it
                .as_u64()
                .map_or_else(|| self.wrong(name, "a whole number"), |it| Ok(Some(it))),
        }
    }

    fn path(&mut self, name: &str) -> Read<Option<Path>> {
        match self.text(name)? {
            None => Ok(None),
            Some(text) => Path::parse(&text)
                .map_or_else(|| self.wrong(name, "a path in use"), |it| Ok(Some(it))),
        }
    }

    fn slot(&mut self, name: &str) -> Read<Slot> {
        if self.left.get(name) == Some(&&Value::Null) {
            self.take(name);
            return Ok(Slot::Nothing);
        }
        Ok(Slot::At(self.path(name)?.unwrap_or_else(Path::whole)))
    }

    fn template(&mut self, name: &str) -> Read<Option<Template>> {
        let pointer = self.at(name);
        self.take(name)
            .map(|it| Template::read(it, &pointer))
            .transpose()
    }

    fn list<T>(&mut self, name: &str, read: impl Fn(Fields<'a>) -> Read<T>) -> Read<Vec<T>> {
        let all = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::Array(all)) => all,
            Some(_) => return self.wrong(name, "a list"),
        };
        let pointer = self.at(name);
        all.iter()
            .enumerate()
            .map(|(at, it)| read(Fields::of(it, &format!("{pointer}/{at}"))?))
            .collect()
    }

    fn only(&mut self, name: &str, accepted: &str) -> Read<()> {
        match self.text(name)? {
            None => Ok(()),
            Some(it) if it == accepted => Ok(()),
            Some(_) => self.wrong(name, accepted),
        }
    }

    fn finish(self) -> Read<()> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(name) => Err(format!("{}: not known here", self.at(name))),
        }
    }
}

fn machine(mut fields: Fields<'_>) -> Read<Machine> {
    fields.only("QueryLanguage", "JSONPath")?;
    fields.only("Version", "1.0")?;
    let comment = fields.text("Comment")?;
    let start = fields.needed("StartAt")?;
    let timeout_s = fields.number("TimeoutSeconds")?;
    let pointer = fields.at("States");
    let Some(Value::Object(all)) = fields.take("States") else {
        return fields.wrong("States", "an object");
    };
    let states = all
        .iter()
        .map(|(name, it)| {
            let fields = Fields::of(it, &format!("{pointer}/{name}"))?;
            Ok((name.clone(), state(fields)?))
        })
        .collect::<Read<BTreeMap<String, State>>>()?;
    if !states.contains_key(&start) {
        return fields.wrong("StartAt", "the name of a state");
    }
    fields.finish()?;
    let machine = Machine {
        comment,
        start,
        states,
        timeout_s,
    };
    for (name, state) in &machine.states {
        for next in super::graph::targets(state) {
            if !machine.states.contains_key(next) {
                return Err(format!("{pointer}/{name}: there is no state {next}"));
            }
        }
    }
    Ok(machine)
}

fn state(mut fields: Fields<'_>) -> Read<State> {
    let comment = fields.text("Comment")?;
    let kind = fields.needed("Type")?;
    let input = if kind == "Fail" {
        Slot::At(Path::whole())
    } else {
        fields.slot("InputPath")?
    };
    let output = if kind == "Fail" {
        Slot::At(Path::whole())
    } else {
        fields.slot("OutputPath")?
    };
    let kind = match kind.as_str() {
        "Pass" => Kind::Pass(Pass {
            parameters: fields.template("Parameters")?,
            result: fields.take("Result").cloned(),
            result_path: fields.slot("ResultPath")?,
            after: after(&mut fields)?,
        }),
        "Task" => Kind::Task(Task {
            resource: fields.needed("Resource")?,
            parameters: fields.template("Parameters")?,
            timeout_s: fields.number("TimeoutSeconds")?,
            answer: answer(&mut fields)?,
        }),
        "Choice" => Kind::Choice(Choice {
            rules: fields.list("Choices", rule)?,
            default: fields.text("Default")?,
        }),
        "Wait" => Kind::Wait(Wait {
            seconds: seconds(&mut fields)?,
            after: after(&mut fields)?,
        }),
        "Map" => Kind::Map(map(&mut fields)?),
        "Succeed" => Kind::Succeed,
        "Fail" => Kind::Fail(Fail {
            error: said(&mut fields, "Error", "ErrorPath")?,
            cause: said(&mut fields, "Cause", "CausePath")?,
        }),
        _ => return fields.wrong("Type", "a type of state in use"),
    };
    fields.finish()?;
    Ok(State {
        comment,
        input,
        output,
        kind,
    })
}

fn after(fields: &mut Fields<'_>) -> Read<After> {
    match (fields.take("End"), fields.text("Next")?) {
        (None, Some(next)) => Ok(After::Next(next)),
        (Some(Value::Bool(true)), None) => Ok(After::End),
        _ => fields.wrong("Next", "either Next or End: true"),
    }
}

fn answer(fields: &mut Fields<'_>) -> Read<Answer> {
    Ok(Answer {
        selector: fields.template("ResultSelector")?,
        result_path: fields.slot("ResultPath")?,
        retry: fields.list("Retry", retry)?,
        catch: fields.list("Catch", catch)?,
        after: after(fields)?,
    })
}

fn map(fields: &mut Fields<'_>) -> Read<Map> {
    let pointer = fields.at("ItemProcessor");
    let Some(processor) = fields.take("ItemProcessor") else {
        return fields.wrong("ItemProcessor", "an object");
    };
    let mut inner = Fields::of(processor, &pointer)?;
    if let Some(config) = inner.take("ProcessorConfig") {
        let mut config = Fields::of(config, &format!("{pointer}/ProcessorConfig"))?;
        config.only("Mode", "INLINE")?;
        config.finish()?;
    }
    let at_once = fields.number("MaxConcurrency")?.filter(|it| *it > 0);
    Ok(Map {
        items: fields.path("ItemsPath")?.unwrap_or_else(Path::whole),
        selector: fields.template("ItemSelector")?,
        machine: machine(inner)?,
        at_once: at_once.and_then(|it| usize::try_from(it).ok()),
        answer: answer(fields)?,
    })
}

fn seconds(fields: &mut Fields<'_>) -> Read<Seconds> {
    match (fields.number("Seconds")?, fields.path("SecondsPath")?) {
        (Some(fixed), None) => Ok(Seconds::Fixed(fixed)),
        (None, Some(path)) => Ok(Seconds::At(path)),
        _ => fields.wrong("Seconds", "either Seconds or SecondsPath"),
    }
}

fn said(fields: &mut Fields<'_>, fixed: &str, computed: &str) -> Read<Option<Expression>> {
    match (fields.text(fixed)?, fields.text(computed)?) {
        (None, None) => Ok(None),
        (Some(it), None) => Ok(Some(Expression::Literal(it.into()))),
        (None, Some(it)) => match Expression::parse(&it) {
            Some(it) => Ok(Some(it)),
            None => fields.wrong(computed, "a path or a function in use"),
        },
        (Some(_), Some(_)) => fields.wrong(fixed, &format!("either {fixed} or {computed}")),
    }
}

fn errors(fields: &mut Fields<'_>) -> Read<Vec<String>> {
    let names = match fields.take("ErrorEquals") {
        Some(Value::Array(all)) => all
            .iter()
            .map(|it| it.as_str().map(str::to_owned))
            .collect(),
        _ => None,
    };
    match names {
        Some(names) => Ok(names),
        None => fields.wrong("ErrorEquals", "a list of texts"),
    }
}

fn retry(mut fields: Fields<'_>) -> Read<Retry> {
    fields.text("Comment")?;
    fields.only("JitterStrategy", "NONE")?;
    let backoff = match fields.take("BackoffRate") {
        None => 2.0,
        Some(it) => match it.as_f64().filter(|it| *it >= 1.0) {
            Some(it) => it,
            None => return fields.wrong("BackoffRate", "a number of at least 1"),
        },
    };
    let retry = Retry {
        errors: errors(&mut fields)?,
        interval_s: fields.number("IntervalSeconds")?.unwrap_or(1),
        attempts: u32::try_from(fields.number("MaxAttempts")?.unwrap_or(3)).unwrap_or(u32::MAX),
        backoff,
        longest_s: fields.number("MaxDelaySeconds")?,
    };
    fields.finish()?;
    Ok(retry)
}

fn catch(mut fields: Fields<'_>) -> Read<Catch> {
    fields.text("Comment")?;
    let catch = Catch {
        errors: errors(&mut fields)?,
        result_path: fields.slot("ResultPath")?,
        next: fields.needed("Next")?,
    };
    fields.finish()?;
    Ok(catch)
}

fn rule(mut fields: Fields<'_>) -> Read<Rule> {
    fields.text("Comment")?;
    let next = fields.needed("Next")?;
    Ok(Rule {
        test: test(fields)?,
        next,
    })
}

fn test(mut fields: Fields<'_>) -> Read<Test> {
    for (name, all) in [("And", true), ("Or", false)] {
        if fields.left.contains_key(name) {
            let tests = fields.list(name, test)?;
            fields.finish()?;
            return Ok(if all {
                Test::And(tests)
            } else {
                Test::Or(tests)
            });
        }
    }
    let pointer = fields.at("Not");
    if let Some(inner) = fields.take("Not") {
        fields.finish()?;
        return Ok(Test::Not(Box::new(test(Fields::of(inner, &pointer)?)?)));
    }
    let Some(path) = fields.path("Variable")? else {
        return fields.wrong("Variable", "a path in use");
    };
    let Some((operator, operand)) = fields.left.pop_first() else {
        return fields.wrong("Variable", "an operator beside it");
    };
    let comparison = comparison(operator, operand).ok_or_else(|| {
        format!(
            "{}: no operator in use, or not of its type",
            fields.at(operator)
        )
    })?;
    fields.finish()?;
    Ok(Test::Is(path, comparison))
}

fn comparison(operator: &str, operand: &Value) -> Option<Comparison> {
    match operator {
        "IsPresent" => return operand.as_bool().map(Comparison::Present),
        "IsNull" => return operand.as_bool().map(Comparison::Null),
        "IsTimestamp" => return operand.as_bool().map(Comparison::IsTime),
        "StringMatches" => {
            return operand
                .as_str()
                .map(|it| Comparison::Matches(it.to_owned()));
        }
        _ => (),
    }
    let (operator, operand) = match operator.strip_suffix("Path") {
        Some(plain) => (plain, Operand::Path(Path::parse(operand.as_str()?)?)),
        None => (operator, Operand::Value(operand.clone())),
    };
    let relation = |ending: &str| {
        let found = Relation::ALL.iter().find(|(name, _)| *name == ending);
        found.map(|(_, relation)| *relation)
    };
    let fits = |fits: fn(&Value) -> bool| match &operand {
        Operand::Value(it) => fits(it),
        Operand::Path(_) => true,
    };
    if operator == "BooleanEquals" {
        return fits(Value::is_boolean).then_some(Comparison::Boolean(operand));
    }
    if let Some(ending) = operator.strip_prefix("String") {
        let relation = relation(ending)?;
        return fits(Value::is_string).then_some(Comparison::Text(relation, operand));
    }
    if let Some(ending) = operator.strip_prefix("Timestamp") {
        let relation = relation(ending)?;
        return fits(Value::is_string).then_some(Comparison::Time(relation, operand));
    }
    let relation = relation(operator.strip_prefix("Numeric")?)?;
    fits(Value::is_number).then_some(Comparison::Number(relation, operand))
}
