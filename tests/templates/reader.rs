//! Reads YAML with CloudFormation's short tags into its JSON form, by an independent parser. A plain scalar must be what it
//! is to YAML 1.1 and 1.2 alike.

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use serde_json::{Map, Value, json};

/// The only document of a text.
pub fn read(text: &str) -> Value {
    let events: Vec<Event<'_>> = Parser::new_from_str(text)
        .map(|it| it.unwrap_or_else(|problem| panic!("{problem}\n{text}")).0)
        .filter(|it| {
            !matches!(
                it,
                Event::StreamStart
                    | Event::StreamEnd
                    | Event::DocumentStart(_)
                    | Event::DocumentEnd
            )
        })
        .collect();
    let mut events = events.into_iter();
    let first = events.next().expect("a document");
    let document = node(first, &mut events);
    assert!(events.next().is_none(), "more than one document");
    document
}

fn node<'a>(event: Event<'a>, rest: &mut impl Iterator<Item = Event<'a>>) -> Value {
    match event {
        Event::Scalar(text, style, _, tag) => match tag {
            Some(tag) => tagged(&tag, Value::String(text.into_owned())),
            None if style == ScalarStyle::Plain => plain(&text),
            None => Value::String(text.into_owned()),
        },
        Event::SequenceStart(_, tag) => {
            let mut items = Vec::new();
            loop {
                match rest.next().expect("the end of a sequence") {
                    Event::SequenceEnd => break,
                    event => items.push(node(event, rest)),
                }
            }
            wrap(tag.as_deref(), Value::Array(items))
        }
        Event::MappingStart(_, tag) => {
            let mut entries = Map::new();
            loop {
                let key = match rest.next().expect("the end of a mapping") {
                    Event::MappingEnd => break,
                    event => node(event, rest),
                };
                let key = key.as_str().expect("a key that is text").to_owned();
                let value = rest.next().expect("a value");
                let value = node(value, rest);
                assert!(entries.insert(key.clone(), value).is_none(), "{key} twice");
            }
            wrap(tag.as_deref(), Value::Object(entries))
        }
        other => panic!("{other:?}"),
    }
}

fn wrap(tag: Option<&Tag>, value: Value) -> Value {
    match tag {
        Some(tag) => tagged(tag, value),
        None => value,
    }
}

fn tagged(tag: &Tag, value: Value) -> Value {
    assert_eq!(tag.handle, "!");
    match (tag.suffix.as_str(), &value) {
        (key @ ("Ref" | "Condition"), _) => json!({ key: value }),
        ("GetAtt", Value::String(path)) => {
            let (name, attribute) = path.split_once('.').expect("an attribute");
            json!({ "Fn::GetAtt": [name, attribute] })
        }
        (function, _) => json!({ format!("Fn::{function}"): value }),
    }
}

/// Text that both versions of YAML take for text, a number or a switch that both take for the same one.
fn plain(text: &str) -> Value {
    if let "true" | "false" = text {
        return Value::Bool(text == "true");
    }
    let words = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "", "=", "<<", ".inf",
        ".nan",
    ];
    assert!(
        !words.contains(&text.to_lowercase().as_str()),
        "plain {text:?}"
    );
    if !text.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it)) {
        return Value::String(text.to_owned());
    }
    let canonical = text.strip_prefix('-').unwrap_or(text);
    let digits = canonical.chars().all(|it| it.is_ascii_digit());
    if digits && (canonical == "0" || !canonical.starts_with('0')) {
        return json!(text.parse::<i64>().unwrap());
    }
    match canonical.split_once('.') {
        Some((whole, part))
            if !whole.is_empty()
                && [whole, part]
                    .iter()
                    .all(|it| it.chars().all(|c| c.is_ascii_digit())) =>
        {
            json!(text.parse::<f64>().unwrap())
        }
        _ => {
            assert!(
                text.contains('/'),
                "plain {text:?} may be a number or a date"
            );
            Value::String(text.to_owned())
        }
    }
}
