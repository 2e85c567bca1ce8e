//! The bands of a tier, top to bottom in the direction of requests: each a group over its columns, or the icons that live
//! in the tier's subnets.

use super::member::{self, Member};
use super::plan::{Cell, Tag};
use super::security;
use super::source::{Placed, Source};
use super::{endpoints, facts, theme};
use crate::aws::{Figure, Glyph, Name};
use crate::topology::{LinkKind, Node};

pub(super) enum Band {
    Group(Group),
    /// By column, one under the other.
    Icons(Vec<Vec<Icon>>),
    /// By column, side by side: copies of what the group above them holds.
    Copies(Vec<Vec<Icon>>),
}

/// One shape over several columns.
pub(super) struct Group {
    pub name: Name,
    /// Every node that it stands for.
    pub all: Vec<Name>,
    pub glyph: Glyph,
    pub label: String,
    /// What it is set to, line by line under its label.
    pub facts: Vec<String>,
    pub tags: Vec<Tag>,
    /// First and last column.
    pub columns: (usize, usize),
    /// By column, from the first.
    pub members: Vec<Vec<Member>>,
}

pub(super) struct Icon {
    pub name: Name,
    pub glyph: Glyph,
    pub label: String,
    pub tags: Vec<Tag>,
}

impl Band {
    /// Every node in the band, tags included.
    pub fn names(&self) -> Vec<Name> {
        match self {
            Self::Group(it) => {
                let tags = it.tags.iter().map(|it| it.name.clone());
                it.all.iter().cloned().chain(tags).collect()
            }
            Self::Icons(columns) | Self::Copies(columns) => {
                let icons = columns.iter().flatten();
                let names = icons.flat_map(|it| {
                    let tags = it.tags.iter().map(|tag| &tag.name);
                    [&it.name].into_iter().chain(tags)
                });
                names.cloned().collect()
            }
        }
    }
}

pub(super) fn bands(source: &Source<'_>, cells: &[Option<Cell>]) -> Vec<Band> {
    let mut groups: Vec<Group> = endpoints::groups(source, cells);
    let mut icons: Vec<(usize, Icon)> = Vec::new();
    for Placed {
        node,
        figure,
        subnets,
    } in source.figures_in(cells.iter().flatten().map(|it| &it.name))
    {
        match *figure {
            Figure::Group(Glyph::Endpoint) => (),
            Figure::Group(glyph) => groups.extend(group(source, cells, node, glyph)),
            Figure::Icon(glyph) => {
                if let Some(column) = subnets.first().and_then(|it| column(cells, it)) {
                    let icon = Icon {
                        name: node.name.clone(),
                        glyph,
                        label: source.words.icon(node),
                        tags: source.tags_on(&node.name),
                    };
                    icons.push((column, icon));
                }
            }
            Figure::Frame(_) | Figure::Tag(_) | Figure::Companion(_) | Figure::Hidden => (),
        }
    }
    groups.sort_by_cached_key(|it| source.depth(&it.name));
    neighbors(source, &mut groups);
    let mut bands: Vec<Band> = Vec::new();
    for group in groups {
        let copies;
        (copies, icons) = icons
            .into_iter()
            .partition(|(_, it)| copies_from(source, &it.name) == Some(group.name.as_str()));
        bands.push(Band::Group(group));
        bands.extend(by_column(cells, copies).map(Band::Copies));
    }
    // What the tier below leads to stands nearest to it.
    let leads = |name: &Name| {
        let mut links = source.links_to(name);
        links.any(|it| it.kind == LinkKind::Egress)
    };
    icons.sort_by_key(|(_, it)| leads(&it.name));
    bands.extend(by_column(cells, icons).map(Band::Icons));
    bands
}

/// Icons by column; `None` where there are none.
fn by_column(cells: &[Option<Cell>], icons: Vec<(usize, Icon)>) -> Option<Vec<Vec<Icon>>> {
    let mut columns: Vec<Vec<Icon>> = cells.iter().map(|_| Vec::new()).collect();
    let is_empty = icons.is_empty();
    for (column, icon) in icons {
        if let Some(places) = columns.get_mut(column) {
            places.push(icon);
        }
    }
    (!is_empty).then_some(columns)
}

/// The node whose part keeps a node in step.
fn copies_from<'a>(source: &Source<'a>, name: &str) -> Option<&'a str> {
    let mut links = source.links_to(name);
    let link = links.find(|it| it.kind == LinkKind::Replication)?;
    Some(node_of(&link.from))
}

/// The node that a name belongs to: its own, or that of a part.
pub(super) fn node_of(name: &str) -> &str {
    name.split_once('.').map_or(name, |it| it.0)
}

fn column(cells: &[Option<Cell>], subnet: &str) -> Option<usize> {
    let mut cells = cells.iter();
    cells.position(|it| it.as_ref().is_some_and(|it| *it.name == *subnet))
}

/// Puts what a group asks right under it, where nothing else that it asks stands there already.
fn neighbors(source: &Source<'_>, groups: &mut [Group]) {
    for place in 1..groups.len() {
        let Some((above, below)) = groups.split_at_mut_checked(place) else {
            return;
        };
        let asks = |it: &Group| {
            let mut asked = source.links_to(&it.name);
            asked.any(|link| {
                link.kind == LinkKind::Request
                    && above.last().is_some_and(|it| it.name == link.from)
            })
        };
        if let Some(asked) = below.iter().position(asks)
            && let Some(moved) = below.get_mut(..=asked)
        {
            moved.rotate_right(1);
        }
    }
}

fn group(source: &Source<'_>, cells: &[Option<Cell>], node: &Node, glyph: Glyph) -> Option<Group> {
    let parts = || source.parts_of(&node.name);
    // What launches may put a member anywhere; anything else covers the members that it has.
    let subnets: Vec<&Name> = if node.resource.launches().is_some() || parts().next().is_none() {
        source.topology.subnets_of(&node.name)
    } else {
        parts().map(|it| &it.subnet).collect()
    };
    let columns = || subnets.iter().filter_map(|it| column(cells, it));
    let (first, last) = (columns().min()?, columns().max()?);
    let members = cells.get(first..=last)?.iter().map(|cell| match cell {
        Some(cell) if subnets.contains(&&cell.name) => member::members(source, node, cell),
        _ => Vec::new(),
    });
    let limit = theme::text_width(first, last);
    Some(Group {
        name: node.name.clone(),
        all: vec![node.name.clone()],
        glyph,
        label: source.words.group(node),
        facts: facts::lines(source.words, &node.name, limit),
        tags: security::on(source, &[&node.name], limit),
        columns: (first, last),
        members: members.collect(),
    })
}
