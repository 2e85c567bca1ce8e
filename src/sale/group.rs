//! Instances that scale: what a group notices after minutes, and has ready after its boot time.

use super::capacities::{Fleet, Scaling};
use super::figure::{HIGH_POINTS, LOW_PERCENT, LOW_POINTS, WARM_S};
use super::trickle::Trickle;

/// A group in the course of a sale.
pub struct Group {
    plan: Fleet,
    serving: u32,
    /// Stopped instances that are left.
    warm: u32,
    /// Second in which they serve, and how many.
    launching: Vec<(u32, u32)>,
    /// Use of this minute's seconds, in percent.
    minute: Vec<u64>,
    /// Average use of each minute.
    points: Vec<u32>,
    flow: Trickle,
}

const MINUTE_S: u32 = 60;

impl Group {
    pub fn new(plan: Fleet) -> Self {
        Self {
            plan,
            serving: plan.desired.max(plan.beforehand),
            warm: plan.warm,
            launching: Vec::new(),
            minute: Vec::new(),
            points: Vec::new(),
            flow: Trickle::default(),
        }
    }

    /// Instances that serve, were none lost.
    pub fn serving(&self) -> u32 {
        self.serving
    }

    /// Those that serve, and those that boot.
    pub fn running(&self) -> u32 {
        self.serving + self.launching.iter().map(|it| it.1).sum::<u32>()
    }

    /// What it can do in this second with so many of its instances lost.
    pub fn room(&mut self, t: u32, lost: u32) -> u64 {
        let (ready, later) = self.launching.iter().partition(|it| it.0 <= t);
        let ready: Vec<(u32, u32)> = ready;
        self.launching = later;
        self.serving += ready.iter().map(|it| it.1).sum::<u32>();
        let left = u64::from(self.serving.saturating_sub(lost));
        self.flow.take(left.saturating_mul(self.plan.each))
    }

    /// Notes how busy the second was, in percent, or what waits where that is what the group goes by; scales at the end of a
    /// minute.
    pub fn note(&mut self, t: u32, percent: u64, waiting: u64) {
        let serving = u64::from(self.serving.max(1));
        self.minute.push(match self.plan.scaling {
            Scaling::Backlog(_) => waiting / serving,
            Scaling::None | Scaling::Tracks(_) | Scaling::Steps { .. } => percent.min(100),
        });
        if !(t + 1).is_multiple_of(MINUTE_S) {
            return;
        }
        let average = self.minute.iter().sum::<u64>() / self.minute.len().max(1) as u64;
        let average = u32::try_from(average).unwrap_or(u32::MAX);
        self.points.push(average);
        self.minute.clear();
        self.scale(t + 1, average);
    }

    /// While instances boot nothing more is launched: they count as there.
    fn scale(&mut self, t: u32, average: u32) {
        if !self.launching.is_empty() {
            return;
        }
        let now = self.serving;
        let (above, below) = match self.plan.scaling {
            Scaling::None => return,
            Scaling::Tracks(value) | Scaling::Backlog(value) => (
                value,
                (u64::from(value) * u64::from(LOW_PERCENT) / 100) as u32,
            ),
            Scaling::Steps { above, below } => (above, below),
        };
        let wanted = |change: i64| match self.plan.scaling {
            Scaling::Tracks(value) | Scaling::Backlog(value) => {
                now.saturating_mul(average).div_ceil(value.max(1))
            }
            Scaling::Steps { .. } | Scaling::None => {
                u32::try_from(i64::from(now) + change).unwrap_or(0)
            }
        };
        if self.lasted(HIGH_POINTS, |it| it > above) {
            let wanted = wanted(1).clamp(now, self.plan.most.max(now));
            if wanted > now {
                self.launch(t, wanted - now);
            }
        } else if self.lasted(LOW_POINTS, |it| it < below) {
            let least = self.plan.least.max(self.plan.beforehand);
            self.serving = wanted(-1).clamp(least.min(now), now);
        }
    }

    /// Those that stand by are first.
    fn launch(&mut self, t: u32, count: u32) {
        let warm = count.min(self.warm);
        self.warm -= warm;
        let ready_s = self.plan.ready_s;
        let started = [(t + WARM_S.min(ready_s), warm), (t + ready_s, count - warm)];
        self.launching
            .extend(started.into_iter().filter(|it| it.1 > 0));
    }

    fn lasted(&self, points: usize, holds: impl Fn(u32) -> bool) -> bool {
        self.points.len() >= points && self.points.iter().rev().take(points).all(|it| holds(*it))
    }
}

#[cfg(test)]
mod tests {
    use super::{Fleet, Group, Scaling};

    /// Two instances that are full: after three minutes 2 x 100 / 70 = 3 are wanted, and the third serves 150 s later; then
    /// 3 x 100 / 70 = 5.
    #[test]
    fn a_full_group_grows_after_three_minutes_and_its_boot_time() {
        let mut group = Group::new(Fleet {
            least: 2,
            desired: 2,
            beforehand: 0,
            most: 6,
            warm: 0,
            each: 1_000,
            scaling: Scaling::Tracks(70),
            ready_s: 150,
        });
        let mut seen = Vec::new();
        for t in 0..600 {
            let room = group.room(t, 0);
            if seen.last().is_none_or(|(_, it)| *it != room) {
                seen.push((t, room));
            }
            group.note(t, 100, 0);
        }
        assert_eq!(seen, [(0, 2), (330, 3), (510, 5)]);
    }

    #[test]
    fn instances_that_stand_by_serve_sooner() {
        let mut group = Group::new(Fleet {
            least: 2,
            desired: 2,
            beforehand: 4,
            most: 8,
            warm: 1,
            each: 1_000,
            scaling: Scaling::Tracks(50),
            ready_s: 150,
        });
        let mut seen = Vec::new();
        for t in 0..400 {
            seen.push(group.room(t, 0));
            group.note(t, 100, 0);
        }
        let at = [0, 209, 210, 329, 330].map(|t: usize| seen[t]);
        assert_eq!(at, [4, 4, 5, 5, 8], "4 x 100 / 50 are wanted after 180 s");
    }

    #[test]
    fn a_group_without_work_shrinks_to_its_least_after_fifteen_minutes() {
        let mut group = Group::new(Fleet {
            least: 2,
            desired: 6,
            beforehand: 0,
            most: 6,
            warm: 0,
            each: 1_000,
            scaling: Scaling::Tracks(70),
            ready_s: 150,
        });
        for t in 0..899 {
            group.note(t, 0, 0);
        }
        assert_eq!(group.serving(), 6);
        group.note(899, 0, 0);
        assert_eq!(group.serving(), 2);
    }
}
