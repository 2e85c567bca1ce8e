//! A* over the crossings of lanes: the way of a wire that cannot go straight.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::geometry::Point;
use super::route::{CORNER, Dir, Port, TOGETHER, View, quarters};
use super::shape::Lane;

/// From a shape's side to the first corner.
const STUB: f64 = 12.0;
/// What it costs to turn where there is no lane.
const NO_LANE: f64 = 12.0;

/// A place on the grid that the search has come to, and the way it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    column: u16,
    row: u16,
    dir: Dir,
}

/// What is known of each state: what the way to it costs, and how the state before it looks. Kept from one search to the
/// next, which is cheaper than a new one for each.
#[derive(Default)]
pub(super) struct Known {
    states: Vec<(u32, Option<Dir>)>,
    /// What is to be forgotten.
    reached: Vec<usize>,
    /// What the pieces between crossings cost: the one to the right of each, and the one below. Infinite: closed; not a
    /// number: not asked yet.
    pieces: Vec<f64>,
    asked: Vec<usize>,
}

impl Known {
    /// Forgets everything, and makes room.
    fn clear(&mut self, size: usize) {
        for index in self.reached.drain(..) {
            if let Some(it) = self.states.get_mut(index) {
                *it = (u32::MAX, None);
            }
        }
        if self.states.len() < size {
            self.states.resize(size, (u32::MAX, None));
        }
        for index in self.asked.drain(..) {
            if let Some(it) = self.pieces.get_mut(index) {
                *it = f64::NAN;
            }
        }
        if self.pieces.len() < size {
            self.pieces.resize(size, f64::NAN);
        }
    }

    /// What a piece costs, which is asked once.
    fn piece(&mut self, index: usize, ask: impl FnOnce() -> Option<f64>) -> Option<f64> {
        let known = self.pieces.get_mut(index)?;
        if known.is_nan() {
            *known = ask().unwrap_or(f64::INFINITY);
            self.asked.push(index);
        }
        known.is_finite().then_some(*known)
    }

    /// Keeps a way to a state; `false` where one is known that costs no more.
    fn reach(&mut self, index: usize, cost: u32, before: Option<Dir>) -> bool {
        let Some(known) = self.states.get_mut(index).filter(|it| cost < it.0) else {
            return false;
        };
        *known = (cost, before);
        self.reached.push(index);
        true
    }
}

/// A port with the end of its stub.
type Stub<'a> = (Point, &'a Port);

struct Grid {
    xs: Vec<Lane>,
    ys: Vec<Lane>,
}

/// Puts lanes in order, one at each place: the one that is least off.
pub(super) fn sorted(mut lanes: Vec<Lane>) -> Vec<Lane> {
    lanes.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.off.total_cmp(&b.off)));
    lanes.dedup_by_key(|it| it.at);
    lanes
}

/// Adds a lane to lanes that are in order.
fn insert(lanes: &mut Vec<Lane>, lane: Lane) {
    match lanes.binary_search_by(|it| it.at.total_cmp(&lane.at)) {
        Ok(place) => {
            if let Some(it) = lanes.get_mut(place) {
                it.off = it.off.min(lane.off);
            }
        }
        Err(place) => lanes.insert(place, lane),
    }
}

/// Where a lane is among lanes that are in order.
fn place(lanes: &[Lane], at: f64) -> Option<u16> {
    let found = lanes.binary_search_by(|it| it.at.total_cmp(&at)).ok()?;
    u16::try_from(found).ok()
}

impl Grid {
    fn new<'a>(view: &View<'_>, stubs: impl Iterator<Item = &'a Stub<'a>>) -> Self {
        let mut grid = Self {
            xs: view.xs.to_vec(),
            ys: view.ys.to_vec(),
        };
        // Along the way into a port there is always a lane; beside the port's side there is one where need be.
        let lane = |at: f64, is_along: bool| Lane {
            at,
            off: if is_along { 0.0 } else { NO_LANE },
        };
        for (at, port) in stubs {
            let level = port.out.is_horizontal();
            insert(&mut grid.xs, lane(at.x, !level));
            insert(&mut grid.ys, lane(at.y, level));
        }
        grid
    }

    fn point(&self, state: State) -> Option<Point> {
        let column = self.xs.get(usize::from(state.column))?;
        let row = self.ys.get(usize::from(state.row))?;
        Some(Point::new(column.at, row.at))
    }

    /// How far off the middle of its channel the lane is that a state looks along.
    fn off(&self, state: State) -> f64 {
        let lane = if state.dir.is_horizontal() {
            self.ys.get(usize::from(state.row))
        } else {
            self.xs.get(usize::from(state.column))
        };
        lane.map_or(0.0, |it| it.off)
    }

    fn state(&self, at: Point, dir: Dir) -> Option<State> {
        let column = place(&self.xs, at.x)?;
        let row = place(&self.ys, at.y)?;
        Some(State { column, row, dir })
    }

    fn next(&self, state: State, dir: Dir) -> Option<State> {
        let (column, row) = match dir {
            Dir::Left => (state.column.checked_sub(1)?, state.row),
            Dir::Right => (state.column.checked_add(1)?, state.row),
            Dir::Up => (state.column, state.row.checked_sub(1)?),
            Dir::Down => (state.column, state.row.checked_add(1)?),
        };
        let inside = usize::from(column) < self.xs.len() && usize::from(row) < self.ys.len();
        inside.then_some(State { column, row, dir })
    }

    fn index(&self, state: State) -> usize {
        let crossing = usize::from(state.row) * self.xs.len() + usize::from(state.column);
        crossing * Dir::ALL.len() + state.dir as usize
    }

    /// Of the piece between two neighboring crossings.
    fn piece(&self, one: State, other: State) -> usize {
        let (column, row) = (one.column.min(other.column), one.row.min(other.row));
        let crossing = usize::from(row) * self.xs.len() + usize::from(column);
        crossing * 2 + usize::from(one.row != other.row)
    }

    fn size(&self) -> usize {
        self.xs.len() * self.ys.len() * Dir::ALL.len()
    }
}

/// The cheapest way from one of the ports to one of the others, with corners.
pub(super) fn search(
    view: &View<'_>,
    known: &mut Known,
    from: &[Port],
    to: &[Port],
) -> Option<Vec<Point>> {
    let (starts, ends) = (open(view, from), open(view, to));
    let stubs = starts.iter().chain(&ends);
    let grid = Grid::new(view, stubs);
    known.clear(grid.size());
    let mut search = Search {
        known,
        queue: BinaryHeap::new(),
        view,
        goals: Goals::new(&grid, &ends, view.together()),
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
        if search.goals.is_at(state) {
            search.arrive(state, cost);
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
fn open<'a>(view: &View<'_>, ports: &'a [Port]) -> Vec<Stub<'a>> {
    let stubs = ports
        .iter()
        .map(|port| (port.out.step(port.at, STUB), port));
    stubs
        .filter(|(end, port)| view.cost(port.at, *end).is_some())
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

/// The ends of a search, by the way in which one comes in.
struct Goals {
    crossings: Vec<(u16, u16)>,
    /// Place and cost.
    by_dir: [Vec<(Point, f64)>; 4],
    /// How much of a way may be shared with others of its trunk, at most.
    together: f64,
}

impl Goals {
    fn new(grid: &Grid, ends: &[Stub<'_>], together: f64) -> Self {
        let mut goals = Self {
            crossings: Vec::new(),
            by_dir: [const { Vec::new() }; 4],
            together,
        };
        for (at, port) in ends {
            let inwards = port.out.opposite();
            let state = grid.state(*at, inwards);
            goals.crossings.extend(state.map(|it| (it.column, it.row)));
            if let Some(all) = goals.by_dir.get_mut(inwards as usize) {
                all.push((*at, port.cost));
            }
        }
        goals
    }

    fn is_at(&self, state: State) -> bool {
        self.crossings.contains(&(state.column, state.row))
    }

    /// What the way from a state to any end costs at least: the distance, and the corners that no way saves.
    fn left(&self, at: Point, dir: Dir) -> f64 {
        let mut least = f64::INFINITY;
        for (to, ends) in Dir::ALL.into_iter().zip(&self.by_dir) {
            for (end, cost) in ends {
                let (across, down) = (end.x - at.x, end.y - at.y);
                let length = across.abs() + down.abs();
                let length = length - TOGETHER * length.min(self.together);
                let left = length + corners_left(across, down, dir, to) * CORNER + cost;
                least = least.min(left);
            }
        }
        least
    }
}

/// A search under way.
struct Search<'a> {
    view: &'a View<'a>,
    grid: Grid,
    ends: Vec<Stub<'a>>,
    goals: Goals,
    known: &'a mut Known,
    /// What the whole way costs at least, what it costs so far, where it is, whether it has arrived.
    queue: BinaryHeap<Reverse<(u32, u32, State, bool)>>,
}

impl Search<'_> {
    /// Keeps a way to a state, if none so far is as cheap.
    fn reach(&mut self, state: State, cost: u32, before: Option<Dir>) {
        let index = self.grid.index(state);
        if self.known.reach(index, cost, before)
            && let Some(at) = self.grid.point(state)
        {
            let least = cost + quarters(self.goals.left(at, state.dir));
            self.queue.push(Reverse((least, cost, state, false)));
        }
    }

    /// Goes from a state into the ports that are there.
    fn arrive(&mut self, state: State, cost: u32) {
        let at = self.grid.point(state);
        for (_, port) in self.ends.iter().filter(|(end, _)| Some(*end) == at) {
            if let Some(turn) = turn(state.dir, port.out.opposite()) {
                let total = cost + quarters(turn + port.cost);
                self.queue.push(Reverse((total, total, state, true)));
            }
        }
    }

    /// Goes on from a state in a direction.
    fn step(&mut self, state: State, cost: u32, dir: Dir) -> Option<()> {
        let turn = turn(state.dir, dir)?;
        let next = self.grid.next(state, dir)?;
        let off = if turn > 0.0 { self.grid.off(next) } else { 0.0 };
        let (at, there) = (self.grid.point(state)?, self.grid.point(next)?);
        let length = (at.x - there.x).abs() + (at.y - there.y).abs();
        // Asking what is in the way costs most: not for what is known to be dearer.
        let known = self.known.states.get(self.grid.index(next))?.0;
        if known <= cost + quarters(turn + off + length) {
            return None;
        }
        let (piece, view) = (self.grid.piece(state, next), self.view);
        let length = self.known.piece(piece, || view.cost(at, there))?;
        let total = cost + quarters(turn + off + length);
        self.reach(next, total, Some(state.dir));
        Some(())
    }

    /// The corners on the way to a state, from port to port.
    fn path(&self, last: State, starts: &[Stub<'_>]) -> Option<Vec<Point>> {
        let before = |it: &State| {
            let dir = self.known.states.get(self.grid.index(*it))?.1?;
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
