//! Icons that stand in no network: regional company of the architecture, global services.

use super::drawing::{Item, Style};
use super::geometry::Rect;
use super::plan::Company;
use super::shape::{self, Canvas};
use super::{measure, theme};
use crate::aws::Figure;
use crate::topology::LinkKind;

/// A label broken into lines.
pub(super) fn lines(it: &Company) -> Vec<String> {
    measure::wrap(&it.label, Style::Name, theme::LABEL_WIDTH)
}

/// Width and height of the largest.
pub(super) fn block(all: &[Company]) -> (f64, f64) {
    all.iter()
        .map(lines)
        .fold((theme::TILE, theme::TILE), |(width, height), lines| {
            let widths = lines.iter().map(|it| measure::width(it, Style::Name));
            (
                widths.fold(width, f64::max),
                height.max(shape::height_above(lines.len(), Style::Name)),
            )
        })
}

/// Draws icons in columns as high as an area, evenly spread; gives the box that they fill.
pub(super) fn companions(
    canvas: &mut Canvas<'_>,
    all: &[Company],
    area: Rect,
    inside: usize,
) -> Rect {
    let (width, height) = block(all);
    let controlled = is_controlled(canvas);
    let apart = if controlled {
        theme::SPACE + 2.0 * theme::LANE
    } else {
        theme::SPACE
    };
    let fit = ((area.height + theme::SPACE) / (height + theme::SPACE)).floor() as usize;
    let columns = all.len().div_ceil(fit.max(1)).max(1);
    let rows = all.len().div_ceil(columns).max(1);
    let spare = (area.height - rows as f64 * height) / rows as f64;
    let step = height + spare.clamp(theme::SPACE, 2.0 * theme::SPACE);
    let used = step * (rows - 1) as f64 + height;
    let top = (area.y + (area.height - used) / 2.0).max(area.y).round();
    for (place, it) in all.iter().enumerate() {
        let x = area.x + (place / rows) as f64 * (width + apart) + width / 2.0;
        let y = top + ((place % rows) as f64 * step).round();
        if controlled && place < rows {
            canvas.lane_y(y - theme::SPACE / 2.0);
        }
        let left = (x - theme::TILE / 2.0).round();
        let tile = Rect::new(left, y, theme::TILE, theme::TILE);
        let item = icon(it, tile, Some(inside));
        canvas.push(item);
    }
    let across = columns as f64 * (width + apart) - apart;
    for column in 1..columns {
        let middle = area.x + column as f64 * (width + apart) - apart / 2.0;
        if controlled {
            let lanes = [-theme::LANE, 0.0, theme::LANE].map(|it| (middle + it).round());
            lanes.into_iter().for_each(|it| canvas.lane_x(it));
        }
    }
    Rect::new(area.x, area.y, across, top + used - area.y)
}

/// Draws icons in rows as wide as an area, evenly spread; gives the box that they fill.
pub(super) fn rows(canvas: &mut Canvas<'_>, all: &[Company], area: Rect, inside: usize) -> Rect {
    let (width, height) = block(all);
    let least = width + theme::SPACE;
    let fit = ((area.width + theme::SPACE) / least).floor() as usize;
    let rows = all.len().div_ceil(fit.max(1)).max(1);
    let columns = all.len().div_ceil(rows).max(1);
    let step = (area.width / columns as f64).max(least);
    let controlled = is_controlled(canvas);
    let apart = if controlled {
        theme::SPACE + 2.0 * theme::LANE
    } else {
        theme::SPACE
    };
    for (place, it) in all.iter().enumerate() {
        let (row, column) = (place / columns, place % columns);
        let middle = area.x + (column as f64 + 0.5) * step;
        let y = area.y + row as f64 * (height + apart);
        let tile = Rect::new(
            (middle - theme::TILE / 2.0).round(),
            y.round(),
            theme::TILE,
            theme::TILE,
        );
        let item = icon(it, tile, Some(inside));
        canvas.push(item);
        if controlled && column == 0 && row > 0 {
            let above = (y - apart / 2.0).round();
            [-theme::LANE, 0.0, theme::LANE]
                .into_iter()
                .for_each(|it| canvas.lane_y(above + it));
        }
        if controlled && row == 0 && column > 0 {
            canvas.lane_x((area.x + column as f64 * step).round());
        }
    }
    let high = rows as f64 * (height + apart) - apart;
    Rect::new(area.x, area.y, columns as f64 * step, high)
}

/// Draws what requests come to without entering a VPC, one under the other beside it, with room for wires; gives the box
/// that they fill.
pub(super) fn path(canvas: &mut Canvas<'_>, all: &[Company], area: Rect, inside: usize) -> Rect {
    let (width, height) = block(all);
    let least = height + 2.0 * theme::SPACE;
    let spare = area.height / all.len().max(1) as f64;
    let step = spare.clamp(least, 1.5 * least);
    let before = theme::SPACE + 3.0 * theme::LANE;
    let left = area.x + before;
    for lane in 0..3 {
        canvas.lane_x((area.x + theme::SPACE + f64::from(lane) * theme::LANE).round());
    }
    for (place, it) in all.iter().enumerate() {
        let y = area.y + place as f64 * step;
        let tile = Rect::new(
            (left + (width - theme::TILE) / 2.0).round(),
            y.round(),
            theme::TILE,
            theme::TILE,
        );
        canvas.push(icon(it, tile, Some(inside)));
        let below = y + height + (step - height) / 2.0;
        canvas.lane_y(below.round());
    }
    let high = step * (all.len() as f64 - 1.0) + height;
    let right = left + width;
    canvas.lane_x((right + theme::SPACE / 2.0).round());
    Rect::new(area.x, area.y, right - area.x, high)
}

/// Whether wires run between companions.
fn is_controlled(canvas: &Canvas<'_>) -> bool {
    let is_one = |name: &str| {
        let node = canvas.words.topology.node(name);
        node.is_some_and(|it| matches!(it.resource.figure(), Figure::Companion(_)))
    };
    let mut links = canvas.links.iter();
    links.any(|it| it.kind == LinkKind::Control || is_one(&it.from) && is_one(&it.to))
}

/// An icon for one node, or for several of one kind.
pub(super) fn icon(it: &Company, tile: Rect, inside: Option<usize>) -> Item {
    let name = it.names.first().cloned();
    let name = name.unwrap_or_else(|| "".into());
    let mut item = shape::icon(name, it.glyph, tile, inside);
    item.labels = shape::below(tile, lines(it), Style::Name);
    item.says.clone_from(&it.label);
    if it.names.len() > 1 {
        item.all.clone_from(&it.names);
        item.present = it.names.len();
    }
    item
}
