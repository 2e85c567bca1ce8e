//! A tier of a VPC: a subnet in each column, and bands of groups and icons over them.

use super::band::Band;
use super::geometry::{Point, Rect};
use super::plan::Tier;
use super::shape::{Canvas, Wired};
use super::{cell, group, theme};

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

/// Where a tier and its bands are.
pub(super) struct Row {
    pub top: f64,
    pub height: f64,
    /// Top of each band.
    bands: Vec<f64>,
    /// Tops of the gaps above copies, where the wires to them run.
    pub buses: Vec<f64>,
}

/// The width that a tier's subnets need.
pub(super) fn width(tier: &Tier, columns: &Columns) -> f64 {
    let mut left: f64 = 0.0;
    let mut right: f64 = 0.0;
    let mut needed: f64 = 0.0;
    for it in tier.cells.iter().flatten() {
        left = left.max(cell::title_width(it));
        right = right.max(cell::tags_size(&it.tags).0);
    }
    for band in &tier.bands {
        match band {
            Band::Icons(cells) => {
                let widths = cells.iter().flatten().map(|it| cell::icon_size(it).0);
                left = left.max(widths.fold(0.0, f64::max) + theme::CELL_PADDING);
            }
            Band::Copies(cells) => {
                let widths = cells.iter().map(|it| cell::copies_size(it).0);
                needed = needed.max(widths.fold(0.0, f64::max) + 2.0 * theme::CELL_PADDING);
            }
            Band::Group(it) => needed = needed.max(group::width(it, columns)),
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

/// Lays out a tier from its top.
pub(super) fn row(wired: &Wired<'_>, tier: &Tier, columns: &Columns, top: f64) -> Row {
    let mut bands = Vec::new();
    let mut buses = Vec::new();
    let mut y = top + cell::header(tier, columns);
    let mut before: Option<&Band> = None;
    for band in &tier.bands {
        let gap = before.map_or(0.0, |it| gap(wired, it, band));
        if let Band::Copies(_) = band {
            buses.push(y);
        }
        y += gap;
        bands.push(y);
        y += band_height(band);
        before = Some(band);
    }
    Row {
        top,
        height: y + theme::CELL_PADDING - top,
        bands,
        buses,
    }
}

fn band_height(band: &Band) -> f64 {
    match band {
        Band::Icons(columns) => {
            let heights = columns.iter().map(|it| cell::icons_height(it));
            heights.fold(0.0, f64::max)
        }
        Band::Copies(columns) => {
            let heights = columns.iter().map(|it| cell::copies_size(it).1);
            heights.fold(0.0, f64::max)
        }
        Band::Group(it) => group::height(it),
    }
}

fn gap(wired: &Wired<'_>, above: &Band, below: &Band) -> f64 {
    let below = below.names();
    let wired = above.names().iter().any(|above| {
        let mut below = below.iter();
        below.any(|it| wired.contains(&(&**above, &**it)) || wired.contains(&(&**it, &**above)))
    });
    if wired {
        theme::BAND_WIRE_GAP
    } else {
        theme::BAND_GAP
    }
}

/// Draws the subnet of a column, with its tags and the icons that live in it.
pub(super) fn subnet(
    canvas: &mut Canvas<'_>,
    tier: &Tier,
    columns: &Columns,
    column: usize,
    row: &Row,
    inside: usize,
) {
    let Some(Some(it)) = tier.cells.get(column) else {
        return;
    };
    let rect = Rect::new(columns.left(column), row.top, columns.cell, row.height);
    let index = cell::frame(canvas, it, rect, inside);
    let at = if columns.tags_beside {
        let width = cell::tags_size(&it.tags).0;
        Point::new(rect.right() - theme::CELL_PADDING - width, row.top + 4.0)
    } else {
        let down = cell::title_height(it);
        Point::new(rect.x + theme::CELL_PADDING, row.top + down)
    };
    cell::tags(canvas, &it.tags, at, index);
    for (band, top) in tier.bands.iter().zip(&row.bands) {
        match band {
            Band::Icons(cells) => {
                let icons = cells.get(column).map_or(&[][..], Vec::as_slice);
                cell::icons(canvas, icons, rect, *top, columns, index);
            }
            Band::Copies(cells) => {
                let icons = cells.get(column).map_or(&[][..], Vec::as_slice);
                cell::copies(canvas, icons, rect, *top, index);
            }
            Band::Group(_) => (),
        }
    }
}

/// Draws the groups of a tier over its subnets.
pub(super) fn groups(
    canvas: &mut Canvas<'_>,
    tier: &Tier,
    columns: &Columns,
    row: &Row,
    inside: usize,
) {
    for (band, top) in tier.bands.iter().zip(&row.bands) {
        if let Band::Group(it) = band {
            let (first, last) = it.columns;
            let rect = Rect::new(
                columns.left(first) + theme::GROUP_INSET,
                *top,
                columns.span(last + 1 - first),
                group::height(it),
            );
            group::draw(canvas, it, columns, rect, inside);
        }
    }
}
