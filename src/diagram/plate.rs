//! Labels on wires: each where it covers nothing.

use super::drawing::{Item, Plate, Shape, Style, Wire};
use super::geometry::{Point, Rect};
use super::outside;
use super::shape::{self, Canvas};
use super::theme;
use super::wire::{CLEAR, is_synchronous, spans};
use crate::topology::LinkKind;

/// Puts every wire's label on the wire, and the cross of a broken wire beside it.
pub(super) fn plates(canvas: &Canvas<'_>, wires: &mut [Wire]) {
    let mut taken: Vec<Rect> = Vec::new();
    for item in &canvas.items {
        taken.extend(item.labels.iter().map(|it| it.rect));
        taken.extend(item.sign.map(|(_, rect)| rect));
        if !item.shape.is_container() {
            taken.push(item.rect);
        }
    }
    for index in 0..wires.len() {
        let Some(plate) = wires
            .get(index)
            .and_then(|it| find(canvas, wires, it, &taken))
        else {
            continue;
        };
        taken.push(plate.rect);
        if let Some(wire) = wires.get_mut(index) {
            wire.plate = Some(plate);
        }
    }
    let cuts: Vec<Option<Point>> = wires.iter().map(|it| cut(wires, it)).collect();
    for (wire, cut) in wires.iter_mut().zip(cuts) {
        wire.cut = cut.unwrap_or(wire.cut);
    }
}

/// Where a cross lies beside the label of its wire, and on no other wire if it can.
fn cut(wires: &[Wire], wire: &Wire) -> Option<Point> {
    let far = wire.plate.as_ref().map(|it| it.rect.grow(theme::GAP));
    let spots = spots(wire).into_iter().map(|(at, _)| at);
    let beside = |it: &Point| far.is_none_or(|far| !far.overlaps(&Rect::around(*it, 1.0)));
    let mut free = spots.filter(beside);
    let first = free.clone().next();
    let others = || wires.iter().filter(|it| !std::ptr::eq(*it, wire));
    let alone = free.find(|it| {
        let cross = Rect::around(*it, theme::CUT);
        let mut pieces = others().flat_map(|it| spans(&it.points));
        !pieces.any(|(a, b)| Rect::between(a, b).grow(0.5).overlaps(&cross))
    });
    alone.or(first)
}

fn find(canvas: &Canvas<'_>, wires: &[Wire], wire: &Wire, taken: &[Rect]) -> Option<Plate> {
    let lines = words(canvas, wires, wire)?;
    let mut across = None;
    for (spot, is_level) in spots(wire).into_iter().chain(more_spots(wire)) {
        let plate = plate(&lines, spot);
        let room = plate.rect.grow(CLEAR);
        let is_covered = taken.iter().any(|it| it.overlaps(&room));
        if is_covered || lies_on_wire(canvas, wires, wire, &room, is_level) {
            continue;
        }
        if !lies_on_side(&canvas.items, &room) {
            across = Some(plate);
            break;
        }
        // Across the side of a frame is still better than not at all.
        across = across.or(Some(plate));
    }
    let mut plate = across?;
    plate.ground = ground(&canvas.items, &plate.rect);
    Some(plate)
}

fn words(canvas: &Canvas<'_>, wires: &[Wire], wire: &Wire) -> Option<Vec<String>> {
    // Once is enough for all copies of one thing, and for wires that share their lane.
    let said = wires.iter().any(|it| {
        let is_shared = it
            .plate
            .as_ref()
            .is_some_and(|plate| wire.kind == LinkKind::Replication || is_on(wire, plate));
        is_shared && is_alike(canvas, it, wire)
    });
    if said {
        return None;
    }
    match wire.kind {
        LinkKind::Replication => return Some(vec![canvas.words.replication(&wire.to)]),
        LinkKind::Peering => return Some(vec![canvas.words.peering()]),
        LinkKind::Vpn => return None,
        LinkKind::Request | LinkKind::Egress => (),
    }
    let mut links = canvas.links.iter();
    let link = links.find(|it| it.from == wire.from && it.to == wire.to && it.kind == wire.kind)?;
    link.label.as_deref().map(outside::ports)
}

/// Whether what is said of one wire holds for another from the same place: copies that are kept in step in the same way,
/// requests to the same port.
fn is_alike(canvas: &Canvas<'_>, one: &Wire, other: &Wire) -> bool {
    let label = |wire: &Wire| {
        let mut links = canvas.links.iter();
        let link =
            links.find(|it| it.from == wire.from && it.to == wire.to && it.kind == wire.kind);
        link.and_then(|it| it.label.as_deref())
    };
    // Each peering connection is a thing of its own.
    one.kind == other.kind
        && one.kind != LinkKind::Peering
        && one.from == other.from
        && is_synchronous(&one.to) == is_synchronous(&other.to)
        && label(one) == label(other)
}

/// Whether a label lies on a wire.
fn is_on(wire: &Wire, plate: &Plate) -> bool {
    let center = Rect::around(plate.rect.center(), 1.0);
    spans(&wire.points).any(|(a, b)| Rect::between(a, b).grow(0.5).overlaps(&center))
}

fn plate(lines: &[String], center: Point) -> Plate {
    let line = Style::Detail.line();
    let top = center.y - lines.len() as f64 * line / 2.0;
    let labels = lines.iter().enumerate().map(|(place, text)| {
        let at = Point::new(center.x, top + place as f64 * line);
        shape::centered(text.clone(), Style::Detail, at)
    });
    let labels: Vec<_> = labels.collect();
    let rects = labels.iter().map(|it| it.rect);
    Plate {
        rect: rects
            .reduce(|a, b| a.union(&b))
            .unwrap_or_default()
            .grow(2.0),
        ground: None,
        labels,
    }
}

/// Shares of a piece's length at which a label may stand, the best first.
const SHARES: [f64; 9] = [0.45, 0.5, 0.55, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85];

/// A place on a wire, and whether the wire is level there.
type Spot = (Point, bool);

/// Places along a wire, those on long pieces first.
fn spots(wire: &Wire) -> Vec<Spot> {
    let along = |(a, b): (Point, Point)| {
        SHARES.map(|share| {
            let x = a.x + (b.x - a.x) * share;
            let y = a.y + (b.y - a.y) * share;
            (Point::new(x.round(), y.round()), a.y == b.y)
        })
    };
    long_first(wire).into_iter().flat_map(along).collect()
}

/// Between two of the places that are tried where none of the better ones is free.
const STEP: f64 = 3.0;

/// Every place along a wire, those on long pieces first, from the middle of each.
fn more_spots(wire: &Wire) -> impl Iterator<Item = Spot> {
    let along = |(a, b): (Point, Point)| {
        let length = length(a, b);
        let middle = Rect::between(a, b).center();
        let across = if a.x == b.x { 0.0 } else { 1.0 };
        let steps = (length / 2.0 / STEP) as i32;
        (0..=steps).flat_map(move |step| {
            let by = f64::from(step) * STEP;
            [-by, by].map(|by| {
                let at = Point::new(middle.x + by * across, middle.y + by * (1.0 - across));
                (Point::new(at.x.round(), at.y.round()), a.y == b.y)
            })
        })
    };
    long_first(wire).into_iter().flat_map(along)
}

fn length(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

fn long_first(wire: &Wire) -> Vec<(Point, Point)> {
    let mut pieces: Vec<(Point, Point)> = spans(&wire.points).collect();
    pieces.sort_by(|a, b| length(b.0, b.1).total_cmp(&length(a.0, a.1)));
    // Peerings leave a VPC through one trunk: what is said of one stands on its branch.
    if wire.kind == LinkKind::Peering {
        pieces.sort_by_key(|(a, b)| a.y != b.y);
    }
    pieces
}

/// Whether a label would lie on or at the side of a frame or group. Inside a group, the frames under it cannot be seen.
fn lies_on_side(items: &[Item], plate: &Rect) -> bool {
    let on_side = |it: &&Item| it.rect.overlaps(plate) && !it.rect.contains(plate);
    let in_group = items
        .iter()
        .any(|it| matches!(it.shape, Shape::Group(_)) && it.rect.contains(plate));
    let mut sides = items
        .iter()
        .filter(|it| it.shape.is_container())
        .filter(on_side);
    sides.any(|it| matches!(it.shape, Shape::Group(_)) || !in_group)
}

/// Whether a label would lie on another wire. It may lie on those that it holds for, where they run along with its own.
fn lies_on_wire(
    canvas: &Canvas<'_>,
    wires: &[Wire],
    own: &Wire,
    room: &Rect,
    is_level: bool,
) -> bool {
    let mut others = wires.iter().filter(|it| !std::ptr::eq(*it, own));
    others.any(|other| {
        let mut on = spans(&other.points)
            .filter(|(a, b)| Rect::between(*a, *b).grow(0.5).overlaps(room))
            .peekable();
        on.peek().is_some()
            && !(is_alike(canvas, other, own) && on.all(|(a, b)| is_level == (a.y == b.y)))
    })
}

/// The innermost thing with a color of its own around a label.
fn ground(items: &[Item], plate: &Rect) -> Option<Shape> {
    let around = items
        .iter()
        .filter(|it| it.shape.is_container() && it.rect.contains(plate));
    around.map(|it| it.shape).next_back()
}
