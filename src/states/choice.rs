//! Choice rules: what they compare, whether they hold, and how they read.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

use super::path::{Found, Path, Roots};

/// A condition and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub test: Test,
    pub next: String,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Is(Path, Comparison),
}

/// What is asked of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    Present(bool),
    Null(bool),
    Boolean(Operand),
    Text(Relation, Operand),
    Number(Relation, Operand),
    /// Whether it is a time as AWS writes it.
    IsTime(bool),
    Time(Relation, Operand),
    /// `*` stands for any characters.
    Matches(String),
}

/// What a variable is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    Value(Value),
    Path(Path),
}

/// How two values must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Equals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

impl Relation {
    /// Relation by the ending of an operator's name.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("Equals", Self::Equals),
        ("LessThan", Self::LessThan),
        ("LessThanEquals", Self::LessThanEquals),
        ("GreaterThan", Self::GreaterThan),
        ("GreaterThanEquals", Self::GreaterThanEquals),
    ];

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equals => order.is_eq(),
            Self::LessThan => order.is_lt(),
            Self::LessThanEquals => order.is_le(),
            Self::GreaterThan => order.is_gt(),
            Self::GreaterThanEquals => order.is_ge(),
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::LessThan => "<",
            Self::LessThanEquals => "≤",
            Self::GreaterThan => ">",
            Self::GreaterThanEquals => "≥",
        }
    }
}

/// A path of a rule that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Astray(pub String);

impl Test {
    /// Whether the condition holds. Values of another type than the operator's make it false.
    ///
    /// # Errors
    /// A path that leads nowhere, unless its presence is asked for.
    pub fn holds(&self, roots: &Roots<'_>) -> Result<bool, Astray> {
        match self {
            Self::And(all) => all
                .iter()
                .try_fold(true, |so_far, it| Ok(so_far && it.holds(roots)?)),
            Self::Or(all) => all
                .iter()
                .try_fold(false, |so_far, it| Ok(so_far || it.holds(roots)?)),
            Self::Not(it) => Ok(!it.holds(roots)?),
            Self::Is(path, Comparison::Present(wanted)) => {
                let found = path.find(roots.of(path));
                Ok((found != Found::Nothing) == *wanted)
            }
            Self::Is(path, comparison) => {
                let value = resolve(path, roots)?;
                compare(&value, comparison, roots)
            }
        }
    }
}

fn resolve(path: &Path, roots: &Roots<'_>) -> Result<Value, Astray> {
    path.value(roots.of(path))
        .ok_or_else(|| Astray(path.to_string()))
}

fn compare(value: &Value, comparison: &Comparison, roots: &Roots<'_>) -> Result<bool, Astray> {
    let other = |operand: &Operand| match operand {
        Operand::Value(it) => Ok(it.clone()),
        Operand::Path(path) => resolve(path, roots),
    };
    Ok(match comparison {
        Comparison::Present(wanted) => *wanted,
        Comparison::Null(wanted) => value.is_null() == *wanted,
        Comparison::Boolean(operand) => value.is_boolean() && *value == other(operand)?,
        Comparison::Text(relation, operand) => match (value.as_str(), other(operand)?.as_str()) {
            (Some(one), Some(other)) => relation.holds(one.cmp(other)),
            (None, _) | (_, None) => false,
        },
        Comparison::Number(relation, operand) => {
            let both = value.as_f64().zip(other(operand)?.as_f64());
            both.and_then(|(one, other)| one.partial_cmp(&other))
                .is_some_and(|it| relation.holds(it))
        }
        Comparison::IsTime(wanted) => time(value).is_some() == *wanted,
        Comparison::Time(relation, operand) => match (time(value), time(&other(operand)?)) {
            (Some(one), Some(other)) => relation.holds(one.cmp(other)),
            (None, _) | (_, None) => false,
        },
        Comparison::Matches(pattern) => value.as_str().is_some_and(|it| matches(pattern, it)),
    })
}

/// A time such as `2026-01-01T00:00:00Z` or `2026-01-01T00:00:00.123Z`, without its `Z`: so written, times are ordered as their
/// texts are.
fn time(value: &Value) -> Option<&str> {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let text = value.as_str()?.strip_suffix('Z')?;
    let (seconds, fraction) = text.split_at_checked(FORM.len())?;
    let fits = |it: u8, form: u8| match form {
        b'0' => it.is_ascii_digit(),
        sign => it == sign,
    };
    let is_time = seconds.bytes().zip(FORM).all(|(it, form)| fits(it, *form));
    let digits = fraction.strip_prefix('.').unwrap_or("0");
    let is_fraction = fraction.is_empty() || !digits.is_empty();
    let is_whole = is_fraction && digits.bytes().all(|it| it.is_ascii_digit());
    (is_time && is_whole && (fraction.is_empty() || fraction.starts_with('.'))).then_some(text)
}

/// Whether a text has the form of a pattern with `*` in it.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.any(|at| matches(rest, &text[at..]))
}

/// Short, as code: `$.count ≥ 3 & $.state = "available"`.
impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, all: &[Self], sign: &str| {
            for (at, it) in all.iter().enumerate() {
                let between = if at == 0 { "" } else { sign };
                match it {
                    Self::And(_) | Self::Or(_) => write!(f, "{between}({it})")?,
                    Self::Not(_) | Self::Is(..) => write!(f, "{between}{it}")?,
                }
            }
            Ok(())
        };
        match self {
            Self::And(all) => list(f, all, " & "),
            Self::Or(all) => list(f, all, " | "),
            Self::Not(it) => write!(f, "!({it})"),
            Self::Is(path, Comparison::Present(true)) => write!(f, "{path} ∃"),
            Self::Is(path, Comparison::Present(false)) => write!(f, "{path} ∄"),
            Self::Is(path, Comparison::Null(true)) => write!(f, "{path} = null"),
            Self::Is(path, Comparison::Null(false)) => write!(f, "{path} ≠ null"),
            Self::Is(path, Comparison::Boolean(it)) => write!(f, "{path} = {it}"),
            Self::Is(
                path,
                Comparison::Text(relation, it)
                | Comparison::Number(relation, it)
                | Comparison::Time(relation, it),
            ) => write!(f, "{path} {} {it}", relation.sign()),
            Self::Is(path, Comparison::IsTime(true)) => write!(f, "{path} = time"),
            Self::Is(path, Comparison::IsTime(false)) => write!(f, "{path} ≠ time"),
            Self::Is(path, Comparison::Matches(pattern)) => write!(f, "{path} ~ {pattern}"),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(it) => write!(f, "{it}"),
            Self::Path(it) => write!(f, "{it}"),
        }
    }
}
