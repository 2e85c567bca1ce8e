//! Every reference in a value, inside `Sub` texts too: seen, or exchanged for another one.

use crate::aws::{Name, Piece, Value, sub_pieces};

/// `Ref`, or `GetAtt` of an attribute.
pub fn reference(name: &Name, attribute: Option<&str>) -> Value {
    match attribute {
        None => Value::Ref(name.clone()),
        Some(attribute) => Value::att(name.clone(), attribute),
    }
}

/// Calls `see` for every reference in a value, with its attribute.
pub fn visit(value: &Value, see: &mut dyn FnMut(&str, Option<&str>)) {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Str(_) => (),
        Value::Ref(name) => see(name, None),
        Value::Att(name, attribute) => see(name, Some(attribute)),
        Value::List(items) => items.iter().for_each(|it| visit(it, see)),
        Value::Map(entries) => entries.iter().for_each(|(_, it)| visit(it, see)),
        Value::Fn(function, argument) => {
            if function == "Sub" {
                visit_sub(argument, see);
            }
            visit(argument, see);
        }
    }
}

fn visit_sub(argument: &Value, see: &mut dyn FnMut(&str, Option<&str>)) {
    let (text, own) = sub_parts(argument);
    for piece in sub_pieces(text) {
        if let Piece::Reference(name, attribute) = piece
            && !own.iter().any(|(it, _)| it == name)
        {
            see(name, attribute);
        }
    }
}

/// The text of a `Sub`, and the names that it brings itself.
fn sub_parts(argument: &Value) -> (&str, &[(String, Value)]) {
    match argument {
        Value::Str(text) => (text, &[]),
        Value::List(items) => match items.as_slice() {
            [Value::Str(text), Value::Map(own)] => (text, own),
            _ => ("", &[]),
        },
        _ => ("", &[]),
    }
}

/// The value with every reference for which `turn` has another one replaced by it, inside `Sub` too.
pub fn rewire(value: &Value, turn: &mut dyn FnMut(&str, Option<&str>) -> Option<Value>) -> Value {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Str(_) => value.clone(),
        Value::Ref(name) => turn(name, None).unwrap_or_else(|| value.clone()),
        Value::Att(name, attribute) => turn(name, Some(attribute)).unwrap_or_else(|| value.clone()),
        Value::List(items) => Value::List(items.iter().map(|it| rewire(it, turn)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, it)| (key.clone(), rewire(it, turn)))
                .collect(),
        ),
        Value::Fn(function, argument) if function == "Sub" => {
            Value::Fn(function.clone(), Box::new(rewire_sub(argument, turn)))
        }
        Value::Fn(function, argument) => {
            Value::Fn(function.clone(), Box::new(rewire(argument, turn)))
        }
    }
}

fn rewire_sub(
    argument: &Value,
    turn: &mut dyn FnMut(&str, Option<&str>) -> Option<Value>,
) -> Value {
    let (text, own) = sub_parts(argument);
    let mut rewired = String::with_capacity(text.len());
    for piece in sub_pieces(text) {
        match piece {
            Piece::Text(it) => rewired.push_str(it),
            Piece::Reference(name, attribute) => {
                let local = own.iter().any(|(it, _)| it == name);
                let turned = if local { None } else { turn(name, attribute) };
                let value = turned.unwrap_or_else(|| reference(&name.into(), attribute));
                match value {
                    Value::Ref(name) => rewired.push_str(&format!("${{{name}}}")),
                    Value::Att(name, attribute) => {
                        rewired.push_str(&format!("${{{name}.{attribute}}}"));
                    }
                    _ => (),
                }
            }
        }
    }
    match argument {
        Value::Str(_) => Value::Str(rewired),
        Value::List(items) => {
            let mut items: Vec<Value> = items.iter().map(|it| rewire(it, turn)).collect();
            if let (Some(first @ Value::Str(_)), false) = (items.first_mut(), text.is_empty()) {
                *first = Value::Str(rewired);
            }
            Value::List(items)
        }
        _ => rewire(argument, turn),
    }
}

#[cfg(test)]
mod tests {
    use super::rewire;
    use crate::aws::{Value, list, map};

    #[test]
    fn a_sub_is_rewired_outside_of_its_literals_and_own_names() {
        let mut turn = |name: &str, _: Option<&str>| (name == "A").then(|| Value::att("B", "C"));
        let plain = Value::sub("${A}-${A.X}-${!A}-${Z}");
        assert_eq!(
            rewire(&plain, &mut turn),
            Value::sub("${B.C}-${B.C}-${!A}-${Z}")
        );
        let own = list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::reference("A"))]),
        ]);
        let expected = list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::att("B", "C"))]),
        ]);
        let sub = |it| Value::Fn("Sub".into(), Box::new(it));
        assert_eq!(rewire(&sub(own), &mut turn), sub(expected));
    }
}
