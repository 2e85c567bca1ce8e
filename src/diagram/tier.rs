//! A tier of a VPC: a subnet in each column, and bands of groups and icons over them.

use super::band::Band;
use super::geometry::{Point, Rect};
use super::plan::Tier;
use super::shape::Canvas;
use super::{cell, group, theme};
use crate::aws::Name;

/// The columns of a VPC.
pub(super) struct Columns {
    /// Left side of the first zone.
    pub start: f64,
    pub count: usize,
    /// Width of a subnet.
    pub cell: f64,
    /// Between two zones.
    pub gutter: f64,
    /// Whether tags stand beside a subnet's name or under it.
    pub tags_beside: bool,
    /// Whether wires need room inside the subnets: a single column has no gutter.
    pub channel: bool,
}

impl Columns {
    /// From one subnet to the next.
    pub fn between(&self) -> f64 {
        self.gutter + 2.0 * theme::ZONE_PADDING
    }

    /// Left side of a subnet.
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

    /// The lane in the middle of the only column.
    pub fn lane(&self) -> Option<f64> {
        self.channel
            .then(|| (self.left(0) + self.cell / 2.0).round())
    }
}

/// The width that a tier's subnets need.
pub(super) fn width(canvas: &Canvas<'_>, tier: &Tier<'_>, columns: &Columns) -> f64 {
    let words = canvas.words;
    let mut left: f64 = 0.0;
    let mut right: f64 = 0.0;
    let mut needed: f64 = 0.0;
    for it in tier.cells.iter().flatten() {
        left = left.max(cell::title_width(words, it));
        right = right.max(cell::tags_size(words, it).0);
    }
    for band in &tier.bands {
        match band {
            Band::Icons(cells) => {
                let widths = cells
                    .iter()
                    .flatten()
                    .map(|it| cell::icon_size(words, it).0);
                left = left.max(widths.fold(0.0, f64::max) + theme::CELL_PADDING);
            }
            Band::Group(it) => needed = needed.max(group::width(words, it, columns)),
        }
    }
    right += theme::CELL_PADDING;
    let beside = if columns.channel {
        2.0 * left.max(right) + theme::CELL_CHANNEL
    } else if columns.tags_beside {
        left + theme::SPACE + right
    } else {
        left.max(right) + theme::CELL_PADDING
    };
    needed.max(beside)
}

/// Tops of the bands, from the top of the tier, and the tier's height.
fn bands(canvas: &Canvas<'_>, tier: &Tier<'_>, columns: &Columns) -> (Vec<f64>, f64) {
    let mut tops = Vec::new();
    let mut y = cell::header(canvas.words, tier, columns);
    let mut before: Option<&Band<'_>> = None;
    for band in &tier.bands {
        y += before.map_or(0.0, |it| gap(canvas, it, band));
        tops.push(y);
        y += band_height(canvas, band);
        before = Some(band);
    }
    (tops, y + theme::CELL_PADDING)
}

pub(super) fn height(canvas: &Canvas<'_>, tier: &Tier<'_>, columns: &Columns) -> f64 {
    bands(canvas, tier, columns).1
}

fn band_height(canvas: &Canvas<'_>, band: &Band<'_>) -> f64 {
    match band {
        Band::Icons(columns) => {
            let heights = columns
                .iter()
                .map(|it| cell::icons_height(canvas.words, it));
            heights.fold(0.0, f64::max)
        }
        Band::Group(it) => group::height(canvas.words, it),
    }
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

/// Draws the subnet of a column, with its tags and its own icons.
pub(super) fn subnet(
    canvas: &mut Canvas<'_>,
    tier: &Tier<'_>,
    columns: &Columns,
    column: usize,
    (top, height): (f64, f64),
    inside: usize,
) {
    let Some(Some(it)) = tier.cells.get(column) else {
        return;
    };
    let rect = Rect::new(columns.left(column), top, columns.cell, height);
    let index = cell::frame(canvas, it, rect, inside);
    let at = if columns.tags_beside {
        let width = cell::tags_size(canvas.words, it).0;
        Point::new(rect.right() - theme::CELL_PADDING - width, top + 4.0)
    } else {
        Point::new(rect.x + theme::CELL_PADDING, top + theme::CELL_HEADER)
    };
    cell::tags(canvas, it, at, index);
    let (tops, _) = bands(canvas, tier, columns);
    for (band, offset) in tier.bands.iter().zip(tops) {
        if let Band::Icons(cells) = band {
            let icons = cells.get(column).map_or(&[][..], Vec::as_slice);
            cell::icons(canvas, icons, rect, top + offset, columns, index);
        }
    }
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
                group::height(canvas.words, it),
            );
            group::draw(canvas, it, columns, rect, inside);
        }
    }
}
