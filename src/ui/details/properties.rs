//! A resource's properties as rows that a person can read.

use super::super::thing::Thing;
use crate::aws::{Name, Properties, Value};
use crate::topology::Topology;

/// A property at its path.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub path: String,
    pub value: Shown,
}

/// What a value reads as.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    Text(String),
    /// Another resource, and the attribute of it where one is meant.
    Reference(Name, Option<String>),
}

impl Shown {
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Reference(name, None) => name.to_string(),
            Self::Reference(name, Some(attribute)) => format!("{name}.{attribute}"),
        }
    }
}

/// Every property with its path, in the template's order.
pub fn rows(properties: &Properties) -> Vec<Row> {
    let mut rows = Vec::new();
    for (key, value) in properties {
        flatten(key.to_string(), value, &mut rows);
    }
    rows
}

fn flatten(path: String, value: &Value, rows: &mut Vec<Row>) {
    match value {
        Value::Map(entries) => {
            for (key, value) in entries {
                flatten(format!("{path}.{key}"), value, rows);
            }
        }
        Value::List(items) if items.iter().all(is_short) => {
            let items: Vec<String> = items.iter().map(|it| shown(it).text()).collect();
            rows.push(Row {
                path,
                value: Shown::Text(items.join(", ")),
            });
        }
        Value::List(items) => {
            for (place, item) in items.iter().enumerate() {
                match (item.get("Key").and_then(Value::as_str), item.get("Value")) {
                    (Some(key), Some(value)) => flatten(format!("{path}.{key}"), value, rows),
                    _ => flatten(format!("{path}[{}]", place + 1), item, rows),
                }
            }
        }
        Value::Bool(_)
        | Value::Int(_)
        | Value::Num(_)
        | Value::Str(_)
        | Value::Ref(_)
        | Value::Att(..)
        | Value::Fn(..) => rows.push(Row {
            path,
            value: shown(value),
        }),
    }
}

fn is_short(value: &Value) -> bool {
    !matches!(value, Value::Map(_) | Value::List(_))
}

fn shown(value: &Value) -> Shown {
    Shown::Text(match value {
        Value::Bool(it) => it.to_string(),
        Value::Int(it) => it.to_string(),
        Value::Num(it) => it.to_string(),
        Value::Str(it) => it.clone(),
        Value::Ref(name) => return Shown::Reference(name.clone(), None),
        Value::Att(name, attribute) => {
            return Shown::Reference(name.clone(), Some(attribute.clone()));
        }
        Value::Fn(function, argument) => match (function.as_ref(), argument.as_str()) {
            ("Sub" | "Base64", Some(text)) => text.to_owned(),
            _ => format!("{function} {}", shown(argument).text()),
        },
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|it| shown(it).text()).collect();
            items.join(", ")
        }
        Value::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, it)| format!("{key}: {}", shown(it).text()));
            entries.collect::<Vec<_>>().join(", ")
        }
    })
}

/// Longest value on a card, in characters.
const SHORT: usize = 44;

/// The plain properties of a thing: what a card has room for.
pub fn facts(topology: &Topology, thing: &Thing) -> Vec<(String, String)> {
    let node = thing.node(topology);
    let rows = node.map(|it| rows(&it.resource.properties()));
    let plain = |row: Row| match row.value {
        Shown::Text(text) if is_plain(&row.path, &text) => Some((row.path, text)),
        Shown::Text(_) | Shown::Reference(..) => None,
    };
    rows.into_iter().flatten().filter_map(plain).collect()
}

fn is_plain(path: &str, text: &str) -> bool {
    !path.contains(['.', '[']) && !text.is_empty() && text.chars().count() <= SHORT
}
