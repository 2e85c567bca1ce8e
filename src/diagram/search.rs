//! A* over the crossings of lanes: the way of a wire that cannot go straight.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::geometry::Point;
use super::route::{CORNER, Dir, Field, Port, TOGETHER, quarters};
use super::shape::Lane;

/// From a shape's side to the first corner.
const STUB: f64 = 12.0;
/// What it costs to turn where there is no lane.
const NO_LANE: f64 = 12.0;

/// A place on the grid that the search has come to, and the way it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    column: usize,
    row: usize,
    dir: Dir,
}

/// What is known of a state: what the way to it costs, and how the state before it looks.
type Known = (u32, Option<Dir>);

/// A port with the end of its stub.
type Stub<'a> = (Point, &'a Port);

struct Grid {
    xs: Vec<Lane>,
    ys: Vec<Lane>,
}

impl Grid {
    fn new<'a>(field: &Field, stubs: impl Iterator<Item = &'a Stub<'a>> + Clone) -> Self {
        let sorted = |own: &[Lane], more: &mut dyn Iterator<Item = Lane>| {
            let mut all: Vec<Lane> = own.iter().copied().chain(more).collect();
            all.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.off.total_cmp(&b.off)));
            all.dedup_by_key(|it| it.at);
            all
        };
        // Along the way into a port there is always a lane; beside the port's side there is one where need be.
        let off = |is_along: bool| if is_along { 0.0 } else { NO_LANE };
        let mut xs = stubs.clone().map(|(at, port)| Lane {
            at: at.x,
            off: off(!port.out.is_horizontal()),
        });
        let mut ys = stubs.map(|(at, port)| Lane {
            at: at.y,
            off: off(port.out.is_horizontal()),
        });
        Self {
            xs: sorted(&field.xs, &mut xs),
            ys: sorted(&field.ys, &mut ys),
        }
    }

    fn point(&self, state: State) -> Option<Point> {
        let (column, row) = (self.xs.get(state.column)?, self.ys.get(state.row)?);
        Some(Point::new(column.at, row.at))
    }

    /// How far off the middle of its channel the lane is that a state looks along.
    fn off(&self, state: State) -> f64 {
        let lane = if state.dir.is_horizontal() {
            self.ys.get(state.row)
        } else {
            self.xs.get(state.column)
        };
        lane.map_or(0.0, |it| it.off)
    }

    fn state(&self, at: Point, dir: Dir) -> Option<State> {
        let column = self.xs.iter().position(|it| it.at == at.x)?;
        let row = self.ys.iter().position(|it| it.at == at.y)?;
        Some(State { column, row, dir })
    }

    fn next(&self, state: State, dir: Dir) -> Option<State> {
        let (column, row) = match dir {
            Dir::Left => (state.column.checked_sub(1)?, state.row),
            Dir::Right => (state.column + 1, state.row),
            Dir::Up => (state.column, state.row.checked_sub(1)?),
            Dir::Down => (state.column, state.row + 1),
        };
        let inside = column < self.xs.len() && row < self.ys.len();
        inside.then_some(State { column, row, dir })
    }

    fn index(&self, state: State) -> usize {
        (state.row * self.xs.len() + state.column) * Dir::ALL.len() + state.dir as usize
    }

    fn size(&self) -> usize {
        self.xs.len() * self.ys.len() * Dir::ALL.len()
    }
}

/// The cheapest way from one of the ports to one of the others, with corners.
pub(super) fn search(field: &Field, from: &[Port], to: &[Port]) -> Option<Vec<Point>> {
    let (starts, ends) = (open(field, from), open(field, to));
    let stubs = starts.iter().chain(&ends);
    let grid = Grid::new(field, stubs);
    let mut search = Search {
        best: vec![(u32::MAX, None); grid.size()],
        queue: BinaryHeap::new(),
        field,
        grid,
        ends,
    };
    for (at, port) in &starts {
        let state = search.grid.state(*at, port.out)?;
        search.reach(state, quarters(port.cost), None);
    }
    while let Some(Reverse((_, cost, state, arrived))) = search.queue.pop() {
        if arrived {
            return search.path(state, &starts);
        }
        let at = search.grid.point(state)?;
        for (_, port) in search.ends.iter().filter(|(end, _)| *end == at) {
            if let Some(turn) = turn(state.dir, port.out.opposite()) {
                let total = cost + quarters(turn + port.cost);
                search.queue.push(Reverse((total, total, state, true)));
            }
        }
        for dir in Dir::ALL {
            search.step(state, cost, dir);
        }
    }
    None
}

/// The least number of corners from one way of looking to another, over a distance.
fn corners_left(across: f64, down: f64, from: Dir, to: Dir) -> f64 {
    let ahead = match from {
        Dir::Left => across <= 0.0,
        Dir::Right => across >= 0.0,
        Dir::Up => down <= 0.0,
        Dir::Down => down >= 0.0,
    };
    let aside = if from.is_horizontal() { down } else { across };
    match (from == to, ahead && aside == 0.0) {
        (true, true) => 0.0,
        (true, false) => 2.0,
        (false, _) if from.is_horizontal() == to.is_horizontal() => 2.0,
        (false, _) => 1.0,
    }
}

/// Ports whose stub nothing blocks.
fn open<'a>(field: &Field, ports: &'a [Port]) -> Vec<Stub<'a>> {
    let stubs = ports
        .iter()
        .map(|port| (port.out.step(port.at, STUB), port));
    stubs
        .filter(|(end, port)| field.cost(port.at, *end).is_some())
        .collect()
}

/// What turning costs; nothing turns back.
fn turn(from: Dir, to: Dir) -> Option<f64> {
    if from == to {
        Some(0.0)
    } else if from == to.opposite() {
        None
    } else {
        Some(CORNER)
    }
}

/// A search under way.
struct Search<'a> {
    field: &'a Field,
    grid: Grid,
    ends: Vec<Stub<'a>>,
    best: Vec<Known>,
    /// What the whole way costs at least, what it costs so far, where it is, whether it has arrived.
    queue: BinaryHeap<Reverse<(u32, u32, State, bool)>>,
}

impl Search<'_> {
    fn known(&self, state: State) -> u32 {
        let known = self.best.get(self.grid.index(state));
        known.map_or(0, |(cost, _)| *cost)
    }

    /// Keeps a way to a state, if none so far is as cheap.
    fn reach(&mut self, state: State, cost: u32, before: Option<Dir>) {
        let (index, at) = (self.grid.index(state), self.grid.point(state));
        if let (Some(known), Some(at)) = (self.best.get_mut(index), at)
            && cost < known.0
        {
            *known = (cost, before);
            let least = cost + quarters(self.left(at, state.dir));
            self.queue.push(Reverse((least, cost, state, false)));
        }
    }

    /// What the way from a state to any end costs at least: the distance, and the corners that no way saves.
    fn left(&self, at: Point, dir: Dir) -> f64 {
        let costs = self.ends.iter().map(|(end, port)| {
            let (across, down) = (end.x - at.x, end.y - at.y);
            let length = (across.abs() + down.abs()) * (1.0 - TOGETHER);
            length + corners_left(across, down, dir, port.out.opposite()) * CORNER + port.cost
        });
        costs.fold(f64::INFINITY, f64::min)
    }

    /// Goes on from a state in a direction.
    fn step(&mut self, state: State, cost: u32, dir: Dir) -> Option<()> {
        let turn = turn(state.dir, dir)?;
        let next = self.grid.next(state, dir)?;
        let off = if turn > 0.0 { self.grid.off(next) } else { 0.0 };
        let (at, there) = (self.grid.point(state)?, self.grid.point(next)?);
        let length = (at.x - there.x).abs() + (at.y - there.y).abs();
        // Asking what is in the way costs most: not for what is known to be dearer.
        if self.known(next) <= cost + quarters(turn + off + length) {
            return None;
        }
        let length = self.field.cost(at, there)?;
        let total = cost + quarters(turn + off + length);
        self.reach(next, total, Some(state.dir));
        Some(())
    }

    /// The corners on the way to a state, from port to port.
    fn path(&self, last: State, starts: &[Stub<'_>]) -> Option<Vec<Point>> {
        let before = |it: &State| {
            let dir = self.best.get(self.grid.index(*it))?.1?;
            let back = self.grid.next(*it, it.dir.opposite())?;
            Some(State { dir, ..back })
        };
        let mut states: Vec<State> = std::iter::successors(Some(last), before).collect();
        states.reverse();
        let first = states.first()?;
        let start = self.grid.point(*first)?;
        let mut starts = starts.iter();
        let (_, start) = starts.find(|(stub, it)| *stub == start && it.out == first.dir)?;
        let end = self.grid.point(last)?;
        let here = self.ends.iter().filter(|(stub, _)| *stub == end);
        let priced = here.filter_map(|(_, it)| {
            let turn = turn(last.dir, it.out.opposite())?;
            Some((quarters(turn + it.cost), it.at))
        });
        let (_, end) = priced.min_by_key(|(cost, _)| *cost)?;
        let between = states.iter().filter_map(|it| self.grid.point(*it));
        Some(corners([start.at].into_iter().chain(between).chain([end])))
    }
}

/// Leaves out the points between two others on one line.
fn corners(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in points {
        if let [.., before, last] = kept.as_slice() {
            let on_column = before.x == last.x && last.x == point.x;
            let on_row = before.y == last.y && last.y == point.y;
            if on_column || on_row {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}
