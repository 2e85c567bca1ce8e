//! JSONPath, as far as the Amazon States Language is used with it: names, indexes, `[*]` and filters by equality.
//!
//! A path without `[*]` and filter is definite: it gives one value or none. Every other one gives a list.

use std::cell::OnceCell;
use std::fmt;

use serde_json::Value;

/// Where a path starts and what it steps over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Starts with `$$`: reads the context object.
    pub is_context: bool,
    steps: Vec<Step>,
    text: String,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
    Every,
    /// Elements for which every term holds.
    Filter(Vec<Term>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    member: Vec<String>,
    condition: Condition,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    Exists,
    Equals(Value),
    Differs(Value),
}

/// What paths are read from: a state's input, and its context object, which is made when a path first asks for it.
pub struct Roots<'a> {
    input: &'a Value,
    make: &'a dyn Fn() -> Value,
    made: OnceCell<Value>,
}

impl<'a> Roots<'a> {
    /// An input, and how the context object is made.
    pub fn new(input: &'a Value, make: &'a dyn Fn() -> Value) -> Self {
        Self {
            input,
            make,
            made: OnceCell::new(),
        }
    }

    /// What a path is read from.
    pub fn of(&self, path: &Path) -> &Value {
        if path.is_context {
            self.made.get_or_init(self.make)
        } else {
            self.input
        }
    }
}

/// What a path found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    One(&'a Value),
    Many(Vec<&'a Value>),
    Nothing,
}

impl Path {
    /// `$`, the whole of what is read.
    pub fn whole() -> Self {
        Self {
            is_context: false,
            steps: Vec::new(),
            text: "$".to_owned(),
        }
    }

    /// Reads a path; `None` for one outside the subset.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('$')?;
        let (is_context, mut rest) = match rest.strip_prefix('$') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, tail) = step(rest)?;
            steps.push(step);
            rest = tail;
        }
        Some(Self {
            is_context,
            steps,
            text: text.to_owned(),
        })
    }

    /// `$` or `$$`.
    pub fn is_whole(&self) -> bool {
        self.steps.is_empty()
    }

    /// One value or none, never a list.
    pub fn is_definite(&self) -> bool {
        self.steps
            .iter()
            .all(|it| matches!(it, Step::Name(_) | Step::Index(_)))
    }

    /// What lies at the path.
    pub fn find<'a>(&self, root: &'a Value) -> Found<'a> {
        let mut found = vec![root];
        for step in &self.steps {
            found = found.into_iter().flat_map(|it| follow(step, it)).collect();
        }
        if !self.is_definite() {
            return Found::Many(found);
        }
        found.first().map_or(Found::Nothing, |it| Found::One(it))
    }

    /// The value at the path, an indefinite one's findings as a list; `None` where a definite path leads nowhere.
    pub fn value(&self, root: &Value) -> Option<Value> {
        match self.find(root) {
            Found::One(it) => Some(it.clone()),
            Found::Many(all) => Some(Value::Array(all.into_iter().cloned().collect())),
            Found::Nothing => None,
        }
    }

    /// Puts a value at the path and makes the objects on the way, as `ResultPath` does; `None` where something that is
    /// no object lies in the way. Array elements can be replaced, not added.
    pub fn put(&self, root: Value, value: Value) -> Option<Value> {
        let mut root = root;
        let mut place = &mut root;
        for step in &self.steps {
            place = match step {
                Step::Name(name) => place
                    .as_object_mut()?
                    .entry(name.clone())
                    .and_modify(|it| {
                        if it.is_null() {
                            *it = Value::Object(serde_json::Map::new());
                        }
                    })
                    .or_insert_with(|| Value::Object(serde_json::Map::new())),
                Step::Index(at) => place.as_array_mut()?.get_mut(*at)?,
                Step::Every | Step::Filter(_) => return None,
            };
        }
        *place = value;
        Some(root)
    }
}

fn follow<'a>(step: &Step, value: &'a Value) -> Vec<&'a Value> {
    match step {
        Step::Name(name) => value.get(name).into_iter().collect(),
        Step::Index(at) => value.get(at).into_iter().collect(),
        Step::Every => elements(value),
        Step::Filter(terms) => elements(value)
            .into_iter()
            .filter(|it| terms.iter().all(|term| holds(term, it)))
            .collect(),
    }
}

fn elements(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().collect(),
        Value::Object(all) => all.values().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn holds(term: &Term, value: &Value) -> bool {
    let found = term.member.iter().try_fold(value, |it, name| it.get(name));
    match &term.condition {
        Condition::Exists => found.is_some(),
        Condition::Equals(expected) => found == Some(expected),
        Condition::Differs(expected) => found != Some(expected),
    }
}

/// The first step of what follows the root.
fn step(rest: &str) -> Option<(Step, &str)> {
    if let Some(rest) = rest.strip_prefix('.') {
        if let Some(rest) = rest.strip_prefix('*') {
            return Some((Step::Every, rest));
        }
        let (name, rest) = plain_name(rest)?;
        return Some((Step::Name(name.to_owned()), rest));
    }
    let rest = rest.strip_prefix('[')?;
    if let Some(rest) = rest.strip_prefix("*]") {
        return Some((Step::Every, rest));
    }
    if let Some(rest) = rest.strip_prefix("?(") {
        let (inner, rest) = rest.split_once(")]")?;
        let terms: Option<Vec<_>> = inner.split("&&").map(|it| term(it.trim())).collect();
        return Some((Step::Filter(terms?), rest));
    }
    let (inner, rest) = rest.split_once(']')?;
    let step = match quoted(inner) {
        Some(name) => Step::Name(name.to_owned()),
        None => Step::Index(inner.parse().ok()?),
    };
    Some((step, rest))
}

fn plain_name(rest: &str) -> Option<(&str, &str)> {
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(rest.len());
    (end > 0).then(|| rest.split_at(end))
}

fn quoted(text: &str) -> Option<&str> {
    ['\'', '"']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
}

/// `@.a.b=='c'`, `!=` for the opposite, `@.a` for what has a member; a value is a quoted string or JSON.
fn term(text: &str) -> Option<Term> {
    let value = |right: &str| match quoted(right.trim()) {
        Some(words) => Some(Value::String(words.to_owned())),
        None => serde_json::from_str(right.trim()).ok(),
    };
    let (left, condition) = match (text.split_once("=="), text.split_once("!=")) {
        (Some((left, right)), _) => (left, Condition::Equals(value(right)?)),
        (None, Some((left, right))) => (left, Condition::Differs(value(right)?)),
        (None, None) => (text, Condition::Exists),
    };
    let mut rest = left.trim().strip_prefix('@')?;
    let mut member = Vec::new();
    while !rest.is_empty() {
        let (name, tail) = plain_name(rest.strip_prefix('.')?)?;
        member.push(name.to_owned());
        rest = tail;
    }
    Some(Term { member, condition })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use super::Path;

    fn at(path: &str, root: &Value) -> Option<Value> {
        Path::parse(path).unwrap().value(root)
    }

    #[test]
    fn a_definite_path_gives_a_value_or_nothing_and_every_other_a_list() {
        let root = json!({"a": {"b-c": [1, {"d": "x", "e": 2}]}, "n": null});
        for (path, value) in [
            ("$", Some(root.clone())),
            ("$.a['b-c'][0]", Some(json!(1))),
            ("$.a.b-c[1].d", Some(json!("x"))),
            ("$.n", Some(json!(null))),
            ("$.a.b-c[2]", None),
            ("$.z", None),
            ("$.a.b-c[*].e", Some(json!([2]))),
            ("$.a.b-c[?(@.d=='x')].e", Some(json!([2]))),
            ("$.a.b-c[?(@.d == 'x' && @.e != 2)]", Some(json!([]))),
            ("$.a.b-c[?(@.d)].e", Some(json!([2]))),
            ("$.z[*]", Some(json!([]))),
        ] {
            assert_eq!(at(path, &root), value, "{path}");
        }
    }

    #[test]
    fn a_path_outside_the_subset_is_not_read() {
        for path in [
            "a",
            "$..a",
            "$.a[0:2]",
            "$.a[-1]",
            "$.a[?(@.b>1)]",
            "$.",
            "$.a b",
        ] {
            assert_eq!(Path::parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_value_is_put_where_objects_lead_and_nowhere_else() {
        let put = |path: &str, root| Path::parse(path).unwrap().put(root, json!(7));
        assert_eq!(
            put("$.a.b", json!({"c": 1})),
            Some(json!({"c": 1, "a": {"b": 7}}))
        );
        assert_eq!(put("$", json!({"c": 1})), Some(json!(7)));
        assert_eq!(put("$.a", json!([1])), None);
        assert_eq!(put("$.a[*]", json!({"a": [1]})), None);
    }
}
