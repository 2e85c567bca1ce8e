//! A stack as a template: sections in CloudFormation's usual order, and the comments that YAML carries.
//!
//! Only comments are in the reader's language. What CloudFormation itself shows (descriptions, labels) is English: its
//! console and API answer with `?` for any character beyond ASCII.

use super::outputs::{Output, outputs};
use super::wiring::{Crossing, Wiring};
use crate::aws::{Properties, Value, map, properties};
use crate::text::{Lang, Message, text};
use crate::topology::{Keep, Node, Parameter, Topology};

/// A template before it is written in one syntax or the other.
pub struct Document {
    /// Comments on top.
    pub header: Vec<Message>,
    pub sections: Properties,
    /// Comments above an entry, with its section and key.
    comments: Vec<(&'static str, String, Message)>,
}

impl Document {
    pub fn comments_of(&self, section: &str, key: &str) -> impl Iterator<Item = &Message> {
        self.comments
            .iter()
            .filter(move |(in_section, at, _)| *in_section == section && at == key)
            .map(|(_, _, message)| message)
    }
}

/// The template of a stack, by index; `None` for one without resources.
pub fn template(topology: &Topology, wiring: &Wiring<'_>, stack: usize) -> Option<Document> {
    let about = topology.stacks.get(stack)?;
    let nodes: Vec<&Node> = topology
        .nodes()
        .iter()
        .filter(|it| it.stack == stack)
        .collect();
    if nodes.is_empty() {
        return None;
    }
    let given = wiring.given(stack);
    let crossing: Vec<&Crossing> = wiring.taken_by(stack).collect();
    let outputs = outputs(topology, wiring, stack);

    let mut document = Document {
        header: header(topology, stack),
        sections: properties([
            ("AWSTemplateFormatVersion", "2010-09-09".into()),
            ("Description", description(about).into()),
        ]),
        comments: Vec::new(),
    };
    if !given.is_empty() || !crossing.is_empty() {
        document.section("Metadata", interface(topology, &given, &crossing));
        document.section(
            "Parameters",
            parameters(topology, wiring, &given, &crossing),
        );
    }
    if let Some(first) = crossing.first() {
        document
            .comments
            .push(("Parameters", first.name.to_string(), HANDED_ON.into()));
    }
    for node in &nodes {
        if let Some(why) = &node.comment {
            document
                .comments
                .push(("Resources", node.name.to_string(), why.clone()));
        }
    }
    let resources = nodes
        .iter()
        .map(|it| (it.name.to_string(), resource(topology, wiring, it)))
        .collect();
    document.section("Resources", resources);
    if !outputs.is_empty() {
        document.section("Outputs", outputs.into_iter().map(output).collect());
    }
    Some(document)
}

impl Document {
    fn section(&mut self, name: &str, entries: Properties) {
        self.sections.push((name.to_owned(), Value::Map(entries)));
    }
}

const HANDED_ON: crate::text::Text = text(
    "cloudformation.handed-on",
    "Outputs of the stacks before this one; deploy.sh hands them on.",
);

fn header(topology: &Topology, stack: usize) -> Vec<Message> {
    let Some(about) = topology.stacks.get(stack) else {
        return Vec::new();
    };
    let filled = |it: usize| topology.nodes().iter().any(|node| node.stack == it);
    vec![
        text(
            "cloudformation.header",
            "Stack {number} of {count}, {title}: {description}.",
        )
        .with("number", (0..=stack).filter(|it| filled(*it)).count())
        .with(
            "count",
            (0..topology.stacks.len()).filter(|it| filled(*it)).count(),
        )
        .with("title", about.title)
        .with("description", about.description),
        text(
            "cloudformation.header.order",
            "deploy.sh deploys the stacks in order, destroy.sh deletes them in the reverse one.",
        )
        .into(),
    ]
}

/// CloudFormation takes 1,024 bytes.
fn description(about: &crate::topology::Stack) -> String {
    let (title, words) = (about.title, about.description);
    format!("{}: {}", title.render(Lang::En), words.render(Lang::En))
}

/// Groups and labels for the console's form: what a person fills, then what each earlier stack hands on.
fn interface(topology: &Topology, given: &[&Parameter], crossing: &[&Crossing]) -> Properties {
    let group = |label: String, names: Vec<Value>| {
        map([
            ("Label", map([("default", label.into())])),
            ("Parameters", Value::List(names)),
        ])
    };
    let mut groups = Vec::new();
    if !given.is_empty() {
        let names = given.iter().map(|it| it.name.as_str().into()).collect();
        groups.push(group("To choose".to_owned(), names));
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
    let label = |name: &str, words: String| (name.to_owned(), map([("default", words.into())]));
    let labels = given
        .iter()
        .map(|it| label(&it.name, it.label.render(Lang::En).to_owned()))
        .chain(
            crossing
                .iter()
                .map(|it| label(&it.name, what(topology, it))),
        )
        .collect();
    properties([(
        "AWS::CloudFormation::Interface",
        map([
            ("ParameterGroups", Value::List(groups)),
            ("ParameterLabels", Value::Map(labels)),
        ]),
    )])
}

fn parameters(
    topology: &Topology,
    wiring: &Wiring<'_>,
    given: &[&Parameter],
    crossing: &[&Crossing],
) -> Properties {
    let given = given.iter().map(|it| (it.name.to_string(), chosen(it)));
    let crossing = crossing
        .iter()
        .map(|it| (it.name.to_string(), handed_on(topology, wiring, it)));
    given.chain(crossing).collect()
}

fn chosen(parameter: &Parameter) -> Value {
    let description = parameter.description.render(Lang::En);
    let mut entries = properties([
        ("Type", parameter.kind.into()),
        ("Description", description.into()),
    ]);
    if let Some(default) = &parameter.default {
        entries.push(("Default".to_owned(), default.as_str().into()));
    }
    if let Some(pattern) = parameter.pattern {
        entries.push(("AllowedPattern".to_owned(), pattern.into()));
    }
    Value::Map(entries)
}

fn handed_on(topology: &Topology, wiring: &Wiring<'_>, crossing: &Crossing) -> Value {
    let kind = wiring.kind(crossing);
    let owner = topology.stacks.get(crossing.owner).map_or("", |it| it.name);
    let description = format!(
        "{}: output {} of the {owner} stack",
        what(topology, crossing),
        crossing.name
    );
    let mut entries = properties([("Type", kind.into()), ("Description", description.into())]);
    if kind == "String" {
        // An AWS-specific type refuses what does not exist; plain text can at least refuse to be empty.
        entries.push(("MinLength".to_owned(), 1.into()));
    }
    Value::Map(entries)
}

/// `Id of Vpc (VPC)`.
pub(super) fn what(topology: &Topology, crossing: &Crossing) -> String {
    let Some(node) = topology.node(&crossing.node) else {
        return crossing.name.to_string();
    };
    let title = node.resource.title().render(Lang::En);
    let attribute = crossing.attribute.as_deref();
    format!(
        "{} of {} ({title})",
        attribute.unwrap_or(node.resource.ref_word()),
        node.name
    )
}

fn resource(topology: &Topology, wiring: &Wiring<'_>, node: &Node) -> Value {
    let mut entries = properties([("Type", node.resource.kind().into())]);
    // Waiting for a node of another stack is the order of the stacks; for one that is gone, there is nothing to wait for.
    let mut waits: Vec<Value> = node
        .depends_on
        .iter()
        .filter(|it| topology.node(it).is_some_and(|it| it.stack == node.stack))
        .map(|it| it.as_str().into())
        .collect();
    match waits.len() {
        0 => (),
        1 => entries.extend(waits.pop().map(|it| ("DependsOn".to_owned(), it))),
        _ => entries.push(("DependsOn".to_owned(), Value::List(waits))),
    }
    if let Some(keep) = node.keep {
        for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
            entries.push((policy.to_owned(), Keep::policy(keep).into()));
        }
    }
    for (key, value) in &node.attributes {
        entries.push((key.clone(), wiring.localize(node.stack, value)));
    }
    let mut all: Properties = node
        .resource
        .properties()
        .iter()
        .map(|(key, value)| (key.clone(), wiring.localize(node.stack, value)))
        .collect();
    // Tags tell the least about a resource: they stand last.
    all.sort_by_key(|(key, _)| key == "Tags");
    if !all.is_empty() {
        entries.push(("Properties".to_owned(), Value::Map(all)));
    }
    Value::Map(entries)
}

fn output(output: Output) -> (String, Value) {
    let entry = map([
        ("Description", output.description.into()),
        ("Value", output.value),
    ]);
    (output.name.to_string(), entry)
}
