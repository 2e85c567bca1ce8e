//! The parameters of a template, and how the console's form shows them.

use super::declared::Declared;
use super::outputs::words_for;
use super::wiring::{Crossing, Way, Wiring};
use crate::aws::{Key, Properties, Value, map, properties};
use crate::text::Lang;
use crate::topology::Topology;

/// Groups and labels for the console's form: what a person fills, then what each earlier stack hands on.
pub fn interface(topology: &Topology, given: &[Declared], crossing: &[&Crossing]) -> Option<Value> {
    if given.is_empty() && crossing.is_empty() {
        return None;
    }
    let group = |label: String, names: Vec<Value>| {
        map([
            ("Label", map([("default", label.into())])),
            ("Parameters", Value::List(names)),
        ])
    };
    let mut groups = Vec::new();
    let mut headings: Vec<&str> = Vec::new();
    for it in given {
        let heading = it.heading();
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    for heading in headings {
        let inside = given.iter().filter(|it| it.heading() == heading);
        let names = inside.map(|it| it.name.as_str().into()).collect();
        groups.push(group(heading.to_owned(), names));
    }
    for (owner, stack) in topology.stacks.iter().enumerate() {
        let names: Vec<Value> = crossing
            .iter()
            .filter(|it| it.owner == owner)
            .map(|it| it.name.as_str().into())
            .collect();
        if !names.is_empty() {
            groups.push(group(format!("Outputs of the {} stack", stack.name), names));
        }
    }
    let label = |name: &str, words: String| {
        (
            Key::Owned(name.to_owned()),
            map([("default", words.into())]),
        )
    };
    let labels = given
        .iter()
        .map(|it| label(&it.name, it.label.render(Lang::En).to_owned()))
        .chain(
            crossing
                .iter()
                .map(|it| label(&it.name, what(topology, it))),
        )
        .collect();
    Some(map([
        ("ParameterGroups", Value::List(groups)),
        ("ParameterLabels", Value::Map(labels)),
    ]))
}

/// What a person fills, then what crosses.
pub fn parameters(
    topology: &Topology,
    wiring: &Wiring<'_>,
    given: &[Declared],
    crossing: &[&Crossing],
    stack: usize,
) -> Properties {
    let given = given
        .iter()
        .map(|it| (Key::Owned(it.name.to_string()), chosen(it)));
    let crossing = crossing.iter().map(|it| {
        (
            Key::Owned(it.name.to_string()),
            handed_on(topology, wiring, it, stack),
        )
    });
    given.chain(crossing).collect()
}

fn chosen(parameter: &Declared) -> Value {
    let description = parameter.description.render(Lang::En);
    let mut entries = properties([
        ("Type", parameter.kind.into()),
        ("Description", description.into()),
    ]);
    if let Some(default) = &parameter.default {
        entries.push(("Default".into(), default.clone()));
    }
    entries.extend(parameter.limits.iter().cloned());
    Value::Map(entries)
}

fn handed_on(topology: &Topology, wiring: &Wiring<'_>, crossing: &Crossing, stack: usize) -> Value {
    let kind = wiring.kind(crossing, stack);
    let owner = topology.stacks.get(crossing.owner).map_or("", |it| it.name);
    let description = format!(
        "{}: output {} of the {owner} stack",
        what(topology, crossing),
        crossing.name
    );
    let mut entries = properties([("Type", kind.into()), ("Description", description.into())]);
    if kind == "String" {
        // An AWS-specific type refuses what does not exist; plain text can at least refuse to be empty.
        entries.push(("MinLength".into(), 1.into()));
    }
    Value::Map(entries)
}

/// `Id of Vpc (VPC)`, or in the words that people have for an attribute.
pub fn what(topology: &Topology, crossing: &Crossing) -> String {
    if crossing.way == Way::StackName {
        let owner = topology.stacks.get(crossing.owner).map_or("", |it| it.name);
        return format!("Name of the {owner} stack");
    }
    let Some(node) = topology.node(&crossing.node) else {
        return crossing.name.to_string();
    };
    let title = node.resource.title().render(Lang::En);
    let attribute = crossing.attribute.as_deref();
    if let Some(words) = attribute.and_then(|it| words_for(node.resource.kind(), it)) {
        return format!("{words} ({})", node.name);
    }
    format!(
        "{} of {} ({title})",
        attribute.unwrap_or(node.resource.ref_word()),
        node.name
    )
}
