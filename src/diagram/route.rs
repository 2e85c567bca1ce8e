//! The way of one wire: along lanes, around walls, with few corners.

use super::geometry::{Point, Rect};
use super::nearby::{Nearby, touches};
use super::nested::Nested;
use super::search::{Known, search};
use super::shape::Lane;
use super::wire::pieces;

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

    /// 0 from left to right, 1 from top to bottom.
    pub const fn axis(self) -> usize {
        !self.is_horizontal() as usize
    }

    /// Whether places on its axis grow.
    pub const fn is_forward(self) -> bool {
        matches!(self, Self::Right | Self::Down)
    }

    /// Straight on, and to both sides.
    pub fn onward(self) -> [Self; 3] {
        if self.is_horizontal() {
            [self, Self::Up, Self::Down]
        } else {
            [self, Self::Left, Self::Right]
        }
    }

    pub const fn is_horizontal(self) -> bool {
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

/// What every wire finds on its way: the same boxes for all, but not as much of a wall to each.
pub(super) struct Field {
    obstacles: Vec<Obstacle>,
    /// Items that others stand in and that can be closed, and where they are.
    frames: Vec<Frame>,
    nested: Nested,
    pieces: Vec<Piece>,
    /// What is met on the way: boxes and the sides of frames, and the rooms of pieces. A piece of another wire that
    /// touches no room minds nothing.
    met: Nearby,
    /// The least room that any of them has to either side.
    room: f64,
}

/// A box that stands in the way.
struct Obstacle {
    /// Index of the item that it is; `None` for a text.
    item: Option<usize>,
    rect: Rect,
    /// What is closed to those that it is not open to, with the room around it.
    wall: Option<Rect>,
    /// Whether its sides may be crossed where it is open, but not followed.
    is_frame: bool,
}

/// An obstacle that others stand in, by index, and the item that it is.
struct Frame {
    obstacle: usize,
    item: usize,
}

/// A straight piece of a wire that is already drawn, and which wire that is.
struct Piece {
    rect: Rect,
    wire: usize,
}

/// What is met on the way, by index.
enum Met {
    Obstacle(usize),
    Piece(usize),
}

impl Met {
    fn id(self) -> usize {
        match self {
            Self::Obstacle(index) => index * 2,
            Self::Piece(index) => index * 2 + 1,
        }
    }

    fn of(id: usize) -> Self {
        if id.is_multiple_of(2) {
            Self::Obstacle(id / 2)
        } else {
            Self::Piece(id / 2)
        }
    }
}

/// What an item is to the wire that is being routed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pass {
    Closed,
    Open,
    /// It begins or ends here.
    End,
}

/// What another wire is to the one that is being routed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// Whether the two may share a lane: two branches of one trunk.
    pub is_friend: bool,
    /// Nearer than this, there is no room: for what is said of one of them, or to tell the two apart.
    pub berth: f64,
}

/// The field as one wire sees it.
pub(super) struct View<'a> {
    pub field: &'a Field,
    /// By item.
    pub passes: &'a [Pass],
    /// Closed obstacles that an end stands in, by index.
    pub around: &'a [usize],
    /// By wire; those that are left out do not matter.
    pub others: &'a [Terms],
    /// The room that it needs itself.
    pub berth: f64,
    /// Vertical and horizontal lanes, in order.
    pub xs: &'a [Lane],
    pub ys: &'a [Lane],
}

/// Costs in units of length.
pub(super) const CORNER: f64 = 24.0;
const CROSSING: f64 = 14.0;
/// What a unit of length saves on a lane of the same trunk.
const TOGETHER: f64 = 0.1;
/// Nearer than this, two parallel wires read as one.
pub(super) const APART: f64 = 6.0;
/// What a unit of length costs beside a wire that needs more room.
const CROWDED: f64 = 0.4;
/// With a gap smaller than this between them, two wires on one line read as one that goes on.
const IN_LINE: f64 = 30.0;
/// Nearer than this, a wire and the side of a frame read as one.
pub(super) const FROM_SIDE: f64 = 6.0;
/// A straight way is worth this much trouble with other wires.
const DEAR: f64 = 100.0;
/// A wire may enter so much of what it ends at.
const WITHIN: f64 = 1.0;
/// Costs are compared as whole numbers: quarters of a unit.
const SCALE: f64 = 4.0;

/// A cheap way from one of the ports to one of the others; `None` where walls leave none.
pub(super) fn route(
    view: &View<'_>,
    known: &mut Known,
    from: &[Port],
    to: &[Port],
) -> Option<Vec<Point>> {
    let straight = straight(view, from, to);
    match straight {
        Some((points, extra)) if extra <= DEAR => Some(points),
        Some((points, _)) => search(view, known, from, to).or(Some(points)),
        None => search(view, known, from, to),
    }
}

/// The cheapest straight way, and what other wires on it cost.
fn straight(view: &View<'_>, from: &[Port], to: &[Port]) -> Option<(Vec<Point>, f64)> {
    let places = to.iter().map(|it| (it.at, it.at));
    let ends = places.reduce(|(low, high), (at, _)| {
        let low = Point::new(low.x.min(at.x), low.y.min(at.y));
        (low, Point::new(high.x.max(at.x), high.y.max(at.y)))
    })?;
    let ahead = from.iter().filter(|it| lies_ahead(it, ends));
    let pairs = ahead.flat_map(|a| {
        let facing = to.iter().filter(|b| b.out == a.out.opposite());
        facing.map(move |b| (a, b))
    });
    let facing = pairs.filter(|(a, b)| heading(a.at, b.at) == Some(a.out));
    let priced = facing.filter_map(|(a, b)| {
        let cost = view.cost_out(a.at, b.at)?;
        let length = (a.at.x - b.at.x).abs() + (a.at.y - b.at.y).abs();
        Some((quarters(cost + a.cost + b.cost), a, b, cost - length))
    });
    let (_, a, b, extra) = priced.min_by_key(|(cost, ..)| *cost)?;
    Some((vec![a.at, b.at], extra))
}

/// Whether a straight way out of a port may come between two corners: the upper left one, and the lower right one.
fn lies_ahead(port: &Port, (low, high): (Point, Point)) -> bool {
    let Point { x, y } = port.at;
    let is_level = low.y <= y && y <= high.y;
    let is_upright = low.x <= x && x <= high.x;
    match port.out {
        Dir::Left => is_level && low.x < x,
        Dir::Right => is_level && x < high.x,
        Dir::Up => is_upright && low.y < y,
        Dir::Down => is_upright && y < high.y,
    }
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
    // As `round` does, which is a call where the target has no instruction for it; what is negative counts nothing.
    (cost * SCALE + 0.5) as u32
}

impl Field {
    /// Without anything, for a drawing of a size with about so many items.
    pub fn new(width: f64, height: f64, items: usize) -> Self {
        // Most items have one label or two, and a frame has four sides.
        let (obstacles, met) = (items * 3, items * 5);
        Self {
            obstacles: Vec::with_capacity(obstacles),
            frames: Vec::new(),
            nested: Nested::default(),
            pieces: Vec::new(),
            met: Nearby::new(width, height, met),
            room: f64::INFINITY,
        }
    }

    /// Adds what closes the way to every wire.
    pub fn text(&mut self, rect: Rect) {
        self.solid(None, rect, 0.0);
    }

    /// Adds an item, with the distance that wires keep from it.
    pub fn item(&mut self, index: usize, rect: Rect, clear: f64) {
        self.solid(Some(index), rect, clear);
    }

    fn solid(&mut self, item: Option<usize>, rect: Rect, clear: f64) {
        let id = Met::Obstacle(self.obstacles.len()).id();
        let wall = rect.grow(clear);
        self.met.add(id, wall);
        self.obstacles.push(Obstacle {
            item,
            rect,
            wall: Some(wall),
            is_frame: false,
        });
    }

    /// Adds an item that others stand in, with the distance that wires keep from it; `None`: all may enter. Who is outside
    /// gets in through a side alone, so that only those are met on the way.
    pub fn frame(&mut self, index: usize, rect: Rect, clear: Option<f64>) {
        for side in rect.sides() {
            let id = Met::Obstacle(self.obstacles.len()).id();
            self.met.add(id, side.grow(FROM_SIDE));
        }
        if clear.is_some() {
            self.nested.add(rect);
            self.frames.push(Frame {
                obstacle: self.obstacles.len(),
                item: index,
            });
        }
        self.obstacles.push(Obstacle {
            item: Some(index),
            rect,
            wall: clear.map(|it| rect.grow(it)),
            is_frame: true,
        });
    }

    /// Frames that stand in an area and that no way leads through, given what each item is to a wire: the obstacles and
    /// where they are.
    fn closed(&self, passes: &[Pass], area: Rect) -> impl Iterator<Item = (usize, Rect)> {
        self.nested.overlapping(area).filter_map(|(index, rect)| {
            let frame = self.frames.get(index)?;
            let is_closed = passes.get(frame.item) == Some(&Pass::Closed);
            is_closed.then_some((frame.obstacle, *rect))
        })
    }

    /// Closed obstacles that stand around one of the ends of a wire, by index.
    pub fn around(&self, passes: &[Pass], ends: [Rect; 2]) -> Vec<usize> {
        let around = ends.into_iter().flat_map(|it| self.closed(passes, it));
        let mut around: Vec<usize> = around.map(|(obstacle, _)| obstacle).collect();
        around.sort_unstable();
        around.dedup();
        around
    }

    /// Adds what is drawn of a wire, and the room that it needs to either side.
    pub fn wire(&mut self, wire: usize, points: &[Point], berth: f64) {
        let room = berth.max(APART);
        self.room = self.room.min(room);
        for rect in pieces(points) {
            let room = widened(&rect, IN_LINE, room);
            self.met.add(Met::Piece(self.pieces.len()).id(), room);
            self.pieces.push(Piece { rect, wire });
        }
    }
}

impl View<'_> {
    /// Frames that stand in an area and that no way leads through.
    pub fn barriers(&self, area: Rect) -> impl Iterator<Item = Rect> {
        self.field.closed(self.passes, area).map(|(_, rect)| rect)
    }

    /// What a straight piece out of a port costs: the port may stand in a frame that is closed.
    pub fn cost_out(&self, port: Point, to: Point) -> Option<f64> {
        let piece = Rect::between(port, to);
        if self.around.iter().any(|it| self.blocks(*it, &piece)) {
            return None;
        }
        self.cost(port, to)
    }

    /// What a straight piece costs; `None` where a wall or another wire's lane is in the way.
    pub fn cost(&self, a: Point, b: Point) -> Option<f64> {
        let piece = Rect::between(a, b);
        let field = self.field;
        let room = widened(&piece, 0.0, (self.berth - field.room).max(0.0));
        let (mut crossings, mut crowded, mut together) = (0.0, 0.0, 0.0);
        let is_closed = |it: usize, area: &Rect| {
            let it = match Met::of(it) {
                Met::Obstacle(it) => return touches(area, &piece) && self.blocks(it, &piece),
                Met::Piece(it) => it,
            };
            let Some(Piece { rect: its, wire }) = field.pieces.get(it) else {
                return false;
            };
            let Some(terms) = self.others.get(*wire) else {
                return false;
            };
            if (piece.width > 0.0) != (its.width > 0.0) {
                let crossing = meets(&piece, its) && !terms.is_friend;
                crossings += if crossing { 1.0 } else { 0.0 };
                return false;
            }
            let (shared, apart) = beside(&piece, its);
            if shared > 0.0 && apart >= APART && apart < terms.berth && !terms.is_friend {
                crowded += shared;
            }
            if shared <= 0.0 || apart >= APART {
                let in_line = apart < APART && shared > -IN_LINE && !terms.is_friend;
                crossings += if in_line { 1.0 } else { 0.0 };
                return false;
            }
            together += shared;
            !terms.is_friend || apart > 0.0
        };
        if field.met.any(&room, is_closed) {
            return None;
        }
        let length = piece.width + piece.height;
        Some(length + CROSSING * crossings + CROWDED * crowded - TOGETHER * together)
    }

    /// Whether an obstacle is in the way of a piece.
    fn blocks(&self, obstacle: usize, piece: &Rect) -> bool {
        let Some(it) = self.field.obstacles.get(obstacle) else {
            return false;
        };
        if it.is_frame && follows(piece, &it.rect) {
            return true;
        }
        it.wall.is_some_and(|wall| crosses(piece, &wall))
            && match it.item.and_then(|it| self.passes.get(it)) {
                Some(Pass::Open) => false,
                Some(Pass::End) => crosses(piece, &it.rect.grow(-WITHIN)),
                Some(Pass::Closed) | None => true,
            }
    }
}

/// A piece with room at its ends, and to either side.
fn widened(piece: &Rect, along: f64, aside: f64) -> Rect {
    let (x, y) = if piece.width > 0.0 {
        (along, aside)
    } else {
        (aside, along)
    };
    let Rect { width, height, .. } = *piece;
    let (width, height) = (width + 2.0 * x, height + 2.0 * y);
    Rect::new(piece.x - x, piece.y - y, width, height)
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
    use super::{Dir, Field, Port, Terms, View, route};
    use crate::diagram::geometry::{Point, Rect};
    use crate::diagram::search::Known;
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

    fn way(
        field: &Field,
        others: &[Terms],
        ys: &[f64],
        from: Port,
        to: Port,
    ) -> Option<Vec<Point>> {
        let view = View {
            field,
            passes: &[],
            around: &[],
            others,
            berth: 0.0,
            xs: &lanes(&[20.0, 50.0, 80.0]),
            ys: &lanes(ys),
        };
        route(&view, &mut Known::default(), &[from], &[to])
    }

    #[test]
    fn a_wire_goes_straight_where_it_can_and_around_a_wall_where_it_cannot() {
        let (from, to) = (port(0.0, 0.0, Dir::Right), port(100.0, 0.0, Dir::Left));
        let around = |walls: &[Rect]| {
            let mut field = Field::new(100.0, 100.0, 1);
            for it in walls {
                field.text(*it);
            }
            way(&field, &[], &[-60.0, 60.0], from, to)
        };
        let found = around(&[]).unwrap();
        assert_eq!(found, [Point::new(0.0, 0.0), Point::new(100.0, 0.0)]);
        let found = around(&[Rect::new(40.0, -90.0, 20.0, 100.0)]).unwrap();
        assert_eq!(found.len(), 6);
        assert!(found.iter().any(|it| it.y == 60.0));
        assert_eq!(around(&[Rect::new(40.0, -900.0, 20.0, 1800.0)]), None);
    }

    #[test]
    fn a_taken_lane_is_left_alone_unless_it_belongs_to_the_same_trunk() {
        let mut field = Field::new(100.0, 100.0, 1);
        let taken = [Point::new(-10.0, 50.0), Point::new(110.0, 50.0)];
        field.wire(0, &taken, 0.0);
        for is_friend in [false, true] {
            let terms = Terms {
                is_friend,
                berth: 0.0,
            };
            let from = port(0.0, 0.0, Dir::Down);
            let to = port(100.0, 100.0, Dir::Up);
            let found = way(&field, &[terms], &[50.0, 60.0], from, to).unwrap();
            assert_eq!(found.iter().any(|it| it.y == 50.0), is_friend);
        }
    }
}
