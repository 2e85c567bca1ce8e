//! Writes a template as YAML with short tags and comments.
//!
//! A writer of our own: the YAML crates write neither comments nor CloudFormation's tags, and quote by YAML 1.2 where
//! CloudFormation reads 1.1. A short tag can't stand directly inside another one, so an intrinsic whose argument is an
//! intrinsic is written in its long form: `Fn::Base64: !Sub …`.

use std::borrow::Cow;

use super::comment;
use super::scalar::{block_header, scalar};
use super::template::Document;
use crate::aws::{Value, list};
use crate::text::Lang;

/// Functions that have a short tag; any other one is written in its long form.
const SHORT: [&str; 17] = [
    "And",
    "Base64",
    "Cidr",
    "Condition",
    "Equals",
    "FindInMap",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
];

/// Longest list that stands in brackets on one line, in characters.
const LINE: usize = 80;

/// A template with its comments.
pub fn print(document: &Document, lang: Lang) -> String {
    let mut to = Yaml { out: String::new() };
    for message in &document.header {
        to.comment(0, &message.render(lang));
    }
    for (section, value) in &document.sections {
        to.out.push('\n');
        match value {
            Value::Map(children) => {
                to.line(0, &format!("{section}:"));
                for (place, (key, child)) in children.iter().enumerate() {
                    if place > 0 && section == "Resources" {
                        to.out.push('\n');
                    }
                    for message in document.comments_of(section, key) {
                        to.comment(1, &message.render(lang));
                    }
                    to.entry(1, key, child);
                }
            }
            scalar => to.entry(0, section, scalar),
        }
    }
    to.out
}

struct Yaml {
    out: String,
}

impl Yaml {
    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.indent(depth);
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn comment(&mut self, depth: usize, text: &str) {
        for line in comment::wrap(text, comment::WIDTH - 2 * depth) {
            self.line(depth, &format!("# {line}"));
        }
    }

    fn entry(&mut self, depth: usize, key: &str, value: &Value) {
        self.indent(depth);
        self.entry_here(depth, key, value);
    }

    /// An entry whose indentation is already written: a `- ` may stand there.
    fn entry_here(&mut self, depth: usize, key: &str, value: &Value) {
        self.out.push_str(&scalar(key, false));
        self.out.push(':');
        self.value(depth, value);
    }

    /// What follows `key:` or `-`, with its line break. The parts of a collection stand one step deeper than `depth`.
    fn value(&mut self, depth: usize, value: &Value) {
        if let Some(inline) = inline(value, false) {
            self.out.push(' ');
            self.out.push_str(&inline);
            self.out.push('\n');
            return;
        }
        if let Some((key, argument)) = long(value) {
            self.out.push('\n');
            self.entry(depth + 1, &key, &argument);
            return;
        }
        match value {
            Value::Str(text) => self.text(depth, "", text),
            Value::List(items) => self.items(depth, "", items),
            Value::Map(entries) => {
                self.out.push('\n');
                for (key, it) in entries {
                    self.entry(depth + 1, key, it);
                }
            }
            Value::Fn(function, argument) => {
                let tag = format!(" !{function}");
                match argument.as_ref() {
                    Value::List(items) => self.items(depth, &tag, items),
                    argument => self.text(depth, &tag, argument.as_str().unwrap_or_default()),
                }
            }
            // These always stand on the line of their key.
            Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Ref(_) | Value::Att(..) => (),
        }
    }

    fn items(&mut self, depth: usize, tag: &str, items: &[Value]) {
        self.out.push_str(tag);
        self.out.push('\n');
        for item in items {
            self.indent(depth + 1);
            self.out.push('-');
            match (item, long(item)) {
                (_, Some((key, argument))) => {
                    self.out.push(' ');
                    self.entry_here(depth + 2, &key, &argument);
                }
                (Value::Map(entries), None) if !entries.is_empty() => {
                    for (place, (key, it)) in entries.iter().enumerate() {
                        match place {
                            0 => self.out.push(' '),
                            _ => self.indent(depth + 2),
                        }
                        self.entry_here(depth + 2, key, it);
                    }
                }
                (_, None) => self.value(depth + 1, item),
            }
        }
    }

    /// Text that does not stand on one line plainly: a block, or escaped.
    fn text(&mut self, depth: usize, tag: &str, text: &str) {
        self.out.push_str(tag);
        self.out.push(' ');
        let Some(header) = block_header(text) else {
            self.out.push_str(&scalar(text, false));
            self.out.push('\n');
            return;
        };
        self.out.push_str(header);
        self.out.push('\n');
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            match line {
                "" => self.out.push('\n'),
                line => self.line(depth + 1, line),
            }
        }
    }
}

/// Key and argument of an intrinsic that has no short form where it stands.
fn long(value: &Value) -> Option<(String, Cow<'_, Value>)> {
    match value {
        Value::Att(name, attribute) if name.contains('.') => {
            let path = list([name.as_str(), attribute]);
            Some(("Fn::GetAtt".to_owned(), Cow::Owned(path)))
        }
        Value::Fn(function, argument) => {
            let tagged = SHORT.contains(&function.as_str())
                && matches!(argument.as_ref(), Value::Str(_) | Value::List(_));
            let key = match function.as_str() {
                "Condition" => function.clone(),
                _ => format!("Fn::{function}"),
            };
            (!tagged).then(|| (key, Cow::Borrowed(argument.as_ref())))
        }
        Value::Bool(_)
        | Value::Int(_)
        | Value::Num(_)
        | Value::Str(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Ref(_)
        | Value::Att(..) => None,
    }
}

/// A value that stands on the line of its key; `None` for one that needs lines of its own.
fn inline(value: &Value, flow: bool) -> Option<String> {
    if long(value).is_some() {
        return None;
    }
    match value {
        Value::Bool(it) => Some(it.to_string()),
        Value::Int(it) => Some(it.to_string()),
        Value::Num(it) => Some(number(*it)),
        Value::Str(text) if block_header(text).is_some() && !flow => None,
        Value::Str(text) => Some(scalar(text, flow)),
        Value::List(items) if items.is_empty() => Some("[]".to_owned()),
        Value::Map(entries) if entries.is_empty() => Some("{}".to_owned()),
        Value::List(_) | Value::Map(_) => None,
        Value::Ref(name) => Some(format!("!Ref {}", scalar(name, flow))),
        Value::Att(name, attribute) => {
            let path = scalar(&format!("{name}.{attribute}"), flow);
            Some(format!("!GetAtt {path}"))
        }
        Value::Fn(function, argument) => {
            let argument = match argument.as_ref() {
                Value::List(items) if !flow => brackets(items),
                Value::List(_) => None,
                argument => inline(argument, flow),
            }?;
            Some(format!("!{function} {argument}"))
        }
    }
}

/// A short list on one line.
fn brackets(items: &[Value]) -> Option<String> {
    let items: Vec<String> = items
        .iter()
        .map(|it| inline(it, true))
        .collect::<Option<_>>()?;
    let line = format!("[{}]", items.join(", "));
    (line.chars().count() <= LINE).then_some(line)
}

/// With a point, so that YAML 1.1 takes it for a number whatever its size.
fn number(it: f64) -> String {
    let digits = it.to_string();
    if digits.contains('.') {
        digits
    } else {
        format!("{digits}.0")
    }
}
