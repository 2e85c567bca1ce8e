//! One subnet: its name and range, its tags, and the icons that live in it alone.

use super::band::Icon;
use super::caption::Words;
use super::drawing::{Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::{Cell, Tier};
use super::shape::{self, Canvas};
use super::tier::Columns;
use super::{measure, theme};
use crate::aws::{Glyph, Name};
use crate::topology::Node;

/// Between two tags.
const TAG_GAP: f64 = 4.0;
/// Between a tile and the text beside it: room for a badge on the tile's corner.
const BESIDE: f64 = 12.0;
/// From a subnet's side to its name.
const TITLE_INSET: f64 = theme::SUBNET_CORNER + theme::GAP;

/// A tag before it has a place.
struct Tag {
    name: Name,
    glyph: Glyph,
    lines: Vec<String>,
}

fn tags_of(words: Words<'_>, nodes: &[(Glyph, &Node)]) -> Vec<Tag> {
    let tags = nodes.iter().map(|(glyph, node)| Tag {
        name: node.name.clone(),
        glyph: *glyph,
        lines: words.tag(node),
    });
    tags.collect()
}

fn cell_tags(words: Words<'_>, cell: &Cell<'_>) -> Vec<Tag> {
    let mut tags = tags_of(words, &cell.tags);
    if cell.on_main_table {
        // The main table is no node: its tag goes by the subnet's name.
        tags.push(Tag {
            name: cell.name.clone(),
            glyph: Glyph::RouteTable,
            lines: words.main_routes(),
        });
    }
    tags
}

/// Width of the widest and height of all.
fn stack_size(tags: &[Tag]) -> (f64, f64) {
    let sizes = tags.iter().map(|it| shape::tag_size(&it.lines));
    sizes.fold((0.0, 0.0), |(width, height), (its, high)| {
        (f64::max(width, its), height + high + TAG_GAP)
    })
}

pub(super) fn tags_size(words: Words<'_>, cell: &Cell<'_>) -> (f64, f64) {
    stack_size(&cell_tags(words, cell))
}

/// Up to the end of a subnet's name and range.
pub(super) fn title_width(words: Words<'_>, cell: &Cell<'_>) -> f64 {
    let (title, range) = words.subnet(cell.name, cell.subnet);
    let title = measure::width(&title, Style::Title);
    TITLE_INSET + title.max(measure::width(&range, Style::Name))
}

/// Height of names, ranges and tags over all columns.
pub(super) fn header(words: Words<'_>, tier: &Tier<'_>, columns: &Columns) -> f64 {
    let cells = tier.cells.iter().flatten();
    let heights = cells.map(|it| tags_size(words, it).1);
    let tags = heights.fold(0.0, f64::max);
    if columns.tags_beside {
        theme::CELL_HEADER.max(tags + TAG_GAP)
    } else {
        theme::CELL_HEADER + tags
    }
}

/// Width and height of an icon with its label and tags beside it.
pub(super) fn icon_size(words: Words<'_>, icon: &Icon<'_>) -> (f64, f64) {
    let label = measure::width(&words.icon(icon.node), Style::Name);
    let (width, height) = stack_size(&tags_of(words, &icon.tags));
    (
        theme::TILE + BESIDE + label.max(width),
        theme::TILE.max(Style::Name.line() + height),
    )
}

pub(super) fn icons_height(words: Words<'_>, icons: &[Icon<'_>]) -> f64 {
    let heights = icons.iter().map(|it| icon_size(words, it).1);
    heights.sum::<f64>() + theme::GAP * icons.len().saturating_sub(1) as f64
}

/// Draws a subnet without its content; gives its index.
pub(super) fn frame(canvas: &mut Canvas<'_>, cell: &Cell<'_>, rect: Rect, inside: usize) -> usize {
    let words = canvas.words;
    let (shape, sign) = if words.topology.is_public(cell.name) {
        (Shape::PublicSubnet, Sign::PublicSubnet)
    } else {
        (Shape::PrivateSubnet, Sign::PrivateSubnet)
    };
    let (title, range) = words.subnet(cell.name, cell.subnet);
    let mut it = shape::item(cell.name.clone(), shape, rect, Some(inside));
    it.sign = shape::corner(sign, rect, theme::SUBNET_CORNER);
    it.says = words.within(&title, &range);
    let at = Point::new(rect.x + TITLE_INSET, rect.y + 4.0);
    let below = Point::new(at.x, at.y + Style::Title.line());
    it.labels = vec![
        shape::line(title, Style::Title, at),
        shape::line(range, Style::Name, below),
    ];
    canvas.push(it)
}

/// Draws a subnet's tags, one under the other.
pub(super) fn tags(canvas: &mut Canvas<'_>, cell: &Cell<'_>, at: Point, inside: usize) {
    let tags = cell_tags(canvas.words, cell);
    stack(canvas, tags, at, inside);
}

fn stack(canvas: &mut Canvas<'_>, tags: Vec<Tag>, mut at: Point, inside: usize) {
    for it in tags {
        let tag = shape::tag(it.name, it.glyph, it.lines, at, Some(inside));
        at.y = tag.rect.bottom() + TAG_GAP;
        canvas.push(tag);
    }
}

/// Draws a subnet's own icons, one under the other.
pub(super) fn icons(
    canvas: &mut Canvas<'_>,
    icons: &[Icon<'_>],
    cell: Rect,
    mut top: f64,
    columns: &Columns,
    inside: usize,
) {
    for it in icons {
        let (width, height) = icon_size(canvas.words, it);
        // In a single column the middle is for wires.
        let x = if columns.channel {
            cell.x + theme::CELL_PADDING
        } else {
            (cell.x + (cell.width - width) / 2.0).round()
        };
        icon(canvas, it, Rect::new(x, top, width, height), inside);
        top += height + theme::GAP;
    }
}

/// Draws an icon with its label and tags to the right, in the middle of a box's height.
fn icon(canvas: &mut Canvas<'_>, icon: &Icon<'_>, area: Rect, inside: usize) {
    let words = canvas.words;
    let place = canvas.items.get(inside).and_then(|it| it.labels.first());
    let place = place.map(|it| it.text.clone()).unwrap_or_default();
    let top = area.center().y - theme::TILE / 2.0;
    let tile = Rect::new(area.x, top, theme::TILE, theme::TILE);
    let label = words.icon(icon.node);
    let tags = tags_of(words, &icon.tags);
    let text = Style::Name.line() + stack_size(&tags).1;
    let mut at = Point::new(tile.right() + BESIDE, area.center().y - text / 2.0);
    let mut it = shape::icon(icon.node.name.clone(), icon.glyph, tile, Some(inside));
    it.says = words.within(&label, &place);
    it.labels.push(shape::line(label, Style::Name, at));
    canvas.push(it);
    at.y += Style::Name.line() + TAG_GAP / 2.0;
    stack(canvas, tags, at, inside);
}
