//! A tier of a VPC: a subnet in each column, and bands of groups and icons over them.

use super::band::{Band, Group, Icon};
use super::caption::Words;
use super::drawing::{Item, Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::{Cell, Member, Tier};
use super::shape::{self, Canvas};
use super::{measure, theme};
use crate::aws::{Glyph, Name};
use crate::topology::Node;

/// The columns of a VPC.
pub(super) struct Columns {
    /// Left side of the first cell.
    pub start: f64,
    pub count: usize,
    /// Width of a cell.
    pub cell: f64,
    /// Between two zones.
    pub gutter: f64,
    /// Whether tags stand beside a subnet's name or under it.
    pub tags_beside: bool,
    /// Whether wires need room inside the cells.
    pub channel: bool,
}

impl Columns {
    /// From one cell to the next.
    fn between(&self) -> f64 {
        self.gutter + 2.0 * theme::ZONE_PADDING
    }

    pub fn left(&self, column: usize) -> f64 {
        self.start + theme::ZONE_PADDING + column as f64 * (self.cell + self.between())
    }

    /// Right side of the last zone.
    pub fn right(&self) -> f64 {
        match self.count.checked_sub(1) {
            Some(last) => self.left(last) + self.cell + theme::ZONE_PADDING,
            None => self.start,
        }
    }

    /// Width of a group's shape over some columns.
    fn span(&self, columns: usize) -> f64 {
        let gaps = columns.saturating_sub(1) as f64;
        columns as f64 * self.cell + gaps * self.between() - 2.0 * theme::GROUP_INSET
    }

    /// The lane inside the cells: left of the tags, right of everything else.
    pub fn channel(&self) -> Option<f64> {
        self.channel
            .then(|| self.left(0) + self.cell * CHANNEL_PLACE)
    }
}

/// Where the channel inside a cell is, as a share of its width.
const CHANNEL_PLACE: f64 = 0.5;

type TagLines = (Name, Glyph, Vec<String>);

fn tags(words: Words<'_>, cell: &Cell<'_>) -> Vec<TagLines> {
    let tags = cell.tags.iter();
    let mut all: Vec<TagLines> = tags
        .map(|(glyph, node)| (node.name.clone(), *glyph, words.tag(node)))
        .collect();
    if cell.on_main_table {
        // The main table is no node: its tag goes by the subnet's name.
        all.push((cell.name.clone(), Glyph::RouteTable, words.main_routes()));
    }
    all
}

fn stack_size(tags: &[TagLines]) -> (f64, f64) {
    let sizes = tags.iter().map(|(_, _, lines)| shape::tag_size(lines));
    sizes.fold((0.0, 0.0), |(width, height), (its, high)| {
        (f64::max(width, its), height + high + TAG_GAP)
    })
}

/// Between two tags.
const TAG_GAP: f64 = 4.0;
/// From a subnet's side to its name.
const TITLE_INSET: f64 = theme::SUBNET_CORNER + theme::GAP;

fn title_width(words: Words<'_>, cell: &Cell<'_>) -> f64 {
    let (title, range) = words.subnet(cell.name, cell.subnet);
    let title = measure::width(&title, Style::Title);
    TITLE_INSET + title.max(measure::width(&range, Style::Name))
}

/// The width that a tier's cells need.
pub(super) fn width(canvas: &Canvas<'_>, tier: &Tier<'_>, columns: &Columns) -> f64 {
    let words = canvas.words;
    let mut left: f64 = 0.0;
    let mut right: f64 = 0.0;
    let mut needed: f64 = 0.0;
    for cell in tier.cells.iter().flatten() {
        left = left.max(title_width(words, cell));
        right = right.max(stack_size(&tags(words, cell)).0);
    }
    for band in &tier.bands {
        match band {
            Band::Icons(cells) => {
                let widths = cells.iter().flatten().map(|it| icon_size(words, it).0);
                left = left.max(widths.fold(0.0, f64::max) + theme::CELL_PADDING);
            }
            Band::Group(group) => needed = needed.max(group_width(words, group, columns)),
        }
    }
    right += theme::CELL_PADDING;
    let beside = if columns.channel {
        // Half on each side of the channel.
        2.0 * left.max(right) + theme::CELL_CHANNEL
    } else if columns.tags_beside {
        left + theme::SPACE + right
    } else {
        (left + theme::CELL_PADDING).max(right + theme::CELL_PADDING)
    };
    needed.max(beside)
}

fn group_width(words: Words<'_>, group: &Group<'_>, columns: &Columns) -> f64 {
    let inset = 2.0 * (theme::GROUP_INSET + theme::GROUP_PADDING);
    let slots = group.members.iter().map(|members| {
        let slot = slot_width(words, group.node, members);
        slot * members.len() as f64 + inset
    });
    let label = measure::width(&words.group(group.node), Style::Title);
    let label = label + theme::INLINE + SIGN_GAP + inset;
    let count = group.members.len().max(1) as f64;
    let shared = (label - (count - 1.0) * columns.between()) / count;
    slots.fold(shared, f64::max).ceil()
}

fn slot_width(words: Words<'_>, of: &Node, members: &[Member]) -> f64 {
    let labels = members.iter().filter_map(|it| words.member(of, it));
    let widths = labels.map(|it| measure::width(&it, Style::Detail) + theme::GAP);
    widths.fold(theme::SLOT, f64::max)
}

/// Width and height of an icon with its label and tags beside it.
fn icon_size(words: Words<'_>, icon: &Icon<'_>) -> (f64, f64) {
    let label = measure::width(&words.icon(icon.node), Style::Name);
    let tags = icon_tags(words, icon);
    let (width, height) = stack_size(&tags);
    (
        theme::TILE + theme::GAP + label.max(width),
        theme::TILE.max(Style::Name.line() + height),
    )
}

fn icon_tags(words: Words<'_>, icon: &Icon<'_>) -> Vec<TagLines> {
    let tags = icon.tags.iter();
    tags.map(|(glyph, node)| (node.name.clone(), *glyph, words.tag(node)))
        .collect()
}

fn header(canvas: &Canvas<'_>, tier: &Tier<'_>, columns: &Columns) -> f64 {
    let cells = tier.cells.iter().flatten();
    let heights = cells.map(|it| stack_size(&tags(canvas.words, it)).1);
    let tags = heights.fold(0.0, f64::max);
    if columns.tags_beside {
        theme::CELL_HEADER.max(tags + TAG_GAP)
    } else {
        theme::CELL_HEADER + tags
    }
}

fn band_height(canvas: &Canvas<'_>, band: &Band<'_>) -> f64 {
    let words = canvas.words;
    match band {
        Band::Icons(columns) => {
            let column = |icons: &Vec<Icon<'_>>| {
                let heights = icons.iter().map(|it| icon_size(words, it).1);
                heights.sum::<f64>() + theme::GAP * icons.len().saturating_sub(1) as f64
            };
            columns.iter().map(column).fold(0.0, f64::max)
        }
        Band::Group(group) => {
            let mut members = group.members.iter().flatten();
            let labelled = members.any(|it| words.member(group.node, it).is_some());
            let lines = usize::from(labelled);
            let tiles = if group.members.iter().all(Vec::is_empty) {
                0.0
            } else {
                GROUP_TITLE_GAP + shape::height_above(lines, Style::Detail)
            };
            2.0 * theme::GROUP_PADDING + Style::Title.line() + tiles
        }
    }
}

/// Between a group's glyph and its label.
const SIGN_GAP: f64 = 6.0;
/// Between a group's label and its members.
const GROUP_TITLE_GAP: f64 = 4.0;

/// Tops of the bands, from the top of the tier, and the tier's height.
fn bands(canvas: &Canvas<'_>, tier: &Tier<'_>, columns: &Columns) -> (Vec<f64>, f64) {
    let mut tops = Vec::new();
    let mut y = header(canvas, tier, columns);
    let mut before: Option<&Band<'_>> = None;
    for band in &tier.bands {
        y += before.map_or(0.0, |it| gap(canvas, it, band));
        tops.push(y);
        y += band_height(canvas, band);
        before = Some(band);
    }
    (tops, y + theme::CELL_PADDING)
}

fn gap(canvas: &Canvas<'_>, above: &Band<'_>, below: &Band<'_>) -> f64 {
    let has = |band: &Band<'_>, name: &Name| band.nodes().iter().any(|it| it.name == *name);
    let wired = canvas.links.iter().any(|it| {
        (has(above, &it.from) && has(below, &it.to)) || (has(below, &it.from) && has(above, &it.to))
    });
    if wired {
        theme::BAND_WIRE_GAP
    } else {
        theme::BAND_GAP
    }
}

pub(super) fn height(canvas: &Canvas<'_>, tier: &Tier<'_>, columns: &Columns) -> f64 {
    bands(canvas, tier, columns).1
}

/// Draws the subnet of a column, with its tags and its own icons.
pub(super) fn cell(
    canvas: &mut Canvas<'_>,
    tier: &Tier<'_>,
    columns: &Columns,
    column: usize,
    (top, height): (f64, f64),
    inside: usize,
) {
    let Some(Some(cell)) = tier.cells.get(column) else {
        return;
    };
    let rect = Rect::new(columns.left(column), top, columns.cell, height);
    let index = canvas.push(subnet(canvas, cell, rect, inside));
    let all = tags(canvas.words, cell);
    let (width, _) = stack_size(&all);
    let mut at = if columns.tags_beside {
        let right = rect.right() - theme::CELL_PADDING;
        Point::new(right - width, top + 4.0)
    } else {
        Point::new(rect.x + theme::CELL_PADDING, top + theme::CELL_HEADER)
    };
    for (name, glyph, lines) in all {
        let tag = shape::tag(name, glyph, lines, at, Some(index));
        at.y = tag.rect.bottom() + TAG_GAP;
        canvas.push(tag);
    }
    let (tops, _) = bands(canvas, tier, columns);
    for (band, offset) in tier.bands.iter().zip(tops) {
        if let Band::Icons(cells) = band {
            let mut y = top + offset;
            for it in cells.get(column).into_iter().flatten() {
                y += icon(canvas, it, rect, y, columns, index) + theme::GAP;
            }
        }
    }
}

fn subnet(canvas: &Canvas<'_>, cell: &Cell<'_>, rect: Rect, inside: usize) -> Item {
    let (shape, sign) = if canvas.words.topology.is_public(cell.name) {
        (Shape::PublicSubnet, Sign::PublicSubnet)
    } else {
        (Shape::PrivateSubnet, Sign::PrivateSubnet)
    };
    let (title, range) = canvas.words.subnet(cell.name, cell.subnet);
    let mut it = shape::item(cell.name.clone(), shape, rect, Some(inside));
    it.sign = shape::corner(sign, rect, theme::SUBNET_CORNER);
    it.says = canvas.words.within(&title, &range);
    let x = rect.x + TITLE_INSET;
    let title = shape::line(title, Style::Title, Point::new(x, rect.y + 4.0));
    let below = title.rect.bottom();
    it.labels.push(title);
    it.labels
        .push(shape::line(range, Style::Name, Point::new(x, below)));
    it
}

/// Draws an icon with its label and tags to the right; gives its height.
fn icon(
    canvas: &mut Canvas<'_>,
    icon: &Icon<'_>,
    cell: Rect,
    top: f64,
    columns: &Columns,
    inside: usize,
) -> f64 {
    let words = canvas.words;
    let (width, height) = icon_size(words, icon);
    let x = if columns.channel {
        cell.x + theme::CELL_PADDING
    } else {
        (cell.x + (cell.width - width) / 2.0).round()
    };
    let tile = Rect::new(
        x,
        top + (height - theme::TILE) / 2.0,
        theme::TILE,
        theme::TILE,
    );
    let place = canvas.items.get(inside).and_then(|it| it.labels.first());
    let place = place.map(|it| it.text.clone()).unwrap_or_default();
    let label = words.icon(icon.node);
    let mut it = shape::icon(icon.node.name.clone(), icon.glyph, tile, Some(inside));
    it.says = words.within(&label, &place);
    let all = icon_tags(words, icon);
    let (_, tags_height) = stack_size(&all);
    let text = Style::Name.line() + tags_height;
    let mut at = Point::new(tile.right() + theme::GAP, top + (height - text) / 2.0);
    it.labels.push(shape::line(label, Style::Name, at));
    canvas.push(it);
    at.y += Style::Name.line() + TAG_GAP / 2.0;
    for (name, glyph, lines) in all {
        let tag = shape::tag(name, glyph, lines, at, Some(inside));
        at.y = tag.rect.bottom() + TAG_GAP;
        canvas.push(tag);
    }
    height
}

/// Draws the groups of a tier over its subnets.
pub(super) fn groups(
    canvas: &mut Canvas<'_>,
    tier: &Tier<'_>,
    columns: &Columns,
    top: f64,
    inside: usize,
) {
    let (tops, _) = bands(canvas, tier, columns);
    for (band, offset) in tier.bands.iter().zip(tops) {
        if let Band::Group(it) = band {
            let (first, last) = it.columns;
            let rect = Rect::new(
                columns.left(first) + theme::GROUP_INSET,
                top + offset,
                columns.span(last + 1 - first),
                band_height(canvas, band),
            );
            group(canvas, it, columns, rect, inside);
        }
    }
}

fn group(canvas: &mut Canvas<'_>, group: &Group<'_>, columns: &Columns, rect: Rect, inside: usize) {
    let words = canvas.words;
    let label = words.group(group.node);
    let mut it = shape::item(
        group.node.name.clone(),
        Shape::Group(group.glyph),
        rect,
        Some(inside),
    );
    it.says.clone_from(&label);
    let top = rect.y + theme::GROUP_PADDING;
    let width = theme::INLINE + SIGN_GAP + measure::width(&label, Style::Title);
    let sign = Rect::new(
        (rect.center().x - width / 2.0).round(),
        top + (Style::Title.line() - theme::INLINE) / 2.0,
        theme::INLINE,
        theme::INLINE,
    );
    let start = Point::new(sign.right() + SIGN_GAP, top);
    let label = shape::line(label, Style::Title, start);
    it.sign = Some((Sign::Glyph(group.glyph), sign));
    let y = label.rect.bottom() + GROUP_TITLE_GAP;
    it.labels.push(label);
    let index = canvas.push(it);
    for (place, members) in group.members.iter().enumerate() {
        let left = columns.left(group.columns.0 + place);
        let cell = Rect::new(left, y, columns.cell, theme::TILE);
        slots(canvas, group.node, members, cell, index);
    }
}

/// Draws the members of a column: those that exist in the middle, places that are kept to their right.
fn slots(canvas: &mut Canvas<'_>, of: &Node, members: &[Member], cell: Rect, inside: usize) {
    let words = canvas.words;
    let slot = slot_width(words, of, members);
    let present = members.iter().filter(|it| !it.absent).count() as f64;
    let inset = theme::GROUP_INSET + theme::GROUP_PADDING;
    let room = cell.right() - inset - slot * members.len() as f64;
    let middle = cell.center().x - slot * present / 2.0;
    let start = middle.min(room).max(cell.x + inset);
    for (place, member) in members.iter().enumerate() {
        let Some(name) = member.names.first() else {
            continue;
        };
        let x = start + slot * (place as f64 + 0.5) - theme::TILE / 2.0;
        let tile = Rect::new(x.round(), cell.y, theme::TILE, theme::TILE);
        let mut it = shape::icon(name.clone(), member_glyph(of, member), tile, Some(inside));
        it.labels = shape::below(
            tile,
            words.member(of, member).into_iter().collect(),
            Style::Detail,
        );
        let zone = words.zone(member.zone);
        it.says = words.within(&words.member_says(of, member, name), &zone);
        it.absent = member.absent;
        if member.names.len() > 1 {
            it.all.clone_from(&member.names);
        }
        canvas.push(it);
    }
}

fn member_glyph(of: &Node, member: &Member) -> Glyph {
    use crate::aws::Figure;
    use crate::topology::Role;
    match (member.role, of.resource.figure()) {
        (Role::Instance, _) => Glyph::Instance,
        (Role::Primary, _) => Glyph::DatabasePrimary,
        (Role::Standby, _) => Glyph::DatabaseStandby,
        (Role::BalancerNode | Role::Whole, Figure::Group(glyph) | Figure::Icon(glyph)) => glyph,
        (Role::BalancerNode, _) => Glyph::LoadBalancer,
        (Role::Whole, _) => Glyph::Generic,
    }
}
