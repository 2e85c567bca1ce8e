//! Labels on wires: each where it covers nothing.

use super::drawing::{Item, Plate, Shape, Style, Wire};
use super::geometry::{Point, Rect};
use super::outside;
use super::shape::{self, Canvas};
use super::theme;
use super::wire::{CLEAR, spans};
use crate::topology::LinkKind;

/// Puts every wire's label on the wire, and the cross of a broken wire beside it.
pub(super) fn plates(canvas: &Canvas<'_>, wires: &mut [Wire]) {
    let mut taken: Vec<Rect> = Vec::new();
    for item in &canvas.items {
        taken.extend(item.labels.iter().map(|it| it.rect));
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
            let far = plate.rect.grow(theme::GAP);
            let mut spots = spots(&wire.points).into_iter();
            let beside = spots.find(|it| !far.overlaps(&Rect::around(*it, 1.0)));
            wire.cut = beside.unwrap_or(wire.cut);
            wire.plate = Some(plate);
        }
    }
}

fn find(canvas: &Canvas<'_>, wires: &[Wire], wire: &Wire, taken: &[Rect]) -> Option<Plate> {
    let lines = words(canvas, wire)?;
    let plates = spots(&wire.points).into_iter().map(|it| plate(&lines, it));
    let free = plates.filter(|it| {
        let room = it.rect.grow(CLEAR);
        !taken.iter().any(|it| it.overlaps(&room)) && !lies_on_wire(wires, wire, &room)
    });
    let free: Vec<Plate> = free.collect();
    let clean = free
        .iter()
        .position(|it| !lies_on_side(&canvas.items, &it.rect));
    // Across the side of a frame is still better than not at all.
    let mut plate = free.into_iter().nth(clean.unwrap_or(0))?;
    plate.ground = ground(&canvas.items, &plate.rect);
    Some(plate)
}

fn words(canvas: &Canvas<'_>, wire: &Wire) -> Option<Vec<String>> {
    match wire.kind {
        LinkKind::Replication => return Some(vec![canvas.words.replication(&wire.to)]),
        LinkKind::Peering => return Some(vec![canvas.words.peering()]),
        LinkKind::Request | LinkKind::Egress => (),
    }
    let mut links = canvas.links.iter();
    let link = links.find(|it| it.from == wire.from && it.to == wire.to && it.kind == wire.kind)?;
    link.label.as_deref().map(outside::ports)
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

/// Places along a wire, those on long pieces first.
fn spots(points: &[Point]) -> Vec<Point> {
    let length = |(a, b): &(Point, Point)| (a.x - b.x).abs() + (a.y - b.y).abs();
    let mut pieces: Vec<(Point, Point)> = spans(points).collect();
    pieces.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let along = |(a, b): (Point, Point)| {
        SHARES.map(|share| {
            let x = a.x + (b.x - a.x) * share;
            Point::new(x.round(), (a.y + (b.y - a.y) * share).round())
        })
    };
    pieces.into_iter().flat_map(along).collect()
}

/// Whether a label would lie on the side of a frame or group. Inside a group, the frames under it cannot be seen.
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

fn lies_on_wire(wires: &[Wire], own: &Wire, room: &Rect) -> bool {
    let others = wires.iter().filter(|it| !std::ptr::eq(*it, own));
    let mut pieces = others.flat_map(|it| spans(&it.points));
    pieces.any(|(a, b)| Rect::between(a, b).grow(0.5).overlaps(room))
}

/// The innermost thing with a color of its own around a label.
fn ground(items: &[Item], plate: &Rect) -> Option<Shape> {
    let around = items
        .iter()
        .filter(|it| it.shape.is_container() && it.rect.contains(plate));
    around.map(|it| it.shape).next_back()
}
