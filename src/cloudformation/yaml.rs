//! Writes a template as YAML with short tags and comments.
//!
//! A writer of our own: the YAML crates write neither comments nor CloudFormation's tags, and quote by YAML 1.2 where
//! CloudFormation reads 1.1. A short tag can't stand directly inside another one, so an intrinsic whose argument is an
//! intrinsic is written in its long form: `Fn::Base64: !Sub …`.

use std::borrow::Cow;
use std::fmt::Write;

use super::comment;
use super::scalar::{block_header, fits_block, scalar};
use super::template::Document;
use crate::aws::{Key, Value, list};
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

/// Longest list that stands in brackets on one line, in bytes.
const LINE: usize = 80;

/// Longest line of a definition, in bytes: what fits stands on one, in brackets and braces.
const DENSE: usize = 120;

/// The property of a state machine that says more than all others of a template together.
const DEFINITION: &str = "Definition";

/// Bytes that most templates fit in.
const SIZE: usize = 16 * 1024;

/// A template with its comments.
pub fn print(document: &Document, lang: Lang) -> String {
    let mut to = Yaml {
        out: String::with_capacity(SIZE),
        dense: false,
    };
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
    /// Whether what fits on a line stands on one.
    dense: bool,
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
        comment::wrap(text, comment::WIDTH - 2 * depth, |line| {
            self.indent(depth);
            self.out.push_str("# ");
            self.out.push_str(line);
            self.out.push('\n');
        });
    }

    fn entry(&mut self, depth: usize, key: &str, value: &Value) {
        self.indent(depth);
        self.entry_here(depth, key, value);
    }

    /// An entry whose indentation is already written: a `- ` may stand there.
    fn entry_here(&mut self, depth: usize, key: &str, value: &Value) {
        scalar(&mut self.out, key, false);
        self.out.push(':');
        let around = self.dense;
        self.dense |= key == DEFINITION;
        self.value(depth, value);
        self.dense = around;
    }

    /// What follows `key:` or `-`, with its line break. The parts of a collection stand one step deeper than `depth`.
    fn value(&mut self, depth: usize, value: &Value) {
        let start = self.out.len();
        self.out.push(' ');
        if self.inline(value, false) {
            self.out.push('\n');
            return;
        }
        self.out.truncate(start);
        if self.dense && self.on_a_line(value) {
            return;
        }
        if let Some((key, argument)) = long(value) {
            self.out.push('\n');
            self.entry(depth + 1, &key, &argument);
            return;
        }
        match value {
            Value::Str(text) => self.block(depth, text),
            Value::List(items) => self.items(depth, items),
            Value::Map(entries) => {
                self.out.push('\n');
                for (key, it) in entries {
                    self.entry(depth + 1, key, it);
                }
            }
            Value::Fn(function, argument) => {
                self.out.push_str(" !");
                self.out.push_str(function);
                match argument.as_ref() {
                    Value::List(items) => self.items(depth, items),
                    argument => self.block(depth, argument.as_str().unwrap_or_default()),
                }
            }
            // These always stand on the line of their key.
            Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Ref(_) | Value::Att(..) => (),
        }
    }

    fn items(&mut self, depth: usize, items: &[Value]) {
        self.out.push('\n');
        for item in items {
            self.indent(depth + 1);
            self.out.push('-');
            match (item, long(item)) {
                (_, Some((key, argument))) => {
                    self.out.push(' ');
                    self.entry_here(depth + 2, &key, &argument);
                }
                (Value::Map(_), None) if self.dense && self.on_a_line(item) => (),
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

    /// Writes a list or map on the line that is begun, where it fits; whether it did.
    fn on_a_line(&mut self, value: &Value) -> bool {
        let start = self.out.len();
        let line = self.out.rfind('\n').map_or(0, |it| it + 1);
        self.out.push(' ');
        if self.braces(value, line + DENSE) {
            self.out.push('\n');
            return true;
        }
        self.out.truncate(start);
        false
    }

    /// Writes a value in brackets and braces, up to a length of the text; whether it fits.
    fn braces(&mut self, value: &Value, end: usize) -> bool {
        match value {
            Value::List(items) if !items.is_empty() => {
                self.out.push('[');
                for (place, item) in items.iter().enumerate() {
                    self.out.push_str(if place > 0 { ", " } else { "" });
                    if !self.braces(item, end) {
                        return false;
                    }
                }
                self.out.push(']');
            }
            Value::Map(entries) if !entries.is_empty() => {
                self.out.push('{');
                for (place, (key, item)) in entries.iter().enumerate() {
                    self.out.push_str(if place > 0 { ", " } else { "" });
                    scalar(&mut self.out, key, true);
                    self.out.push_str(": ");
                    if !self.braces(item, end) {
                        return false;
                    }
                }
                self.out.push('}');
            }
            other => {
                if !self.inline(other, true) {
                    return false;
                }
            }
        }
        self.out.len() <= end
    }

    /// Text of several lines.
    fn block(&mut self, depth: usize, text: &str) {
        self.out.push(' ');
        self.out.push_str(block_header(text));
        self.out.push('\n');
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            match line {
                "" => self.out.push('\n'),
                line => self.line(depth + 1, line),
            }
        }
    }

    /// Writes a value that stands on the line of its key; whether it does. Where it does not, what was written must go.
    fn inline(&mut self, value: &Value, flow: bool) -> bool {
        match value {
            Value::Bool(it) => self.out.push_str(if *it { "true" } else { "false" }),
            // A string takes every write.
            Value::Int(it) => drop(write!(self.out, "{it}")),
            Value::Num(it) => self.out.push_str(&number(*it)),
            Value::Str(text) if !flow && fits_block(text) => return false,
            Value::Str(text) => scalar(&mut self.out, text, flow),
            Value::List(items) if items.is_empty() => self.out.push_str("[]"),
            Value::Map(entries) if entries.is_empty() => self.out.push_str("{}"),
            Value::List(_) | Value::Map(_) => return false,
            Value::Ref(name) => {
                self.out.push_str("!Ref ");
                scalar(&mut self.out, name, flow);
            }
            Value::Att(..) | Value::Fn(..) if is_long(value) => return false,
            Value::Att(name, attribute) => {
                self.out.push_str("!GetAtt ");
                scalar(&mut self.out, &format!("{name}.{attribute}"), flow);
            }
            Value::Fn(function, argument) => {
                self.out.push('!');
                self.out.push_str(function);
                self.out.push(' ');
                return match argument.as_ref() {
                    Value::List(items) => !flow && self.brackets(items),
                    argument => self.inline(argument, flow),
                };
            }
        }
        true
    }

    /// A short list on one line.
    fn brackets(&mut self, items: &[Value]) -> bool {
        let start = self.out.len();
        self.out.push('[');
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                self.out.push_str(", ");
            }
            if !self.inline(item, true) {
                return false;
            }
        }
        self.out.push(']');
        self.out.len() - start <= LINE
    }
}

/// Whether an intrinsic has no short form where it stands.
fn is_long(value: &Value) -> bool {
    match value {
        Value::Att(name, _) => name.contains('.'),
        Value::Fn(function, argument) => {
            !SHORT.contains(&function.as_ref())
                || !matches!(argument.as_ref(), Value::Str(_) | Value::List(_))
        }
        Value::Bool(_)
        | Value::Int(_)
        | Value::Num(_)
        | Value::Str(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Ref(_) => false,
    }
}

/// Key and argument of the long form, for an intrinsic that has no other.
fn long(value: &Value) -> Option<(Key, Cow<'_, Value>)> {
    if !is_long(value) {
        return None;
    }
    match value {
        Value::Att(name, attribute) => {
            let path = list([name.as_str(), attribute]);
            Some(("Fn::GetAtt".into(), Cow::Owned(path)))
        }
        Value::Fn(function, argument) => {
            let key = match function.as_ref() {
                "Condition" => function.clone(),
                _ => format!("Fn::{function}").into(),
            };
            Some((key, Cow::Borrowed(argument.as_ref())))
        }
        Value::Bool(_)
        | Value::Int(_)
        | Value::Num(_)
        | Value::Str(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Ref(_) => None,
    }
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
