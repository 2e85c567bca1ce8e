//! Every connection as a wire: routed one after the other, then labelled.

use super::drawing::{Item, Shape, Style, Wire};
use super::geometry::{Point, Rect};
use super::route::{Field, Piece, Port, route};
use super::shape::{Canvas, Lane};
use super::{measure, outside, plate, port};
use crate::aws::Name;
use crate::topology::{Link, LinkKind};

/// Distance that a wire keeps from an icon.
pub(super) const CLEAR: f64 = 3.0;
/// Nearer than this, two parallel wires are hard to tell apart.
const NEAR: f64 = 15.0;
/// Distance that a wire keeps from a text.
const CLEAR_OF_TEXT: f64 = 2.0;

/// Routes every connection whose ends are drawn.
pub(super) fn wires(canvas: &Canvas<'_>) -> Vec<Wire> {
    let mut wires: Vec<Wire> = Vec::new();
    let mut links: Vec<&Link> = Vec::new();
    let mut waiting: Vec<&Link> = canvas.links.iter().collect();
    waiting.sort_by_key(|it| turn(it.kind));
    for link in waiting {
        let (Some(from), Some(to)) = (find(canvas, &link.from), find(canvas, &link.to)) else {
            continue;
        };
        let Some(points) = way(canvas, pieces(&wires, &links, link), [from, to], link) else {
            continue;
        };
        links.push(link);
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
    hops(&mut wires, &links);
    plate::plates(canvas, &mut wires);
    // What shares a lane with a labelled wire is not to cover the label.
    wires.sort_by_key(|it| it.plate.is_some());
    wires
}

/// Tunnels have few lanes to choose from. Copies keep in step beside the way of requests, which is found before.
fn turn(kind: LinkKind) -> u8 {
    match kind {
        LinkKind::Vpn => 0,
        LinkKind::Request | LinkKind::Egress | LinkKind::Peering => 1,
        LinkKind::Replication => 2,
    }
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
    pieces: Vec<Piece>,
    [from, to]: [usize; 2],
    link: &Link,
) -> Option<Vec<Point>> {
    let (a, b) = (canvas.items.get(from)?, canvas.items.get(to)?);
    let frames = canvas.items.iter().filter(|it| it.shape.is_container());
    let mut field = Field {
        walls: walls(&canvas.items, from, to, link.kind),
        frames: frames.map(|it| it.rect).collect(),
        pieces,
        xs: canvas.xs.clone(),
        ys: canvas.ys.clone(),
    };
    for xs in roomy(canvas, link).into_iter().chain([canvas.xs.clone()]) {
        field.xs = xs;
        let [starts, ends] = ends(canvas, &field, a, b, link.kind);
        if let Some(found) = route(&field, &starts, &ends) {
            return Some(found);
        }
    }
    // Where every lane is taken, a shared one is better than a connection that is not shown.
    field.pieces.clear();
    let [starts, ends] = ends(canvas, &field, a, b, link.kind);
    route(&field, &starts, &ends)
}

/// Where a wire may begin and end.
fn ends(canvas: &Canvas<'_>, field: &Field, a: &Item, b: &Item, kind: LinkKind) -> [Vec<Port>; 2] {
    [(a, b), (b, a)].map(|(one, other)| port::ports(canvas, &field.xs, one, other, kind))
}

/// Lanes with room for a label beside them; `None` for a wire without one.
fn roomy(canvas: &Canvas<'_>, link: &Link) -> Option<Vec<Lane>> {
    link.label.as_ref()?;
    let mut detours = canvas.detours.iter();
    let detour = detours.find(|it| it.from == link.from && it.to == link.to);
    let middles = canvas.xs.iter().copied().filter(|it| it.off == 0.0);
    Some(match detour {
        Some(it) => vec![Lane { at: it.x, off: 0.0 }],
        None => middles.collect(),
    })
}

/// The pieces of a wire.
pub(super) fn spans(points: &[Point]) -> impl Iterator<Item = (Point, Point)> + Clone {
    points.iter().copied().zip(points.iter().skip(1).copied())
}

fn pieces(wires: &[Wire], links: &[&Link], link: &Link) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (wire, its) in wires.iter().zip(links) {
        let is_friend = is_trunk(its, link);
        let berth = berth(its).max(berth(link));
        pieces.extend(spans(&wire.points).map(|(a, b)| Piece {
            a,
            b,
            is_friend,
            berth,
        }));
    }
    pieces
}

/// How much room a wire needs to either side.
fn berth(link: &Link) -> f64 {
    let label = link.label.as_deref();
    let widths = label.map(outside::ports).unwrap_or_default().into_iter();
    let widths = widths.map(|it| measure::width(&it, Style::Detail) / 2.0 + 2.0 * CLEAR);
    widths.fold(NEAR, f64::max)
}

/// Whether two connections are branches of one trunk, which share their lane: they come to one end, or go out from one and
/// what is said of one holds for the other.
fn is_trunk(one: &Link, other: &Link) -> bool {
    let alike = one.label == other.label && is_synchronous(&one.to) == is_synchronous(&other.to);
    one.kind == other.kind && (one.to == other.to || (one.from == other.from && alike))
}

/// Whether what a wire of copies leads to is kept in step at once.
pub(super) fn is_synchronous(to: &str) -> bool {
    to.ends_with(".standby")
}

/// What a wire must go around: icons, tags, texts, and the groups, subnets and VPCs that neither end touches. Zones are no
/// walls: with groups across all zones above and below, the gaps between tiers are the only way from one to another.
/// Copies are asked and kept in step along their tier.
fn walls(items: &[Item], from: usize, to: usize, kind: LinkKind) -> Vec<Rect> {
    let ends = || chain(items, from).chain(chain(items, to));
    let around: Vec<usize> = ends().map(|(index, _)| index).collect();
    let groups = ends().filter(|(_, it)| matches!(it.shape, Shape::Group(_)));
    let groups: Vec<Rect> = groups.map(|(_, it)| it.rect).collect();
    let is_subnet = |it: &Item| matches!(it.shape, Shape::PublicSubnet | Shape::PrivateSubnet);
    let is_along =
        kind == LinkKind::Replication || (kind == LinkKind::Request && !groups.is_empty());
    let rows = ends().filter(|(_, it)| is_along && is_subnet(it));
    let rows: Vec<f64> = rows.map(|(_, it)| it.rect.y).collect();
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
            Shape::PublicSubnet | Shape::PrivateSubnet
                if is_under() || rows.contains(&item.rect.y) =>
            {
                None
            }
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
fn hops(wires: &mut [Wire], links: &[&Link]) {
    let all: Vec<Vec<Point>> = wires.iter().map(|it| it.points.clone()).collect();
    for (wire, link) in wires.iter_mut().zip(links) {
        for (points, other) in all.iter().zip(links) {
            if other.kind != link.kind || is_trunk(link, other) {
                continue;
            }
            for (a, b) in spans(&wire.points) {
                let crossed = spans(points).filter_map(|(c, d)| crossing(a, b, c, d));
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
