//! `DefinitionSubstitutions`: `${Name}` in any text of a definition.

use std::collections::BTreeMap;

use serde_json::Value;

/// A definition with its names filled in.
///
/// # Errors
/// A name without a value.
pub fn substitute(definition: &Value, values: &BTreeMap<String, String>) -> Result<Value, String> {
    Ok(match definition {
        Value::String(text) => Value::String(fill(text, values)?),
        Value::Array(all) => Value::Array(
            all.iter()
                .map(|it| substitute(it, values))
                .collect::<Result<_, _>>()?,
        ),
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, it)| Ok((fill(name, values)?, substitute(it, values)?)))
                .collect::<Result<_, String>>()?,
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) => definition.clone(),
    })
}

/// Names that a definition wants filled in, in alphabetical order.
pub fn placeholders(definition: &Value) -> Vec<String> {
    let text = definition.to_string();
    let names = text.split("${").skip(1);
    let mut names: Vec<String> = names
        .filter_map(|it| it.split_once('}').map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

fn fill(text: &str, values: &BTreeMap<String, String>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once("${") {
        let (name, tail) = tail
            .split_once('}')
            .ok_or_else(|| format!("{text}: ${{ without }}"))?;
        out.push_str(before);
        out.push_str(
            values
                .get(name)
                .ok_or_else(|| format!("{name}: no value"))?,
        );
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}
