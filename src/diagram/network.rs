//! A VPC: its frame, zones as columns, tiers as rows, and the gateways on its edge.

use super::band::Band;
use super::drawing::{Item, Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::Network;
use super::shape::{self, Canvas, Lane};
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
    let (frame, title) = frame(canvas, network, at, inside);
    let columns = columns(canvas, network, at.x + left(network));
    let tiers = network.tiers.iter();
    let heights: Vec<f64> = tiers.map(|it| tier::height(canvas, it, &columns)).collect();
    let gaps = theme::TIER_GAP * heights.len().saturating_sub(1) as f64;
    let inner = theme::ZONE_HEADER + heights.iter().sum::<f64>() + gaps + theme::ZONE_PADDING;
    let right = columns.right().max(title) + theme::PADDING;
    let bottom = at.y + theme::HEADER + inner + theme::PADDING;
    let rect = Rect::new(at.x, at.y, right - at.x, bottom - at.y);
    canvas.close(frame, rect);

    let top = at.y + theme::HEADER;
    let mut y = top + theme::ZONE_HEADER;
    let mut tops = Vec::new();
    for height in &heights {
        tops.push((y, *height));
        y += height + theme::TIER_GAP;
    }
    for (column, zone) in network.zones.iter().enumerate() {
        let x = columns.left(column) - theme::ZONE_PADDING;
        let width = columns.cell + 2.0 * theme::ZONE_PADDING;
        let zone = zone_frame(canvas, *zone, Rect::new(x, top, width, inner), frame);
        let index = canvas.push(zone);
        for (it, place) in network.tiers.iter().zip(&tops) {
            tier::subnet(canvas, it, &columns, column, *place, index);
        }
    }
    for (it, (top, _)) in network.tiers.iter().zip(&tops) {
        tier::groups(canvas, it, &columns, *top, frame);
    }
    lanes(canvas, network, &columns, rect, &tops);
    rect
}

/// Opens a VPC's frame, with the tags that hang on nothing beside its label; gives its index and where that line ends.
fn frame(canvas: &mut Canvas<'_>, network: &Network<'_>, at: Point, inside: usize) -> (usize, f64) {
    let (title, range) = canvas.words.network(network);
    let rect = Rect::new(at.x, at.y, 0.0, 0.0);
    let mut it = shape::item(network.name.clone(), Shape::Vpc, rect, Some(inside));
    it.sign = shape::corner(Sign::Vpc, rect, theme::CORNER);
    it.says.clone_from(&title);
    let name = shape::line(title, Style::Title, shape::beside_corner(at));
    let mut end = name.rect.right();
    let middle = name.rect.center().y;
    it.labels.push(name);
    if let Some(range) = range {
        it.says = canvas.words.within(&it.says, &range);
        let start = Point::new(end + theme::GAP, middle - Style::Name.line() / 2.0);
        let range = shape::line(range, Style::Name, start);
        end = range.rect.right();
        it.labels.push(range);
    }
    let index = canvas.push(it);
    for (glyph, node) in &network.tags {
        let words = canvas.words.tag(node).join(": ");
        let start = Point::new(end + theme::SPACE, at.y + 4.0);
        let tag = shape::tag(node.name.clone(), *glyph, vec![words], start, Some(index));
        end = tag.rect.right();
        canvas.push(tag);
    }
    (index, end)
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
    tops: &[(f64, f64)],
) {
    for column in 1..columns.count {
        let middle = columns.left(column) - columns.between() / 2.0;
        canvas.xs.extend(channel(middle, columns.gutter));
    }
    if let Some(at) = columns.lane() {
        canvas.lane_x(at);
    }
    canvas.lane_x(columns.start - theme::LANE);
    if !network.gates.is_empty() {
        canvas.lane_x(columns.start - 2.0 * theme::LANE);
    }
    canvas.lane_x(columns.right() + theme::PADDING / 2.0);
    for (top, _) in tops.iter().skip(1) {
        let middle = top - theme::TIER_GAP / 2.0;
        canvas.ys.extend(channel(middle, theme::TIER_GAP));
    }
    canvas.lane_y(rect.y + theme::HEADER - theme::LANE / 2.0);
    canvas.lane_y(rect.bottom() - theme::PADDING / 2.0);
}

/// Lanes side by side.
fn channel(middle: f64, width: f64) -> impl Iterator<Item = Lane> {
    let steps = ((width / 2.0 - theme::LANE) / theme::LANE).floor() as i32;
    (-steps..=steps).map(move |step| {
        let off = f64::from(step) * theme::LANE;
        Lane {
            at: (middle + off).round(),
            off: off.abs(),
        }
    })
}

/// Draws the icons on a VPC's edge, each as high as what it leads to.
pub(super) fn gates(canvas: &mut Canvas<'_>, network: &Network<'_>, rect: Rect, inside: usize) {
    let mut highest = rect.y + theme::HEADER + theme::TILE / 2.0;
    for (glyph, node) in &network.gates {
        let ends = canvas.links.iter().filter(|it| it.from == node.name);
        let mut beyond = ends.filter_map(|it| canvas.rect_of(&it.to));
        let beyond = beyond.find(|it| rect.contains(it));
        let y = beyond.map_or(rect.center().y, |it| it.center().y);
        let y = y.max(highest).round();
        highest = y + theme::GATE_STEP;
        let tile = Rect::around(Point::new(rect.x, y), theme::TILE);
        let mut it = shape::icon(node.name.clone(), *glyph, tile, Some(inside));
        it.says = canvas.words.icon(node);
        let lines = measure::wrap(&it.says, Style::Name, theme::GATE_LABEL);
        it.labels = shape::below(tile, lines, Style::Name);
        let rects = it.labels.iter().map(|it| it.rect);
        it.backing = rects.reduce(|a, b| a.union(&b)).map(|it| it.grow(1.0));
        canvas.push(it);
    }
}
