//! Every connection as a wire: where it may end, what it must go around, and where its label stands.

use super::drawing::{Item, Plate, Shape, Style, Wire};
use super::geometry::{Point, Rect};
use super::place::plate_lines;
use super::route::{Dir, Field, Piece, Port, route};
use super::shape::{self, Canvas};
use super::theme;
use crate::aws::Name;
use crate::topology::{Link, LinkKind};

/// Distance that a wire keeps from an icon and from a text.
const CLEAR: f64 = 3.0;

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
            needs: needs(canvas, link),
        });
    }
    plates(canvas, &mut wires);
    hops(&mut wires);
    wires
}

fn find(canvas: &Canvas<'_>, name: &str) -> Option<usize> {
    canvas.items.iter().position(|it| *it.name == *name)
}

/// Both ends, and the zones that they are in alone.
fn needs(canvas: &Canvas<'_>, link: &Link) -> Vec<Name> {
    let mut names = vec![link.from.clone(), link.to.clone()];
    for end in [&link.from, &link.to] {
        let mut place = find(canvas, end);
        while let Some(item) = place.and_then(|it| canvas.items.get(it)) {
            if item.shape == Shape::Zone {
                names.push(item.name.clone());
            }
            place = item.inside;
        }
    }
    names.dedup();
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
    let mut field = Field {
        walls: walls(&canvas.items, from, to),
        frames: frames(&canvas.items),
        pieces: pieces(wires, link),
        xs: canvas.xs.clone(),
        ys: canvas.ys.clone(),
    };
    let starts = ports(canvas, a, b, link.kind);
    let ends = ports(canvas, b, a, link.kind);
    let found = route(&field, &starts, &ends);
    found.or_else(|| {
        // Where every lane is taken, a shared one is better than a connection that is not shown.
        field.pieces.clear();
        route(&field, &starts, &ends)
    })
}

/// Two wires may share a lane when they are branches of one trunk.
fn is_trunk(wire: &Wire, link: &Link) -> bool {
    wire.kind == link.kind && (wire.from == link.from || wire.to == link.to)
}

fn pieces(wires: &[Wire], link: &Link) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for wire in wires {
        let is_friend = is_trunk(wire, link);
        let pairs = wire.points.iter().zip(wire.points.iter().skip(1));
        pieces.extend(pairs.map(|(a, b)| Piece {
            a: *a,
            b: *b,
            is_friend,
        }));
    }
    pieces
}

/// The chain of things that an item stands in, itself first.
fn chain(items: &[Item], index: usize) -> Vec<usize> {
    let mut chain = vec![index];
    let mut place = items.get(index).and_then(|it| it.inside);
    while let Some(it) = place {
        chain.push(it);
        place = items.get(it).and_then(|it| it.inside);
    }
    chain
}

/// What a wire must go around: icons, tags, texts, and the groups, subnets and VPCs that neither end touches.
fn walls(items: &[Item], from: usize, to: usize) -> Vec<Rect> {
    let (one, other) = (chain(items, from), chain(items, to));
    let ends = one.iter().chain(&other).filter_map(|it| items.get(*it));
    let groups: Vec<Rect> = ends
        .filter(|it| matches!(it.shape, Shape::Group(_)))
        .map(|it| it.rect)
        .collect();
    let mut walls = Vec::new();
    for (index, item) in items.iter().enumerate() {
        walls.extend(item.labels.iter().map(|it| it.rect.grow(CLEAR - 1.0)));
        let is_end = index == from || index == to;
        let is_around = one.contains(&index) || other.contains(&index);
        let covered = groups.iter().any(|it| it.overlaps(&item.rect));
        let wall = match item.shape {
            Shape::Zone => None,
            _ if is_end => Some(item.rect.grow(-1.0)),
            Shape::Icon(_) | Shape::Tag(_) => Some(item.rect.grow(CLEAR)),
            _ if is_around => None,
            Shape::PublicSubnet | Shape::PrivateSubnet if covered => None,
            Shape::Region | Shape::Vpc | Shape::PublicSubnet | Shape::PrivateSubnet => {
                Some(item.rect)
            }
            Shape::Group(_) => Some(item.rect.grow(CLEAR)),
        };
        walls.extend(wall);
    }
    walls
}

/// Frames and groups, whose sides a wire does not follow.
fn frames(items: &[Item]) -> Vec<Rect> {
    let frames = items.iter().filter(|it| it.shape.is_container());
    frames.map(|it| it.rect).collect()
}

/// Where a wire may end on an item, given the item at its other end.
fn ports(canvas: &Canvas<'_>, item: &Item, other: &Item, kind: LinkKind) -> Vec<Port> {
    match item.shape {
        Shape::Icon(_) | Shape::Tag(_) => icon_ports(canvas, item, kind),
        Shape::Group(_)
        | Shape::Region
        | Shape::Vpc
        | Shape::Zone
        | Shape::PublicSubnet
        | Shape::PrivateSubnet => frame_ports(canvas, item, other),
    }
}

/// The middle of each side; left and right of an icon where requests and egress meet, one above the other.
fn icon_ports(canvas: &Canvas<'_>, item: &Item, kind: LinkKind) -> Vec<Port> {
    let kinds = |kind: LinkKind| {
        let mut links = canvas.links.iter();
        links.any(|it| it.kind == kind && (it.from == item.name || it.to == item.name))
    };
    let shift = match kind {
        LinkKind::Request if kinds(LinkKind::Egress) => -theme::PORT,
        LinkKind::Egress if kinds(LinkKind::Request) => theme::PORT,
        LinkKind::Request | LinkKind::Egress | LinkKind::Replication => 0.0,
    };
    let center = item.rect.center();
    let lowest = item
        .labels
        .iter()
        .filter(|it| it.rect.y >= item.rect.bottom());
    let lowest = lowest.map(|it| it.rect.bottom() + CLEAR);
    let bottom = lowest.fold(item.rect.bottom(), f64::max);
    let port = |x: f64, y: f64, out: Dir| Port {
        at: Point::new(x, y),
        out,
        cost: 0.0,
    };
    vec![
        port(item.rect.x, center.y + shift, Dir::Left),
        port(item.rect.right(), center.y + shift, Dir::Right),
        port(center.x, item.rect.y, Dir::Up),
        port(center.x, bottom, Dir::Down),
    ]
}

/// How far from a corner a port keeps.
const FROM_CORNER: f64 = 12.0;
/// Prefers a lane to the middle of a subnet, and the middle lane to the others, in units of length.
const OFF_LANE: f64 = 60.0;
const OFF_MIDDLE: f64 = 0.2;

/// Opposite the other end, on a lane, or in the middle of what both have in common.
fn frame_ports(canvas: &Canvas<'_>, item: &Item, other: &Item) -> Vec<Port> {
    let (own, its) = (item.rect, other.rect);
    let common = |start: f64, end: f64, from: f64, to: f64| {
        let (start, end) = (start.max(from), end.min(to));
        if start <= end {
            (start + end) / 2.0
        } else {
            (from + to) / 2.0
        }
    };
    let x = common(its.x, its.right(), own.x, own.right());
    let y = common(its.y, its.bottom(), own.y, own.bottom());
    let mut columns = vec![(x.round(), OFF_LANE), (own.center().x.round(), OFF_LANE)];
    columns.extend(
        canvas
            .xs
            .iter()
            .map(|it| (*it, (it - x).abs() * OFF_MIDDLE)),
    );
    let mut rows = vec![(y.round(), 0.0)];
    if let Shape::Icon(_) = other.shape {
        columns.push((its.center().x, 0.0));
        rows.extend([-theme::PORT, 0.0, theme::PORT].map(|it| (its.center().y + it, 0.0)));
    }
    let mut ports = Vec::new();
    let wide = |it: &(f64, f64)| own.x + FROM_CORNER <= it.0 && it.0 <= own.right() - FROM_CORNER;
    for (x, cost) in columns.into_iter().filter(wide) {
        for (y, out) in [(own.y, Dir::Up), (own.bottom(), Dir::Down)] {
            let at = Point::new(x, y);
            ports.push(Port { at, out, cost });
        }
    }
    let high = |it: &(f64, f64)| own.y + FROM_CORNER <= it.0 && it.0 <= own.bottom() - FROM_CORNER;
    for (y, cost) in rows.into_iter().filter(high) {
        for (x, out) in [(own.x, Dir::Left), (own.right(), Dir::Right)] {
            let at = Point::new(x, y);
            ports.push(Port { at, out, cost });
        }
    }
    ports
}

/// The middle of the longest piece.
fn middle(points: &[Point]) -> Point {
    let pieces = points.iter().zip(points.iter().skip(1));
    let rects = pieces.map(|(a, b)| Rect::between(*a, *b));
    let longest = rects.max_by(|a, b| (a.width + a.height).total_cmp(&(b.width + b.height)));
    longest.map_or(Point::default(), |it| it.center())
}

/// Puts every wire's label on the wire, where it covers nothing.
fn plates(canvas: &Canvas<'_>, wires: &mut [Wire]) {
    let mut taken: Vec<Rect> = Vec::new();
    for item in &canvas.items {
        taken.extend(item.labels.iter().map(|it| it.rect));
        if matches!(item.shape, Shape::Icon(_) | Shape::Tag(_)) {
            taken.push(item.rect);
        }
    }
    for index in 0..wires.len() {
        let Some(wire) = wires.get(index) else {
            continue;
        };
        let Some(lines) = words(canvas, wire) else {
            continue;
        };
        let found = spots(&wire.points).into_iter().find_map(|at| {
            let plate = plate(&lines, at);
            let box_ = plate.rect.grow(CLEAR);
            let is_free = !taken.iter().any(|it| it.overlaps(&box_))
                && !covers_border(canvas, wire, &plate.rect)
                && !covers_wire(wires, index, &box_);
            is_free.then_some((plate, at))
        });
        if let (Some((plate, at)), Some(wire)) = (found, wires.get_mut(index)) {
            taken.push(plate.rect);
            wire.cut = beyond(&wire.points, &plate.rect).unwrap_or(at);
            wire.plate = Some(plate);
        }
    }
}

fn words(canvas: &Canvas<'_>, wire: &Wire) -> Option<Vec<String>> {
    if wire.kind == LinkKind::Replication {
        return Some(vec![canvas.words.replication()]);
    }
    let mut links = canvas.links.iter();
    let link = links.find(|it| it.from == wire.from && it.to == wire.to && it.kind == wire.kind);
    link?.label.as_deref().map(plate_lines)
}

fn plate(lines: &[String], center: Point) -> Plate {
    let top = center.y - lines.len() as f64 * Style::Detail.line() / 2.0;
    let labels: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(place, text)| {
            let y = top + place as f64 * Style::Detail.line();
            shape::centered(text.clone(), Style::Detail, Point::new(center.x, y))
        })
        .collect();
    let rects = labels.iter().map(|it| it.rect);
    let rect = rects.reduce(|a, b| a.union(&b)).unwrap_or_default();
    Plate {
        rect: rect.grow(2.0),
        labels,
    }
}

/// Places for a label along a wire, the best first: the middles of the long pieces, then off the middle.
fn spots(points: &[Point]) -> Vec<Point> {
    let pieces = points.iter().zip(points.iter().skip(1));
    let mut pieces: Vec<(Point, Point)> = pieces.map(|(a, b)| (*a, *b)).collect();
    let length = |(a, b): &(Point, Point)| (a.x - b.x).abs() + (a.y - b.y).abs();
    pieces.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let shares = [0.45, 0.55, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85];
    let along = |(a, b): &(Point, Point), share: f64| {
        Point::new(
            (a.x + (b.x - a.x) * share).round(),
            (a.y + (b.y - a.y) * share).round(),
        )
    };
    pieces
        .iter()
        .flat_map(|piece| shares.map(|share| along(piece, share)))
        .collect()
}

/// Whether a label would lie on the side of a group, or on a side of a frame that runs along the wire.
fn covers_border(canvas: &Canvas<'_>, wire: &Wire, plate: &Rect) -> bool {
    canvas.items.iter().any(|item| {
        let outside = !item.rect.contains(plate) && item.rect.overlaps(plate);
        match item.shape {
            Shape::Icon(_) | Shape::Tag(_) => false,
            Shape::Group(_) => {
                outside && item.name != wire.from && item.name != wire.to || {
                    outside && item.rect.grow(-4.0).overlaps(plate)
                }
            }
            Shape::Region
            | Shape::Vpc
            | Shape::Zone
            | Shape::PublicSubnet
            | Shape::PrivateSubnet => outside,
        }
    })
}

fn covers_wire(wires: &[Wire], own: usize, plate: &Rect) -> bool {
    wires.iter().enumerate().any(|(index, wire)| {
        let mut pieces = wire.points.iter().zip(wire.points.iter().skip(1));
        index != own && pieces.any(|(a, b)| Rect::between(*a, *b).grow(0.5).overlaps(plate))
    })
}

/// A place on the wire beside its label, for the cross of a broken connection.
fn beyond(points: &[Point], plate: &Rect) -> Option<Point> {
    let far = plate.grow(theme::GAP);
    let spots = spots(points);
    spots.into_iter().find(|it| {
        let spot = Rect::around(*it, 1.0);
        !far.overlaps(&spot)
    })
}

/// Where a wire crosses another that looks the same but is not of its trunk, the vertical one steps over.
fn hops(wires: &mut [Wire]) {
    let all: Vec<Wire> = wires.to_vec();
    for wire in wires {
        for other in &all {
            let same = other.kind == wire.kind;
            let trunk = other.from == wire.from || other.to == wire.to;
            if same && !trunk {
                wire.hops.extend(crossings(&wire.points, &other.points));
            }
        }
    }
}

/// Where vertical pieces of the one cross horizontal pieces of the other.
fn crossings(one: &[Point], other: &[Point]) -> Vec<Point> {
    let mut found = Vec::new();
    for (a, b) in one.iter().zip(one.iter().skip(1)) {
        for (c, d) in other.iter().zip(other.iter().skip(1)) {
            let (own, its) = (Rect::between(*a, *b), Rect::between(*c, *d));
            let upright = own.width == 0.0 && its.height == 0.0;
            let inside = its.x + HOP < own.x
                && own.x < its.right() - HOP
                && own.y + HOP < its.y
                && its.y < own.bottom() - HOP;
            if upright && inside {
                found.push(Point::new(own.x, its.y));
            }
        }
    }
    found
}

/// Radius of the bow of a step.
pub(super) const HOP: f64 = 5.0;
