//! Payload templates: `Parameters`, `ItemSelector` and `ResultSelector`, where a field `name.$` is computed.

use serde_json::{Map, Value};

use super::intrinsic::{Expression, Unresolved};
use super::path::Roots;

/// An object or array with computed fields in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Template {
    Fixed(Value),
    Computed(Expression),
    Object(Vec<(String, Self)>),
    Array(Vec<Self>),
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// The pointer of a computed field that is neither a path nor a function in use.
    pub fn read(value: &Value, pointer: &str) -> Result<Self, String> {
        match value {
            Value::Object(fields) => fields
                .iter()
                .map(|(name, value)| field(name, value, &format!("{pointer}/{name}")))
                .collect::<Result<Vec<_>, _>>()
                .map(Self::Object),
            Value::Array(all) => all
                .iter()
                .enumerate()
                .map(|(at, it)| Self::read(it, &format!("{pointer}/{at}")))
                .collect::<Result<Vec<_>, _>>()
                .map(Self::Array),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Ok(Self::Fixed(value.clone()))
            }
        }
    }

    /// The text at the end of these fields, if it is not computed.
    pub fn fixed(&self, fields: &[&str]) -> Option<&str> {
        match (self, fields) {
            (Self::Fixed(it), []) => it.as_str(),
            (Self::Object(all), [first, rest @ ..]) => {
                let (_, it) = all.iter().find(|(name, _)| name == first)?;
                it.fixed(rest)
            }
            (Self::Fixed(_) | Self::Object(_) | Self::Computed(_) | Self::Array(_), _) => None,
        }
    }

    /// The template with its fields computed.
    ///
    /// # Errors
    /// The first field without a value.
    pub fn fill(&self, roots: &Roots<'_>) -> Result<Value, Unresolved> {
        match self {
            Self::Fixed(it) => Ok(it.clone()),
            Self::Computed(it) => it.value(roots),
            Self::Object(fields) => fields
                .iter()
                .map(|(name, it)| Ok((name.clone(), it.fill(roots)?)))
                .collect::<Result<Map<_, _>, _>>()
                .map(Value::Object),
            Self::Array(all) => all
                .iter()
                .map(|it| it.fill(roots))
                .collect::<Result<Vec<_>, _>>()
                .map(Value::Array),
        }
    }
}

fn field(name: &str, value: &Value, pointer: &str) -> Result<(String, Template), String> {
    let Some(plain) = name.strip_suffix(".$") else {
        return Ok((name.to_owned(), Template::read(value, pointer)?));
    };
    let expression = value
        .as_str()
        .and_then(Expression::parse)
        .ok_or_else(|| format!("{pointer}: neither a path nor a function in use: {value}"))?;
    Ok((plain.to_owned(), Template::Computed(expression)))
}
