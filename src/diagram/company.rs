//! Icons that stand in no network: regional company of the architecture, global services.

use super::drawing::{Item, Style};
use super::geometry::Rect;
use super::plan::Company;
use super::shape::{self, Canvas};
use super::{measure, theme};

/// A label broken into lines.
fn lines(canvas: &Canvas<'_>, it: &Company<'_>) -> Vec<String> {
    let label = canvas.words.companion(&it.nodes);
    measure::wrap(&label, Style::Name, theme::LABEL_WIDTH)
}

/// Width and height of the largest.
fn block(canvas: &Canvas<'_>, all: &[Company<'_>]) -> (f64, f64) {
    all.iter().map(|it| lines(canvas, it)).fold(
        (theme::TILE, theme::TILE),
        |(width, height), lines| {
            let widths = lines.iter().map(|it| measure::width(it, Style::Name));
            (
                widths.fold(width, f64::max),
                height.max(shape::height_above(lines.len(), Style::Name)),
            )
        },
    )
}

/// Draws icons in columns as high as an area, evenly spread; gives the box that they fill.
pub(super) fn companions(
    canvas: &mut Canvas<'_>,
    all: &[Company<'_>],
    area: Rect,
    inside: usize,
) -> Rect {
    let (width, height) = block(canvas, all);
    let fit = ((area.height + theme::SPACE) / (height + theme::SPACE)).floor() as usize;
    let columns = all.len().div_ceil(fit.max(1)).max(1);
    let rows = all.len().div_ceil(columns).max(1);
    let spare = (area.height - rows as f64 * height) / rows as f64;
    let step = height + spare.clamp(theme::SPACE, 2.0 * theme::SPACE);
    let used = step * (rows - 1) as f64 + height;
    let top = (area.y + (area.height - used) / 2.0).max(area.y).round();
    for (place, it) in all.iter().enumerate() {
        let x = area.x + (place / rows) as f64 * (width + theme::SPACE) + width / 2.0;
        let y = top + ((place % rows) as f64 * step).round();
        let left = (x - theme::TILE / 2.0).round();
        let tile = Rect::new(left, y, theme::TILE, theme::TILE);
        let item = icon(canvas, it, tile, Some(inside));
        canvas.push(item);
    }
    let across = columns as f64 * (width + theme::SPACE) - theme::SPACE;
    Rect::new(area.x, area.y, across, top + used - area.y)
}

/// An icon for one node, or for several of one kind.
pub(super) fn icon(
    canvas: &Canvas<'_>,
    it: &Company<'_>,
    tile: Rect,
    inside: Option<usize>,
) -> Item {
    let names: Vec<_> = it.nodes.iter().map(|it| it.name.clone()).collect();
    let name = names.first().cloned().unwrap_or_else(|| "".into());
    let mut item = shape::icon(name, it.glyph, tile, inside);
    item.labels = shape::below(tile, lines(canvas, it), Style::Name);
    item.says = canvas.words.companion(&it.nodes);
    if names.len() > 1 {
        item.all = names;
    }
    item
}
