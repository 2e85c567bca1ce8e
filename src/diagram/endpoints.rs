//! Interface endpoints: many nodes over the same subnets, drawn as one group with their network interfaces in it.

use super::band::Group;
use super::member::{Member, said};
use super::plan::Cell;
use super::security;
use super::source::{Placed, Source};
use super::theme;
use crate::aws::{Figure, Glyph, Name};
use crate::topology::{Node, Role};

/// Interface endpoints that stand in the same subnets.
pub(super) struct Alike<'a> {
    subnets: Vec<&'a Name>,
    nodes: Vec<&'a Node>,
}

/// Interface endpoints by where they stand.
pub(super) fn alike<'a>(figures: &[Placed<'a>]) -> Vec<Alike<'a>> {
    let mut alike: Vec<Alike<'_>> = Vec::new();
    let endpoints = figures.iter();
    let endpoints = endpoints.filter(|it| it.figure == Figure::Group(Glyph::Endpoint));
    for it in endpoints {
        match alike.iter_mut().find(|its| its.subnets == it.subnets) {
            Some(its) => its.nodes.push(it.node),
            None => alike.push(Alike {
                subnets: it.subnets.clone(),
                nodes: vec![it.node],
            }),
        }
    }
    alike
}

/// The groups of interface endpoints in a tier: one for all that stand in the same subnets.
pub(super) fn groups(source: &Source<'_>, cells: &[Option<Cell>]) -> Vec<Group> {
    let alike = source.endpoints.iter();
    let groups = alike.filter_map(|it| group(source, cells, &it.subnets, &it.nodes));
    groups.collect()
}

fn group(
    source: &Source<'_>,
    cells: &[Option<Cell>],
    subnets: &[&Name],
    nodes: &[&Node],
) -> Option<Group> {
    let holds = |it: &Option<Cell>| it.as_ref().is_some_and(|it| subnets.contains(&&it.name));
    let first = cells.iter().position(holds)?;
    let last = cells.iter().rposition(holds)?;
    let members = cells.get(first..=last)?.iter().map(|cell| match cell {
        Some(cell) if subnets.contains(&&cell.name) => members(source, cell, nodes),
        _ => Vec::new(),
    });
    let names: Vec<&str> = nodes.iter().map(|it| it.name.as_str()).collect();
    Some(Group {
        name: nodes.first()?.name.clone(),
        all: nodes.iter().map(|it| it.name.clone()).collect(),
        glyph: Glyph::Endpoint,
        label: source.words.endpoints(nodes),
        facts: Vec::new(),
        tags: security::on(source, &names, theme::text_width(first, last)),
        columns: (first, last),
        members: members.collect(),
    })
}

/// The network interfaces in a subnet: one by one while they are few, else under one icon.
fn members(source: &Source<'_>, cell: &Cell, nodes: &[&Node]) -> Vec<Member> {
    let here: Vec<(&Node, Name)> = nodes
        .iter()
        .filter_map(|node| {
            let mut parts = source.parts_of(&node.name);
            let part = parts.find(|it| it.subnet == cell.name)?;
            Some((*node, part.name.clone()))
        })
        .collect();
    let words = source.words;
    let slots = if words.detail.has_figures() {
        theme::SLOTS
    } else {
        1
    };
    if here.len() > slots {
        let label = format!("×{}", here.len());
        let kinds: Vec<&Node> = here.iter().map(|(node, _)| *node).collect();
        let names = here.into_iter().map(|(_, name)| name).collect();
        return vec![member(source, cell, names, label, words.endpoints(&kinds))];
    }
    let single = |(node, name): (&Node, Name)| {
        let label = words.part_label(node, Role::Interface).unwrap_or_default();
        let says = words.part(node, &name, Role::Interface, cell.zone);
        member(source, cell, vec![name], label, says)
    };
    here.into_iter().map(single).collect()
}

fn member(
    source: &Source<'_>,
    cell: &Cell,
    names: Vec<Name>,
    label: String,
    says: String,
) -> Member {
    Member {
        present: names.len(),
        names,
        glyph: Glyph::Endpoint,
        says: said(source, says, Some(&label), cell.zone),
        label: Some(label),
        swapped: None,
        absent: false,
    }
}
