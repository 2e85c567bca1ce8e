//! Leads every link past the states: the cheapest way that meets nothing. Ways to the same state meet before it, and the ways
//! out of a Choice may leave together; no others ever lie on each other.

use super::flow::Link;
use super::lane::{Effort, Stand, ways};
use super::picture::Why;
use crate::diagram::{Point, Rect};

/// Between a way and a state that it passes, and between two ways.
pub(super) const CLEAR: f64 = 4.0;
const APART: f64 = 5.0;

/// What a corner and a crossing cost, in units of length.
const BEND: f64 = 18.0;
const CROSSING: f64 = 26.0;
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
    let mut laid: Vec<Piece> = Vec::new();
    let mut order: Vec<usize> = (0..links.len()).collect();
    order.sort_by(|a, b| rank(&links[*a], stands).total_cmp(&rank(&links[*b], stands)));
    for at in order {
        let friends = friends(&links[at], links, &laid);
        for effort in Effort::ALL {
            let ways = ways(&links[at], stands, &friends, effort);
            if let Some(way) = cheapest(at, ways, links, stands, &laid) {
                laid.extend(pieces(at, &way));
                found[at] = way;
                break;
            }
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
        (_, Why::Catch) => 2e5 + far,
    }
}

/// Lanes of the ways that a link may share.
fn friends(link: &Link, links: &[Link], laid: &[Piece]) -> Vec<f64> {
    let shared = laid
        .iter()
        .filter(|it| !it.is_level() && may_share(link, &links[it.link]));
    let mut lanes: Vec<f64> = shared.map(|it| it.from.x).collect();
    lanes.sort_by(f64::total_cmp);
    lanes.dedup();
    lanes
}

fn cheapest(
    link: usize,
    ways: Vec<Vec<Point>>,
    links: &[Link],
    stands: &[Stand],
    laid: &[Piece],
) -> Option<Vec<Point>> {
    let mut best: Option<(f64, Vec<Point>)> = None;
    for way in ways {
        let bends = (way.len() as f64 - 2.0) * BEND;
        let limit = best.as_ref().map_or(f64::INFINITY, |it| it.0);
        if let Some(cost) = cost(link, &way, bends, limit, links, stands, laid)
            && cost < limit
        {
            best = Some((cost, way));
        }
    }
    best.map(|it| it.1)
}

fn cost(
    link: usize,
    way: &[Point],
    bends: f64,
    limit: f64,
    links: &[Link],
    stands: &[Stand],
    laid: &[Piece],
) -> Option<f64> {
    let own = &links[link];
    let mut cost = bends + pieces(link, way).map(|it| it.length() * SHARED).sum::<f64>();
    if cost >= limit {
        return None;
    }
    let last = way.len().saturating_sub(2);
    for (at, piece) in pieces(link, way).enumerate() {
        let rect = piece.rect();
        for (node, stand) in stands.iter().enumerate() {
            let touches = (node == own.from && at == 0) || (node == own.to && at == last);
            let kept = if touches { -0.5 } else { CLEAR };
            let inset = if touches && stand.kind == super::picture::Kind::Choice {
                -super::size::POINT
            } else {
                kept
            };
            if meets(rect, stand.rect.grow(inset)) {
                return None;
            }
        }
        cost += piece.length() * (1.0 - SHARED);
        for other in laid {
            let is_friend = may_share(own, &links[other.link]);
            cost += beside(&piece, other, is_friend)?;
        }
    }
    Some(cost)
}

/// What another way means for a piece: less to pay where they share a line, more where they cross; nothing where they would
/// be taken for one.
fn beside(piece: &Piece, other: &Piece, is_friend: bool) -> Option<f64> {
    let ((line, start, end), (its, from, to)) = (piece.span(), other.span());
    if piece.is_level() == other.is_level() {
        let shared = end.min(to) - start.max(from);
        if (line - its).abs() >= APART || shared <= -1.0 {
            return Some(0.0);
        }
        return (is_friend && line == its).then_some(-shared.max(0.0) * (1.0 - SHARED));
    }
    if its < start - 1.0 || its > end + 1.0 || line < from - 1.0 || line > to + 1.0 {
        return Some(0.0);
    }
    if is_friend {
        return Some(0.0);
    }
    let is_clean = its > start + 3.0 && its < end - 3.0 && line > from + 3.0 && line < to - 3.0;
    is_clean.then_some(CROSSING)
}

/// Whether a flat rectangle comes into another.
pub(super) fn meets(flat: Rect, rect: Rect) -> bool {
    flat.x < rect.right() && rect.x < flat.right() + 0.01 && flat.y < rect.bottom() && rect.y < flat.bottom() + 0.01
}
