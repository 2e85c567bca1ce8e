//! The ways that a link could take: from side to side over a lane, or from the lower side to the upper one.

use super::flow::Link;
use super::picture::Kind;
use super::route::CLEAR;
use super::size::POINT;
use crate::diagram::{Point, Rect};

/// A side of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Between a state's side and the nearest lane, and between two lanes.
const STUB: f64 = 11.0;
const LANE: f64 = 7.0;
/// Lanes along a side.
const LANES: usize = 5;
/// Lanes that are looked at for a piece of a way.
const CHOICE: usize = 5;
/// Between a state's upper or lower side and a lane there.
const NEAR: f64 = 8.0;
/// Between two ways that come to the same side.
const PORT: f64 = 7.0;

/// What a state is to the ways.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub rect: Rect,
    pub axis: f64,
    pub kind: Kind,
    pub way_in: f64,
    pub way_out: f64,
}

impl Stand {
    /// Where the outline of a side is at a height.
    fn side(&self, side: Side, y: f64) -> Point {
        let inset = match self.kind {
            Kind::Choice => {
                let off = (y - self.rect.center().y).abs();
                POINT * off / (self.rect.height / 2.0)
            }
            Kind::Pass | Kind::Task | Kind::Wait | Kind::Map | Kind::Succeed | Kind::Fail => 0.0,
        };
        match side {
            Side::Left => Point::new(self.rect.x + inset, y),
            Side::Right => Point::new(self.rect.right() - inset, y),
        }
    }

    fn top(&self) -> Point {
        Point::new(self.axis, self.rect.y)
    }

    fn bottom(&self) -> Point {
        Point::new(self.axis, self.rect.bottom())
    }
}

/// How hard to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// One port a side.
    Simple,
    /// Several ports a side.
    Ports,
    /// And ways with one more bend.
    Bends,
}

impl Effort {
    pub const ALL: [Self; 3] = [Self::Simple, Self::Ports, Self::Bends];
}

/// What a link could take.
pub(super) struct Ways<'a> {
    stands: &'a [Stand],
    from: &'a Stand,
    to: &'a Stand,
    /// All lanes, from left to right, and those of ways that it may share.
    all: &'a [f64],
    friends: &'a [f64],
    found: Vec<Vec<Point>>,
}

/// A way's end at a side, and the part of its height that can be reached from there.
#[derive(Clone, Copy)]
struct Port {
    at: Point,
    side: Side,
    reach: (f64, f64),
}

/// Lanes beside every state, from left to right.
pub(super) fn lanes(stands: &[Stand]) -> Vec<f64> {
    let mut sides: Vec<f64> = stands.iter().map(|it| it.rect.x - STUB).collect();
    sides.sort_by(f64::total_cmp);
    sides.dedup();
    let mut all: Vec<f64> = Vec::new();
    for lane in 0..LANES {
        all.extend(sides.iter().map(|it| it - lane as f64 * LANE));
    }
    let mut sides: Vec<f64> = stands.iter().map(|it| it.rect.right() + STUB).collect();
    sides.sort_by(f64::total_cmp);
    sides.dedup();
    for lane in 0..LANES {
        all.extend(sides.iter().map(|it| it + lane as f64 * LANE));
    }
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// Ways that a link could take, past all states.
pub(super) fn ways(
    link: &Link,
    stands: &[Stand],
    (all, friends): (&[f64], &[f64]),
    effort: Effort,
) -> Vec<Vec<Point>> {
    let mut ways = Ways {
        stands,
        all,
        from: &stands[link.from],
        to: &stands[link.to],
        friends,
        found: Vec::new(),
    };
    let offsets: &[f64] = match effort {
        Effort::Simple => &[0.0],
        Effort::Ports | Effort::Bends => &[0.0, PORT, -PORT],
    };
    ways.downwards();
    for start in offsets {
        for side in [Side::Right, Side::Left] {
            let out = ways.port(ways.from, side, ways.from.way_out + start, STUB - 3.0);
            ways.onto_top(out);
            ways.over_gap(out);
            // Straight across, where the heights nearly agree.
            let level = out.at.y - ways.to.rect.y - ways.to.way_in;
            let level = Some(level).filter(|it| it.abs() < PORT && *it != 0.0);
            for end in offsets.iter().copied().chain(level) {
                for side in [Side::Left, Side::Right] {
                    let inn = ways.port(ways.to, side, ways.to.way_in + end, STUB);
                    ways.across(out, inn);
                    if effort == Effort::Bends {
                        ways.around(out, inn);
                    }
                }
            }
        }
    }
    ways.found
}

impl Ways<'_> {
    fn port(&self, stand: &Stand, side: Side, below: f64, stub: f64) -> Port {
        let y = stand.rect.y + below;
        let beyond = match side {
            Side::Left => stand.rect.x - 1.0,
            Side::Right => stand.rect.right() + 1.0,
        };
        let (left, right) = self.reach(beyond, y);
        let reach = match side {
            Side::Left => (left, stand.rect.x - stub),
            Side::Right => (stand.rect.right() + stub, right),
        };
        Port {
            at: stand.side(side, y),
            side,
            reach,
        }
    }

    /// How far a level line can go both ways from a place without meeting a state.
    fn reach(&self, x: f64, y: f64) -> (f64, f64) {
        let mut reach = (f64::MIN, f64::MAX);
        for it in self.stands {
            if y <= it.rect.y - CLEAR || y >= it.rect.bottom() + CLEAR {
                continue;
            }
            if it.rect.right() <= x {
                reach.0 = reach.0.max(it.rect.right() + CLEAR);
            } else if it.rect.x >= x {
                reach.1 = reach.1.min(it.rect.x - CLEAR);
            }
        }
        reach
    }

    /// Lanes that are free between two heights: those of friends, and a few with the least way round.
    fn lanes(&self, one: Point, other: Point, reach: (f64, f64)) -> Vec<f64> {
        let is_free = |x: &f64| self.is_free(*x, one.y.min(other.y), one.y.max(other.y));
        let friends = self
            .friends
            .iter()
            .copied()
            .filter(|it| is_within(*it, reach));
        let mut kept: Vec<f64> = friends.filter(is_free).collect();
        let limit = kept.len() + CHOICE;
        let all = self.all;
        let at = |x: f64| all.partition_point(|it| *it < x);
        let (first, end) = (at(reach.0), at(reach.1).max(at(reach.0)));
        let (left, right) = (one.x.min(other.x), one.x.max(other.x));
        let mut below = at(left).clamp(first, end);
        let mut above = at(right).clamp(first, end);
        for x in &all[below..above] {
            if kept.len() < limit && is_free(x) {
                kept.push(*x);
            }
        }
        // Further out by turns, the nearer one first.
        while kept.len() < limit && (below > first || above < end) {
            let before = all[first..below].last().map(|it| left - it);
            let behind = all[above..end].first().map(|it| it - right);
            let x = match (before, behind) {
                (Some(before), Some(behind)) if behind < before => all[above],
                (None, _) => all[above],
                (Some(_), _) => all[below - 1],
            };
            if x > right {
                above += 1;
            } else {
                below -= 1;
            }
            if is_free(&x) {
                kept.push(x);
            }
        }
        kept
    }

    fn is_free(&self, x: f64, top: f64, bottom: f64) -> bool {
        !self.stands.iter().any(|it| {
            x > it.rect.x - CLEAR
                && x < it.rect.right() + CLEAR
                && bottom > it.rect.y - CLEAR
                && top < it.rect.bottom() + CLEAR
        })
    }

    /// Down, and where the lines are not the same across and down again.
    fn downwards(&mut self) {
        let (start, end) = (self.from.bottom(), self.to.top());
        if start.x == end.x && start.y < end.y {
            self.found.push(vec![start, end]);
        }
        if end.y - start.y < 2.0 * NEAR || start.x == end.x {
            return;
        }
        for y in [end.y - NEAR - 1.0, start.y + NEAR] {
            let turn = [Point::new(start.x, y), Point::new(end.x, y)];
            self.found.push(vec![start, turn[0], turn[1], end]);
        }
    }

    /// Sideways, and down.
    fn onto_top(&mut self, out: Port) {
        let end = self.to.top();
        if is_within(end.x, out.reach) && end.y > out.at.y + NEAR {
            let turn = Point::new(end.x, out.at.y);
            self.found.push(vec![out.at, turn, end]);
        }
    }

    /// Over a lane, and from above.
    fn over_gap(&mut self, out: Port) {
        let end = self.to.top();
        let turn = Point::new(end.x, end.y - NEAR - 1.0);
        let level = self.reach(turn.x, turn.y);
        for x in self.lanes(out.at, turn, both(out.reach, level)) {
            if (x - end.x).abs() > STUB {
                let turns = [Point::new(x, out.at.y), Point::new(x, turn.y)];
                self.found.push(vec![out.at, turns[0], turns[1], turn, end]);
            }
        }
    }

    /// Over one lane.
    fn across(&mut self, out: Port, inn: Port) {
        if out.at.y == inn.at.y {
            let is_ahead = match (out.side, inn.side) {
                (Side::Right, Side::Left) => inn.at.x > out.at.x,
                (Side::Left, Side::Right) => inn.at.x < out.at.x,
                (Side::Left, Side::Left) | (Side::Right, Side::Right) => false,
            };
            if is_ahead {
                self.found.push(vec![out.at, inn.at]);
            }
            return;
        }
        for x in self.lanes(out.at, inn.at, both(out.reach, inn.reach)) {
            let turns = [Point::new(x, out.at.y), Point::new(x, inn.at.y)];
            self.found.push(vec![out.at, turns[0], turns[1], inn.at]);
        }
    }

    /// Over two lanes, with a piece above or below one of the states between them.
    fn around(&mut self, out: Port, inn: Port) {
        let levels = [
            self.to.rect.y - NEAR,
            self.to.rect.bottom() + NEAR,
            self.from.rect.y - NEAR,
            self.from.rect.bottom() + NEAR,
        ];
        for y in levels {
            let (start, end) = (Point::new(inn.at.x, y), Point::new(out.at.x, y));
            let firsts = self.lanes(out.at, start, out.reach);
            let lasts = self.lanes(inn.at, end, inn.reach);
            for first in firsts {
                let level = self.reach(first, y);
                for &last in lasts.iter().filter(|it| is_within(**it, level)) {
                    if (first - last).abs() > STUB {
                        self.found.push(vec![
                            out.at,
                            Point::new(first, out.at.y),
                            Point::new(first, y),
                            Point::new(last, y),
                            Point::new(last, inn.at.y),
                            inn.at,
                        ]);
                    }
                }
            }
        }
    }
}

fn is_within(x: f64, reach: (f64, f64)) -> bool {
    x >= reach.0 && x <= reach.1
}

fn both(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    (one.0.max(other.0), one.1.min(other.1))
}
