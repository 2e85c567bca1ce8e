//! From the plan to coordinates: the outside on the left, then Regions side by side, each with its VPCs and companions.

use super::company::{self, companions};
use super::drawing::{Shape, Sign, Style};
use super::geometry::{Point, Rect};
use super::plan::{Plan, RegionPlan};
use super::shape::{self, Canvas};
use super::{measure, network, outside, panel, theme};
use crate::aws::VpcPeeringConnection;
use crate::topology::{Link, LinkKind};

/// Places everything; gives the size of the drawing.
pub(super) fn place(canvas: &mut Canvas<'_>, plan: &Plan) -> (f64, f64) {
    let strip = outside::width(canvas, plan);
    let mut right = theme::MARGIN + strip + outside::gap(canvas, strip) - theme::SPACE;
    let mut top = theme::MARGIN;
    if is_far(plan) {
        // What comes from outside to a further Region and what leaves it run above the first one, side by side.
        canvas.lane_y(top / 2.0 + theme::LANE);
        top += theme::LANE;
        canvas.lane_x(right + theme::SPACE / 2.0);
        canvas.lane_x(right + theme::SPACE / 2.0 - theme::LANE);
    }
    let below = is_wide(plan);
    if below && is_peered(canvas) {
        // Room for the label of a peering that runs above a Region.
        top += theme::LANE;
    }
    if below && plan.regions.iter().any(|it| !it.path.is_empty()) {
        // What comes to the paths runs above the Regions too, with its words.
        canvas.lane_y(top / 2.0 + theme::LANE);
        canvas.lane_y(top / 2.0 + 2.0 * theme::LANE);
        top += 3.0 * theme::LANE;
    }
    let mut bottom = top;
    let between = between(canvas, below);
    for (place, it) in plan.regions.iter().enumerate() {
        let gap = if place == 0 { theme::SPACE } else { between };
        let at = Point::new(right + gap, top);
        let rect = region(canvas, it, at, below);
        canvas.lane_x(rect.right() + between / 2.0);
        right = rect.right();
        bottom = bottom.max(rect.bottom());
    }
    canvas.lane_y(top / 2.0);
    let lowest = outside::outside(canvas, plan, strip) + outside::legend_height(canvas);
    (right + theme::MARGIN, bottom.max(lowest) + theme::MARGIN)
}

/// Whether a Region other than the first has a gateway of its own.
fn is_far(plan: &Plan) -> bool {
    let mut networks = plan.regions.iter().skip(1).flat_map(|it| &it.networks);
    networks.any(|it| !it.gates.is_empty())
}

/// Room between two Regions: for the label on a peering from edge to edge of their VPCs.
fn between(canvas: &Canvas<'_>, wide: bool) -> f64 {
    let crossed = |it: &Link| matches!(it.kind, LinkKind::Peering | LinkKind::Blocked);
    if !wide || !canvas.links.iter().any(crossed) {
        return theme::SPACE;
    }
    // Where several pass, each has room for its label beside the others' wires.
    let several = canvas
        .links
        .iter()
        .filter(|it| it.kind == LinkKind::Peering)
        .count()
        > 1;
    let wires = if several { 2.0 } else { 1.0 };
    let room = wires * label_room(canvas) - 2.0 * theme::PADDING;
    room.max(theme::SPACE)
}

fn is_peered(canvas: &Canvas<'_>) -> bool {
    canvas.links.iter().any(|it| it.kind == LinkKind::Peering)
}

/// The label on a peering between the ends of its wire.
fn label_room(canvas: &Canvas<'_>) -> f64 {
    let label = measure::width(&canvas.words.peering(), Style::Detail);
    (label + 2.0 * theme::PEERING_END).ceil()
}

/// Whether several Regions hold VPCs: side by side they are wide, so their companions stand below.
fn is_wide(plan: &Plan) -> bool {
    let mut holding = plan.regions.iter().filter(|it| !it.networks.is_empty());
    holding.nth(1).is_some()
}

/// Draws a Region with its corner at a point, its companions beside its VPCs or below them; gives its box.
fn region(canvas: &mut Canvas<'_>, plan: &RegionPlan, at: Point, below: bool) -> Rect {
    let (index, title) = frame(canvas, plan, at);
    // What comes to the path beside the VPC runs above it.
    let lanes = if plan.path.is_empty() { 0.0 } else { 2.0 };
    let top = at.y + theme::HEADER + lanes * theme::LANE;
    let mut bottom = top + theme::TILE;
    let mut right = at.x;
    let mut rects: Vec<Rect> = Vec::new();
    for (place, it) in plan.networks.iter().enumerate() {
        let above = rects.last().filter(|_| stands_below(plan, place)).copied();
        let corner = if let Some(above) = above {
            canvas.lane_y(above.bottom() + theme::NETWORK_GAP / 2.0);
            Point::new(above.x, above.bottom() + theme::NETWORK_GAP)
        } else {
            let before = before(canvas, plan, place);
            if place > 0 && has_through(canvas, plan) {
                canvas.lane_x(right + theme::LANE);
                canvas.lane_x(right + 2.0 * theme::LANE);
            } else {
                canvas.lane_x(right + before / 2.0);
            }
            if !it.gates.is_empty() {
                // Beside the widest label under a gate.
                canvas.lane_x(right + before - theme::GATE_LABEL / 2.0 - theme::GAP);
            }
            Point::new(right + before, top)
        };
        let rect = network::network(canvas, it, corner, index);
        right = right.max(rect.right());
        bottom = bottom.max(rect.bottom());
        rects.push(rect);
    }
    for (it, rect) in plan.networks.iter().zip(rects) {
        network::gates(canvas, it, rect, index);
    }
    canvas.lane_y(top - theme::LANE);
    canvas.lane_x(right + theme::SPACE / 2.0);
    if !plan.path.is_empty() {
        canvas.lane_y(top - 2.0 * theme::LANE);
        let area = Rect::new(right, top, 0.0, bottom - top);
        let used = company::path(canvas, &plan.path, area, index);
        right = used.right();
        bottom = bottom.max(used.bottom());
    }
    if below && !plan.networks.is_empty() && !plan.companions.is_empty() {
        let left = at.x + theme::PADDING;
        let area = Rect::new(left, bottom + theme::SPACE, right - left, 0.0);
        canvas.lane_y(bottom + theme::SPACE / 2.0);
        let used = company::rows(canvas, &plan.companions, area, index);
        bottom = used.bottom();
        right = right.max(used.right());
    } else if !plan.companions.is_empty() {
        let beside = right + theme::SPACE;
        let used = if plan.companions.len() > panel::MANY {
            let code = plan.region.map_or("", |it| it.code());
            for lane in [1.0, 2.0] {
                canvas.lane_x(right + theme::SPACE / 2.0 + lane * theme::LANE);
            }
            let area = Rect::new(beside + 2.0 * theme::LANE, top, 0.0, bottom - top);
            panel::panels(canvas, &plan.companions, area, (code, index))
        } else {
            let area = Rect::new(beside, top, 0.0, bottom - top);
            companions(canvas, &plan.companions, area, index)
        };
        right = used.right();
        bottom = bottom.max(used.bottom());
    }
    right = right.max(title);
    let width = right + theme::PADDING - at.x;
    let rect = Rect::new(at.x, at.y, width, bottom + theme::PADDING - at.y);
    canvas.close(index, rect);
    canvas.lane_y(rect.bottom() - theme::PADDING / 2.0);
    canvas.lane_y(rect.bottom() + theme::MARGIN / 2.0);
    rect
}

/// Whether a VPC stands under the one before it: both small ones beside the first, with nothing on their edges.
fn stands_below(plan: &RegionPlan, place: usize) -> bool {
    let mut pair = plan.networks.iter().skip(place.saturating_sub(1)).take(2);
    place > 1 && pair.all(|it| it.gates.is_empty())
}

/// Room left of a VPC: for gates on its edge, and for the label on a peering.
fn before(canvas: &Canvas<'_>, plan: &RegionPlan, place: usize) -> f64 {
    let gates = plan
        .networks
        .get(place)
        .is_some_and(|it| !it.gates.is_empty());
    let edge = if gates {
        theme::GATE_OUTSIDE
    } else {
        theme::PADDING
    };
    if place == 0 || !is_peered(canvas) {
        return edge;
    }
    // The wire to another Region's VPC takes the middle of it.
    let wires = if is_peered_far(canvas) { 2.0 } else { 1.0 };
    let passed = if has_through(canvas, plan) { 3.0 } else { 0.0 };
    edge.max(wires * label_room(canvas) + passed * theme::LANE)
}

/// Whether what leads from a VPC to the path beside all of them runs between them, past the labels of their peerings.
fn has_through(canvas: &Canvas<'_>, plan: &RegionPlan) -> bool {
    !plan.path.is_empty() && is_peered(canvas)
}

/// Whether a peering connection leads to another Region.
fn is_peered_far(canvas: &Canvas<'_>) -> bool {
    let topology = canvas.words.topology;
    let mut peerings = topology.all::<VpcPeeringConnection>();
    peerings.any(|(_, it)| topology.region_of(&it.vpc.name) != topology.region_of(&it.peer.name))
}

/// Opens a Region's frame; gives its index and the end of its label.
fn frame(canvas: &mut Canvas<'_>, plan: &RegionPlan, at: Point) -> (usize, f64) {
    let title = canvas.words.region(plan.region);
    let code = plan.region.map_or("", |it| it.code());
    let rect = Rect::new(at.x, at.y, 0.0, 0.0);
    let name = format!("region:{code}");
    let mut it = shape::item(name.into(), Shape::Region, rect, None);
    it.sign = shape::corner(Sign::Region, rect, theme::CORNER);
    it.says.clone_from(&title);
    let label = shape::line(title, Style::Title, shape::beside_corner(at));
    let end = label.rect.right();
    it.labels.push(label);
    (canvas.push(it), end)
}
