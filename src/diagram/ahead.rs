//! What the way that is left costs, which is where a search looks first: the distance, and the corners that no way saves. A
//! frame that stands before all ends must be gone around. What a trunk saves is not counted before it is come to: it is a
//! tenth, and a search that hoped for it everywhere would look at half as much again to find the same ways.

use super::geometry::{Point, Rect, larger, smaller};
use super::route::{CORNER, Dir, FROM_SIDE, View};
use super::search::Stub;

/// The ends of a search, and what is known of the ways to them.
pub(super) struct Goals {
    sides: Vec<Ends>,
    /// The side that was nearest the last time: asked first the next time, it spares the others.
    nearest: usize,
    /// What must be gone around from left to right, or the other way round; and from top to bottom.
    barriers: [Vec<Barrier>; 2],
}

/// Ends on one side of a shape: all on one line, into which the way leads across it.
struct Ends {
    /// How the last piece of a way looks.
    to: Dir,
    /// Where the line is, along the axis of the last piece.
    line: f64,
    /// Where the ends are on the line, and what the ports cost.
    at: Vec<(f64, f64)>,
    /// What the cheapest port costs.
    cheapest: f64,
    /// By the lanes across the line: what the way along it costs with the port, to the best of the ends on each side. Not a
    /// number: not asked yet; a search comes to few of the lanes.
    along: Vec<[f64; 3]>,
}

/// Where something lies along an axis.
#[derive(Clone, Copy)]
enum Side {
    /// To the left, or above.
    Before,
    Level,
    /// To the right, or below.
    Behind,
}

impl Side {
    fn of(to: f64, from: f64) -> Self {
        if to > from {
            Self::Behind
        } else if to < from {
            Self::Before
        } else {
            Self::Level
        }
    }
}

impl Goals {
    pub fn new(view: &View<'_>, lanes: [usize; 2], starts: &[Stub<'_>], ends: &[Stub<'_>]) -> Self {
        let mut sides: Vec<Ends> = Vec::with_capacity(Dir::ALL.len());
        for (at, port) in ends {
            let to = port.out.opposite();
            let (line, at) = if to.is_horizontal() {
                (at.x, at.y)
            } else {
                (at.y, at.x)
            };
            match sides.iter_mut().find(|it| it.to == to && it.line == line) {
                Some(it) => it.add(at, port.cost),
                None => sides.push(Ends::new(to, line, (at, port.cost), lanes)),
            }
        }
        Self {
            sides,
            nearest: 0,
            barriers: barriers(view, area(starts), area(ends)),
        }
    }

    /// What the way from a place on the grid, by column and row, to any end costs without a trunk, at least.
    pub fn left(&mut self, lanes: [usize; 2], at: Point, dir: Dir) -> f64 {
        let [level, upright] = &self.barriers;
        let around = [farthest(level, at.x, at.y), farthest(upright, at.y, at.x)];
        let turns = turns_around(around, dir);
        let known = &TURNS[dir as usize];
        let at = [at.x, at.y];
        let mut cheapest = f64::INFINITY;
        let mut place = self.nearest;
        for _ in 0..self.sides.len() {
            let here = place;
            place = if here + 1 < self.sides.len() {
                here + 1
            } else {
                0
            };
            let Some(side) = self.sides.get_mut(here) else {
                continue;
            };
            let ahead = side.to.axis();
            let aside = 1 - ahead;
            let distance = larger((side.line - at[ahead]).abs(), around[ahead]);
            let around = around[aside] + side.cheapest;
            if distance + around >= cheapest {
                continue;
            }
            let turns = turns[side.to as usize];
            let is = Side::of(side.line, at[ahead]);
            let known = &known[side.to as usize][is as usize];
            let least = smaller(smaller(known[0], known[1]), known[2]);
            if distance + around + larger(least, turns) >= cheapest {
                continue;
            }
            let ways = side.along(lanes[aside], at[aside]);
            for (way, known) in ways.iter().zip(known) {
                let way = distance + larger(*way, around) + larger(*known, turns);
                if way < cheapest {
                    (cheapest, self.nearest) = (way, here);
                }
            }
        }
        cheapest
    }
}

/// What the corners of a way that goes around something cost at least, by how its last piece looks.
fn turns_around(around: [f64; 2], from: Dir) -> [f64; 4] {
    let mut turns = [0.0; 4];
    for (is_level, around) in [true, false].into_iter().zip(around) {
        if around > 0.0 {
            for (to, turns) in Dir::ALL.into_iter().zip(&mut turns) {
                *turns = larger(*turns, cost_of(corners_around(is_level, from, to)));
            }
        }
    }
    turns
}

impl Ends {
    /// With one end, for so many columns and rows.
    fn new(to: Dir, line: f64, end: (f64, f64), lanes: [usize; 2]) -> Self {
        Self {
            to,
            line,
            at: vec![end],
            cheapest: end.1,
            along: vec![[f64::NAN; 3]; lanes[1 - to.axis()]],
        }
    }

    fn add(&mut self, at: f64, cost: f64) {
        self.at.push((at, cost));
        self.cheapest = smaller(self.cheapest, cost);
    }

    /// The way from a lane along the line, to the best of the ends on each side.
    fn along(&mut self, lane: usize, from: f64) -> [f64; 3] {
        let Some(known) = self.along.get_mut(lane) else {
            return [0.0; 3];
        };
        if known[0].is_nan() {
            *known = [f64::INFINITY; 3];
            for (at, cost) in &self.at {
                let best = &mut known[Side::of(*at, from) as usize];
                *best = smaller(*best, (at - from).abs() + cost);
            }
        }
        *known
    }
}

const fn cost_of(corners: u8) -> f64 {
    corners as f64 * CORNER
}

/// The box around the ends of stubs.
fn area(stubs: &[Stub<'_>]) -> Rect {
    let places = stubs.iter().map(|(at, _)| Rect::around(*at, 0.0));
    places.reduce(|a, b| a.union(&b)).unwrap_or_default()
}

/// What stands before all ends of a search, and must be gone around: its extent along one axis, the ends', and where it
/// begins along the other axis.
struct Barrier {
    range: (f64, f64),
    ends: (f64, f64),
    edge: f64,
    /// Whether it stands before those that come from lower places, or from higher ones.
    is_low: bool,
}

impl Barrier {
    /// A box, by its extents along both axes, if it covers the ends.
    fn new(its: [(f64, f64); 2], ends: [(f64, f64); 2]) -> Option<Self> {
        let [(low, high), depth] = its;
        let [along, far] = ends;
        let range = (low - FROM_SIDE, high + FROM_SIDE);
        let is_low = depth.1 <= far.0;
        let is_before = is_low || far.1 <= depth.0;
        (is_before && range.0 <= along.0 && along.1 <= range.1).then_some(Self {
            range,
            ends: along,
            edge: if is_low { depth.0 } else { depth.1 },
            is_low,
        })
    }

    /// How far a way goes at least along its axis; nothing where it is not in the way.
    fn around(&self, along: f64, depth: f64) -> f64 {
        let is_behind = if self.is_low {
            depth <= self.edge
        } else {
            self.edge <= depth
        };
        let (low, high) = self.range;
        if !is_behind || along < low || high < along {
            return 0.0;
        }
        let (below, above) = (along - low + self.ends.0, high - along - self.ends.1);
        smaller(below - low, above + high)
    }

    /// Whether there is nothing that the other is in the way of and this is not.
    fn covers(&self, other: &Self) -> bool {
        let is_nearer = if self.is_low {
            other.edge <= self.edge
        } else {
            self.edge <= other.edge
        };
        self.is_low == other.is_low
            && is_nearer
            && self.range.0 <= other.range.0
            && other.range.1 <= self.range.1
    }
}

/// The barriers between starts and ends, by the axis along which they must be gone around. What lies farther off is seldom
/// met.
fn barriers(view: &View<'_>, starts: Rect, ends: Rect) -> [Vec<Barrier>; 2] {
    let way = starts.union(&ends);
    let sides = |it: &Rect| [(it.x, it.right()), (it.y, it.bottom())];
    let flipped = |[x, y]: [(f64, f64); 2]| [y, x];
    let ends = sides(&ends);
    let mut barriers = [const { Vec::new() }; 2];
    for its in view.barriers(way) {
        let its = sides(&its);
        let both = [(its, ends), (flipped(its), flipped(ends))];
        for (all, (its, ends)) in barriers.iter_mut().zip(both) {
            if let Some(new) = Barrier::new(its, ends)
                && !all.iter().any(|it: &Barrier| it.covers(&new))
            {
                all.retain(|it| !new.covers(it));
                all.push(new);
            }
        }
    }
    barriers
}

fn farthest(barriers: &[Barrier], along: f64, depth: f64) -> f64 {
    let around = barriers.iter().map(|it| it.around(along, depth));
    around.fold(0.0, larger)
}

/// What the least number of corners costs from one way of looking to another, by the side on which the end lies: along the
/// axis of the last piece, and along the other one.
const TURNS: [[[[f64; 3]; 3]; 4]; 4] = {
    let mut turns = [[[[0.0; 3]; 3]; 4]; 4];
    let mut place = 0;
    while place < 4 * 4 * 3 * 3 {
        let (from, to, ahead, aside) = (place / 36, place / 9 % 4, place / 3 % 3, place % 3);
        let end = if Dir::ALL[to].is_horizontal() {
            [ahead as i8 - 1, aside as i8 - 1]
        } else {
            [aside as i8 - 1, ahead as i8 - 1]
        };
        turns[from][to][ahead][aside] = cost_of(corners(Dir::ALL[from], Dir::ALL[to], end));
        place += 1;
    }
    turns
};

/// How far ahead an end lies to who looks that way; only the sign counts.
const fn ahead(dir: Dir, [across, down]: [i8; 2]) -> i8 {
    match dir {
        Dir::Left => -across,
        Dir::Right => across,
        Dir::Up => -down,
        Dir::Down => down,
    }
}

/// The least number of corners from one way of looking to another, given where the end lies.
const fn corners(from: Dir, to: Dir, end: [i8; 2]) -> u8 {
    let (ahead, last) = (ahead(from, end), ahead(to, end));
    let [across, down] = end;
    let aside = if from.is_horizontal() { down } else { across };
    let is_along = from.is_horizontal() == to.is_horizontal();
    if !is_along {
        // One where the end is ahead of both.
        return if ahead >= 0 && last >= 0 { 1 } else { 3 };
    }
    if from as u8 != to as u8 {
        return if aside == 0 { 4 } else { 2 };
    }
    match (ahead >= 0, aside == 0) {
        (true, true) => 0,
        (true, false) => 2,
        (false, _) => 4,
    }
}

/// The least number of corners of a way that goes around something: to and fro along one axis.
fn corners_around(is_level: bool, from: Dir, to: Dir) -> u8 {
    let is_along = |it: Dir| it.is_horizontal() == is_level;
    match (is_along(from), is_along(to)) {
        (true, true) if to == from.opposite() => 2,
        (true, true) | (false, false) => 4,
        (true, false) | (false, true) => 3,
    }
}
