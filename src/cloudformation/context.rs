//! `com.aws.cloudformation.Context`: what AWS's own tools read of a template's purpose before they change it (CloudFormation
//! template reference, Metadata attribute, context schema).

use super::declared::Declared;
use super::wiring::{Crossing, Local};
use crate::aws::{
    CacheGroup, DbCluster, DbInstance, Describe, Properties, Value, list, lookup, map,
};
use crate::text::Lang;
use crate::topology::{Keep, Topology};

/// Where it stands.
pub const KEY: &str = "com.aws.cloudformation.Context";

/// Properties whose change makes CloudFormation replace what holds data (resource schemas of 2026-10-20,
/// createOnlyProperties).
const REPLACING: [(&str, &[&str]); 3] = [
    (
        DbInstance::KIND,
        &[
            "DBName",
            "DBSubnetGroupName",
            "MasterUsername",
            "StorageEncrypted",
        ],
    ),
    (
        DbCluster::KIND,
        &[
            "DatabaseName",
            "DBSubnetGroupName",
            "MasterUsername",
            "StorageEncrypted",
        ],
    ),
    (
        CacheGroup::KIND,
        &["AtRestEncryptionEnabled", "CacheSubnetGroupName", "Port"],
    ),
];

/// Properties that take some changes and refuse others: storage never shrinks, and a version never goes back.
const CONSTRAINED: [(&str, &str); 2] = [
    ("AllocatedStorage", "AllocatedStorage never shrinks"),
    (
        "EngineVersion",
        "EngineVersion never goes back; another major version needs another parameter group",
    ),
];

/// Why a resource is as it is and how safe a change of it is, where there is something to respect: of what holds data, and
/// of what has parameters.
pub fn of_resource(local: &Local<'_>, given: &[Declared]) -> Option<Value> {
    let node = local.node;
    let why = node.comment.as_ref()?.render(Lang::En);
    let kind = node.resource.kind();
    let is_given = |value: &Value| {
        let mut given = given.iter();
        matches!(value, Value::Ref(name) if given.any(|it| it.name == *name))
    };
    let mut must: Vec<Value> = Vec::new();
    if matches!(node.keep, Some(Keep::Retain | Keep::Snapshot)) {
        must.push("holds data: no change that replaces it".into());
    }
    let mut mutability = Properties::new();
    for (key, value) in &local.properties {
        let is_given = is_given(value);
        let constraint = CONSTRAINED.iter().find(|it| it.0 == key && is_given);
        let replaces = REPLACING
            .iter()
            .any(|(of, keys)| *of == kind && keys.contains(&key.as_ref()));
        let level = match (replaces, constraint) {
            (true, _) => "must-never-change",
            (false, Some((_, words))) => {
                must.push((*words).into());
                "change-with-constraints"
            }
            (false, None) if is_given => "free-to-tune",
            (false, None) => continue,
        };
        mutability.push((key.clone(), level.into()));
    }
    if must.is_empty() && mutability.is_empty() {
        return None;
    }
    let mut entries = vec![("why".into(), Value::Str(why))];
    if !must.is_empty() {
        entries.push(("must".into(), Value::List(must)));
    }
    entries.push(("mutable".into(), "review-required".into()));
    if !mutability.is_empty() {
        entries.push(("mutability".into(), Value::Map(mutability)));
    }
    Some(Value::Map(entries))
}

/// The attributes of a resource without what was said of it here.
pub fn without(attributes: &mut Properties) {
    for (key, value) in attributes.iter_mut() {
        if let ("Metadata", Value::Map(entries)) = (key.as_ref(), value) {
            entries.retain(|(it, _)| it != KEY);
        }
    }
    if lookup(attributes, "Metadata").is_some_and(|it| it.as_map().is_some_and(<[_]>::is_empty)) {
        attributes.retain(|(key, _)| key != "Metadata");
    }
}

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
