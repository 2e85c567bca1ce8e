//! What a template declares for a person to fill: the parameters that a stack names, and those that stand for values which
//! its resources hold.

use super::wiring::Local;
use crate::aws::{Key, Name, Properties, Value, list, lookup, properties};
use crate::text::{Lang, Message, Text, text};
use crate::topology::{Adjustable, Parameter, Stack, Switch, Takes};

/// A parameter that a person may fill.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    pub name: Name,
    /// CloudFormation's parameter type.
    pub kind: &'static str,
    /// `None`: it must be given.
    pub default: Option<Value>,
    /// `AllowedPattern`, `MinValue` and the like.
    pub limits: Properties,
    /// What of the design it belongs to, where that is known.
    group: Option<Text>,
    pub label: Text,
    pub description: Text,
    /// What a linter or a judge fills in where no default can be.
    pub example: Option<&'static str>,
}

impl Declared {
    /// A parameter that the resources refer to.
    pub fn given(parameter: &Parameter) -> Self {
        let pattern = parameter
            .pattern
            .map(|it| ("AllowedPattern".into(), it.into()));
        Self {
            name: parameter.name.clone(),
            kind: parameter.kind,
            default: parameter.default.as_deref().map(Value::from),
            limits: pattern.into_iter().collect(),
            group: None,
            label: parameter.label,
            description: parameter.description,
            example: parameter.example,
        }
    }

    /// A parameter that stands for a value.
    fn of(adjustable: &Adjustable, default: Value) -> Self {
        let (kind, limits) = limits(&adjustable.takes, &default);
        Self {
            name: adjustable.name.into(),
            kind,
            default: Some(default),
            limits,
            group: Some(adjustable.group),
            label: adjustable.label,
            description: adjustable.description,
            example: None,
        }
    }

    /// A parameter that takes `true` or `false`: what it stands for is there or not.
    pub fn switched(switch: &Switch) -> Self {
        let allowed = [("AllowedValues", list(["true", "false"]))];
        Self {
            name: switch.parameter.into(),
            kind: "String",
            default: Some("true".into()),
            limits: properties(allowed),
            group: Some(switch.group),
            label: switch.label,
            description: switch.description,
            example: None,
        }
    }

    /// Heading in the console's form, which is English.
    pub fn heading(&self) -> &'static str {
        match (self.group, &self.default) {
            (Some(group), _) => group.render(Lang::En),
            (None, None) => "To give",
            (None, Some(_)) => "To choose",
        }
    }

    /// What it is, for people who see no headings.
    pub fn title(&self) -> Message {
        let Some(group) = self.group else {
            return self.label.into();
        };
        text("parameter.title", "{group}: {label}")
            .with("group", group)
            .with("label", self.label)
    }

    /// What may be given, for people.
    pub fn range(&self) -> Message {
        let limit = |key: &str| lookup(&self.limits, key).and_then(word);
        if let (Some(min), Some(max)) = (limit("MinValue"), limit("MaxValue")) {
            return text("cli.allowed.whole", "{min} to {max}")
                .with("min", min)
                .with("max", max);
        }
        let values = lookup(&self.limits, "AllowedValues").and_then(Value::as_list);
        let values: Vec<String> = values.unwrap_or_default().iter().filter_map(word).collect();
        if values.is_empty() {
            return self.description.into();
        }
        text("cli.allowed.choice", "{values}").with("values", values.join(", "))
    }

    /// The default as a person gives it.
    pub fn default_text(&self) -> Option<String> {
        word(self.default.as_ref()?)
    }
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::Str(text) => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::Num(_)
        | Value::Bool(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Ref(_)
        | Value::Att(..)
        | Value::Fn(..) => None,
    }
}

/// Type and limits. An edit of the resource may have brought a value that the limits leave out: they make room for it.
fn limits(takes: &Takes, default: &Value) -> (&'static str, Properties) {
    match (takes, default) {
        (Takes::Whole { min, max }, Value::Int(number)) => {
            let (min, max) = (i64::from(*min), i64::from(*max));
            let limits = [
                ("MinValue", Value::Int(min.min(*number))),
                ("MaxValue", Value::Int(max.max(*number))),
            ];
            ("Number", properties(limits))
        }
        (Takes::OneOf(values), _) => {
            let is_number = matches!(default, Value::Int(_));
            let value = |it: &&str| match it.parse() {
                Ok(number) if is_number => Value::Int(number),
                _ => Value::from(*it),
            };
            let mut all: Vec<Value> = values.iter().map(value).collect();
            if !all.contains(default) {
                all.push(default.clone());
            }
            let kind = if is_number { "Number" } else { "String" };
            (kind, properties([("AllowedValues", Value::List(all))]))
        }
        (Takes::Like(pattern), _) => {
            let limits = properties([("AllowedPattern", (*pattern).into())]);
            ("String", limits)
        }
        (Takes::Whole { .. }, _) => ("String", Vec::new()),
    }
}

/// Exchanges what stays changeable for references, in the nodes of a stack; answers with the parameters and with the
/// conditions that the nodes now name.
pub fn adjust(stack: &Stack, nodes: &mut [Local<'_>]) -> (Vec<Declared>, Properties) {
    let (mut declared, mut conditions) = (Vec::new(), Properties::new());
    for adjustable in &stack.adjustables {
        let is_taken = nodes.iter().any(|it| it.node.name == *adjustable.name);
        if is_taken {
            continue;
        }
        let default = match &adjustable.filled {
            None => exchange(adjustable, nodes),
            Some(filled) => exchange_whole(adjustable, filled, nodes),
        };
        let Some(default) = default else {
            continue;
        };
        if adjustable.filled.is_some() {
            conditions.push((
                adjustable.condition().to_string().into(),
                is_filled(adjustable),
            ));
        }
        declared.push(Declared::of(adjustable, default));
    }
    (declared, conditions)
}

/// The parameters and conditions of the switches that nodes of a stack stand under.
pub fn switched(stack: &Stack, nodes: &[Local<'_>]) -> (Vec<Declared>, Properties) {
    let is_used = |it: &&Switch| {
        let condition = it.condition();
        nodes
            .iter()
            .any(|local| local.node.condition.as_ref() == Some(&condition))
    };
    let used: Vec<&Switch> = stack.switches.iter().filter(is_used).collect();
    let conditions = used.iter().map(|it| {
        let pair = list([Value::reference(it.parameter), "true".into()]);
        let is_true = Value::Fn("Equals".into(), Box::new(pair));
        (it.condition().to_string().into(), is_true)
    });
    let conditions = conditions.collect();
    (
        used.into_iter().map(Declared::switched).collect(),
        conditions,
    )
}

/// `Not(Equals(parameter, ''))`.
fn is_filled(adjustable: &Adjustable) -> Value {
    let pair = list([Value::reference(adjustable.name), "".into()]);
    let empty = Value::Fn("Equals".into(), Box::new(pair));
    Value::Fn("Not".into(), Box::new(Value::List(vec![empty])))
}

/// The first value found, where every place that holds the same now refers to the parameter.
fn exchange(adjustable: &Adjustable, nodes: &mut [Local<'_>]) -> Option<Value> {
    let mut default = None;
    for (name, path) in &adjustable.places {
        let Some(node) = nodes.iter_mut().find(|it| it.node.name == *name) else {
            continue;
        };
        let Some(place) = find(&mut node.properties, path) else {
            continue;
        };
        let Some(literal) = literal(place, &adjustable.takes) else {
            continue;
        };
        if default.as_ref().is_none_or(|it| *it == literal) {
            *place = Value::reference(adjustable.name);
            default = Some(literal);
        }
    }
    default
}

/// The same for a property that is left out while the text is empty.
fn exchange_whole(
    adjustable: &Adjustable,
    filled: &Value,
    nodes: &mut [Local<'_>],
) -> Option<Value> {
    let (name, path) = adjustable.places.first()?;
    let node = nodes.iter_mut().find(|it| it.node.name == *name)?;
    let (key, _) = path.split_once('.')?;
    let mut default = Value::from("");
    if lookup(&node.properties, key).is_some() {
        let mut tried = node.properties.clone();
        let place = find(&mut tried, path)?;
        default = literal(place, &adjustable.takes)?;
        *place = Value::reference(adjustable.name);
        // Somebody's own kind of entry stays as it is.
        if lookup(&tried, key) != Some(filled) {
            return None;
        }
        node.properties.retain(|(it, _)| it != key);
    }
    let choice = list([
        adjustable.condition().as_str().into(),
        filled.clone(),
        Value::reference("AWS::NoValue"),
    ]);
    let choice = Value::Fn("If".into(), Box::new(choice));
    node.properties.push((Key::Owned(key.to_owned()), choice));
    Some(default)
}

/// The value of a place, if a parameter can have it.
fn literal(place: &Value, takes: &Takes) -> Option<Value> {
    match (place, takes) {
        (Value::Int(_), _) => Some(place.clone()),
        // Numbers that a schema wants as text.
        (Value::Str(text), Takes::Whole { .. }) => text.parse().ok().map(Value::Int),
        (Value::Str(_), _) => Some(place.clone()),
        (
            Value::Num(_)
            | Value::Bool(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Ref(_)
            | Value::Att(..)
            | Value::Fn(..),
            _,
        ) => None,
    }
}

/// The place that a path leads to.
fn find<'a>(entries: &'a mut Properties, path: &str) -> Option<&'a mut Value> {
    let mut steps = path.split('.');
    let first = steps.next()?;
    let mut place = entries
        .iter_mut()
        .find(|(key, _)| key == first)
        .map(|it| &mut it.1)?;
    for step in steps {
        place = match place {
            Value::Map(entries) => {
                let found = entries.iter_mut().find(|(key, _)| key == step);
                found.map(|it| &mut it.1)?
            }
            Value::List(items) => items.get_mut(step.parse::<usize>().ok()?)?,
            Value::Bool(_)
            | Value::Int(_)
            | Value::Num(_)
            | Value::Str(_)
            | Value::Ref(_)
            | Value::Att(..)
            | Value::Fn(..) => return None,
        };
    }
    Some(place)
}
