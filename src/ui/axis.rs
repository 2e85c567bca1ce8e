//! The time axis. Stretches in which nothing happens are drawn, and played, twenty times shorter: an hour whose first five
//! minutes matter fits on a screen, and the cursor still moves evenly.

use crate::failure::Timeline;

/// Seconds after an event that keep their full length.
const AFTER: f64 = 30.0;
/// Seconds before an event that keep their full length.
const BEFORE: f64 = 10.0;
/// How many times shorter the rest of a stretch is.
const HASTE: f64 = 20.0;
/// Shortest rest that is worth shortening, in seconds.
const WORTH: f64 = 60.0;

/// Maps seconds to places and back, piece by piece. A place is a second that keeps its full length.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Second and place of each knot, both rising.
    knots: Vec<(f64, f64)>,
    /// From and to, in seconds.
    quiet: Vec<(f64, f64)>,
}

impl Axis {
    pub fn of(timeline: &Timeline) -> Self {
        let times = timeline.events.iter().map(|it| it.t);
        Self::new(times, timeline.end_s)
    }

    /// The axis of events at such seconds, up to an end.
    pub fn new(events: impl Iterator<Item = u32>, end: u32) -> Self {
        let mut times: Vec<u32> = events.chain([0, end]).filter(|it| *it <= end).collect();
        times.sort_unstable();
        times.dedup();
        let mut axis = Self {
            knots: vec![(0.0, 0.0)],
            quiet: Vec::new(),
        };
        for pair in times.windows(2) {
            if let [from, to] = *pair {
                axis.stretch(from.into(), to.into());
            }
        }
        axis
    }

    fn stretch(&mut self, from: f64, to: f64) {
        let (start, stop) = (from + AFTER, to - BEFORE);
        if stop - start >= WORTH {
            self.go_on(start, 1.0);
            self.go_on(stop, HASTE);
            self.quiet.push((start, stop));
        }
        self.go_on(to, 1.0);
    }

    fn go_on(&mut self, to: f64, haste: f64) {
        let (time, place) = self.knots.last().copied().unwrap_or_default();
        self.knots.push((to, place + (to - time) / haste));
    }

    /// Place of the end.
    pub fn length(&self) -> f64 {
        self.knots.last().map_or(0.0, |it| it.1)
    }

    /// The place of a second.
    pub fn place(&self, time: f64) -> f64 {
        map(&self.knots, time, |it| it)
    }

    /// The second of a place.
    pub fn time(&self, place: f64) -> f64 {
        map(&self.knots, place, |(time, place)| (place, time))
    }

    /// How far along the axis a second is, 0 to 100.
    pub fn percent(&self, time: f64) -> f64 {
        match self.length() {
            length if length > 0.0 => self.place(time) / length * 100.0,
            _ => 0.0,
        }
    }

    /// The stretches that are drawn shorter, in seconds.
    pub fn quiet(&self) -> &[(f64, f64)] {
        &self.quiet
    }

    /// Whole minutes that have room for a label, in seconds; the end has one of its own.
    pub fn labels(&self) -> Vec<f64> {
        let end = self.knots.last().map_or(0.0, |it| it.0);
        let mut labels = vec![0.0];
        let mut minute = 60.0;
        while self.percent(minute) < 100.0 - GAP && minute < end {
            let last = labels.last().copied().unwrap_or_default();
            if self.percent(minute) - self.percent(last) >= GAP {
                labels.push(minute);
            }
            minute += 60.0;
        }
        labels
    }
}

/// Percent of the axis between two labels.
const GAP: f64 = 7.5;

/// Reads a rising line through knots; outside of it, its ends.
fn map(knots: &[(f64, f64)], x: f64, turn: fn((f64, f64)) -> (f64, f64)) -> f64 {
    let mut before = (0.0, 0.0);
    for knot in knots.iter().copied().map(turn) {
        if x <= knot.0 {
            let width = knot.0 - before.0;
            let share = if width > 0.0 {
                (x - before.0) / width
            } else {
                1.0
            };
            return before.1 + share.max(0.0) * (knot.1 - before.1);
        }
        before = knot;
    }
    before.1
}
