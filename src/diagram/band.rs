//! The bands of a tier, top to bottom in the direction of requests: each a group over its columns, or the icons of the
//! tier's subnets.

use super::plan::{Cell, Member, Source};
use super::theme;
use crate::aws::{Figure, Glyph, Name, Zone};
use crate::topology::{Link, LinkKind, Node, Role};

pub(super) enum Band<'a> {
    Group(Group<'a>),
    /// By column.
    Icons(Vec<Vec<Icon<'a>>>),
}

/// One shape over several columns.
pub(super) struct Group<'a> {
    pub node: &'a Node,
    pub glyph: Glyph,
    /// First and last column.
    pub columns: (usize, usize),
    /// By column, from the first.
    pub members: Vec<Vec<Member>>,
}

pub(super) struct Icon<'a> {
    pub node: &'a Node,
    pub glyph: Glyph,
    pub tags: Vec<(Glyph, &'a Node)>,
}

impl<'a> Band<'a> {
    /// Every node in the band, tags included.
    pub fn nodes(&self) -> Vec<&'a Node> {
        match self {
            Self::Group(it) => vec![it.node],
            Self::Icons(columns) => columns
                .iter()
                .flatten()
                .flat_map(|it| {
                    let tags = it.tags.iter().map(|(_, tag)| *tag);
                    [it.node].into_iter().chain(tags)
                })
                .collect(),
        }
    }
}

pub(super) fn bands<'a>(source: &Source<'a>, cells: &[Option<Cell<'a>>]) -> Vec<Band<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut icons: Vec<Vec<Icon<'a>>> = cells.iter().map(|_| Vec::new()).collect();
    for node in source.topology.nodes() {
        match node.resource.figure() {
            Figure::Group(glyph) => groups.extend(group(source, cells, node, glyph)),
            Figure::Icon(glyph) => {
                let home = source.topology.subnets_of(&node.name);
                let column = home.first().and_then(|it| column(cells, it));
                if let Some(places) = column.and_then(|it| icons.get_mut(it)) {
                    places.push(Icon {
                        node,
                        glyph,
                        tags: source.tags_on(&node.name),
                    });
                }
            }
            Figure::Frame(_) | Figure::Tag(_) | Figure::Companion(_) | Figure::Hidden => (),
        }
    }
    groups.sort_by_key(|it| depth(source.links, &it.node.name));
    let mut bands: Vec<Band<'a>> = groups.into_iter().map(Band::Group).collect();
    if icons.iter().any(|it| !it.is_empty()) {
        bands.push(Band::Icons(icons));
    }
    bands
}

fn column(cells: &[Option<Cell<'_>>], subnet: &str) -> Option<usize> {
    cells
        .iter()
        .position(|cell| cell.as_ref().is_some_and(|it| **it.name == *subnet))
}

/// The longest way of requests from outside to a node; what no request reaches comes last.
fn depth(links: &[Link], name: &str) -> usize {
    let mut depth = usize::MAX;
    let mut reached: Vec<&Name> = Vec::new();
    let requests = || links.iter().filter(|it| it.kind == LinkKind::Request);
    let starts = requests().filter(|link| !requests().any(|it| it.to == link.from));
    reached.extend(starts.map(|it| &it.from));
    // A circle of requests would go on for ever: no path is longer than the links are many.
    for step in 0..=links.len() {
        if reached.iter().any(|it| ***it == *name) {
            depth = step;
        }
        reached = requests()
            .filter(|link| reached.contains(&&link.from))
            .map(|link| &link.to)
            .collect();
        reached.dedup();
        if reached.is_empty() {
            break;
        }
    }
    depth
}

fn group<'a>(
    source: &Source<'a>,
    cells: &[Option<Cell<'a>>],
    node: &'a Node,
    glyph: Glyph,
) -> Option<Group<'a>> {
    let parts = || source.parts.iter().filter(|it| it.of == node.name);
    // What launches may put a member anywhere; anything else covers the members that it has.
    let subnets: Vec<&Name> = if node.resource.launches().is_some() || parts().next().is_none() {
        source.topology.subnets_of(&node.name)
    } else {
        parts().map(|it| &it.subnet).collect()
    };
    let columns = || subnets.iter().filter_map(|it| column(cells, it));
    let (first, last) = (columns().min()?, columns().max()?);
    let members = |place: usize| match cells.get(place) {
        Some(Some(cell)) if subnets.contains(&cell.name) => members(source, node, cell),
        _ => Vec::new(),
    };
    Some(Group {
        node,
        glyph,
        columns: (first, last),
        members: (first..=last).map(members).collect(),
    })
}

fn members(source: &Source<'_>, node: &Node, cell: &Cell<'_>) -> Vec<Member> {
    let parts = source.parts.iter();
    let here = parts.filter(|it| it.of == node.name && it.subnet == *cell.name);
    let mut members: Vec<Member> = here
        .map(|part| Member {
            names: vec![part.name.clone()],
            role: part.role,
            zone: part.zone,
            count: 1,
            absent: false,
        })
        .collect();
    let names = replacements(source, node, cell.subnet.zone, members.len());
    if members.len() + names.len().min(1) > theme::SLOTS {
        return vec![collapse(members, names, cell.subnet.zone)];
    }
    let free = theme::SLOTS - members.len();
    for (place, name) in names.iter().take(free).enumerate() {
        let is_last = place + 1 == free;
        let rest = if is_last { names.get(place..) } else { None };
        let names = rest.map_or_else(|| vec![name.clone()], <[Name]>::to_vec);
        members.push(Member {
            count: names.len(),
            names,
            role: Role::Instance,
            zone: cell.subnet.zone,
            absent: true,
        });
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
    let after_loss = desired.div_ceil(others.max(1));
    let needed = after_loss.max((here + 1).min(desired + 1));
    let needed = if desired == 0 { 0 } else { needed };
    (here + 1..=needed)
        .map(|number| format!("{}.{zone}{number}", node.name).into())
        .collect()
}

/// All instances of a zone under one icon.
fn collapse(members: Vec<Member>, replacements: Vec<Name>, zone: Zone) -> Member {
    Member {
        count: members.len(),
        names: members
            .into_iter()
            .flat_map(|it| it.names)
            .chain(replacements)
            .collect(),
        role: Role::Instance,
        zone,
        absent: false,
    }
}
