//! A stack as a template: sections in CloudFormation's usual order, and the comments that YAML carries.
//!
//! Only comments are in the reader's language. What CloudFormation itself shows (descriptions, labels) is English: its
//! console and API answer with `?` for any character beyond ASCII.

use super::context::{self, context};
use super::declared::Declared;
use super::outputs::{Output, outputs};
use super::parameters::{interface, parameters};
use super::wiring::{Crossing, Local, Wiring};
use crate::aws::{Key, Properties, Resource, Value, map, properties};
use crate::text::{Lang, Message, Text, text};
use crate::topology::{Keep, Stack, Topology};

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

    fn section(&mut self, name: &'static str, entries: Properties) {
        if !entries.is_empty() {
            self.sections.push((name.into(), Value::Map(entries)));
        }
    }

    fn comment(&mut self, section: &'static str, key: &str, message: Message) {
        self.comments.push((section, key.to_owned(), message));
    }
}

/// The template of a stack, by index, from its nodes; `None` for one without resources.
pub fn template(
    topology: &Topology,
    wiring: &Wiring<'_>,
    stack: usize,
    nodes: Vec<Local<'_>>,
) -> Option<Document> {
    let about = topology.stacks.get(stack)?;
    nodes.first()?;
    let given = wiring.given(stack);
    let crossing: Vec<&Crossing> = wiring.taken_by(stack).collect();

    let mut document = Document {
        header: header(topology, stack),
        sections: properties([
            ("AWSTemplateFormatVersion", "2010-09-09".into()),
            ("Description", description(about).into()),
        ]),
        comments: Vec::new(),
    };
    let mut metadata = properties([(context::KEY, context(topology, stack, &crossing))]);
    let interface = interface(topology, given, &crossing);
    metadata.extend(interface.map(|it| (Key::Borrowed("AWS::CloudFormation::Interface"), it)));
    document.section("Metadata", metadata);
    document.section(
        "Parameters",
        parameters(topology, wiring, given, &crossing, stack),
    );
    if let Some(first) = crossing.first() {
        document.comment("Parameters", &first.name, HANDED_ON.into());
    }
    document.section("Conditions", wiring.conditions(stack));
    for Local { node, .. } in &nodes {
        if let Some(why) = &node.comment {
            document.comment("Resources", &node.name, why.clone());
        }
    }
    let resources = nodes.into_iter().map(|it| resource(topology, it, given));
    document.section("Resources", resources.collect());
    let outputs = outputs(topology, wiring, stack);
    document.section("Outputs", outputs.into_iter().map(output).collect());
    Some(document)
}

const HANDED_ON: Text = text(
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
fn description(about: &Stack) -> String {
    let (title, words) = (about.title, about.description);
    format!("{}: {}", title.render(Lang::En), words.render(Lang::En))
}

fn resource(topology: &Topology, local: Local<'_>, given: &[Declared]) -> (Key, Value) {
    let node = local.node;
    let mut entries = properties([("Type", node.resource.kind().into())]);
    let condition = node.condition.as_ref();
    entries.extend(condition.map(|it| ("Condition".into(), it.as_str().into())));
    // Waiting for a node of another stack is the order of the stacks; for one that is gone, there is nothing to wait for.
    let mut waits: Vec<Value> = node
        .depends_on
        .iter()
        .filter(|it| topology.node(it).is_some_and(|it| it.stack == node.stack))
        .map(|it| it.as_str().into())
        .collect();
    match waits.len() {
        0 => (),
        1 => entries.extend(waits.pop().map(|it| ("DependsOn".into(), it))),
        _ => entries.push(("DependsOn".into(), Value::List(waits))),
    }
    if let Some(keep) = node.keep {
        for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
            entries.push((policy.into(), Keep::policy(keep).into()));
        }
    }
    let context = context::of_resource(&local, given);
    let context = context.map(|it| ("Metadata".into(), map([(context::KEY, it)])));
    entries.extend(context);
    entries.extend(local.attributes);
    let mut all = local.properties;
    if !matches!(node.resource, Resource::Unmodelled(_)) {
        // Tags tell the least about a resource: they stand last.
        all.sort_by_key(|(key, _)| key == "Tags");
    }
    if !all.is_empty() {
        entries.push(("Properties".into(), Value::Map(all)));
    }
    (node.name.to_string().into(), Value::Map(entries))
}

fn output(output: Output) -> (Key, Value) {
    let mut entry = Properties::new();
    let condition = output.condition.as_ref();
    entry.extend(condition.map(|it| ("Condition".into(), it.as_str().into())));
    entry.extend(properties([
        ("Description", output.description.into()),
        ("Value", output.value),
    ]));
    let entry = Value::Map(entry);
    (output.name.to_string().into(), entry)
}
