//! From the plan to coordinates: the outside on the left, then Regions side by side, each with its VPCs and companions.

use super::caption::Words;
use super::drawing::{Item, Key, Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::network;
use super::plan::{Company, Plan, RegionPlan};
use super::shape::{self, Canvas};
use super::{measure, theme};
use crate::aws::Glyph;
use crate::text::{Text, text};
use crate::topology::{INTERNET, LinkKind, USERS};

/// Places everything; gives the size of the drawing.
pub(super) fn place(canvas: &mut Canvas<'_>, plan: &Plan<'_>) -> (f64, f64) {
    let strip = strip_width(canvas, plan);
    let mut at = Point::new(theme::MARGIN, theme::MARGIN);
    if !plan.regions.is_empty() {
        at.x += strip + theme::SPACE;
    }
    let mut ends = Point::new(theme::MARGIN + strip, theme::MARGIN);
    for it in &plan.regions {
        let rect = region(canvas, it, at);
        canvas.xs.push(rect.right() + theme::SPACE);
        ends = Point::new(rect.right(), ends.y.max(rect.bottom()));
        at.x = rect.right() + 2.0 * theme::SPACE;
    }
    canvas.ys.push(theme::MARGIN / 2.0);
    let bottom = outside(canvas, plan, strip);
    let legend = legend_height(canvas);
    let height = ends.y.max(bottom + legend) + theme::MARGIN;
    (ends.x + theme::MARGIN, height)
}

/// Draws a Region with its corner at a point; gives its box.
fn region(canvas: &mut Canvas<'_>, plan: &RegionPlan<'_>, at: Point) -> Rect {
    let title = canvas.words.region(plan.region);
    let name = plan
        .region
        .map_or_else(|| "region:".into(), |it| format!("region:{it}"));
    let corner = Rect::new(at.x, at.y, 0.0, 0.0);
    let start = Point::new(at.x + theme::CORNER + theme::GAP, at.y + 5.0);
    let mut frame = shape::item(name.into(), Shape::Region, corner, None);
    frame.sign = shape::corner(Sign::Region, corner, theme::CORNER);
    frame.says.clone_from(&title);
    frame.labels.push(shape::line(title, Style::Title, start));
    let mut right = frame
        .labels
        .iter()
        .map(|it| it.rect.right())
        .fold(at.x, f64::max);
    let index = canvas.push(frame);

    let top = at.y + theme::HEADER;
    let mut bottom = top + theme::TILE;
    let mut x = at.x;
    let mut rects = Vec::new();
    for it in &plan.networks {
        x += if it.gates.is_empty() {
            theme::PADDING
        } else {
            theme::GATE_OUTSIDE
        };
        let rect = network::network(canvas, it, Point::new(x, top), index);
        x = rect.right();
        bottom = bottom.max(rect.bottom());
        rects.push(rect);
    }
    for (it, rect) in plan.networks.iter().zip(&rects) {
        network::gates(canvas, it, *rect, index);
        let outer = rect.x - theme::GATE_OUTSIDE / 2.0;
        canvas.xs.push(outer);
    }
    if !plan.companions.is_empty() {
        let area = Rect::new(x + theme::SPACE, top, 0.0, bottom - top);
        let used = companions(canvas, &plan.companions, area, index);
        x = used.right();
        bottom = bottom.max(used.bottom());
    }
    right = right.max(x);
    let rect = Rect::new(
        at.x,
        at.y,
        right + theme::PADDING - at.x,
        bottom + theme::PADDING - at.y,
    );
    canvas.close(index, rect);
    rect
}

/// Icons in columns as high as an area, evenly spread; gives the box that they fill.
fn companions(canvas: &mut Canvas<'_>, all: &[Company<'_>], area: Rect, inside: usize) -> Rect {
    let blocks: Vec<(String, Vec<String>)> = all
        .iter()
        .map(|it| {
            let label = canvas.words.companion(&it.nodes);
            let lines = measure::wrap(&label, Style::Name, theme::LABEL_WIDTH);
            (label, lines)
        })
        .collect();
    let widths = blocks
        .iter()
        .flat_map(|(_, lines)| lines)
        .map(|it| measure::width(it, Style::Name));
    let width = widths.fold(theme::TILE, f64::max);
    let tallest = blocks
        .iter()
        .map(|(_, lines)| shape::height_above(lines.len(), Style::Name))
        .fold(0.0, f64::max);
    let fit = ((area.height + theme::SPACE) / (tallest + theme::SPACE)).floor() as usize;
    let columns = all.len().div_ceil(fit.max(1));
    let rows = all.len().div_ceil(columns.max(1));
    let spare = (area.height - rows as f64 * tallest) / rows as f64;
    let step = tallest + spare.clamp(theme::SPACE, 2.0 * theme::SPACE);
    let used = step * rows as f64 - (step - tallest);
    let top = (area.y + (area.height - used) / 2.0).max(area.y).round();
    for (place, (it, (label, _))) in all.iter().zip(&blocks).enumerate() {
        let (column, row) = (place / rows, place % rows);
        let x = area.x + column as f64 * (width + theme::SPACE) + width / 2.0;
        let y = (top + row as f64 * step).round();
        let tile = Rect::new((x - theme::TILE / 2.0).round(), y, theme::TILE, theme::TILE);
        let item = company(it, tile, label, Some(inside));
        canvas.push(item);
    }
    let across = columns as f64 * (width + theme::SPACE) - theme::SPACE;
    Rect::new(area.x, area.y, across, (top + used - area.y).max(0.0))
}

fn company(it: &Company<'_>, tile: Rect, label: &str, inside: Option<usize>) -> Item {
    let names: Vec<_> = it.nodes.iter().map(|it| it.name.clone()).collect();
    let name = names.first().cloned().unwrap_or_else(|| "".into());
    let mut item = shape::icon_above(name, it.glyph, tile, (label, theme::LABEL_WIDTH), inside);
    if names.len() > 1 {
        item.all = names;
    }
    item
}

/// The ports that users ask for, one a line.
pub(super) fn plate_lines(label: &str) -> Vec<String> {
    label.split(", ").map(str::to_owned).collect()
}

fn strip_width(canvas: &Canvas<'_>, plan: &Plan<'_>) -> f64 {
    let words = canvas.words;
    let mut labels = vec![words.users(), words.internet()];
    labels.extend(plan.global.iter().map(|it| words.companion(&it.nodes)));
    let icons = labels
        .iter()
        .flat_map(|it| measure::wrap(it, Style::Name, theme::LABEL_WIDTH))
        .map(|it| measure::width(&it, Style::Name));
    let outer = canvas.links.iter().filter(|it| *it.from == *USERS);
    let ports = outer
        .filter_map(|it| it.label.as_deref())
        .flat_map(plate_lines)
        .map(|it| measure::width(&it, Style::Detail) + theme::GAP);
    let keys = kinds(canvas).into_iter().map(|kind| {
        let label = words.say(key(kind));
        theme::KEY + theme::GAP + measure::width(&label, Style::Detail)
    });
    icons
        .chain(ports)
        .chain(keys)
        .fold(theme::TILE, f64::max)
        .ceil()
}

/// Draws users, the internet beside the gateway that leads to it, and global services under it; gives the lowest point.
fn outside(canvas: &mut Canvas<'_>, plan: &Plan<'_>, strip: f64) -> f64 {
    let words = canvas.words;
    let middle = theme::MARGIN + strip / 2.0;
    let ports = canvas.links.iter().find(|it| *it.from == *USERS);
    let lines = ports.and_then(|it| it.label.as_deref()).map(plate_lines);
    let plate = lines.map_or(0, |it| it.len()) as f64 * Style::Detail.line();
    let icon = shape::height_above(1, Style::Name);
    // The wire between the two, with room for its arrowhead around its label.
    let wire = plate + 3.0 * theme::SPACE;
    let gate = canvas.links.iter().find(|it| *it.from == *INTERNET);
    let gate = gate.and_then(|it| canvas.rect_of(&it.to));
    let lowest = theme::MARGIN + icon + wire;
    let top = gate.map_or(lowest, |it| it.y.max(lowest));
    let tile = |y: f64| {
        Rect::new(
            (middle - theme::TILE / 2.0).round(),
            y,
            theme::TILE,
            theme::TILE,
        )
    };
    let users = tile(top - wire - icon);
    canvas.push(shape::icon_above(
        USERS.into(),
        Glyph::Users,
        users,
        (&words.users(), theme::LABEL_WIDTH),
        None,
    ));
    let internet = shape::icon_above(
        INTERNET.into(),
        Glyph::Internet,
        tile(top),
        (&words.internet(), theme::LABEL_WIDTH),
        None,
    );
    canvas.push(internet);
    let mut y = top + icon + theme::SPACE;
    for it in &plan.global {
        let label = words.companion(&it.nodes);
        let item = company(it, tile(y), &label, None);
        y += shape::height_above(item.labels.len(), Style::Name) + theme::SPACE;
        canvas.push(item);
    }
    y
}

const REQUEST: Text = text("diagram.legend.request", "Requests");
const EGRESS: Text = text("diagram.legend.egress", "Outbound");
const COPY: Text = text("diagram.legend.replication", "Replication");

fn key(kind: LinkKind) -> Text {
    match kind {
        LinkKind::Request => REQUEST,
        LinkKind::Egress => EGRESS,
        LinkKind::Replication => COPY,
    }
}

/// The kinds of wires that there are, in the order of the legend.
fn kinds(canvas: &Canvas<'_>) -> Vec<LinkKind> {
    let mut kinds: Vec<LinkKind> = canvas.links.iter().map(|it| it.kind).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

/// Height of a line of the legend.
const KEY_LINE: f64 = 20.0;

fn legend_height(canvas: &Canvas<'_>) -> f64 {
    kinds(canvas).len() as f64 * KEY_LINE
}

/// What the kinds of wires mean, in the lower left corner.
pub(super) fn legend(canvas: &Canvas<'_>, height: f64) -> Vec<Key> {
    let kinds = kinds(canvas);
    let top = height - theme::MARGIN - kinds.len() as f64 * KEY_LINE;
    let keys = kinds.into_iter().enumerate().map(|(place, kind)| {
        let y = top + (place as f64 + 0.5) * KEY_LINE;
        let from = Point::new(theme::MARGIN, y);
        let to = Point::new(theme::MARGIN + theme::KEY, y);
        let start = Point::new(to.x + theme::GAP, y - Style::Detail.line() / 2.0);
        let label = shape::line(canvas.words.say(key(kind)), Style::Detail, start);
        Key {
            kind,
            from,
            to,
            label,
        }
    });
    keys.collect()
}

/// Accessible words of the classes of what is not healthy.
pub(super) fn states(words: Words<'_>) -> [(&'static str, &'static str); 3] {
    [
        ("degraded", text("diagram.degraded", "degraded")),
        ("failed", text("diagram.failed", "failed")),
        ("recovering", text("diagram.recovering", "recovering")),
    ]
    .map(|(class, text)| (class, text.render(words.lang)))
}
