//! One subnet: its name and range, its tags, and the icons that live in it alone.

use super::band::Icon;
use super::drawing::{Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::{Cell, Tag, Tier};
use super::shape::{self, Canvas};
use super::tier::Columns;
use super::{measure, theme};

/// Between two tags.
pub(super) const TAG_GAP: f64 = 4.0;
/// Between a tile and the text beside it: room for a badge on the tile's corner.
const BESIDE: f64 = 12.0;
/// From a subnet's side to its name.
const TITLE_INSET: f64 = theme::SUBNET_CORNER + theme::GAP;

/// Width of the widest tag and height of all.
pub(super) fn tags_size(tags: &[Tag]) -> (f64, f64) {
    let widths = tags.iter().map(|it| shape::tag_size(&it.lines).0);
    (widths.fold(0.0, f64::max), tags_height(tags))
}

fn tags_height(tags: &[Tag]) -> f64 {
    let heights = tags.iter().map(|it| shape::tag_height(&it.lines));
    heights.fold(0.0, |all, its| all + its + TAG_GAP)
}

/// Up to the end of a subnet's name and range.
pub(super) fn title_width(cell: &Cell) -> f64 {
    let title = measure::width(&cell.title, Style::Title);
    let range = cell.range.as_deref();
    TITLE_INSET + title.max(range.map_or(0.0, |it| measure::width(it, Style::Name)))
}

/// Height of a subnet's name, and of its range where that is written down.
pub(super) fn title_height(cell: &Cell) -> f64 {
    match cell.range {
        Some(_) => theme::CELL_HEADER,
        None => theme::CELL_HEADER - Style::Name.line(),
    }
}

/// Height of names, ranges and tags over all columns.
pub(super) fn header(tier: &Tier, columns: &Columns) -> f64 {
    let cells = tier.cells.iter().flatten();
    let heights = cells.map(|it| {
        let tags = tags_height(&it.tags);
        if columns.tags_beside {
            title_height(it).max(tags + TAG_GAP)
        } else {
            title_height(it) + tags
        }
    });
    heights.fold(0.0, f64::max)
}

/// Width and height of an icon with its label and tags beside it.
pub(super) fn icon_size(icon: &Icon) -> (f64, f64) {
    let label = measure::width(&icon.label, Style::Name);
    let width = tags_size(&icon.tags).0;
    (theme::TILE + BESIDE + label.max(width), icon_height(icon))
}

fn icon_height(icon: &Icon) -> f64 {
    theme::TILE.max(Style::Name.line() + tags_height(&icon.tags))
}

pub(super) fn icons_height(icons: &[Icon]) -> f64 {
    let heights = icons.iter().map(icon_height);
    heights.sum::<f64>() + theme::GAP * icons.len().saturating_sub(1) as f64
}

/// Draws a subnet without its content; gives its index.
pub(super) fn frame(canvas: &mut Canvas<'_>, cell: &Cell, rect: Rect, inside: usize) -> usize {
    let (shape, sign) = if cell.is_public {
        (Shape::PublicSubnet, Sign::PublicSubnet)
    } else {
        (Shape::PrivateSubnet, Sign::PrivateSubnet)
    };
    let mut it = shape::item(cell.name.clone(), shape, rect, Some(inside));
    it.sign = shape::corner(sign, rect, theme::SUBNET_CORNER);
    it.says.clone_from(&cell.title);
    let at = Point::new(rect.x + TITLE_INSET, rect.y + 4.0);
    it.labels
        .push(shape::line(cell.title.clone(), Style::Title, at));
    if let Some(range) = &cell.range {
        it.says = canvas.words.within(&cell.title, range);
        let below = Point::new(at.x, at.y + Style::Title.line());
        it.labels
            .push(shape::line(range.clone(), Style::Name, below));
    }
    canvas.push(it)
}

/// Draws tags, one under the other.
pub(super) fn tags(canvas: &mut Canvas<'_>, tags: &[Tag], mut at: Point, inside: usize) {
    for it in tags {
        let tag = shape::tag(it, at, Some(inside));
        at.y = tag.rect.bottom() + TAG_GAP;
        canvas.push(tag);
    }
}

/// Draws the icons that live in a subnet, one under the other.
pub(super) fn icons(
    canvas: &mut Canvas<'_>,
    icons: &[Icon],
    cell: Rect,
    mut top: f64,
    columns: &Columns,
    inside: usize,
) {
    let widths = icons.iter().map(|it| icon_size(it).0);
    let widest = widths.fold(0.0, f64::max);
    // In a single column the middle is for wires.
    let x = if columns.channel {
        cell.x + theme::CELL_PADDING
    } else {
        (cell.x + (cell.width - widest) / 2.0).round()
    };
    for it in icons {
        let (width, height) = icon_size(it);
        icon(canvas, it, Rect::new(x, top, width, height), inside);
        top += height + theme::GAP;
    }
}

/// The lines under a copy.
fn copy_lines(icon: &Icon) -> Vec<String> {
    measure::wrap(&icon.label, Style::Name, theme::LABEL_WIDTH)
}

/// Width of a copy's place, and height of the highest.
fn copy_slot(icons: &[Icon]) -> (f64, f64) {
    icons
        .iter()
        .fold((theme::SLOT, 0.0), |(width, height), icon| {
            let lines = copy_lines(icon);
            let widths = lines.iter().map(|it| measure::width(it, Style::Name));
            let (tags, below) = tags_size(&icon.tags);
            let own = shape::height_above(lines.len(), Style::Name) + below;
            let widest = widths.fold(tags, f64::max) + theme::GAP;
            (width.max(widest), height.max(own))
        })
}

/// Width and height of copies side by side.
pub(super) fn copies_size(icons: &[Icon]) -> (f64, f64) {
    let (width, height) = copy_slot(icons);
    (width * icons.len() as f64, height)
}

/// Draws copies side by side around the middle of a subnet, each with its label under it.
pub(super) fn copies(canvas: &mut Canvas<'_>, icons: &[Icon], cell: Rect, top: f64, inside: usize) {
    let slot = copy_slot(icons).0;
    let first = cell.center().x - slot * (icons.len() as f64 - 1.0) / 2.0;
    for (place, it) in icons.iter().enumerate() {
        let x = (first + slot * place as f64 - theme::TILE / 2.0).round();
        let tile = Rect::new(x, top, theme::TILE, theme::TILE);
        let mut item = shape::icon(it.name.clone(), it.glyph, tile, Some(inside));
        item.says = says(canvas, it, inside);
        item.labels = shape::below(tile, copy_lines(it), Style::Name);
        let under = shape::height_above(item.labels.len(), Style::Name);
        canvas.push(item);
        let top = Point::new(tile.center().x, top + under + TAG_GAP);
        tags_below(canvas, &it.tags, top, inside);
    }
}

/// Draws tags around a point, one under the other: the middle of the first one's top.
pub(super) fn tags_below(canvas: &mut Canvas<'_>, tags: &[Tag], mut at: Point, inside: usize) {
    for it in tags {
        let (width, height) = shape::tag_size(&it.lines);
        let corner = Point::new((at.x - width / 2.0).round(), at.y);
        canvas.push(shape::tag(it, corner, Some(inside)));
        at.y += height + TAG_GAP;
    }
}

/// What an icon is, and the subnet that it lives in.
fn says(canvas: &Canvas<'_>, icon: &Icon, inside: usize) -> String {
    let place = canvas.items.get(inside).and_then(|it| it.labels.first());
    match place {
        Some(place) => canvas.words.within(&icon.label, &place.text),
        None => icon.label.clone(),
    }
}

/// Draws an icon with its label and tags to the right, in the middle of a box's height.
fn icon(canvas: &mut Canvas<'_>, icon: &Icon, area: Rect, inside: usize) {
    let says = says(canvas, icon, inside);
    let top = area.center().y - theme::TILE / 2.0;
    let tile = Rect::new(area.x, top, theme::TILE, theme::TILE);
    let text = Style::Name.line() + tags_height(&icon.tags);
    let mut at = Point::new(tile.right() + BESIDE, area.center().y - text / 2.0);
    let mut it = shape::icon(icon.name.clone(), icon.glyph, tile, Some(inside));
    it.says = says;
    it.labels = vec![shape::line(icon.label.clone(), Style::Name, at)];
    canvas.push(it);
    at.y += Style::Name.line() + TAG_GAP / 2.0;
    tags(canvas, &icon.tags, at, inside);
}
