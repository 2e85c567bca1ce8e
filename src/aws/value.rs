//! What stands behind a CloudFormation property: plain data, or an intrinsic function that is first-class here.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The name of a node: its CloudFormation logical id. Stable across edits, cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: AsRef<str>> From<T> for Name {
    fn from(name: T) -> Self {
        Self(name.as_ref().into())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl std::ops::Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// The key of a value, or the name of a function: nearly always one that stands in this program.
pub type Key = Cow<'static, str>;

/// Named values in the order in which they are printed.
pub type Properties = Vec<(Key, Value)>;

/// A CloudFormation value.
///
/// `Ref` and `Att` name a node of the topology or a template parameter, whichever stack it lives in: the printer decides
/// how the value crosses from one stack to another.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Bool(bool),
    Int(i64),
    Num(f64),
    Str(String),
    List(Vec<Value>),
    Map(Properties),
    /// `!Ref Name`; also a pseudo parameter such as `AWS::Region`.
    Ref(Name),
    /// `!GetAtt Name.Attribute`.
    Att(Name, String),
    /// Any other intrinsic by its short name (`Sub`, `Select`, `GetAZs`, `Base64`, `Join`, …).
    Fn(Key, Box<Value>),
}

impl Default for Value {
    fn default() -> Self {
        Self::Map(Vec::new())
    }
}

impl Value {
    /// `!Sub 'text'`.
    pub fn sub(text: impl Into<String>) -> Self {
        Self::Fn("Sub".into(), Box::new(Self::Str(text.into())))
    }

    /// `!Ref name`.
    pub fn reference(name: impl Into<Name>) -> Self {
        Self::Ref(name.into())
    }

    /// `!GetAtt name.attribute`.
    pub fn att(name: impl Into<Name>, attribute: impl Into<String>) -> Self {
        Self::Att(name.into(), attribute.into())
    }

    pub fn as_str(&self) -> Option<&str> {
        let Self::Str(text) = self else {
            return None;
        };
        Some(text)
    }

    /// The name that it refers to, itself or by an attribute.
    pub fn named(&self) -> Option<&Name> {
        let (Self::Ref(name) | Self::Att(name, _)) = self else {
            return None;
        };
        Some(name)
    }

    /// The entries of a map.
    pub fn as_map(&self) -> Option<&[(Key, Self)]> {
        let Self::Map(entries) = self else {
            return None;
        };
        Some(entries)
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        let Self::List(items) = self else {
            return None;
        };
        Some(items)
    }

    /// A number, whole or not.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Int(it) => Some(*it as f64),
            Self::Num(it) => Some(*it),
            Self::Bool(_)
            | Self::Str(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Ref(_)
            | Self::Att(..)
            | Self::Fn(..) => None,
        }
    }

    /// `!Join [',', [items]]`.
    pub fn join(items: Vec<Self>) -> Self {
        Self::Fn(
            "Join".into(),
            Box::new(Self::List(vec![",".into(), Self::List(items)])),
        )
    }

    /// What `!Join` puts together with commas, item by item.
    pub fn joined(&self) -> Option<&[Self]> {
        let Self::Fn(function, argument) = self else {
            return None;
        };
        match (function.as_ref(), argument.as_list()?) {
            ("Join", [Self::Str(between), Self::List(items)]) if between == "," => Some(items),
            _ => None,
        }
    }

    /// `!Select [place, list]`.
    pub fn select(place: i64, list: Self) -> Self {
        Self::Fn(
            "Select".into(),
            Box::new(Self::List(vec![Self::Int(place), list])),
        )
    }

    /// The value of a key, of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        lookup(self.as_map()?, key)
    }
}

/// A part of a `Sub` text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// `${Name}` or `${Name.Attribute}`.
    Reference(&'a str, Option<&'a str>),
}

/// Splits a `Sub` text. `${!literal}` stays text.
pub fn sub_pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some(open) = text.find("${") {
        let Some(length) = text[open..].find('}') else {
            break;
        };
        let inner = &text[open + 2..open + length];
        let end = open + length + 1;
        if inner.starts_with('!') {
            pieces.push(Piece::Text(&text[..end]));
        } else {
            if open > 0 {
                pieces.push(Piece::Text(&text[..open]));
            }
            pieces.push(match inner.split_once('.') {
                Some((name, attribute)) => Piece::Reference(name, Some(attribute)),
                None => Piece::Reference(inner, None),
            });
        }
        text = &text[end..];
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

/// The value of a key in a list of named values.
pub fn lookup<'a>(entries: &'a [(Key, Value)], key: &str) -> Option<&'a Value> {
    entries.iter().find(|(it, _)| it == key).map(|(_, it)| it)
}

/// Named values from pairs, for literals.
pub fn properties<const N: usize>(entries: [(&'static str, Value); N]) -> Properties {
    entries
        .into_iter()
        .map(|(key, value)| (Key::Borrowed(key), value))
        .collect()
}

/// A map value from pairs, for literals.
pub fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::Map(properties(entries))
}

/// A list value from items, for literals.
pub fn list<const N: usize, T: Into<Value>>(items: [T; N]) -> Value {
    Value::List(items.into_iter().map(Into::into).collect())
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Bool(it)
    }
}

impl From<f64> for Value {
    fn from(it: f64) -> Self {
        Self::Num(it)
    }
}

macro_rules! whole {
    ($($type:ty),*) => { $(
        impl From<$type> for Value {
            fn from(it: $type) -> Self {
                Self::Int(i64::from(it))
            }
        }
    )* };
}

whole!(i32, i64, u8, u16, u32);

#[cfg(test)]
mod tests {
    use super::{Piece, sub_pieces};

    #[test]
    fn sub_text_splits_at_references_and_keeps_literals() {
        assert_eq!(
            sub_pieces("arn:${AWS::Partition}:s3:::${Logs.Arn}/${!x}*"),
            [
                Piece::Text("arn:"),
                Piece::Reference("AWS::Partition", None),
                Piece::Text(":s3:::"),
                Piece::Reference("Logs", Some("Arn")),
                Piece::Text("/${!x}"),
                Piece::Text("*"),
            ]
        );
    }
}
