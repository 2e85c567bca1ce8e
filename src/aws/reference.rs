//! Every reference in a value, inside `Sub` texts too: seen, or exchanged for another one. The one place that knows where
//! references can stand.

use super::value::{Key, Name, Piece, Value, sub_pieces};

/// What a reference is exchanged for, another one or a plain value; `None` leaves it as it is.
pub type Turn<'a> = &'a mut dyn FnMut(&str, Option<&str>) -> Option<Value>;

impl Value {
    /// `Ref`, or `GetAtt` of an attribute.
    pub fn referring(name: &Name, attribute: Option<&str>) -> Self {
        match attribute {
            None => Self::Ref(name.clone()),
            Some(attribute) => Self::att(name.clone(), attribute),
        }
    }

    /// Shows the name in every reference. `Sub` texts that refer to nothing but pseudo parameters are passed over.
    pub fn each_reference(&self, see: &mut dyn FnMut(&str)) {
        match self {
            Self::Bool(_) | Self::Int(_) | Self::Num(_) | Self::Str(_) => (),
            Self::Ref(name) | Self::Att(name, _) => see(name),
            Self::List(items) => items.iter().for_each(|it| it.each_reference(see)),
            Self::Map(entries) => entries.iter().for_each(|(_, it)| it.each_reference(see)),
            Self::Fn(function, argument) => {
                if function == "Sub"
                    && let Some((text, own)) = argument.as_sub()
                {
                    each_in_text(text, own, see);
                }
                argument.each_reference(see);
            }
        }
    }

    /// What a `Sub` takes: a text, or a text with a map of names that mean something in it alone.
    fn as_sub(&self) -> Option<(&str, &[(Key, Self)])> {
        match self {
            Self::Str(text) => Some((text, &[])),
            Self::List(items) => match items.as_slice() {
                [Self::Str(text), rest @ ..] => {
                    let own = rest.first().and_then(Self::as_map);
                    Some((text, own.unwrap_or_default()))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Asks for every reference whether another one takes its place. `Sub` texts that refer to nothing but pseudo
    /// parameters are passed over.
    pub fn rewire(&mut self, turn: Turn<'_>) {
        match self {
            Self::Bool(_) | Self::Int(_) | Self::Num(_) | Self::Str(_) => (),
            Self::Ref(name) => {
                if let Some(other) = turn(name, None) {
                    *self = other;
                }
            }
            Self::Att(name, attribute) => {
                if let Some(other) = turn(name, Some(attribute)) {
                    *self = other;
                }
            }
            Self::List(items) => items.iter_mut().for_each(|it| it.rewire(turn)),
            Self::Map(entries) => entries.iter_mut().for_each(|(_, it)| it.rewire(turn)),
            Self::Fn(function, argument) if function == "Sub" => rewire_sub(argument, turn),
            Self::Fn(_, argument) => argument.rewire(turn),
        }
    }
}

fn rewire_sub(argument: &mut Value, turn: Turn<'_>) {
    let sub = argument.as_sub();
    if let Some(next) = sub.and_then(|(text, own)| rewired(text, own, turn)) {
        let text = match &mut *argument {
            Value::List(items) => items.first_mut(),
            text => Some(text),
        };
        if let Some(text) = text {
            *text = Value::Str(next);
        }
    }
    argument.rewire(turn);
}

/// As in most names: those never cross.
fn is_pseudo(text: &str) -> bool {
    text.split("${").skip(1).all(|it| it.starts_with("AWS::"))
}

fn each_in_text(text: &str, own: &[(Key, Value)], see: &mut dyn FnMut(&str)) {
    if is_pseudo(text) {
        return;
    }
    for piece in sub_pieces(text) {
        if let Piece::Reference(name, _) = piece
            && !own.iter().any(|(it, _)| it == name)
        {
            see(name);
        }
    }
}

/// The text with other references in the place of its own; `None` where it has none that could cross.
fn rewired(text: &str, own: &[(Key, Value)], turn: Turn<'_>) -> Option<String> {
    if is_pseudo(text) {
        return None;
    }
    let mut rewired = String::with_capacity(text.len());
    for piece in sub_pieces(text) {
        let (name, attribute) = match piece {
            Piece::Text(it) => {
                rewired.push_str(it);
                continue;
            }
            Piece::Reference(name, attribute) => (name, attribute),
        };
        let is_own = own.iter().any(|(it, _)| it == name);
        let other = if is_own { None } else { turn(name, attribute) };
        // Nothing but another reference, or a word, can stand in a text.
        if let Some(Value::Str(word)) = &other {
            rewired.push_str(&word.replace("${", "${!"));
        } else if let Some(Value::Int(number)) = &other {
            rewired.push_str(&number.to_string());
        } else if let Some(Value::Ref(other)) = &other {
            placeholder(&mut rewired, other, None);
        } else if let Some(Value::Att(other, attribute)) = &other {
            placeholder(&mut rewired, other, Some(attribute));
        } else {
            placeholder(&mut rewired, name, attribute);
        }
    }
    Some(rewired)
}

fn placeholder(text: &mut String, name: &str, attribute: Option<&str>) {
    text.push_str("${");
    text.push_str(name);
    if let Some(attribute) = attribute {
        text.push('.');
        text.push_str(attribute);
    }
    text.push('}');
}

#[cfg(test)]
mod tests {
    use super::Turn;
    use crate::aws::{Value, list, map};

    fn sub(argument: Value) -> Value {
        Value::Fn("Sub".into(), Box::new(argument))
    }

    #[test]
    fn a_sub_is_rewired_outside_of_its_literals_and_own_names() {
        let turn: Turn<'_> = &mut |name, _| (name == "A").then(|| Value::att("B", "C"));
        let mut plain = Value::sub("${A}-${A.X}-${!A}-${Z}");
        plain.rewire(turn);
        assert_eq!(plain, Value::sub("${B.C}-${B.C}-${!A}-${Z}"));
        let mut own = sub(list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::reference("A"))]),
        ]));
        own.rewire(turn);
        let expected = sub(list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::att("B", "C"))]),
        ]));
        assert_eq!(own, expected);
    }

    #[test]
    fn every_reference_is_asked_for_once_and_nothing_changes_unless_told() {
        let value = map([
            ("A", Value::reference("Vpc")),
            ("B", list([Value::att("Database", "Endpoint.Address")])),
            (
                "C",
                Value::sub("${Bucket.Arn}/${AWS::AccountId}/${!literal}"),
            ),
            ("D", sub(list([Value::from("${Topic}")]))),
            (
                "E",
                sub(list([
                    Value::from("${Own}${Queue}"),
                    map([("Own", Value::reference("Key"))]),
                ])),
            ),
        ]);
        let mut seen = Vec::new();
        let mut walked = value.clone();
        walked.rewire(&mut |name, _| {
            seen.push(name.to_owned());
            None
        });
        assert_eq!(walked, value);
        assert_eq!(
            seen,
            [
                "Vpc",
                "Database",
                "Bucket",
                "AWS::AccountId",
                "Topic",
                "Queue",
                "Key"
            ]
        );
        let mut shown = Vec::new();
        value.each_reference(&mut |name| shown.push(name.to_owned()));
        assert_eq!(shown, seen);
    }
}
