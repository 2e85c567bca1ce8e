//! `Fn::GetStackOutput`: a value that CloudFormation itself reads from another stack, in that stack's Region (CloudFormation
//! template reference, Fn::GetStackOutput). Always in the long form, since the short one takes no other function inside.

use crate::aws::{Key, Name, Piece, Region, Value, map, sub_pieces};

const FUNCTION: &str = "GetStackOutput";

/// The reading of an output of the stack that a parameter names, in the reader's own Region or a far one.
pub fn reading(stack: Name, output: &Name, far: Option<Region>) -> Value {
    let region = far.map_or(Value::reference("AWS::Region"), |it| it.code().into());
    Value::Fn(
        FUNCTION.into(),
        Box::new(map([
            ("StackName", Value::Ref(stack)),
            ("OutputName", output.as_str().into()),
            ("Region", region),
        ])),
    )
}

/// Puts readings in the place of the parameters that they are for, inside `Sub` texts too.
pub fn reach(value: &mut Value, readings: &[(Name, Value)]) {
    let of = |name: &str| {
        readings
            .iter()
            .find(|(it, _)| **it == *name)
            .map(|(_, it)| it)
    };
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Str(_) | Value::Att(..) => (),
        Value::Ref(name) => {
            if let Some(read) = of(name) {
                *value = read.clone();
            }
        }
        Value::List(items) => items.iter_mut().for_each(|it| reach(it, readings)),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, it)| reach(it, readings)),
        Value::Fn(function, argument) => {
            reach(argument, readings);
            if function == "Sub" {
                name_readings(argument, readings);
            }
        }
    }
}

/// Gives the readings that a `Sub` refers to names of its own, beside those that it has.
fn name_readings(argument: &mut Value, readings: &[(Name, Value)]) {
    let (text, mut named) = match argument {
        Value::Str(text) => (text.clone(), Vec::new()),
        Value::List(items) => match items.as_slice() {
            [Value::Str(text), Value::Map(named)] => (text.clone(), named.clone()),
            _ => return,
        },
        _ => return,
    };
    let before = named.len();
    for piece in sub_pieces(&text) {
        if let Piece::Reference(name, None) = piece
            && let Some((_, read)) = readings.iter().find(|(it, _)| **it == *name)
            && named.iter().all(|(it, _)| it != name)
        {
            named.push((name.to_owned().into(), read.clone()));
        }
    }
    if named.len() > before {
        *argument = Value::List(vec![Value::Str(text), Value::Map(named)]);
    }
}

/// What an output of a stack is, by the parameter that names the stack and the output's name.
type Output<'a> = &'a dyn Fn(&str, &str) -> Option<Value>;

/// The way back: the values that readings are of.
pub fn found(value: &mut Value, output: Output<'_>) {
    if let Value::Fn(function, argument) = value
        && function == FUNCTION
    {
        let stack = argument.get("StackName").and_then(Value::named);
        let name = argument.get("OutputName").and_then(Value::as_str);
        let read = stack
            .zip(name)
            .and_then(|(stack, name)| output(stack, name));
        if let Some(read) = read {
            *value = read;
        }
        return;
    }
    each(value, &mut |it| found(it, output));
}

/// What the items of a list in Parameter Store are, by its node's name.
type Published<'a> = &'a dyn Fn(&str) -> Option<&'a [Value]>;

/// Takes apart what only crossing had put together: a list that was joined, an item that was published, a text with
/// references under names of its own.
pub fn plain(value: &mut Value, published: Published<'_>) {
    each(value, &mut |it| plain(it, published));
    let Value::Fn(function, argument) = &*value else {
        return;
    };
    let simpler = match (function.as_ref(), argument.as_list().unwrap_or_default()) {
        ("Select", [Value::Int(place), Value::Ref(name)]) => {
            let place = usize::try_from(*place).ok();
            published(name).and_then(|it| it.get(place?)).cloned()
        }
        ("Select", [place, joined]) => list(joined).map(|it| {
            Value::Fn(
                "Select".into(),
                Box::new(Value::List(vec![place.clone(), it.clone()])),
            )
        }),
        ("Sub", [Value::Str(text), Value::Map(named)]) => in_place(text, named),
        _ => None,
    };
    if let Some(simpler) = simpler {
        *value = simpler;
    }
}

/// The attribute that an output joins.
fn list(joined: &Value) -> Option<&Value> {
    let Value::Fn(function, argument) = joined else {
        return None;
    };
    match (function.as_ref(), argument.as_list()?) {
        ("Join", [Value::Str(between), list @ Value::Att(..)]) if between == "," => Some(list),
        _ => None,
    }
}

/// A `Sub` without names of its own, where each of them stands for a reference.
fn in_place(text: &str, named: &[(Key, Value)]) -> Option<Value> {
    let mut text = Value::sub(text);
    if !named.iter().all(|(_, it)| it.named().is_some()) {
        return None;
    }
    text.rewire(&mut |name, attribute| {
        let (_, value) = named.iter().find(|(it, _)| it == name)?;
        attribute.is_none().then(|| value.clone())
    });
    Some(text)
}

fn each(value: &mut Value, act: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::List(items) => items.iter_mut().for_each(act),
        Value::Map(entries) => entries.iter_mut().for_each(|(_, it)| act(it)),
        Value::Fn(_, argument) => act(argument),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Num(_)
        | Value::Str(_)
        | Value::Ref(_)
        | Value::Att(..) => (),
    }
}
