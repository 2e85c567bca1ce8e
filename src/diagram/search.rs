//! A* over the crossings of lanes: the way of a wire that cannot go straight.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::ahead::Goals;
use super::geometry::Point;
use super::route::{CORNER, Dir, Port, View, quarters};
use super::shape::Lane;

/// From a shape's side to the first corner.
const STUB: f64 = 12.0;
/// What it costs to turn where there is no lane.
const NO_LANE: f64 = 12.0;

/// A place on the grid that the search has come to, and the way it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// Column and row.
    at: [u16; 2],
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
    queue: Queue,
}

/// What waits, the least of the latest outside of the heap: most often it comes next.
#[derive(Default)]
struct Queue {
    heap: BinaryHeap<Reverse<Entry>>,
    hand: Option<Entry>,
}

impl Queue {
    fn push(&mut self, entry: Entry) {
        let waits = match self.hand {
            Some(it) if it < entry => entry,
            _ => match self.hand.replace(entry) {
                Some(it) => it,
                None => return,
            },
        };
        self.heap.push(Reverse(waits));
    }

    /// Takes out the least.
    fn pop(&mut self) -> Option<Entry> {
        let first = self.heap.peek().map(|it| it.0);
        match self.hand {
            Some(it) if first.is_none_or(|first| it < first) => self.hand.take(),
            _ => self.heap.pop().map(|it| it.0),
        }
    }

    fn clear(&mut self) {
        self.heap.clear();
        self.hand = None;
    }
}

impl Known {
    /// Forgets everything, and makes room for a grid with so many crossings.
    fn clear(&mut self, crossings: usize) {
        self.queue.clear();
        for index in self.reached.drain(..) {
            if let Some(it) = self.states.get_mut(index) {
                *it = (u32::MAX, None);
            }
        }
        let (states, pieces) = (crossings * Dir::ALL.len(), crossings * 2);
        if self.states.len() < states {
            let room = states.next_power_of_two();
            self.states.resize(room, (u32::MAX, None));
        }
        for index in self.asked.drain(..) {
            if let Some(it) = self.pieces.get_mut(index) {
                *it = f64::NAN;
            }
        }
        if self.pieces.len() < pieces {
            self.pieces.resize(pieces.next_power_of_two(), f64::NAN);
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

    /// What the cheapest known way to a state costs.
    fn cost(&self, index: usize) -> u32 {
        self.states.get(index).map_or(u32::MAX, |it| it.0)
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

/// What waits to be looked at, as one number that is compared at once. From its highest bits: what the whole way costs
/// without a trunk, at least; what it costs so far, column, row and direction, whether it has arrived.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry(u128);

impl Entry {
    fn new(least: u32, cost: u32, state: State, arrived: bool) -> Self {
        let costs = u64::from(least) << 32 | u64::from(cost);
        let [column, row] = state.at.map(u64::from);
        let place = column << 32 | row << 16;
        let place = place | (state.dir as u64) << 1 | u64::from(arrived);
        Self(u128::from(costs) << 64 | u128::from(place))
    }

    fn cost(self) -> u32 {
        (self.0 >> 64) as u32
    }

    fn state(self) -> State {
        State {
            at: [(self.0 >> 32) as u16, (self.0 >> 16) as u16],
            dir: Dir::ALL[(self.0 >> 1) as usize & 3],
        }
    }

    fn has_arrived(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A port with the end of its stub.
pub(super) type Stub<'a> = (Point, &'a Port);

/// Upright lanes and level ones: by the axis that they are places on.
struct Grid([Vec<Lane>; 2]);

/// Lanes that are in order, with others among them: many of those are at one place.
fn merged(lanes: &[Lane], others: impl Iterator<Item = Lane>) -> Vec<Lane> {
    let mut places: Vec<Lane> = Vec::with_capacity(16);
    for lane in others {
        match places.iter_mut().find(|it| it.at == lane.at) {
            Some(it) => it.off = it.off.min(lane.off),
            None => places.push(lane),
        }
    }
    places.sort_unstable_by(|a, b| a.at.total_cmp(&b.at));
    let mut all = Vec::with_capacity(lanes.len() + places.len());
    let mut rest = lanes;
    for mut lane in places {
        let (before, after) = rest.split_at(rest.partition_point(|it| it.at < lane.at));
        all.extend_from_slice(before);
        rest = after;
        if let Some((same, after)) = rest.split_first().filter(|(it, _)| it.at == lane.at) {
            lane.off = lane.off.min(same.off);
            rest = after;
        }
        all.push(lane);
    }
    all.extend_from_slice(rest);
    all
}

/// Where a lane is among lanes that are in order.
fn place(lanes: &[Lane], at: f64) -> Option<u16> {
    let found = lanes.partition_point(|it| it.at < at);
    lanes.get(found).filter(|it| it.at == at)?;
    u16::try_from(found).ok()
}

impl Grid {
    fn new<'a>(view: &View<'_>, stubs: impl Iterator<Item = &'a Stub<'a>> + Clone) -> Self {
        // Along the way into a port there is always a lane; beside the port's side there is one where need be.
        let lane = |at: f64, is_along: bool| Lane {
            at,
            off: if is_along { 0.0 } else { NO_LANE },
        };
        let xs = stubs.clone();
        let xs = xs.map(|(at, port)| lane(at.x, !port.out.is_horizontal()));
        let ys = stubs.map(|(at, port)| lane(at.y, port.out.is_horizontal()));
        Self([merged(view.xs, xs), merged(view.ys, ys)])
    }

    /// Columns and rows.
    fn size(&self) -> [usize; 2] {
        [self.0[0].len(), self.0[1].len()]
    }

    /// The lanes that a state stands on.
    fn lanes(&self, state: State) -> Option<[Lane; 2]> {
        let [column, row] = state.at.map(usize::from);
        Some([*self.0[0].get(column)?, *self.0[1].get(row)?])
    }

    fn point(&self, state: State) -> Option<Point> {
        let [column, row] = self.lanes(state)?;
        Some(Point::new(column.at, row.at))
    }

    fn state(&self, at: Point, dir: Dir) -> Option<State> {
        let at = [place(&self.0[0], at.x)?, place(&self.0[1], at.y)?];
        Some(State { at, dir })
    }

    /// One lane further.
    #[inline(always)]
    fn next(&self, state: State, dir: Dir) -> Option<State> {
        let axis = dir.axis();
        let mut at = state.at;
        at[axis] = if dir.is_forward() {
            at[axis].checked_add(1)?
        } else {
            at[axis].checked_sub(1)?
        };
        (usize::from(at[axis]) < self.0[axis].len()).then_some(State { at, dir })
    }

    fn crossing(&self, state: State) -> usize {
        let [column, row] = state.at.map(usize::from);
        row * self.0[0].len() + column
    }

    fn index(&self, state: State) -> usize {
        self.crossing(state) * Dir::ALL.len() + state.dir as usize
    }

    /// Of the piece that leads to a state from the one before it.
    fn piece(&self, before: State, state: State) -> usize {
        let first = if state.dir.is_forward() {
            before
        } else {
            state
        };
        self.crossing(first) * 2 + state.dir.axis()
    }
}

/// The cheapest way from one of the ports to one of the others, with corners; what a trunk saves farther on may be missed.
pub(super) fn search(
    view: &View<'_>,
    known: &mut Known,
    from: &[Port],
    to: &[Port],
) -> Option<Vec<Point>> {
    let (starts, ends) = (open(view, from), open(view, to));
    if starts.is_empty() || ends.is_empty() {
        return None;
    }
    let stubs = starts.iter().chain(&ends);
    let grid = Grid::new(view, stubs);
    let [columns, rows] = grid.size();
    known.clear(columns * rows);
    let mut arrivals = Vec::with_capacity(ends.len());
    let at_ends = ends.iter();
    let at_ends = at_ends.filter_map(|(at, port)| grid.state(*at, port.out));
    arrivals.extend(at_ends.map(|it| it.at));
    let mut search = Search {
        known,
        view,
        goals: Goals::new(view, [columns, rows], &starts, &ends),
        cheapest: u32::MAX,
        arrivals,
        grid,
        ends,
    };
    for (at, port) in &starts {
        let state = search.grid.state(*at, port.out)?;
        search.reach(state, *at, quarters(port.cost), None);
    }
    while let Some(entry) = search.known.queue.pop() {
        let (state, cost) = (entry.state(), entry.cost());
        if entry.has_arrived() {
            return search.path(state, &starts);
        }
        if search.known.cost(search.grid.index(state)) < cost {
            continue;
        }
        if search.arrivals.contains(&state.at) {
            search.arrive(state, cost);
        }
        let lanes = search.grid.lanes(state)?;
        for dir in state.dir.onward() {
            search.step(state, lanes, cost, dir);
        }
    }
    None
}

/// Ports whose stub nothing blocks.
fn open<'a>(view: &View<'_>, ports: &'a [Port]) -> Vec<Stub<'a>> {
    let stubs = ports
        .iter()
        .map(|port| (port.out.step(port.at, STUB), port));
    let mut open = Vec::with_capacity(ports.len());
    open.extend(stubs.filter(|(end, port)| view.cost_out(port.at, *end).is_some()));
    open
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
    view: &'a View<'a>,
    grid: Grid,
    ends: Vec<Stub<'a>>,
    goals: Goals,
    /// What the cheapest whole way so far costs.
    cheapest: u32,
    /// Column and row of each end.
    arrivals: Vec<[u16; 2]>,
    known: &'a mut Known,
}

impl Search<'_> {
    /// Keeps a way to a state, if none so far is as cheap.
    fn reach(&mut self, state: State, at: Point, cost: u32, before: Option<Dir>) {
        let index = self.grid.index(state);
        if self.known.reach(index, cost, before) {
            let least = cost + quarters(self.goals.left(state.at.map(usize::from), at, state.dir));
            if least <= self.cheapest {
                let entry = Entry::new(least, cost, state, false);
                self.known.queue.push(entry);
            }
        }
    }

    /// Goes from a state into the ports that are there.
    fn arrive(&mut self, state: State, cost: u32) {
        let at = self.grid.point(state);
        for (_, port) in self.ends.iter().filter(|(end, _)| Some(*end) == at) {
            if let Some(turn) = turn(state.dir, port.out.opposite()) {
                let total = cost + quarters(turn + port.cost);
                self.cheapest = self.cheapest.min(total);
                let entry = Entry::new(total, total, state, true);
                self.known.queue.push(entry);
            }
        }
    }

    /// Goes on from a state, which stands on two lanes, in a direction.
    #[inline(always)]
    fn step(&mut self, state: State, lanes: [Lane; 2], cost: u32, dir: Dir) -> Option<()> {
        let next = self.grid.next(state, dir)?;
        let axis = dir.axis();
        let mut places = lanes.map(|it| it.at);
        places[axis] = self.grid.0[axis].get(usize::from(next.at[axis]))?.at;
        let turn = if dir == state.dir {
            0.0
        } else {
            CORNER + lanes[1 - axis].off
        };
        let length = (places[axis] - lanes[axis].at).abs();
        // Asking what is in the way costs most: not for what is known to be dearer.
        let known = self.known.cost(self.grid.index(next));
        if known <= cost + quarters(turn + length) {
            return None;
        }
        let [column, row] = lanes;
        let (at, there) = (
            Point::new(column.at, row.at),
            Point::new(places[0], places[1]),
        );
        let (piece, view) = (self.grid.piece(state, next), self.view);
        let length = self.known.piece(piece, || view.cost(at, there))?;
        let cost = cost + quarters(turn + length);
        self.reach(next, there, cost, Some(state.dir));
        Some(())
    }

    /// The corners on the way to a state, from port to port.
    fn path(&self, last: State, starts: &[Stub<'_>]) -> Option<Vec<Point>> {
        let before = |it: &State| {
            let dir = self.known.states.get(self.grid.index(*it))?.1?;
            let back = self.grid.next(*it, it.dir.opposite())?;
            Some(State { dir, ..back })
        };
        let back = || std::iter::successors(Some(last), before);
        let first = back().last()?;
        let start = self.grid.point(first)?;
        let mut starts = starts.iter();
        let (_, start) = starts.find(|(stub, it)| *stub == start && it.out == first.dir)?;
        let end = self.grid.point(last)?;
        let here = self.ends.iter().filter(|(stub, _)| *stub == end);
        let priced = here.filter_map(|(_, it)| {
            let turn = turn(last.dir, it.out.opposite())?;
            Some((quarters(turn + it.cost), it.at))
        });
        let (_, end) = priced.min_by_key(|(cost, _)| *cost)?;
        let between = back().filter_map(|it| self.grid.point(it));
        let mut way = corners([end].into_iter().chain(between).chain([start.at]));
        way.reverse();
        Some(way)
    }
}

/// Leaves out the points between two others on one line.
fn corners(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(8);
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
