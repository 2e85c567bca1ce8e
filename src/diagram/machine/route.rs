//! Leads every link past the states: the cheapest way that meets nothing. Ways to the same state meet before it, and the ways
//! out of a Choice may leave together; no others ever lie on each other.

use super::flow::Link;
use super::lane::{Effort, Stand, lanes, ways};
use super::picture::{Kind, Why};
use super::size::POINT;
use crate::diagram::{Point, Rect};

/// Between a way and a state that it passes, and between two ways.
pub(super) const CLEAR: f64 = 6.0;
const APART: f64 = 5.0;

/// What a corner and a crossing cost, in units of length.
const BEND: f64 = 18.0;
const CROSSING: f64 = 48.0;
/// What it costs a loop to leave the left side, which is its own.
const RISING: f64 = 70.0;
/// So much longer than the straight distance, a way is no good.
const ROUND: f64 = 60.0;
/// The share of a length that costs where a way already is.
const SHARED: f64 = 0.15;

/// A straight piece of a way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub link: usize,
    pub from: Point,
    pub to: Point,
}

impl Piece {
    pub fn is_level(&self) -> bool {
        self.from.y == self.to.y
    }

    pub fn rect(&self) -> Rect {
        Rect::between(self.from, self.to)
    }

    fn length(&self) -> f64 {
        (self.from.x - self.to.x).abs() + (self.from.y - self.to.y).abs()
    }

    /// Its line, and what it covers of it.
    fn span(&self) -> (f64, f64, f64) {
        let (a, b) = (self.from, self.to);
        if self.is_level() {
            (a.y, a.x.min(b.x), a.x.max(b.x))
        } else {
            (a.x, a.y.min(b.y), a.y.max(b.y))
        }
    }
}

/// Pieces of a way.
pub(super) fn pieces(link: usize, points: &[Point]) -> impl Iterator<Item = Piece> {
    points.windows(2).filter_map(move |it| match *it {
        [from, to] => Some(Piece { link, from, to }),
        _ => None,
    })
}

/// Whether two links may lie on each other.
pub(super) fn may_share(one: &Link, other: &Link) -> bool {
    let is_caught = |it: &Link| it.why == Why::Catch;
    let meet = one.to == other.to && is_caught(one) == is_caught(other);
    let part = one.from == other.from && one.why == Why::Choice && other.why == Why::Choice;
    meet || part
}

/// The way of each link; empty where there is none that meets nothing.
pub(super) fn route(links: &[Link], stands: &[Stand]) -> Vec<Vec<Point>> {
    let mut found: Vec<Vec<Point>> = vec![Vec::new(); links.len()];
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_by(|a, b| rank(&links[*a], stands).total_cmp(&rank(&links[*b], stands)));
    let all = lanes(stands);
    let mut laid: Vec<Track> = Vec::new();
    for at in order {
        let search = Search {
            link: &links[at],
            stands,
            friends: links.iter().map(|it| may_share(&links[at], it)).collect(),
            laid: &laid,
        };
        if let Some(way) = search.run(&all) {
            laid.extend(pieces(at, &way).map(|it| Track::of(&it)));
            found[at] = way;
        }
    }
    found
}

/// Short ones first, errors after all others; what runs straight down before everything.
fn rank(link: &Link, stands: &[Stand]) -> f64 {
    let (from, to) = (&stands[link.from], &stands[link.to]);
    let (a, b) = (from.rect.center(), to.rect.center());
    let far = (a.x - b.x).abs() + (a.y - b.y).abs();
    let is_below = from.axis == to.axis && !link.is_rising;
    match (is_below, link.why) {
        (true, Why::Next | Why::Choice) => far,
        (false, Why::Next | Why::Choice) => 1e5 + far,
        // The far ones lay the trunk that the near ones join.
        (_, Why::Catch) => 2e5 - far,
    }
}

/// A piece of a way that has been laid.
#[derive(Debug, Clone, Copy)]
struct Track {
    link: usize,
    is_level: bool,
    line: f64,
    start: f64,
    end: f64,
}

impl Track {
    fn of(piece: &Piece) -> Self {
        let (line, start, end) = piece.span();
        Self {
            link: piece.link,
            is_level: piece.is_level(),
            line,
            start,
            end,
        }
    }
}

/// What another way means for a piece.
enum Beside {
    Nothing,
    /// Both run here.
    Shared(f64),
    Crossed,
    /// The two would be taken for one.
    Confused,
}

/// A way with what it costs without the others.
struct Candidate {
    points: Vec<Point>,
    length: f64,
    least: f64,
}

/// Looks for the way of one link.
struct Search<'a> {
    link: &'a Link,
    stands: &'a [Stand],
    /// Which links it may share its way with.
    friends: Vec<bool>,
    laid: &'a [Track],
}

impl Search<'_> {
    fn run(&self, all: &[f64]) -> Option<Vec<Point>> {
        let friends = self.lanes_of_friends();
        let mut best: Option<(f64, Candidate)> = None;
        for effort in Effort::ALL {
            let ways = ways(self.link, self.stands, (all, &friends), effort);
            best = self.cheapest(ways, best);
            let is_enough = best.as_ref().is_some_and(|it| is_good(&it.1));
            if is_enough || (effort == Effort::Ports && best.is_some()) {
                break;
            }
        }
        best.map(|it| it.1.points)
    }

    fn lanes_of_friends(&self) -> Vec<f64> {
        let upright = self.laid.iter().filter(|it| !it.is_level);
        let mut lanes: Vec<f64> = upright
            .filter(|it| self.friends[it.link])
            .map(|it| it.line)
            .collect();
        lanes.sort_by(f64::total_cmp);
        lanes.dedup();
        lanes
    }

    fn cheapest(
        &self,
        ways: Vec<Vec<Point>>,
        mut best: Option<(f64, Candidate)>,
    ) -> Option<(f64, Candidate)> {
        let share = if self.laid.iter().any(|it| self.friends[it.link]) {
            SHARED
        } else {
            1.0
        };
        let mut candidates: Vec<Candidate> = ways
            .into_iter()
            .map(|it| self.candidate(it, share))
            .collect();
        candidates.sort_by(|a, b| a.least.total_cmp(&b.least));
        for candidate in candidates {
            let limit = best.as_ref().map_or(f64::INFINITY, |it| it.0);
            if candidate.least >= limit {
                break;
            }
            let cost = self.cost(&candidate, share, limit);
            if let Some(cost) = cost.filter(|it| *it < limit) {
                best = Some((cost, candidate));
            }
        }
        best
    }

    fn candidate(&self, points: Vec<Point>, share: f64) -> Candidate {
        let is_right = points
            .first()
            .zip(points.get(1))
            .is_some_and(|(a, b)| b.x > a.x);
        let aside = if self.link.is_rising && is_right {
            RISING
        } else {
            0.0
        };
        let length = pieces(0, &points).map(|it| it.length()).sum();
        let bends = (points.len() as f64 - 2.0) * BEND;
        Candidate {
            points,
            length,
            least: bends + aside + length * share,
        }
    }

    /// What a way costs; nothing where it meets a state or would be taken for another way, or costs more than a limit.
    fn cost(&self, candidate: &Candidate, share: f64, limit: f64) -> Option<f64> {
        let mut cost = candidate.least + candidate.length * (1.0 - share);
        for piece in pieces(0, &candidate.points) {
            let track = Track::of(&piece);
            let mut shared = 0.0_f64;
            for other in self.laid {
                match beside(&track, other, self.friends[other.link]) {
                    Beside::Nothing => (),
                    Beside::Shared(length) => shared = shared.max(length),
                    Beside::Crossed => cost += CROSSING,
                    Beside::Confused => return None,
                }
            }
            cost -= shared * (1.0 - SHARED);
        }
        (cost < limit && self.is_free(&candidate.points)).then_some(cost)
    }

    fn is_free(&self, points: &[Point]) -> bool {
        let last = points.len().saturating_sub(2);
        pieces(0, points).enumerate().all(|(at, piece)| {
            let rect = piece.rect();
            let mut stands = self.stands.iter().enumerate();
            stands.all(|(node, stand)| {
                let begins = node == self.link.from && at == 0;
                let ends = node == self.link.to && at == last;
                let kept = match (begins || ends, stand.kind) {
                    (false, _) => CLEAR,
                    // The outline of a Choice comes to a point.
                    (true, Kind::Choice) => -POINT,
                    (
                        true,
                        Kind::Pass
                        | Kind::Task
                        | Kind::Wait
                        | Kind::Map
                        | Kind::Succeed
                        | Kind::Fail,
                    ) => -0.5,
                };
                !meets(rect, stand.rect.grow(kept))
            })
        })
    }
}

/// Whether a way is about as short as can be.
fn is_good(candidate: &Candidate) -> bool {
    let points = &candidate.points;
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return false;
    };
    let least = (first.x - last.x).abs() + (first.y - last.y).abs();
    points.len() <= 4 && candidate.length <= least + ROUND
}

fn beside(one: &Track, other: &Track, is_friend: bool) -> Beside {
    if one.is_level == other.is_level {
        let shared = one.end.min(other.end) - one.start.max(other.start);
        let off = (one.line - other.line).abs();
        return match (off >= APART || shared <= -1.0, is_friend && off == 0.0) {
            (true, _) => Beside::Nothing,
            (false, true) => Beside::Shared(shared.max(0.0)),
            (false, false) => Beside::Confused,
        };
    }
    let is_off = |line: f64, it: &Track| line < it.start - 1.0 || line > it.end + 1.0;
    if is_friend || is_off(other.line, one) || is_off(one.line, other) {
        return Beside::Nothing;
    }
    // A corner on another way, or nearly so, looks like a branch of it.
    let is_inside = |line: f64, it: &Track| line > it.start + 3.0 && line < it.end - 3.0;
    if is_inside(other.line, one) && is_inside(one.line, other) {
        Beside::Crossed
    } else {
        Beside::Confused
    }
}

/// Whether a flat rectangle comes into another.
pub(super) fn meets(flat: Rect, rect: Rect) -> bool {
    flat.x < rect.right()
        && rect.x < flat.right() + 0.01
        && flat.y < rect.bottom()
        && rect.y < flat.bottom() + 0.01
}
