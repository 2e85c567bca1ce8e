//! `com.aws.cloudformation.Context`: what AWS's own tools read of a template's purpose before they change it (CloudFormation
//! template reference, Metadata attribute, context schema).

use super::wiring::Crossing;
use crate::aws::{Value, list, map};
use crate::text::Lang;
use crate::topology::{Keep, Topology};

/// The template's place among the others, what must hold, and where more is written.
pub fn context(topology: &Topology, stack: usize, crossing: &[&Crossing]) -> Value {
    let filled = |it: &usize| topology.nodes().iter().any(|node| node.stack == *it);
    let name = |it: usize| topology.stacks.get(it).map_or("", |it| it.name);
    let order: Vec<&str> = (0..topology.stacks.len())
        .filter(filled)
        .map(name)
        .collect();
    let mut must = Vec::new();
    let mut owners: Vec<&str> = crossing.iter().map(|it| name(it.owner)).collect();
    owners.sort_by_key(|it| order.iter().position(|other| other == it));
    owners.dedup();
    if !owners.is_empty() {
        let owners = owners.join(", ");
        must.push(format!(
            "Deployed after {owners}: outputs of those fill the parameters"
        ));
    }
    let users: Vec<&str> = (stack + 1..topology.stacks.len())
        .filter(filled)
        .map(name)
        .collect();
    if !users.is_empty() {
        must.push("Deleted after the stacks that follow: they use its outputs".to_owned());
    }
    let kept = topology.nodes().iter().filter(|it| it.stack == stack);
    for node in kept.filter(|it| matches!(it.keep, Some(Keep::Retain | Keep::Snapshot))) {
        let title = node.resource.title().render(Lang::En);
        must.push(format!(
            "{} ({title}) holds data: no change that replaces it",
            node.name
        ));
    }
    let mut entries = vec![("arch".into(), order.join(" -> ").into())];
    if !must.is_empty() {
        entries.push((
            "must".into(),
            Value::List(must.into_iter().map(Value::Str).collect()),
        ));
    }
    let about = |at: &str, has: &str| map([("at", at.into()), ("has", has.into())]);
    entries.push((
        "ref".into(),
        list([
            about(
                "README.md",
                "how to deploy, see it fail and recover, delete",
            ),
            about(
                "plan.json",
                "order of the stacks and what fills each parameter",
            ),
            about(
                "design.azimuth.json",
                "the design that the templates are printed from",
            ),
        ]),
    ));
    Value::Map(entries)
}
