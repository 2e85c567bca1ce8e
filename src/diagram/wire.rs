//! Every connection as a wire: routed one after the other, then labelled.

use super::drawing::{Item, Shape, Wire};
use super::geometry::{Point, Rect};
use super::route::{Field, Piece, route};
use super::shape::Canvas;
use super::{plate, port};
use crate::aws::Name;
use crate::topology::Link;

/// Distance that a wire keeps from an icon.
pub(super) const CLEAR: f64 = 3.0;
/// Distance that a wire keeps from a text.
const CLEAR_OF_TEXT: f64 = 2.0;

/// Routes every connection whose ends are drawn.
pub(super) fn wires(canvas: &Canvas<'_>) -> Vec<Wire> {
    let mut wires: Vec<Wire> = Vec::new();
    for link in canvas.links {
        let (Some(from), Some(to)) = (find(canvas, &link.from), find(canvas, &link.to)) else {
            continue;
        };
        let Some(points) = way(canvas, &wires, link, from, to) else {
            continue;
        };
        wires.push(Wire {
            from: link.from.clone(),
            to: link.to.clone(),
            kind: link.kind,
            cut: middle(&points),
            points,
            hops: Vec::new(),
            plate: None,
            needs: needs(&canvas.items, link, [from, to]),
        });
    }
    plate::plates(canvas, &mut wires);
    hops(&mut wires);
    wires
}

fn find(canvas: &Canvas<'_>, name: &str) -> Option<usize> {
    canvas.items.iter().position(|it| *it.name == *name)
}

/// An item and the chain of those that it stands in.
fn chain(items: &[Item], index: usize) -> impl Iterator<Item = (usize, &Item)> {
    std::iter::successors(Some(index), |it| items.get(*it)?.inside)
        .filter_map(|it| Some((it, items.get(it)?)))
}

/// Both ends, and the zones that they are in alone.
fn needs(items: &[Item], link: &Link, ends: [usize; 2]) -> Vec<Name> {
    let mut names = vec![link.from.clone(), link.to.clone()];
    for end in ends {
        let zones = chain(items, end).filter(|(_, it)| it.shape == Shape::Zone);
        for (_, zone) in zones {
            if !names.contains(&zone.name) {
                names.push(zone.name.clone());
            }
        }
    }
    names
}

fn way(
    canvas: &Canvas<'_>,
    wires: &[Wire],
    link: &Link,
    from: usize,
    to: usize,
) -> Option<Vec<Point>> {
    let (a, b) = (canvas.items.get(from)?, canvas.items.get(to)?);
    let frames = canvas.items.iter().filter(|it| it.shape.is_container());
    let mut field = Field {
        walls: walls(&canvas.items, from, to),
        frames: frames.map(|it| it.rect).collect(),
        pieces: pieces(wires, link),
        xs: canvas.xs.clone(),
        ys: canvas.ys.clone(),
    };
    let starts = port::ports(canvas, a, b, link.kind);
    let ends = port::ports(canvas, b, a, link.kind);
    let found = route(&field, &starts, &ends);
    found.or_else(|| {
        // Where every lane is taken, a shared one is better than a connection that is not shown.
        field.pieces.clear();
        route(&field, &starts, &ends)
    })
}

/// The pieces of a wire.
pub(super) fn spans(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + Clone {
    points.iter().copied().zip(points.iter().skip(1).copied())
}

fn pieces(wires: &[Wire], link: &Link) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for wire in wires {
        // Branches of one trunk share their lane.
        let one_end = wire.from == link.from || wire.to == link.to;
        let is_friend = wire.kind == link.kind && one_end;
        pieces.extend(spans(&wire.points).map(|(a, b)| Piece { a, b, is_friend }));
    }
    pieces
}

/// What a wire must go around: icons, tags, texts, and the groups, subnets and VPCs that neither end touches. Zones are no
/// walls: with groups across all zones above and below, the gaps between tiers are the only way from one to another.
fn walls(items: &[Item], from: usize, to: usize) -> Vec<Rect> {
    let ends = || chain(items, from).chain(chain(items, to));
    let around: Vec<usize> = ends().map(|(index, _)| index).collect();
    let groups = ends().filter(|(_, it)| matches!(it.shape, Shape::Group(_)));
    let groups: Vec<Rect> = groups.map(|(_, it)| it.rect).collect();
    let mut walls = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let labels = item.labels.iter();
        walls.extend(labels.map(|it| it.rect.grow(CLEAR_OF_TEXT)));
        let is_around = || around.contains(&index);
        let is_under = || groups.iter().any(|it| it.overlaps(&item.rect));
        walls.extend(match item.shape {
            Shape::Zone => None,
            _ if index == from || index == to => Some(item.rect.grow(-1.0)),
            Shape::Icon(_) | Shape::Tag(_) => Some(item.rect.grow(CLEAR)),
            _ if is_around() => None,
            Shape::PublicSubnet | Shape::PrivateSubnet if is_under() => None,
            Shape::Region | Shape::Vpc | Shape::PublicSubnet | Shape::PrivateSubnet => {
                Some(item.rect)
            }
            Shape::Group(_) => Some(item.rect.grow(CLEAR)),
        });
    }
    walls
}

/// The middle of the longest piece.
fn middle(points: &[Point]) -> Point {
    let rects = spans(points).map(|(a, b)| Rect::between(a, b));
    let longest = rects.max_by(|a, b| (a.width + a.height).total_cmp(&(b.width + b.height)));
    longest.unwrap_or_default().center()
}

/// Where a wire crosses another that looks the same but is not of its trunk, the upright one steps over.
fn hops(wires: &mut [Wire]) {
    let all: Vec<Wire> = wires.to_vec();
    for wire in wires {
        for other in &all {
            let is_trunk = other.from == wire.from || other.to == wire.to;
            if other.kind != wire.kind || is_trunk {
                continue;
            }
            for (a, b) in spans(&wire.points) {
                let crossed = spans(&other.points).filter_map(|(c, d)| crossing(a, b, c, d));
                for hop in crossed {
                    if !wire.hops.contains(&hop) {
                        wire.hops.push(hop);
                    }
                }
            }
        }
    }
}

/// Half the width of the bow of a step.
pub(super) const HOP: f64 = 5.0;

/// Where an upright piece crosses a level one, both going on for a while.
fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (own, other) = (Rect::between(a, b), Rect::between(c, d));
    let upright = own.width == 0.0 && other.height == 0.0;
    let goes_on = other.x + HOP < own.x
        && own.x < other.right() - HOP
        && own.y + HOP < other.y
        && other.y < own.bottom() - HOP;
    (upright && goes_on).then(|| Point::new(own.x, other.y))
}
