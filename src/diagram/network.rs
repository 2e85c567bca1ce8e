//! A VPC: its frame, zones as columns, tiers as rows, and the gateways on its edge.

use super::band::{Band, Group};
use super::drawing::{Item, Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::{Network, Tag};
use super::shape::{self, Canvas, Detour, Lane};
use super::tier::{self, Columns, Row};
use super::{measure, theme};
use crate::aws::Name;
use crate::topology::{Link, LinkKind, Site};

/// Where so many groups ask one another, their wires need lanes beside the usual ones.
const CROWD: usize = 6;

/// Width of those lanes on either side.
fn crowded(network: &Network) -> f64 {
    let bands = network.tiers.iter().flat_map(|it| &it.bands);
    let groups = bands.filter(|it| matches!(it, Band::Group(_))).count();
    if groups < CROWD {
        0.0
    } else {
        2.0 * theme::LANE
    }
}

/// Room left of the zones.
fn left(canvas: &Canvas<'_>, network: &Network) -> f64 {
    usual(canvas, network) + crowded(network)
}

fn usual(canvas: &Canvas<'_>, network: &Network) -> f64 {
    let plain = if network.gates.is_empty() {
        theme::PADDING
    } else {
        theme::GATE_INSIDE
    };
    match detour(canvas, network) {
        Some((off, _)) if network.gates.is_empty() => plain.max(2.0 * off),
        Some((off, _)) => plain.max(off + theme::GATE_LABEL / 2.0 + theme::GAP),
        None => plain,
    }
}

/// How far left of the zones labelled wires run past groups that stand between their ends, so that their labels have room;
/// with the wires. `None` where there are none.
fn detour<'a>(canvas: &Canvas<'a>, network: &Network) -> Option<(f64, Vec<&'a Link>)> {
    let bands = network.tiers.iter().flat_map(|it| &it.bands);
    let groups: Vec<&Group> = bands
        .filter_map(|it| match it {
            Band::Group(it) => Some(it),
            Band::Icons(_) | Band::Copies(_) => None,
        })
        .collect();
    let labelled = canvas.links.iter().filter(|it| it.label.is_some());
    let around: Vec<&Link> = labelled.filter(|it| is_blocked(&groups, it)).collect();
    let labels = around.iter().filter_map(|it| it.label.as_deref());
    let widths =
        labels.map(|it| (measure::width(it, Style::Detail) / 2.0 + 2.0 * theme::GAP).ceil());
    let off = widths.reduce(f64::max)?;
    Some((off, around))
}

/// Whether groups close every straight way between two others.
fn is_blocked(groups: &[&Group], link: &Link) -> bool {
    let place = |name: &Name| groups.iter().position(|it| it.name == *name);
    let (Some(from), Some(to)) = (place(&link.from), place(&link.to)) else {
        return false;
    };
    let between = groups.get(from + 1..to).unwrap_or_default();
    let (first, last) = match (groups.get(from), groups.get(to)) {
        (Some(a), Some(b)) => (a.columns.0.max(b.columns.0), a.columns.1.min(b.columns.1)),
        _ => return false,
    };
    let is_free = |from: usize, to: usize| {
        let mut between = between.iter();
        between.all(|it| it.columns.1 < from || to < it.columns.0)
    };
    // Two columns have a way between them, a single one has its middle.
    if first < last {
        (first..last).all(|it| !is_free(it, it + 1))
    } else {
        !is_free(first, last)
    }
}

/// Draws a VPC with its corner at a point; gives its box.
pub(super) fn network(
    canvas: &mut Canvas<'_>,
    network: &Network,
    at: Point,
    inside: usize,
) -> Rect {
    let (frame, title) = frame(canvas, network, at, inside);
    let columns = columns(canvas, network, at.x + left(canvas, network));
    let rows = rows(
        canvas,
        network,
        &columns,
        at.y + theme::HEADER + theme::ZONE_HEADER,
    );
    let last = rows.last().map(|it| it.top + it.height);
    let low = last.unwrap_or(at.y + theme::HEADER + theme::ZONE_HEADER) + theme::ZONE_PADDING;
    let gates = network.gates.len() as f64 * theme::GATE_STEP;
    let low = low.max(at.y + theme::HEADER + gates - theme::PADDING);
    let right = (columns.right() + crowded(network)).max(title) + theme::PADDING;
    let rect = Rect::new(at.x, at.y, right - at.x, low + theme::PADDING - at.y);
    canvas.close(frame, rect);

    let top = at.y + theme::HEADER;
    for (column, zone) in network.zones.iter().enumerate() {
        let x = columns.left(column) - theme::ZONE_PADDING;
        let width = columns.cell + 2.0 * theme::ZONE_PADDING;
        let site = canvas.words.topology.site(network.region, *zone);
        let zone = zone_frame(canvas, site, Rect::new(x, top, width, low - top), frame);
        let index = canvas.push(zone);
        for (it, row) in network.tiers.iter().zip(&rows) {
            tier::subnet(canvas, it, &columns, column, row, index);
        }
    }
    for (it, row) in network.tiers.iter().zip(&rows) {
        tier::groups(canvas, it, &columns, row, frame);
    }
    upright_lanes(canvas, network, &columns);
    canvas.inner.push((frame, level_lanes(rect, &rows)));
    rect
}

/// Tiers one under the other.
fn rows(canvas: &Canvas<'_>, network: &Network, columns: &Columns, mut top: f64) -> Vec<Row> {
    let rows = network.tiers.iter().map(|it| {
        let row = tier::row(&canvas.wired, it, columns, top);
        top += row.height + theme::TIER_GAP;
        row
    });
    rows.collect()
}

/// Opens a VPC's frame, with the tags that hang on nothing beside its label; gives its index and where that line ends.
fn frame(canvas: &mut Canvas<'_>, network: &Network, at: Point, inside: usize) -> (usize, f64) {
    let rect = Rect::new(at.x, at.y, 0.0, 0.0);
    let mut it = shape::item(network.name.clone(), Shape::Vpc, rect, Some(inside));
    it.sign = shape::corner(Sign::Vpc, rect, theme::CORNER);
    it.says.clone_from(&network.title);
    let start = shape::beside_corner(at);
    let name = shape::line(network.title.clone(), Style::Title, start);
    let mut end = name.rect.right();
    let middle = name.rect.center().y;
    it.labels.push(name);
    if let Some(range) = &network.range {
        it.says = canvas.words.within(&it.says, range);
        let start = Point::new(end + theme::GAP, middle - Style::Name.line() / 2.0);
        let range = shape::line(range.clone(), Style::Name, start);
        end = range.rect.right();
        it.labels.push(range);
    }
    let index = canvas.push(it);
    for it in &network.tags {
        let start = Point::new(end + theme::SPACE, at.y + 4.0);
        let on_one_line = Tag {
            says: it.says.clone(),
            ..Tag::new(it.name.clone(), it.glyph, vec![it.lines.join(": ")])
        };
        let tag = shape::tag(&on_one_line, start, Some(index));
        end = tag.rect.right();
        canvas.push(tag);
    }
    (index, end)
}

fn zone_frame(canvas: &Canvas<'_>, site: Site, rect: Rect, inside: usize) -> Item {
    let mut it = shape::item(site.name(), Shape::Zone, rect, Some(inside));
    let middle = Point::new(rect.center().x, rect.y + 6.0);
    let label = canvas.words.zone(site.zone);
    it.says.clone_from(&label);
    it.labels.push(shape::centered(label, Style::Title, middle));
    it.alert = Some(shape::centered(
        canvas.words.zone_down(site.zone),
        Style::Title,
        middle,
    ));
    it
}

/// As wide as the widest thing of any tier needs, all columns alike.
fn columns(canvas: &Canvas<'_>, network: &Network, start: f64) -> Columns {
    let count = network.zones.len();
    // Where nothing stands, no wire runs, and the subnets need not be wide.
    let empty = network.tiers.iter().all(|it| it.bands.is_empty());
    let mut columns = Columns {
        start,
        count,
        cell: theme::CELL_MIN,
        gutter: if empty {
            theme::SPACE
        } else {
            gutter(canvas, network)
        },
        // Side by side keeps two wide columns low; more columns are to be narrow.
        tags_beside: count <= 2 && !empty,
        channel: count == 1 && !empty,
    };
    for zone in &network.zones {
        let words = [canvas.words.zone(*zone), canvas.words.zone_down(*zone)];
        let label = words.map(|it| measure::width(&it, Style::Title));
        columns.cell = label.into_iter().fold(columns.cell, f64::max);
    }
    for tier in &network.tiers {
        columns.cell = columns.cell.max(tier::width(tier, &columns));
    }
    columns
}

/// Wide enough for the widest label on a wire between two groups.
fn gutter(canvas: &Canvas<'_>, network: &Network) -> f64 {
    let is_group = |name: &str| {
        network
            .tiers
            .iter()
            .flat_map(|it| &it.bands)
            .any(|band| matches!(band, Band::Group(group) if *group.name == *name))
    };
    let between = canvas
        .links
        .iter()
        .filter(|it| it.kind == LinkKind::Request && is_group(&it.from) && is_group(&it.to));
    let labels = between.filter_map(|it| it.label.as_deref());
    let widths = labels.map(|it| measure::width(it, Style::Detail) + 2.0 * theme::GAP);
    widths.fold(theme::GUTTER, f64::max)
}

/// Where wires may run up and down inside a VPC.
fn upright_lanes(canvas: &mut Canvas<'_>, network: &Network, columns: &Columns) {
    for column in 1..columns.count {
        let middle = columns.left(column) - columns.between() / 2.0;
        canvas.xs.extend(channel(middle, columns.gutter));
    }
    if let Some(at) = columns.lane() {
        canvas.lane_x(at);
    }
    canvas.lane_x(columns.start - theme::LANE);
    if let Some((off, links)) = detour(canvas, network) {
        canvas.detours.extend(links.into_iter().map(|it| Detour {
            from: it.from.clone(),
            to: it.to.clone(),
            x: columns.start - off,
        }));
    }
    if !network.gates.is_empty() {
        canvas.lane_x(columns.start - 2.0 * theme::LANE);
    }
    canvas.lane_x(columns.right() + theme::PADDING / 2.0);
    if crowded(network) > 0.0 {
        for lane in [1.0, 2.0] {
            canvas.lane_x(columns.right() + theme::PADDING / 2.0 + lane * theme::LANE);
            canvas.lane_x(columns.start - (lane + 2.0) * theme::LANE);
        }
    }
}

/// Where wires may run from side to side inside a VPC.
fn level_lanes(rect: Rect, rows: &[Row]) -> Vec<Lane> {
    let mut lanes = Vec::new();
    for row in rows.iter().skip(1) {
        let middle = row.top - theme::TIER_GAP / 2.0;
        lanes.extend(channel(middle, theme::TIER_GAP));
    }
    for top in rows.iter().flat_map(|it| &it.buses) {
        lanes.extend(BUSES.map(|(down, off)| Lane {
            at: (top + down).round(),
            off,
        }));
    }
    let ends = [
        rect.y + theme::HEADER - theme::LANE,
        rect.bottom() - theme::PADDING / 2.0,
    ];
    lanes.extend(ends.map(|at| Lane { at, off: 0.0 }));
    lanes
}

/// Lanes in a gap above copies: from its top, and what they cost. The upper one has room for a label, the lower one is the
/// first to be taken.
const BUSES: [(f64, f64); 2] = [(13.0, 1.0), (28.0, 0.0)];

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
pub(super) fn gates(canvas: &mut Canvas<'_>, network: &Network, rect: Rect, inside: usize) {
    let lines = network.gates.iter();
    let lines = lines.map(|it| measure::wrap(&it.label, Style::Name, theme::GATE_LABEL));
    let lines: Vec<Vec<String>> = lines.collect();
    let levels = levels(canvas, network, rect, &lines);
    for ((gate, lines), y) in network.gates.iter().zip(lines).zip(levels) {
        let tile = Rect::around(Point::new(rect.x, y), theme::TILE);
        let mut it = shape::icon(gate.name.clone(), gate.glyph, tile, Some(inside));
        it.says.clone_from(&gate.label);
        it.labels = shape::below(tile, lines, Style::Name);
        let rects = it.labels.iter().map(|it| it.rect);
        it.backing = rects.reduce(|a, b| a.union(&b)).map(|it| it.grow(1.0));
        canvas.push(it);
    }
}

/// How high each gate stands, given its label: opposite what it leads to, under the one before it, and none below the VPC.
fn levels(canvas: &Canvas<'_>, network: &Network, rect: Rect, lines: &[Vec<String>]) -> Vec<f64> {
    let mut highest = rect.y + theme::HEADER + theme::TILE / 2.0;
    let levels = network.gates.iter().map(|gate| {
        let ends = canvas.links.iter().filter(|it| it.from == gate.name);
        let mut beyond = ends.filter_map(|it| canvas.rect_of(&it.to));
        let beyond = beyond.find(|it| rect.contains(it));
        let y = beyond.map_or(rect.center().y, |it| it.center().y);
        let y = y.max(highest).round();
        highest = y + theme::GATE_STEP;
        y
    });
    let mut levels: Vec<f64> = levels.collect();
    let mut lowest = rect.bottom() - theme::GAP;
    for (y, lines) in levels.iter_mut().zip(lines).rev() {
        let below = shape::height_above(lines.len(), Style::Name) - theme::TILE / 2.0;
        *y = y.min((lowest - below).floor());
        lowest = *y - theme::TILE / 2.0;
    }
    levels
}
