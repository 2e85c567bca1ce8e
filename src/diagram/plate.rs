//! Labels on wires: each where it covers nothing.

use super::drawing::{Plate, Shape, Style, Wire};
use super::geometry::{Point, Rect};
use super::nearby::Nearby;
use super::nested::Nested;
use super::outside;
use super::shape::{self, Canvas};
use super::wire::{CLEAR, is_synchronous, pieces, spans};
use super::{measure, theme};
use crate::topology::LinkKind;

/// Puts on every wire what is said of its connection, and the cross of a broken wire beside it.
pub(super) fn plates(
    canvas: &Canvas<'_>,
    wires: &mut [Wire],
    said: Vec<Option<&str>>,
    (width, height): (f64, f64),
) {
    let mut ground = Ground::new(canvas, wires, said, (width, height));
    for index in 0..wires.len() {
        let Some(plate) = ground.find(wires, index) else {
            continue;
        };
        ground.taken.add(index, plate.rect);
        ground.labelled.push(index);
        if let Some(wire) = wires.get_mut(index) {
            wire.plate = Some(plate);
        }
    }
    for (index, wire) in wires.iter_mut().enumerate() {
        wire.cut = ground.cut(wire, index).unwrap_or(wire.cut);
    }
}

/// What a label lies across, the better first. Anything is still better than no label at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    None,
    /// What leads from Region to Region crosses their sides anyway.
    Region,
    Frame,
}

/// What labels must mind, by where it is.
struct Ground<'a> {
    canvas: &'a Canvas<'a>,
    /// What is said of the connection that each wire shows.
    said: Vec<Option<&'a str>>,
    /// Wires that have their label, by index.
    labelled: Vec<usize>,
    /// Texts, icons, tags, and labels that have their place.
    taken: Nearby,
    /// Frames and groups, and where they are.
    frames: Vec<Shape>,
    nested: Nested,
    /// Every piece of every wire: which wire, and whether it is level.
    pieces: Vec<(usize, bool)>,
    near_pieces: Nearby,
}

impl<'a> Ground<'a> {
    fn new(
        canvas: &'a Canvas<'a>,
        wires: &[Wire],
        said: Vec<Option<&'a str>>,
        (width, height): (f64, f64),
    ) -> Self {
        let mut ground = Self {
            canvas,
            said,
            labelled: Vec::new(),
            taken: Nearby::new(width, height, canvas.items.len() * 3),
            frames: Vec::new(),
            nested: Nested::default(),
            pieces: Vec::new(),
            near_pieces: Nearby::new(width, height, wires.len() * 4),
        };
        for (index, item) in canvas.items.iter().enumerate() {
            for label in &item.labels {
                ground.taken.add(index, label.rect);
            }
            if let Some((_, rect)) = item.sign {
                ground.taken.add(index, rect);
            }
            if item.shape.is_container() {
                ground.frames.push(item.shape);
                ground.nested.add(item.rect);
            } else {
                ground.taken.add(index, item.rect);
            }
        }
        for (index, wire) in wires.iter().enumerate() {
            for piece in pieces(&wire.points) {
                let area = piece.grow(0.5);
                ground.near_pieces.add(ground.pieces.len(), area);
                ground.pieces.push((index, piece.height == 0.0));
            }
        }
        ground
    }

    /// Where a cross lies beside the label of its wire, and on no other wire if it can.
    fn cut(&self, wire: &Wire, index: usize) -> Option<Point> {
        let far = wire.plate.as_ref().map(|it| it.rect.grow(theme::GAP));
        let spots = spots(wire).map(|(at, _)| at);
        let beside = |it: &Point| far.is_none_or(|far| !far.overlaps(&Rect::around(*it, 1.0)));
        let mut first = None;
        let alone = spots.filter(beside).find(|it| {
            first.get_or_insert(*it);
            let cross = Rect::around(*it, theme::CUT);
            !self.has_wire(&cross, |other, _| other != index)
        });
        alone.or(first)
    }

    /// Whether a piece of a wire runs through a box: of which wire, and whether it is level.
    fn has_wire(&self, area: &Rect, is_it: impl Fn(usize, bool) -> bool) -> bool {
        self.near_pieces.any(area, |it, its| {
            let piece = self.pieces.get(it);
            its.overlaps(area) && piece.is_some_and(|(wire, is_level)| is_it(*wire, *is_level))
        })
    }

    fn find(&self, wires: &[Wire], index: usize) -> Option<Plate> {
        let wire = wires.get(index)?;
        let lines = self.words(wires, wire, index)?;
        let size = size(&lines);
        let mut best: Option<(Side, Point)> = None;
        for (spot, is_level) in spots(wire).chain(more_spots(wire)) {
            let room = room(spot, size).grow(CLEAR);
            let is_covered = self.taken.any(&room, |_, it| it.overlaps(&room));
            if is_covered || self.lies_on_wire(wires, index, &room, is_level) {
                continue;
            }
            let side = self.side_under(&room);
            if best.is_none_or(|(other, _)| side < other) {
                best = Some((side, spot));
            }
            if side == Side::None {
                break;
            }
        }
        let mut plate = plate(&lines, best?.1, size);
        plate.ground = self.under(&plate.rect);
        Some(plate)
    }

    fn words(&self, wires: &[Wire], wire: &Wire, index: usize) -> Option<Vec<String>> {
        // Once is enough for all copies of one thing, and for wires that share their lane.
        let is_said = self.labelled.iter().any(|place| {
            let is_shared =
                |plate: &Plate| wire.kind == LinkKind::Replication || is_on(wire, plate);
            let plate = wires.get(*place).and_then(|it| it.plate.as_ref());
            self.is_alike(wires, *place, index) && plate.is_some_and(is_shared)
        });
        if is_said {
            return None;
        }
        match wire.kind {
            LinkKind::Replication => Some(vec![self.canvas.words.replication(&wire.to)]),
            LinkKind::Peering => Some(vec![self.canvas.words.peering()]),
            LinkKind::Vpn | LinkKind::Control => None,
            LinkKind::Request | LinkKind::Egress => {
                self.said.get(index)?.as_deref().map(outside::ports)
            }
            LinkKind::Blocked => {
                let said = self.said.get(index)?.as_deref().unwrap_or_default();
                Some(outside::ports(format!("× {said}").trim()))
            }
        }
    }

    /// Whether what is said of one wire holds for another from the same place: copies that are kept in step in the same
    /// way, requests to the same port.
    fn is_alike(&self, wires: &[Wire], one: usize, other: usize) -> bool {
        let said = |index: usize| self.said.get(index);
        let (Some(a), Some(b)) = (wires.get(one), wires.get(other)) else {
            return false;
        };
        // Each peering connection is a thing of its own.
        a.kind == b.kind
            && a.kind != LinkKind::Peering
            && a.from == b.from
            && is_synchronous(&a.to) == is_synchronous(&b.to)
            && said(one) == said(other)
    }

    /// The side of a frame or group that a label would lie on. Inside a group, the frames under it cannot be seen.
    fn side_under(&self, plate: &Rect) -> Side {
        let frames = || {
            let frames = self.nested.overlapping(*plate);
            frames.filter_map(|(index, rect)| Some((self.frames.get(index)?, rect)))
        };
        let is_group = |shape: &Shape| matches!(shape, Shape::Group(_));
        let in_group = frames().any(|(shape, rect)| is_group(shape) && rect.contains(plate));
        let crossed = frames().filter(|(shape, rect)| {
            let is_seen = is_group(shape) || !in_group;
            is_seen && !rect.contains(plate)
        });
        let sides = crossed.map(|(shape, _)| {
            let of_region = *shape == Shape::Region;
            if of_region { Side::Region } else { Side::Frame }
        });
        sides.max().unwrap_or(Side::None)
    }

    /// Whether a label would lie on another wire. It may lie on those that it holds for, where they run along with its own.
    fn lies_on_wire(&self, wires: &[Wire], own: usize, room: &Rect, is_level: bool) -> bool {
        self.has_wire(room, |other, level| {
            other != own && !(level == is_level && self.is_alike(wires, other, own))
        })
    }

    /// The innermost thing with a color of its own around a label.
    fn under(&self, plate: &Rect) -> Option<Shape> {
        let around = self.nested.overlapping(*plate);
        let around = around.filter(|(_, it)| it.contains(plate));
        self.frames.get(around.last()?.0).copied()
    }
}

/// Whether a label lies on a wire.
fn is_on(wire: &Wire, plate: &Plate) -> bool {
    let center = Rect::around(plate.rect.center(), 1.0);
    pieces(&wire.points).any(|it| it.grow(0.5).overlaps(&center))
}

/// Width and height of lines.
fn size(lines: &[String]) -> (f64, f64) {
    let widths = lines.iter().map(|it| measure::width(it, Style::Detail));
    let height = lines.len() as f64 * Style::Detail.line();
    (widths.fold(0.0, f64::max), height)
}

/// What a label of some size fills around a point.
fn room(center: Point, (width, height): (f64, f64)) -> Rect {
    let (x, y) = (center.x - width / 2.0, center.y - height / 2.0);
    Rect::new(x, y, width, height).grow(2.0)
}

fn plate(lines: &[String], center: Point, size: (f64, f64)) -> Plate {
    let line = Style::Detail.line();
    let top = center.y - size.1 / 2.0;
    let labels = lines.iter().enumerate().map(|(place, text)| {
        let at = Point::new(center.x, top + place as f64 * line);
        shape::centered(text.clone(), Style::Detail, at)
    });
    Plate {
        rect: room(center, size),
        ground: None,
        labels: labels.collect(),
    }
}

/// Shares of a piece's length at which a label may stand, the best first.
const SHARES: [f64; 9] = [0.45, 0.5, 0.55, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85];

/// A place on a wire, and whether the wire is level there.
type Spot = (Point, bool);

/// Places along a wire, those on long pieces first.
fn spots(wire: &Wire) -> impl Iterator<Item = Spot> {
    let along = |(a, b): (Point, Point)| {
        SHARES.map(|share| {
            let x = a.x + (b.x - a.x) * share;
            let y = a.y + (b.y - a.y) * share;
            (Point::new(x.round(), y.round()), a.y == b.y)
        })
    };
    long_first(wire).into_iter().flat_map(along)
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
