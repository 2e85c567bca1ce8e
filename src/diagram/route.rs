//! The way of one wire: along lanes, around walls, with few corners.

use super::geometry::{Point, Rect};
use super::search::search;
use super::shape::Lane;

/// A direction along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dir {
    Left,
    Right,
    Up,
    Down,
}

impl Dir {
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Up, Self::Down];

    pub fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    pub fn is_horizontal(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    pub fn step(self, from: Point, by: f64) -> Point {
        match self {
            Self::Left => Point::new(from.x - by, from.y),
            Self::Right => Point::new(from.x + by, from.y),
            Self::Up => Point::new(from.x, from.y - by),
            Self::Down => Point::new(from.x, from.y + by),
        }
    }
}

/// A place on a shape's side where a wire may end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Port {
    pub at: Point,
    /// Away from the shape.
    pub out: Dir,
    /// What choosing it costs, in units of length.
    pub cost: f64,
}

/// A piece of a wire that is already drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub a: Point,
    pub b: Point,
    /// Whether it may share its lane with the wire that is being routed: two branches of one trunk.
    pub is_friend: bool,
    /// Nearer than this, another wire leaves no room: for what is said of this one, or to tell the two apart.
    pub berth: f64,
}

/// What a wire finds on its way.
pub(super) struct Field {
    pub walls: Vec<Rect>,
    /// Frames whose sides may be crossed, but not followed.
    pub frames: Vec<Rect>,
    pub pieces: Vec<Piece>,
    /// Vertical and horizontal lanes.
    pub xs: Vec<Lane>,
    pub ys: Vec<Lane>,
}

/// Costs in units of length.
pub(super) const CORNER: f64 = 24.0;
const CROSSING: f64 = 14.0;
/// What a unit of length saves on a lane of the same trunk.
pub(super) const TOGETHER: f64 = 0.1;
/// Nearer than this, two parallel wires read as one.
const APART: f64 = 6.0;
/// What a unit of length costs beside a wire that needs more room.
const CROWDED: f64 = 0.4;
/// With a gap smaller than this between them, two wires on one line read as one that goes on.
const IN_LINE: f64 = 30.0;
/// Nearer than this, a wire and the side of a frame read as one.
const FROM_SIDE: f64 = 6.0;
/// A straight way is worth this much trouble with other wires.
const DEAR: f64 = 100.0;
/// Costs are compared as whole numbers: quarters of a unit.
const SCALE: f64 = 4.0;

/// The cheapest way from one of the ports to one of the others; `None` where walls leave none.
pub(super) fn route(field: &Field, from: &[Port], to: &[Port]) -> Option<Vec<Point>> {
    let straight = straight(field, from, to);
    match straight {
        Some((points, extra)) if extra <= DEAR => Some(points),
        Some((points, _)) => search(field, from, to).or(Some(points)),
        None => search(field, from, to),
    }
}

/// The cheapest straight way, and what other wires on it cost.
fn straight(field: &Field, from: &[Port], to: &[Port]) -> Option<(Vec<Point>, f64)> {
    let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
    let facing = pairs.filter(|(a, b)| {
        let aligned = if a.out.is_horizontal() {
            a.at.y == b.at.y
        } else {
            a.at.x == b.at.x
        };
        aligned && a.out == b.out.opposite() && heading(a.at, b.at) == Some(a.out)
    });
    let priced = facing.filter_map(|(a, b)| {
        let cost = field.cost(a.at, b.at)?;
        let length = (a.at.x - b.at.x).abs() + (a.at.y - b.at.y).abs();
        Some((quarters(cost + a.cost + b.cost), a, b, cost - length))
    });
    let (_, a, b, extra) = priced.min_by_key(|(cost, ..)| *cost)?;
    Some((vec![a.at, b.at], extra))
}

fn heading(from: Point, to: Point) -> Option<Dir> {
    match (from.x == to.x, from.y == to.y) {
        (true, false) if to.y > from.y => Some(Dir::Down),
        (true, false) => Some(Dir::Up),
        (false, true) if to.x > from.x => Some(Dir::Right),
        (false, true) => Some(Dir::Left),
        _ => None,
    }
}

pub(super) fn quarters(cost: f64) -> u32 {
    (cost * SCALE).round() as u32
}

impl Field {
    /// What a straight piece costs; `None` where a wall or another wire's lane is in the way.
    pub fn cost(&self, a: Point, b: Point) -> Option<f64> {
        let piece = Rect::between(a, b);
        if self.walls.iter().any(|wall| crosses(&piece, wall)) {
            return None;
        }
        if self.frames.iter().any(|it| follows(&piece, it)) {
            return None;
        }
        let mut cost = piece.width + piece.height;
        for other in &self.pieces {
            let its = Rect::between(other.a, other.b);
            if (piece.width > 0.0) != (its.width > 0.0) {
                let crossing = meets(&piece, &its) && !other.is_friend;
                cost += if crossing { CROSSING } else { 0.0 };
                continue;
            }
            let (shared, apart) = beside(&piece, &its);
            if shared > 0.0 && apart >= APART && apart < other.berth && !other.is_friend {
                cost += CROWDED * shared;
            }
            if shared <= 0.0 || apart >= APART {
                let in_line = apart < APART && shared > -IN_LINE && !other.is_friend;
                cost += if in_line { CROSSING } else { 0.0 };
                continue;
            }
            if !other.is_friend || apart > 0.0 {
                return None;
            }
            cost -= TOGETHER * shared;
        }
        Some(cost)
    }
}

/// Whether a piece, which has no thickness, runs through a box; along its side is not through it.
#[inline(always)]
fn crosses(piece: &Rect, wall: &Rect) -> bool {
    piece.x < wall.right()
        && wall.x < piece.right()
        && piece.y < wall.bottom()
        && wall.y < piece.bottom()
}

/// Whether a piece runs along a side of a frame.
fn follows(piece: &Rect, frame: &Rect) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() < FROM_SIDE;
    if piece.width > 0.0 {
        let beside = piece.x < frame.right() && frame.x < piece.right();
        beside && (near(piece.y, frame.y) || near(piece.y, frame.bottom()))
    } else {
        let beside = piece.y < frame.bottom() && frame.y < piece.bottom();
        beside && (near(piece.x, frame.x) || near(piece.x, frame.right()))
    }
}

/// Whether two pieces at right angles have a point in common.
fn meets(one: &Rect, other: &Rect) -> bool {
    one.x <= other.right()
        && other.x <= one.right()
        && one.y <= other.bottom()
        && other.y <= one.bottom()
}

/// How long two parallel pieces run next to each other, and how far apart.
fn beside(one: &Rect, other: &Rect) -> (f64, f64) {
    let across = one.right().min(other.right()) - one.x.max(other.x);
    let down = one.bottom().min(other.bottom()) - one.y.max(other.y);
    if one.width > 0.0 {
        (across, (one.y - other.y).abs())
    } else {
        (down, (one.x - other.x).abs())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Dir, Field, Piece, Port, route};
    use crate::diagram::geometry::{Point, Rect};
    use crate::diagram::shape::Lane;

    fn port(x: f64, y: f64, out: Dir) -> Port {
        Port {
            at: Point::new(x, y),
            out,
            cost: 0.0,
        }
    }

    fn lanes(all: &[f64]) -> Vec<Lane> {
        all.iter().map(|at| Lane { at: *at, off: 0.0 }).collect()
    }

    fn field(walls: &[Rect]) -> Field {
        Field {
            walls: walls.to_vec(),
            frames: Vec::new(),
            pieces: Vec::new(),
            xs: lanes(&[20.0, 50.0, 80.0]),
            ys: lanes(&[-60.0, 60.0]),
        }
    }

    #[test]
    fn a_wire_goes_straight_where_it_can_and_around_a_wall_where_it_cannot() {
        let (from, to) = ([port(0.0, 0.0, Dir::Right)], [port(100.0, 0.0, Dir::Left)]);
        let way = route(&field(&[]), &from, &to).unwrap();
        assert_eq!(way, [Point::new(0.0, 0.0), Point::new(100.0, 0.0)]);
        let wall = Rect::new(40.0, -90.0, 20.0, 100.0);
        let way = route(&field(&[wall]), &from, &to).unwrap();
        assert_eq!(way.len(), 6);
        assert!(way.iter().any(|it| it.y == 60.0));
        let closed = Rect::new(40.0, -900.0, 20.0, 1800.0);
        assert_eq!(route(&field(&[closed]), &from, &to), None);
    }

    #[test]
    fn a_taken_lane_is_left_alone_unless_it_belongs_to_the_same_trunk() {
        let from = [port(0.0, 0.0, Dir::Down)];
        let to = [port(100.0, 100.0, Dir::Up)];
        let mut it = field(&[]);
        it.ys = lanes(&[50.0, 60.0]);
        let piece = Piece {
            a: Point::new(-10.0, 50.0),
            b: Point::new(110.0, 50.0),
            is_friend: false,
            berth: 0.0,
        };
        it.pieces = vec![piece];
        assert!(
            route(&it, &from, &to)
                .unwrap()
                .iter()
                .all(|it| it.y != 50.0)
        );
        it.pieces = vec![Piece {
            is_friend: true,
            ..piece
        }];
        assert!(
            route(&it, &from, &to)
                .unwrap()
                .iter()
                .any(|it| it.y == 50.0)
        );
    }
}
