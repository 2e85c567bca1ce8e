//! Edits of single resources after expansion: what makes every broken state that a real account can be in representable.

use serde::{Deserialize, Serialize};

use super::shorten;
use crate::aws::{Mismatch, Properties, Resource, Value};
use crate::text::{Message, text};
use crate::topology::Topology;

/// One edit, as a design file writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Override {
    /// Takes a resource out.
    Remove { resource: String },
    /// Sets one property; a path such as `LaunchTemplateData.InstanceType` goes inside. `null` takes it out.
    Set {
        resource: String,
        property: String,
        value: serde_json::Value,
    },
    /// Adds a resource to a stack, in CloudFormation's JSON form.
    Add {
        resource: String,
        stack: String,
        #[serde(rename = "type")]
        kind: String,
        properties: serde_json::Map<String, serde_json::Value>,
    },
}

/// Parts of a property's path at most; CloudFormation's own properties nest less than half as deep.
const DEEPEST: usize = 32;

/// Characters of a logical id at most (CloudFormation user guide, resources).
const LONGEST_NAME: usize = 255;

impl Override {
    /// # Errors
    /// Why the edit could not be made; the topology is as it was.
    pub fn apply(&self, topology: &mut Topology) -> Result<(), Message> {
        match self {
            Self::Remove { resource } => match topology.remove(resource) {
                Some(_) => Ok(()),
                None => Err(gone(resource)),
            },
            Self::Set {
                resource,
                property,
                value,
            } => {
                let node = topology.node_mut(resource).ok_or_else(|| gone(resource))?;
                let mut all = node.resource.properties();
                let path: Vec<&str> = property.split('.').take(DEEPEST + 1).collect();
                if path.len() > DEEPEST {
                    return Err(no_place(resource, property));
                }
                let value = (!value.is_null()).then(|| Value::from(value));
                edit(&mut all, &path, value).ok_or_else(|| no_place(resource, property))?;
                node.resource = Resource::read(node.resource.kind(), &all)
                    .map_err(|mismatch| unfit(resource, &mismatch))?;
                Ok(())
            }
            Self::Add {
                resource,
                stack,
                kind,
                properties,
            } => {
                let all: Properties = properties
                    .iter()
                    .map(|(key, value)| (key.clone().into(), Value::from(value)))
                    .collect();
                let is_name = resource.chars().all(|it| it.is_ascii_alphanumeric());
                if !is_name || resource.is_empty() || resource.len() > LONGEST_NAME {
                    return Err(text(
                        "override.bad-name",
                        "an override adds “{name}”; a logical id has 1 to 255 letters and digits",
                    )
                    .with("name", shorten(resource)));
                }
                if topology.node(resource).is_some() {
                    return Err(text(
                        "override.taken",
                        "an override adds “{name}”, which the design has already",
                    )
                    .with("name", shorten(resource)));
                }
                let stack = topology.stacks.iter().position(|it| it.name == stack);
                let stack = stack.ok_or_else(|| gone(self.stack_name()))?;
                let added =
                    Resource::read(kind, &all).map_err(|mismatch| unfit(resource, &mismatch))?;
                topology.add(stack, resource.as_str(), added);
                Ok(())
            }
        }
    }

    fn stack_name(&self) -> &str {
        match self {
            Self::Add { stack, .. } => stack,
            Self::Remove { resource } | Self::Set { resource, .. } => resource,
        }
    }
}

/// Puts a value at a path, or takes what is there out. `None`: the path leads through something that has no parts.
fn edit(entries: &mut Properties, path: &[&str], value: Option<Value>) -> Option<()> {
    let (key, rest) = path.split_first()?;
    let place = entries.iter().position(|(it, _)| it == key);
    if rest.is_empty() {
        match (place, value) {
            (Some(place), Some(value)) => entries[place].1 = value,
            (Some(place), None) => {
                entries.remove(place);
            }
            (None, Some(value)) => entries.push(((*key).to_owned().into(), value)),
            (None, None) => (),
        }
        return Some(());
    }
    let place = match (place, &value) {
        (Some(place), _) => place,
        // Nothing to take out of what is not there.
        (None, None) => return Some(()),
        (None, Some(_)) => {
            entries.push(((*key).to_owned().into(), Value::Map(Vec::new())));
            entries.len() - 1
        }
    };
    edit_inside(&mut entries[place].1, rest, value)
}

fn edit_inside(inner: &mut Value, path: &[&str], value: Option<Value>) -> Option<()> {
    match inner {
        Value::Map(entries) => edit(entries, path, value),
        Value::List(items) => {
            let (index, rest) = path.split_first()?;
            let place = index.parse::<usize>().ok().filter(|it| *it < items.len())?;
            match (rest.is_empty(), value) {
                (false, value) => edit_inside(&mut items[place], rest, value),
                (true, Some(value)) => {
                    items[place] = value;
                    Some(())
                }
                (true, None) => {
                    items.remove(place);
                    Some(())
                }
            }
        }
        Value::Bool(_)
        | Value::Int(_)
        | Value::Num(_)
        | Value::Str(_)
        | Value::Ref(_)
        | Value::Att(..)
        | Value::Fn(..) => None,
    }
}

fn gone(name: &str) -> Message {
    text(
        "override.gone",
        "an override names “{name}”, which the design does not have",
    )
    .with("name", shorten(name))
}

fn no_place(resource: &str, property: &str) -> Message {
    text(
        "override.no-place",
        "an override names property “{property}” of {resource}, which has no such place",
    )
    .with("property", shorten(property))
    .with("resource", shorten(resource))
}

fn unfit(resource: &str, mismatch: &Mismatch) -> Message {
    text(
        "override.unfit",
        "an override of {resource} does not fit: {property} takes {expected}",
    )
    .with("resource", shorten(resource))
    .with("property", mismatch.property.as_str())
    .with("expected", mismatch.expected)
}
