//! Interface endpoints: many nodes over the same subnets, drawn as one group with their network interfaces in it.

use super::band::Group;
use super::member::{Member, said};
use super::plan::Cell;
use super::security;
use super::source::Source;
use super::theme;
use crate::aws::{Figure, Glyph, Name};
use crate::topology::{Node, Role};

/// The groups of interface endpoints in a tier: one for all that stand in the same subnets.
pub(super) fn groups(source: &Source<'_>, cells: &[Option<Cell>]) -> Vec<Group> {
    let mut alike: Vec<(&[&Name], Vec<&Node>)> = Vec::new();
    for it in &source.figures {
        if it.figure != Figure::Group(Glyph::Endpoint) {
            continue;
        }
        match alike.iter_mut().find(|(its, _)| *its == it.subnets) {
            Some((_, nodes)) => nodes.push(it.node),
            None => alike.push((&it.subnets, vec![it.node])),
        }
    }
    alike
        .iter()
        .filter_map(|(subnets, nodes)| group(source, cells, subnets, nodes))
        .collect()
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
