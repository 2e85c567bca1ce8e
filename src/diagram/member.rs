//! The members of a group in a zone: those that exist, and places for those that a fault has launched.

use super::plan::Cell;
use super::source::Source;
use super::theme;
use crate::aws::{Figure, Glyph, Name, Zone};
use crate::topology::{Node, Role};

/// A part of a group, or several under one icon.
pub(super) struct Member {
    pub names: Vec<Name>,
    /// How many of the names exist at rest.
    pub present: usize,
    pub glyph: Glyph,
    pub label: Option<String>,
    /// Accessible name.
    pub says: String,
    /// Glyph, label and accessible name once its role has changed hands.
    pub swapped: Option<(Glyph, Option<String>, String)>,
    pub absent: bool,
}

/// The members of a group in a subnet.
pub(super) fn members(source: &Source<'_>, node: &Node, cell: &Cell) -> Vec<Member> {
    let parts = source.parts_of(&node.name);
    let here = parts.filter(|it| it.subnet == cell.name);
    let present: Vec<(Name, Role)> = here.map(|it| (it.name.clone(), it.role)).collect();
    let names = replacements(source, node, cell.zone, present.len());
    if let [(first, Role::Leader), rest @ ..] = present.as_slice()
        && rest.len() >= theme::SLOTS
    {
        let first = single(source, node, cell, first.clone(), Role::Leader);
        return vec![first, followers(source, node, cell, rest)];
    }
    if let [(_, Role::Follower), ..] = present.as_slice()
        && present.len() > theme::SLOTS
    {
        return vec![followers(source, node, cell, &present)];
    }
    if present.len() + names.len().min(1) > theme::SLOTS {
        let count = present.len();
        let all = present.into_iter().map(|(name, _)| name).chain(names);
        return vec![launched(source, node, cell, all.collect(), (count, false))];
    }
    let free = theme::SLOTS - present.len();
    let mut members: Vec<Member> = present
        .into_iter()
        .map(|(name, role)| single(source, node, cell, name, role))
        .collect();
    let mut rest = names.as_slice();
    for place in 1..=free.min(names.len()) {
        // The last place stands for all that are still to come.
        let (now, later) = rest.split_at(if place == free { rest.len() } else { 1 });
        rest = later;
        let absent = (now.len(), true);
        members.push(launched(source, node, cell, now.to_vec(), absent));
    }
    members
}

/// Names of the instances that a lost zone, or a lost instance, has the group launch in a zone. The names are those that
/// the failure stage gives them: the zone's next numbers.
fn replacements(source: &Source<'_>, node: &Node, zone: Zone, here: usize) -> Vec<Name> {
    let Some((_, desired)) = node.resource.launches() else {
        return Vec::new();
    };
    let desired = desired as usize;
    let others = source.topology.zones_of(&node.name).len().saturating_sub(1);
    let after_zone = desired.div_ceil(others.max(1));
    let after_instance = if desired == 0 { 0 } else { here + 1 };
    (here + 1..=after_zone.max(after_instance.min(desired + 1)))
        .map(|number| format!("{}.{zone}{number}", node.name).into())
        .collect()
}

fn single(source: &Source<'_>, node: &Node, cell: &Cell, name: Name, role: Role) -> Member {
    let words = source.words;
    let look = |role: Role| {
        let label = words.part_label(node, role);
        let says = words.part(node, &name, role, cell.zone);
        let says = said(source, says, label.as_deref(), cell.zone);
        (glyph(node, role), label, says)
    };
    let (glyph, label, says) = look(role);
    Member {
        glyph,
        label,
        says,
        swapped: role.swapped().map(look),
        names: vec![name],
        present: 1,
        absent: false,
    }
}

/// Copies under one icon.
fn followers(source: &Source<'_>, node: &Node, cell: &Cell, all: &[(Name, Role)]) -> Member {
    let words = source.words;
    let what = words.part_label(node, Role::Follower).unwrap_or_default();
    let label = format!("{what} ×{}", all.len());
    let says = words.within(&label, &words.group(node));
    Member {
        names: all.iter().map(|(name, _)| name.clone()).collect(),
        present: all.len(),
        glyph: glyph(node, Role::Follower),
        says: said(source, says, Some(&label), cell.zone),
        label: Some(label),
        swapped: None,
        absent: false,
    }
}

/// One or more instances, those that do not exist yet as an absent member.
fn launched(
    source: &Source<'_>,
    node: &Node,
    cell: &Cell,
    names: Vec<Name>,
    (count, absent): (usize, bool),
) -> Member {
    let words = source.words;
    let says = match names.as_slice() {
        [name] => words.part(node, name, Role::Instance, cell.zone),
        _ => words.instances(count, cell.zone),
    };
    let kind = words.part_label(node, Role::Instance).unwrap_or_default();
    let label = match (names.len(), absent) {
        (1, _) => kind,
        (_, true) => format!("×{count}"),
        (_, false) => format!("{kind} ×{count}").trim_start().to_owned(),
    };
    let label = Some(label).filter(|it| !it.is_empty());
    Member {
        glyph: Glyph::Instance,
        says: said(source, says, label.as_deref(), cell.zone),
        label,
        names,
        present: if absent { 0 } else { count },
        swapped: None,
        absent,
    }
}

/// What a member is, what can be read at it, and where it is: who speaks to the page says what can be read (WCAG 2.5.3).
pub(super) fn said(source: &Source<'_>, what: String, label: Option<&str>, zone: Zone) -> String {
    let words = source.words;
    let read = label.filter(|it| !what.contains(it));
    let what = read.map_or_else(|| what.clone(), |it| words.within(&what, it));
    words.within(&what, &words.zone(zone))
}

fn glyph(of: &Node, role: Role) -> Glyph {
    match (role, of.resource.figure()) {
        (Role::Instance, _) => Glyph::Instance,
        (Role::Primary, _) => Glyph::DatabasePrimary,
        (Role::Standby, _) => Glyph::DatabaseStandby,
        (Role::Leader, Figure::Group(Glyph::DatabasePrimary)) => Glyph::DatabasePrimary,
        (Role::Follower, Figure::Group(Glyph::DatabasePrimary)) => Glyph::DatabaseReplica,
        (Role::Leader, _) => Glyph::CachePrimary,
        (Role::Follower, _) => Glyph::CacheReplica,
        (
            Role::BalancerNode | Role::Interface | Role::Runner | Role::Whole,
            Figure::Group(glyph) | Figure::Icon(glyph),
        ) => glyph,
        (Role::BalancerNode, _) => Glyph::LoadBalancer,
        (Role::Interface, _) => Glyph::Endpoint,
        (Role::Runner, _) => Glyph::Function,
        (Role::Whole, _) => Glyph::Generic,
    }
}
