//! The lanes that a wire may take, and those among them that are tried first.

use std::borrow::Cow;

use super::route::APART;
use super::shape::{Canvas, Lane};
use super::theme;
use crate::lookup::Lookup;

/// Lanes in order. Among many, those beside the middle of a channel are closed until a wire comes near: without one they
/// are seldom better than the middle, and each makes every search longer.
pub(super) struct Lanes {
    open: Vec<Lane>,
    closed: Vec<Lane>,
}

impl Lanes {
    /// All open.
    pub fn new(all: Vec<Lane>) -> Self {
        Self {
            open: sorted(all),
            closed: Vec::new(),
        }
    }

    /// With some closed, where they are many.
    pub fn sparse(&self) -> Self {
        let is_many = self.open.len() > MANY;
        let is_closed = |it: &Lane| is_many && it.off >= theme::LANE;
        let (closed, open) = self.open.iter().partition(|it| is_closed(it));
        Self { open, closed }
    }

    /// The open ones that are tried first.
    pub fn near(&self, near: &Near) -> Cow<'_, [Lane]> {
        only(&self.open, near.upright.as_ref())
    }

    /// Whether some are closed.
    pub fn is_sparse(&self) -> bool {
        !self.closed.is_empty()
    }

    /// Opens those beside a piece of a wire.
    pub fn take(&mut self, at: f64) {
        let from = self.closed.partition_point(|it| it.at < at - BESIDE);
        let to = self.closed.partition_point(|it| it.at <= at + BESIDE);
        for lane in self.closed.drain(from..to) {
            let place = self.open.partition_point(|it| it.at < lane.at);
            self.open.insert(place, lane);
        }
    }
}

/// One VPC over six zones has half as many lanes.
const MANY: usize = 64;
/// How far from a wire lanes open: it may be in the way of one on the lane between.
const BESIDE: f64 = theme::LANE + APART;

/// Level lanes, in order.
pub(super) struct Rows {
    all: Vec<Lane>,
    /// Outside of VPCs.
    outer: Vec<Lane>,
    /// These with those inside of a VPC, by its frame.
    inner: Lookup<usize, Vec<Lane>>,
}

impl Rows {
    pub fn new(canvas: &Canvas<'_>) -> Self {
        let mut all = canvas.ys.clone();
        let mut inner: Lookup<usize, Vec<Lane>> = Lookup::default();
        for (vpc, own) in &canvas.inner {
            let outer = canvas.ys.iter();
            inner.or_insert(*vpc, sorted(outer.chain(own).copied().collect()));
            all.extend(own);
        }
        Self {
            all: sorted(all),
            outer: sorted(canvas.ys.clone()),
            inner,
        }
    }

    pub fn of(&self, level: &Level) -> Cow<'_, [Lane]> {
        match level {
            Level::Everywhere => Cow::Borrowed(&self.all),
            Level::Outside(ranges) => only(&self.outer, Some(ranges)),
            Level::Of(vpc) => Cow::Borrowed(self.inner.get(vpc).unwrap_or(&self.all)),
        }
    }
}

/// From one place to another.
pub(super) type Range = (f64, f64);

/// Where lanes are that are tried before all others; `None`: everywhere.
#[derive(Default)]
pub(super) struct Near {
    pub upright: Option<Ranges>,
    pub level: Level,
}

/// Which level lanes are tried before all others.
#[derive(Default)]
pub(super) enum Level {
    #[default]
    Everywhere,
    /// Outside of VPCs, and not beside those in between.
    Outside(Ranges),
    /// Outside of VPCs, and inside the one of a frame.
    Of(usize),
}

/// Within a range, or outside of some, which are in order.
pub(super) enum Ranges {
    Within(Range),
    Outside(Vec<Range>),
}

/// Those of some lanes, which are in order, that lie where they are tried first.
fn only<'a>(lanes: &'a [Lane], near: Option<&Ranges>) -> Cow<'a, [Lane]> {
    let before = |end: f64| lanes.partition_point(|it| it.at < end);
    let up_to = |end: f64| lanes.partition_point(|it| it.at <= end);
    let cut = |from: usize, to: usize| lanes.get(from..to).unwrap_or_default();
    match near {
        None => Cow::Borrowed(lanes),
        Some(Ranges::Within((from, to))) => Cow::Borrowed(cut(up_to(*from), before(*to))),
        Some(Ranges::Outside(ranges)) => {
            let mut only = Vec::with_capacity(lanes.len());
            let mut from = 0;
            for (start, end) in ranges {
                only.extend_from_slice(cut(from, up_to(*start)));
                from = before(*end);
            }
            only.extend_from_slice(cut(from, lanes.len()));
            Cow::Owned(only)
        }
    }
}

/// Ranges in order, those that overlap as one.
pub(super) fn joined(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranges.dedup_by(|next, last| {
        let overlaps = next.0 < last.1;
        last.1 = if overlaps { last.1.max(next.1) } else { last.1 };
        overlaps
    });
    ranges
}

/// Puts lanes in order, one at each place: the one that is least off.
fn sorted(mut lanes: Vec<Lane>) -> Vec<Lane> {
    lanes.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.off.total_cmp(&b.off)));
    lanes.dedup_by_key(|it| it.at);
    lanes
}
