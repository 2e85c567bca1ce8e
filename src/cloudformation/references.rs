//! Every reference in a value, inside `Sub` texts too: seen, or exchanged for another one.

use crate::aws::{Key, Name, Piece, Value, sub_pieces};

/// `Ref`, or `GetAtt` of an attribute.
pub fn reference(name: &Name, attribute: Option<&str>) -> Value {
    match attribute {
        None => Value::Ref(name.clone()),
        Some(attribute) => Value::att(name.clone(), attribute),
    }
}

/// What another reference is exchanged for; `None` leaves it as it is.
pub type Turn<'a> = &'a mut dyn FnMut(&str, Option<&str>) -> Option<Value>;

/// Asks for every reference in a value, inside `Sub` too, whether another one takes its place.
pub fn rewire(value: &mut Value, turn: Turn<'_>) {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Str(_) => (),
        Value::Ref(name) => {
            if let Some(other) = turn(name, None) {
                *value = other;
            }
        }
        Value::Att(name, attribute) => {
            if let Some(other) = turn(name, Some(attribute)) {
                *value = other;
            }
        }
        Value::List(items) => items.iter_mut().for_each(|it| rewire(it, turn)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, it)| rewire(it, turn)),
        Value::Fn(function, argument) if function == "Sub" => rewire_sub(argument, turn),
        Value::Fn(_, argument) => rewire(argument, turn),
    }
}

/// A `Sub` is a text, or a text with a map of names that mean something in it alone.
fn rewire_sub(argument: &mut Value, turn: Turn<'_>) {
    match argument {
        Value::Str(text) if is_everywhere_the_same(text) => (),
        Value::Str(text) => *text = rewire_text(text, &[], turn),
        Value::List(items) => {
            if let [Value::Str(text), Value::Map(own)] = items.as_mut_slice() {
                *text = rewire_text(text, own, turn);
            }
            items.iter_mut().for_each(|it| rewire(it, turn));
        }
        other => rewire(other, turn),
    }
}

/// Whether a text refers to nothing but pseudo parameters, as most names do: those never cross.
fn is_everywhere_the_same(text: &str) -> bool {
    let mut references = text.split("${").skip(1);
    references.all(|it| it.starts_with("AWS::"))
}

fn rewire_text(text: &str, own: &[(Key, Value)], turn: Turn<'_>) -> String {
    let mut rewired = String::with_capacity(text.len());
    for piece in sub_pieces(text) {
        match piece {
            Piece::Text(it) => rewired.push_str(it),
            Piece::Reference(name, attribute) => {
                let local = own.iter().any(|(it, _)| it == name);
                let turned = if local { None } else { turn(name, attribute) };
                match turned {
                    Some(Value::Ref(name)) => placeholder(&mut rewired, &name, None),
                    Some(Value::Att(name, other)) => placeholder(&mut rewired, &name, Some(&other)),
                    _ => placeholder(&mut rewired, name, attribute),
                }
            }
        }
    }
    rewired
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
    use super::{Turn, rewire};
    use crate::aws::{Value, list, map};

    #[test]
    fn a_sub_is_rewired_outside_of_its_literals_and_own_names() {
        let turn: Turn<'_> = &mut |name, _| (name == "A").then(|| Value::att("B", "C"));
        let sub = |it| Value::Fn("Sub".into(), Box::new(it));
        let mut plain = Value::sub("${A}-${A.X}-${!A}-${Z}");
        rewire(&mut plain, turn);
        assert_eq!(plain, Value::sub("${B.C}-${B.C}-${!A}-${Z}"));
        let mut own = sub(list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::reference("A"))]),
        ]));
        rewire(&mut own, turn);
        let expected = sub(list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::att("B", "C"))]),
        ]));
        assert_eq!(own, expected);
    }
}
