//! What the way that is left costs at least, which is where a search looks first: the distance, and the corners that no way
//! saves. A frame that stands before all ends must be gone around.

use super::geometry::{Point, Rect};
use super::route::{CORNER, Dir, FROM_SIDE, TOGETHER, View};
use super::search::Stub;

/// The ends of a search, by the way in which one comes in, and what is known of the ways to them.
pub(super) struct Goals {
    /// Place and cost.
    by_dir: [Vec<(Point, f64)>; 4],
    /// What must be gone around from left to right, or the other way round; and from top to bottom.
    barriers: [Vec<Barrier>; 2],
    /// How much of a way may be shared with others of its trunk, at most: what is level, and what is upright.
    together: (f64, f64),
}

impl Goals {
    pub fn new(view: &View<'_>, starts: &[Stub<'_>], ends: &[Stub<'_>]) -> Self {
        let mut goals = Self {
            by_dir: [const { Vec::new() }; 4],
            barriers: barriers(view, area(starts), area(ends)),
            together: view.together(),
        };
        for (at, port) in ends {
            let inwards = port.out.opposite();
            if let Some(all) = goals.by_dir.get_mut(inwards as usize) {
                all.push((*at, port.cost));
            }
        }
        goals
    }

    /// What the way from a state to any end costs at least: the distance, and the corners that no way saves.
    pub fn left(&self, at: Point, dir: Dir) -> f64 {
        let [across, down] = &self.barriers;
        let around = (farthest(across, at.x, at.y), farthest(down, at.y, at.x));
        let mut least = f64::INFINITY;
        for (to, ends) in Dir::ALL.into_iter().zip(&self.by_dir) {
            let mut corners = corners_between(dir, to);
            if around.0 > 0.0 {
                corners = corners.max(corners_around(true, dir, to));
            }
            if around.1 > 0.0 {
                corners = corners.max(corners_around(false, dir, to));
            }
            // Most ends are farther off than another one, which can be told before their corners are counted.
            let turns = f64::from(corners) * CORNER;
            for (end, cost) in ends {
                let (dx, dy) = (end.x - at.x, end.y - at.y);
                let across = larger(dx.abs(), around.0);
                let down = larger(dy.abs(), around.1);
                let shared = smaller(across, self.together.0) + smaller(down, self.together.1);
                let length = across + down - TOGETHER * shared;
                if length + turns + cost < least {
                    let corners = corners.max(corners_left(dx, dy, dir, to));
                    least = smaller(least, length + f64::from(corners) * CORNER + cost);
                }
            }
        }
        least
    }
}

/// As `f64::min` and `f64::max`, which mind what is not a number: asked of every state for every end.
fn smaller(one: f64, other: f64) -> f64 {
    if one < other { one } else { other }
}

fn larger(one: f64, other: f64) -> f64 {
    if one > other { one } else { other }
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
    for its in view.barriers().filter(|it| it.overlaps(&way)) {
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

/// The least number of corners from one way of looking to another, wherever the places are.
fn corners_between(from: Dir, to: Dir) -> u8 {
    match (from == to, from.is_horizontal() == to.is_horizontal()) {
        (true, _) => 0,
        (false, true) => 2,
        (false, false) => 1,
    }
}

/// The same over a distance.
fn corners_left(across: f64, down: f64, from: Dir, to: Dir) -> u8 {
    let ahead = match from {
        Dir::Left => across <= 0.0,
        Dir::Right => across >= 0.0,
        Dir::Up => down <= 0.0,
        Dir::Down => down >= 0.0,
    };
    let aside = if from.is_horizontal() { down } else { across };
    if from == to && !(ahead && aside == 0.0) {
        return 2;
    }
    corners_between(from, to)
}

/// The same for a way that goes around something: to and fro along one axis.
fn corners_around(is_level: bool, from: Dir, to: Dir) -> u8 {
    let is_along = |it: Dir| it.is_horizontal() == is_level;
    match (is_along(from), is_along(to)) {
        (true, true) if to == from.opposite() => 2,
        (true, true) | (false, false) => 4,
        (true, false) | (false, true) => 3,
    }
}
