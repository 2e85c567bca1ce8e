//! Intrinsic functions: `States.Format('{} of {}', $.a, 2)`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html>

use serde_json::Value;

use super::path::{Path, Roots};

/// What stands in a field whose name ends in `.$`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    Path(Path),
    Literal(Value),
    Call(Function, Vec<Self>),
}

/// The functions in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Array,
    ArrayContains,
    ArrayGetItem,
    ArrayLength,
    Format,
    JsonMerge,
    JsonToString,
    MathAdd,
    StringToJson,
}

impl Function {
    const ALL: [(&'static str, Self); 9] = [
        ("Array", Self::Array),
        ("ArrayContains", Self::ArrayContains),
        ("ArrayGetItem", Self::ArrayGetItem),
        ("ArrayLength", Self::ArrayLength),
        ("Format", Self::Format),
        ("JsonMerge", Self::JsonMerge),
        ("JsonToString", Self::JsonToString),
        ("MathAdd", Self::MathAdd),
        ("StringToJson", Self::StringToJson),
    ];
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// A definite path led nowhere.
    Path(String),
    /// A function cannot take what it was given.
    Function(String),
}

impl Expression {
    /// Reads a path or a function call; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (expression, rest) = argument(text)?;
        let is_value = matches!(expression, Self::Literal(_));
        (rest.trim().is_empty() && !is_value).then_some(expression)
    }

    /// The value for a state's input and its context object.
    ///
    /// # Errors
    /// Where a path leads nowhere or a function cannot take its arguments.
    pub fn value(&self, roots: &Roots<'_>) -> Result<Value, Unresolved> {
        match self {
            Self::Literal(it) => Ok(it.clone()),
            Self::Path(path) => path
                .value(roots.of(path))
                .ok_or_else(|| Unresolved::Path(path.to_string())),
            Self::Call(function, arguments) => {
                let all: Result<Vec<Value>, Unresolved> =
                    arguments.iter().map(|it| it.value(roots)).collect();
                let all = all?;
                apply(*function, &all).ok_or_else(|| {
                    Unresolved::Function(format!("{function:?}({})", Value::Array(all)))
                })
            }
        }
    }
}

fn apply(function: Function, arguments: &[Value]) -> Option<Value> {
    match (function, arguments) {
        (Function::Array, all) => Some(Value::Array(all.to_vec())),
        (Function::ArrayContains, [Value::Array(all), one]) => Some(all.contains(one).into()),
        (Function::ArrayGetItem, [Value::Array(all), at]) => {
            all.get(usize::try_from(at.as_u64()?).ok()?).cloned()
        }
        (Function::ArrayLength, [Value::Array(all)]) => Some(all.len().into()),
        (Function::Format, [Value::String(form), values @ ..]) => format(form, values),
        (Function::JsonMerge, [Value::Object(one), Value::Object(other), Value::Bool(false)]) => {
            let both = one.iter().chain(other);
            Some(Value::Object(
                both.map(|(k, v)| (k.clone(), v.clone())).collect(),
            ))
        }
        (Function::JsonToString, [it]) => Some(it.to_string().into()),
        (Function::MathAdd, [one, other]) => {
            one.as_i64()?.checked_add(other.as_i64()?).map(Value::from)
        }
        (Function::StringToJson, [Value::String(text)]) => serde_json::from_str(text).ok(),
        (
            Function::ArrayContains
            | Function::ArrayGetItem
            | Function::ArrayLength
            | Function::Format
            | Function::JsonMerge
            | Function::JsonToString
            | Function::MathAdd
            | Function::StringToJson,
            _,
        ) => None,
    }
}

/// Fills each `{}`; as many as there are values, no objects and arrays among them.
fn format(form: &str, values: &[Value]) -> Option<Value> {
    let parts: Vec<&str> = form.split("{}").collect();
    if parts.len() != values.len() + 1 {
        return None;
    }
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        out.push_str(part);
        match values.get(at) {
            Some(Value::String(it)) => out.push_str(it),
            Some(it @ (Value::Null | Value::Bool(_) | Value::Number(_))) => {
                out.push_str(&it.to_string());
            }
            Some(Value::Array(_) | Value::Object(_)) => return None,
            None => (),
        }
    }
    Some(out.into())
}

/// The argument at the start of a text, and what follows it.
fn argument(text: &str) -> Option<(Expression, &str)> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix("States.") {
        return call(rest);
    }
    if text.starts_with('$') {
        let end = path_end(text);
        let path = Path::parse(text[..end].trim_end())?;
        return Some((Expression::Path(path), &text[end..]));
    }
    if let Some(rest) = text.strip_prefix('\'') {
        let (words, rest) = words(rest)?;
        return Some((Expression::Literal(words.into()), rest));
    }
    let end = text.find([',', ')']).unwrap_or(text.len());
    let value: Value = serde_json::from_str(text[..end].trim()).ok()?;
    let is_plain = matches!(value, Value::Null | Value::Bool(_) | Value::Number(_));
    is_plain.then(|| (Expression::Literal(value), &text[end..]))
}

fn call(rest: &str) -> Option<(Expression, &str)> {
    let (name, rest) = rest.split_once('(')?;
    let (_, function) = *Function::ALL.iter().find(|(it, _)| *it == name)?;
    let mut arguments = Vec::new();
    let mut rest = rest.trim_start();
    if let Some(rest) = rest.strip_prefix(')') {
        return Some((Expression::Call(function, arguments), rest));
    }
    loop {
        let (one, tail) = argument(rest)?;
        arguments.push(one);
        let tail = tail.trim_start();
        if let Some(tail) = tail.strip_prefix(')') {
            return Some((Expression::Call(function, arguments), tail));
        }
        rest = tail.strip_prefix(',')?;
    }
}

/// Where a path ends: at a comma or a parenthesis outside of brackets.
fn path_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ',' | ')' if depth == 0 => return at,
            _ => (),
        }
    }
    text.len()
}

/// The rest of a quoted string; `\'`, `\{`, `\}` and `\\` stand for themselves.
fn words(rest: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' => return Some((out, &rest[at + 1..])),
            '\\' => out.push(chars.next()?.1),
            other => out.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Expression, Roots, Unresolved};

    fn value(text: &str) -> Option<Result<Value, Unresolved>> {
        let input = json!({"a": [1, 2], "n": 3, "s": "{\"x\":1}", "o": {"p": 1}});
        let context = json!({"Execution": {"Name": "run"}});
        Expression::parse(text).map(|it| it.value(&Roots::new(&input, &|| context.clone())))
    }

    #[test]
    fn functions_give_what_the_documentation_says() {
        for (text, expected) in [
            ("States.Array($.n, 'x', null)", json!([3, "x", null])),
            ("States.ArrayContains($.a, 2)", json!(true)),
            ("States.ArrayGetItem($.a, 1)", json!(2)),
            ("States.ArrayLength($.a)", json!(2)),
            ("States.MathAdd($.n, -1)", json!(2)),
            (
                "States.Format('{}-{}', $$.Execution.Name, $.n)",
                json!("run-3"),
            ),
            ("States.Format('it\\'s')", json!("it's")),
            ("States.JsonToString($.a)", json!("[1,2]")),
            ("States.StringToJson($.s)", json!({"x": 1})),
            (
                "States.JsonMerge($.o, States.StringToJson($.s), false)",
                json!({"p": 1, "x": 1}),
            ),
            ("States.ArrayLength($.a[?(@.b=='(,)')])", json!(0)),
        ] {
            assert_eq!(value(text), Some(Ok(expected)), "{text}");
        }
    }

    #[test]
    fn what_is_no_path_and_no_known_function_is_not_read() {
        for text in [
            "plain",
            "3",
            "'x'",
            "States.UUID()",
            "States.Array($.a",
            "States.Array($.a) x",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn a_function_that_cannot_take_its_arguments_has_no_value() {
        for text in [
            "States.ArrayGetItem($.a, 2)",
            "States.MathAdd($.n, 'x')",
            "States.Format('{}', $.a)",
            "States.Format('{} {}', 1)",
        ] {
            let failed = matches!(value(text), Some(Err(Unresolved::Function(_))));
            assert!(failed, "{text}");
        }
        assert!(matches!(value("$.z"), Some(Err(Unresolved::Path(_)))));
    }
}
