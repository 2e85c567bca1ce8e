//! The way back: printed templates become the topology that they were printed from. A parameter that the plan fills with
//! another stack's output is the reference that crossed; one with a default is that default. What stands under a condition
//! that the defaults deny is not there.
//!
//! Types and properties that the product does not model are kept whole. What a person may fill in (`Stack::parameters`,
//! `Stack::adjustables`) belongs to the design and is not read.

use super::context;
use super::reach::{found, plain};
use super::settle::Defaults;
use super::{Plan, PlannedStack, Template};
use crate::aws::{Properties, Region, Resource, Value, lookup};
use crate::design;
use crate::text::{Message, text};
use crate::topology::{Keep, Topology};

/// Reads templates in JSON with the plan that deploys them.
///
/// # Errors
/// What cannot be read, and where.
pub fn read(templates: &[Template], plan: &Plan) -> Result<Topology, Message> {
    let mut topology = Topology::default();
    let mut sections = Vec::new();
    for planned in &plan.stacks {
        topology.stacks.push(stack(planned)?);
        sections.push(section(templates, planned)?);
    }
    for (place, planned) in plan.stacks.iter().enumerate() {
        let Some(section) = sections.get(place) else {
            continue;
        };
        for (name, entry) in &section.resources {
            let condition = entry.get("Condition").and_then(Value::as_str);
            if condition.and_then(|it| section.defaults.says(it)) == Some(false) {
                continue;
            }
            let mut crossed = entry.clone();
            section.defaults.settle(&mut crossed);
            let output = |owner: &str, output: &str| {
                let owner = plan.stacks.iter().position(|it| it.name == owner)?;
                let value = lookup(&sections.get(owner)?.outputs, output)?.get("Value")?;
                Some(value.clone())
            };
            found(&mut crossed, &|stack, name| {
                let (owner, _) = planned.source(stack)?;
                output(owner, name)
            });
            crossed.rewire(&mut |parameter, attribute| {
                let (owner, name) = planned.source(parameter)?;
                output(owner, name).filter(|_| attribute.is_none())
            });
            plain(&mut crossed, &|name| {
                let mut all = sections.iter().flat_map(|it| &it.resources);
                let (_, published) = all.find(|(it, _)| it == name)?;
                published.get("Properties")?.get("Value")?.joined()
            });
            let mut filled = crossed.clone();
            filled.rewire(&mut |parameter, _| section.defaults.of_parameter(parameter));
            // A default that the property cannot be stays a reference, for the checks to speak of.
            let added = add(&mut topology, place, name, &filled)
                .or_else(|problem| add(&mut topology, place, name, &crossed).map_err(|_| problem));
            added.map_err(|problem| {
                text("read.at", "{file}, {resource}: {problem}")
                    .with("file", planned.template.as_str())
                    .with("resource", design::shorten(name))
                    .with("problem", problem)
            })?;
        }
    }
    topology.add_temporaries();
    Ok(topology)
}

/// What is read of a template.
struct Section {
    resources: Properties,
    outputs: Properties,
    defaults: Defaults,
}

fn stack(planned: &PlannedStack) -> Result<crate::topology::Stack, Message> {
    let region = Region::from_code(&planned.region).ok_or_else(|| {
        text(
            "read.region",
            "“{region}” is not a Region that Azimuth knows",
        )
        .with("region", design::shorten(&planned.region))
    })?;
    design::stack(&planned.name, region).ok_or_else(|| {
        text("read.stack", "“{stack}” is not a stack that Azimuth prints")
            .with("stack", design::shorten(&planned.name))
    })
}

fn section(templates: &[Template], planned: &PlannedStack) -> Result<Section, Message> {
    let file = planned.template.as_str();
    let template = templates.iter().find(|it| it.file == file).ok_or_else(|| {
        text(
            "read.missing",
            "the plan names “{file}”, which is not there",
        )
        .with("file", design::shorten(file))
    })?;
    let document: Value = serde_json::from_str(&template.text).map_err(|problem| {
        text(
            "read.not-json",
            "{file}, line {line}, column {column}: this is not JSON",
        )
        .with("file", file)
        .with("line", problem.line())
        .with("column", problem.column())
    })?;
    let entries = |section: &str| Some(document.get(section)?.as_map()?.to_vec());
    Ok(Section {
        resources: entries("Resources").ok_or_else(|| {
            text("read.no-resources", "{file} has no “Resources”").with("file", file)
        })?,
        outputs: entries("Outputs").unwrap_or_default(),
        defaults: Defaults::of(&document),
    })
}

/// Entries of a resource that a node has fields for.
const OWN: [&str; 4] = ["Type", "Condition", "DependsOn", "Properties"];

fn add(topology: &mut Topology, stack: usize, name: &str, entry: &Value) -> Result<(), Message> {
    let kind = entry.get("Type").and_then(Value::as_str);
    let kind = kind.ok_or(text("read.no-type", "the resource has no “Type”"))?;
    let properties = entry.get("Properties").and_then(Value::as_map);
    let resource = Resource::read(kind, properties.unwrap_or_default()).map_err(|mismatch| {
        text("read.unfit", "{property} takes {expected}")
            .with("property", mismatch.property)
            .with("expected", mismatch.expected)
    })?;
    let keep = keep(entry);
    let node = topology.add(stack, name, resource);
    node.keep = keep;
    let condition = entry.get("Condition").and_then(Value::as_str);
    node.condition = condition.map(Into::into);
    let waits = entry.get("DependsOn");
    let waits = match waits {
        Some(Value::List(several)) => several.as_slice(),
        other => other.map_or(&[][..], std::slice::from_ref),
    };
    node.depends_on = waits
        .iter()
        .filter_map(Value::as_str)
        .map(Into::into)
        .collect();
    if let Value::Map(entries) = entry {
        let policies = ["DeletionPolicy", "UpdateReplacePolicy"];
        node.attributes = entries
            .iter()
            .filter(|(key, _)| !OWN.contains(&key.as_ref()))
            .filter(|(key, _)| keep.is_none() || !policies.contains(&key.as_ref()))
            .cloned()
            .collect();
        context::without(&mut node.attributes);
    }
    Ok(())
}

/// What both policies say, where they agree; else they stay attributes.
fn keep(entry: &Value) -> Option<Keep> {
    let policy = entry.get("DeletionPolicy")?.as_str()?;
    let agreed = entry.get("UpdateReplacePolicy")?.as_str()? == policy;
    [Keep::Delete, Keep::Retain, Keep::Snapshot]
        .into_iter()
        .find(|it| agreed && it.policy() == policy)
}
