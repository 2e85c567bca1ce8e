//! A VPC: its frame, zones as columns, tiers as rows, and the gateways on its edge.

use super::band::Band;
use super::drawing::{Item, Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::Network;
use super::shape::{self, Canvas};
use super::tier::{self, Columns};
use super::{measure, theme};
use crate::topology::LinkKind;

/// Room left of the zones.
fn left(network: &Network<'_>) -> f64 {
    if network.gates.is_empty() {
        theme::PADDING
    } else {
        theme::GATE_INSIDE
    }
}

/// Draws a VPC with its corner at a point; gives its box.
pub(super) fn network(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    at: Point,
    inside: usize,
) -> Rect {
    let frame = frame(canvas, network, at, inside);
    let header = header_width(canvas, network);
    let columns = columns(canvas, network, at.x + left(network));
    let heights: Vec<f64> = network
        .tiers
        .iter()
        .map(|it| tier::height(canvas, it, &columns))
        .collect();
    let gaps = theme::TIER_GAP * heights.len().saturating_sub(1) as f64;
    let inner: f64 = heights.iter().sum::<f64>() + gaps;
    let top = at.y + theme::HEADER;
    let zones = Rect::new(
        at.x,
        top,
        columns.right() - at.x,
        if heights.is_empty() {
            theme::TILE
        } else {
            theme::ZONE_HEADER + inner + theme::ZONE_PADDING
        },
    );
    let width = (zones.width + theme::PADDING).max(header);
    let rect = Rect::new(
        at.x,
        at.y,
        width,
        theme::HEADER + zones.height + theme::PADDING,
    );
    canvas.close(frame, rect);

    let mut tops = Vec::new();
    let mut y = top + theme::ZONE_HEADER;
    for height in &heights {
        tops.push(y);
        y += height + theme::TIER_GAP;
    }
    for (column, zone) in network.zones.iter().enumerate() {
        let x = columns.left(column) - theme::ZONE_PADDING;
        let width = columns.cell + 2.0 * theme::ZONE_PADDING;
        let index = canvas.push(zone_frame(
            canvas,
            *zone,
            Rect::new(x, top, width, zones.height),
            frame,
        ));
        for ((it, top), height) in network.tiers.iter().zip(&tops).zip(&heights) {
            tier::cell(canvas, it, &columns, column, (*top, *height), index);
        }
    }
    for (it, top) in network.tiers.iter().zip(&tops) {
        tier::groups(canvas, it, &columns, *top, frame);
    }
    lanes(canvas, network, &columns, rect, &tops);
    rect
}

fn frame(canvas: &mut Canvas<'_>, network: &Network<'_>, at: Point, inside: usize) -> usize {
    let (title, range) = canvas.words.network(network);
    let rect = Rect::new(at.x, at.y, 0.0, 0.0);
    let mut it = shape::item(network.name.clone(), Shape::Vpc, rect, Some(inside));
    it.sign = shape::corner(Sign::Vpc, rect, theme::CORNER);
    it.says = match &range {
        Some(range) => format!("{title} {range}"),
        None => title.clone(),
    };
    let start = Point::new(at.x + theme::CORNER + theme::GAP, at.y + 5.0);
    let name = shape::line(title, Style::Title, start);
    let x = name.rect.right() + theme::GAP;
    it.labels.push(name);
    let range = range.map(|it| shape::line(it, Style::Name, Point::new(x, start.y + 1.5)));
    it.labels.extend(range);
    let index = canvas.push(it);
    loose_tags(canvas, network, at, index);
    index
}

/// Tags that hang on nothing stand beside the VPC's own label.
fn loose_tags(canvas: &mut Canvas<'_>, network: &Network<'_>, at: Point, frame: usize) {
    let label = canvas.items.get(frame).and_then(|it| it.labels.last());
    let mut x = label.map_or(at.x, |it| it.rect.right()) + theme::SPACE;
    for (glyph, node) in &network.tags {
        let words = canvas.words.tag(node).join(": ");
        let at = Point::new(x, at.y + 4.0);
        let tag = shape::tag(node.name.clone(), *glyph, vec![words], at, Some(frame));
        x = tag.rect.right() + theme::GAP;
        canvas.push(tag);
    }
}

/// What the VPC's label line takes.
fn header_width(canvas: &Canvas<'_>, network: &Network<'_>) -> f64 {
    let rights = canvas.items.iter().rev().take(network.tags.len() + 1);
    let ends = rights.flat_map(|it| {
        let labels = it.labels.iter().map(|it| it.rect.right());
        labels.chain([it.rect.right()])
    });
    let start = canvas
        .items
        .iter()
        .rev()
        .find(|it| it.name == network.name)
        .map_or(0.0, |it| it.rect.x);
    ends.fold(start, f64::max) - start + theme::PADDING
}

fn zone_frame(canvas: &Canvas<'_>, zone: crate::aws::Zone, rect: Rect, inside: usize) -> Item {
    let mut it = shape::item(format!("az:{zone}").into(), Shape::Zone, rect, Some(inside));
    let middle = Point::new(rect.center().x, rect.y + 6.0);
    let label = canvas.words.zone(zone);
    it.says.clone_from(&label);
    it.labels.push(shape::centered(label, Style::Title, middle));
    it.alert = Some(shape::centered(
        canvas.words.zone_down(zone),
        Style::Title,
        middle,
    ));
    it
}

/// As wide as the widest thing of any tier needs, all columns alike.
fn columns(canvas: &Canvas<'_>, network: &Network<'_>, start: f64) -> Columns {
    let count = network.zones.len();
    let mut columns = Columns {
        start,
        count,
        cell: theme::CELL_MIN,
        gutter: gutter(canvas, network),
        // Side by side keeps two wide columns low; more columns are to be narrow.
        tags_beside: count <= 2,
        channel: count == 1,
    };
    for zone in &network.zones {
        let words = [canvas.words.zone(*zone), canvas.words.zone_down(*zone)];
        let label = words.map(|it| measure::width(&it, Style::Title));
        columns.cell = label.into_iter().fold(columns.cell, f64::max);
    }
    for tier in &network.tiers {
        columns.cell = columns.cell.max(tier::width(canvas, tier, &columns));
    }
    columns
}

/// Wide enough for the widest label on a wire between two groups.
fn gutter(canvas: &Canvas<'_>, network: &Network<'_>) -> f64 {
    let is_group = |name: &str| {
        network
            .tiers
            .iter()
            .flat_map(|it| &it.bands)
            .any(|band| matches!(band, Band::Group(group) if *group.node.name == *name))
    };
    let between = canvas
        .links
        .iter()
        .filter(|it| it.kind == LinkKind::Request && is_group(&it.from) && is_group(&it.to));
    let labels = between.filter_map(|it| it.label.as_deref());
    let widths = labels.map(|it| measure::width(it, Style::Detail) + 2.0 * theme::GAP);
    widths.fold(theme::GUTTER, f64::max)
}

/// Where wires may run inside a VPC.
fn lanes(
    canvas: &mut Canvas<'_>,
    network: &Network<'_>,
    columns: &Columns,
    rect: Rect,
    tops: &[f64],
) {
    for column in 1..columns.count {
        let middle = columns.left(column) - theme::ZONE_PADDING - columns.gutter / 2.0;
        canvas.xs.extend(spread(middle, columns.gutter));
    }
    canvas.xs.extend(columns.channel());
    let outer = columns.start - theme::ZONE_PADDING;
    canvas.xs.push(outer - theme::LANE);
    if !network.gates.is_empty() {
        canvas.xs.push(outer - 2.0 * theme::LANE);
    }
    canvas.xs.push(columns.right() + theme::PADDING / 2.0);
    for top in tops.iter().skip(1) {
        let gap = theme::TIER_GAP;
        canvas.ys.extend(spread(top - gap / 2.0, gap));
    }
    canvas.ys.push(rect.y + theme::HEADER - theme::LANE / 2.0);
    canvas.ys.push(rect.bottom() - theme::PADDING / 2.0);
}

/// Lanes side by side in a channel, its middle first.
fn spread(middle: f64, width: f64) -> Vec<f64> {
    let steps = ((width / 2.0 - theme::LANE) / theme::LANE).floor() as i32;
    (-steps..=steps)
        .map(|step| middle + f64::from(step) * theme::LANE)
        .collect()
}

/// Draws the icons on a VPC's edge, each as high as what it leads to.
pub(super) fn gates(canvas: &mut Canvas<'_>, network: &Network<'_>, rect: Rect, inside: usize) {
    let mut lowest = rect.y + theme::HEADER + theme::TILE / 2.0;
    for (glyph, node) in &network.gates {
        let ends = canvas.links.iter().filter(|it| it.from == node.name);
        let beyond = ends.filter_map(|it| canvas.rect_of(&it.to));
        let beyond = beyond
            .into_iter()
            .find(|it| it.x > rect.x && rect.contains(it));
        let wanted = beyond.map_or(rect.center().y, |it| it.center().y);
        let y = wanted.max(lowest);
        lowest = y + theme::GATE_STEP;
        let tile = Rect::around(Point::new(rect.x, y), theme::TILE);
        let label = canvas.words.icon(node);
        canvas.push(shape::icon_above(
            node.name.clone(),
            *glyph,
            tile,
            (&label, theme::GATE_LABEL),
            Some(inside),
        ));
    }
}
