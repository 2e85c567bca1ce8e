//! Path data of wires.

use super::drawing::Wire;
use super::geometry::Point;
use super::wire::HOP;
use super::write::decimal;
use crate::topology::LinkKind;

/// Corner radius of a wire.
const BEND: f64 = 7.0;
/// Length and half the width of an arrowhead.
const HEAD: (f64, f64) = (9.0, 4.5);

/// Path data of a wire: rounded corners, bows at the hops, an end inside the arrowhead. It runs from the end that it
/// shares with others, so that the dashes lie on each other: copies have one source, all else meets on its way.
pub(super) fn line(out: &mut String, wire: &Wire) {
    let mut points = shortened(wire.kind, &wire.points);
    match wire.kind {
        LinkKind::Replication => (),
        LinkKind::Request
        | LinkKind::Blocked
        | LinkKind::Egress
        | LinkKind::Peering
        | LinkKind::Vpn
        | LinkKind::Control => points.reverse(),
    }
    let Some((first, rest)) = points.split_first() else {
        return;
    };
    move_to(out, 'M', *first);
    let mut at = *first;
    for (place, corner) in rest.iter().enumerate() {
        let next = rest.get(place + 1);
        let bend = next.map_or(0.0, |next| {
            BEND.min(distance(at, *corner) / 2.0)
                .min(distance(*corner, *next) / 2.0)
        });
        let before = towards(*corner, at, bend);
        hopping(out, at, before, &wire.hops);
        if let Some(next) = next {
            let after = towards(*corner, *next, bend);
            move_to(out, 'Q', *corner);
            move_to(out, ' ', after);
            at = after;
        }
    }
}

/// A straight piece, with a bow over each hop on it, nearest first.
fn hopping(out: &mut String, from: Point, to: Point, hops: &[Point]) {
    let on = |it: &&Point| {
        it.x == from.x && from.x == to.x && it.y > from.y.min(to.y) && it.y < from.y.max(to.y)
    };
    let mut hops: Vec<Point> = hops.iter().filter(on).copied().collect();
    hops.sort_by(|a, b| distance(from, *a).total_cmp(&distance(from, *b)));
    for hop in hops {
        let before = towards(hop, from, HOP);
        let after = towards(hop, to, HOP);
        move_to(out, 'L', before);
        out.push_str("A5 5 0 0 ");
        out.push(if to.y < from.y { '1' } else { '0' });
        move_to(out, ' ', after);
    }
    move_to(out, 'L', to);
}

pub(super) fn straight(out: &mut String, kind: LinkKind, points: &[Point]) {
    for (place, point) in shortened(kind, points).iter().enumerate() {
        move_to(out, if place == 0 { 'M' } else { 'L' }, *point);
    }
}

/// The same way, ending under the arrowhead. A tunnel has none.
fn shortened(kind: LinkKind, points: &[Point]) -> Vec<Point> {
    let mut points = points.to_vec();
    if kind == LinkKind::Vpn {
        return points;
    }
    if let [.., before, last] = points.as_mut_slice() {
        *last = towards(*last, *before, HEAD.0 - 1.0);
    }
    points
}

pub(super) fn head(out: &mut String, points: &[Point]) {
    let [.., before, tip] = points else {
        return;
    };
    let base = towards(*tip, *before, HEAD.0);
    let (dx, dy) = if before.x == tip.x {
        (HEAD.1, 0.0)
    } else {
        (0.0, HEAD.1)
    };
    move_to(out, 'M', *tip);
    move_to(out, 'L', Point::new(base.x + dx, base.y + dy));
    move_to(out, 'L', Point::new(base.x - dx, base.y - dy));
    out.push('Z');
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// The point a way off, in the direction of another on the same axis.
fn towards(from: Point, to: Point, by: f64) -> Point {
    let step = |from: f64, to: f64| {
        if to > from {
            from + by
        } else if to < from {
            from - by
        } else {
            from
        }
    };
    Point::new(step(from.x, to.x), step(from.y, to.y))
}

fn move_to(out: &mut String, command: char, to: Point) {
    out.push(command);
    decimal(out, to.x);
    out.push(' ');
    decimal(out, to.y);
}
