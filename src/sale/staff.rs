//! What works the queue off: runs of a function that Lambda adds by the minute, or instances.

use std::collections::VecDeque;

use super::capacities::{Consumer, Fleet};
use super::figure::{FIRST_RUNS, MOST_RUNS, RUN_MS, RUNS_A_SECOND};
use super::group::Group;
use super::line::Line;
use super::trickle::Trickle;

/// The consumers in the course of a sale.
pub enum Staff {
    Functions(Runs),
    Instances(Group),
}

/// Runs of a function.
pub struct Runs {
    most: u32,
    batch: u64,
    timeout_ms: u64,
    reports: bool,
    now: u32,
    /// The most orders that a run has got so far.
    fullest: u64,
    flow: Trickle,
    fitting: Trickle,
    /// Orders that their runs get through, by the second in which those end.
    ending: VecDeque<(u32, u64)>,
}

/// What the consumers did in a second.
#[derive(Debug, Clone, Copy, Default)]
pub struct Worked {
    /// Orders received.
    pub received: u64,
    /// Runs or instances that are busy.
    pub busy: u64,
    /// Runs that were started.
    pub runs: u64,
    /// Milliseconds of those runs.
    pub run_ms: u64,
}

impl Staff {
    pub fn new(consumer: Consumer) -> Self {
        match consumer {
            Consumer::Functions {
                runs,
                batch,
                timeout_s,
                reports,
            } => {
                let most = runs.min(MOST_RUNS);
                Self::Functions(Runs {
                    most,
                    batch: u64::from(batch.max(1)),
                    timeout_ms: u64::from(timeout_s) * 1000,
                    reports,
                    now: FIRST_RUNS.min(most),
                    fullest: 0,
                    flow: Trickle::default(),
                    fitting: Trickle::default(),
                    ending: VecDeque::new(),
                })
            }
            Consumer::Instances(fleet) => Self::Instances(Group::new(fleet)),
        }
    }

    /// Instances beyond the desired ones; runs are billed by themselves.
    pub fn extra(&self, plan: &Consumer) -> u32 {
        match (self, plan) {
            (Self::Instances(group), Consumer::Instances(Fleet { desired, .. })) => {
                group.running().saturating_sub(*desired)
            }
            (Self::Functions(_) | Self::Instances(_), _) => 0,
        }
    }

    /// Of so many orders that are due now, those that their runs got through before they were cut off.
    pub fn sound(&mut self, t: u32, due: u64) -> u64 {
        match self {
            Self::Functions(runs) => runs.sound(t).min(due),
            Self::Instances(_) => due,
        }
    }

    /// Receives what can be received; `lost`: instances that are gone with their zone.
    pub fn second(&mut self, t: u32, line: &mut Line, write_ms: u64, lost: u32) -> Worked {
        match self {
            Self::Functions(runs) => runs.second(t, line, write_ms),
            Self::Instances(group) => {
                let room = group.room(t, lost);
                let done = t + u32::try_from(write_ms / 1000).unwrap_or(0);
                let received = line.receive(t, room, done);
                let idle = line.visible() == 0;
                let percent = if idle {
                    super::engine::percent(received, room)
                } else {
                    100
                };
                group.note(t, percent, line.visible());
                let serving = u64::from(group.serving().saturating_sub(lost));
                Worked {
                    received,
                    busy: serving,
                    ..Worked::default()
                }
            }
        }
    }
}

impl Runs {
    /// Milliseconds of a run with so many orders; it is cut off where it takes too long.
    fn duration(&self, orders: u64, write_ms: u64) -> u64 {
        (RUN_MS + orders * write_ms).min(self.timeout_ms)
    }

    /// Of a run's orders those that it gets through before it is cut off; where it does not say which, none counts.
    fn fit(&self, orders: u64, write_ms: u64) -> u64 {
        let most = self.timeout_ms.saturating_sub(RUN_MS) / write_ms.max(1);
        if orders <= most {
            orders
        } else if self.reports {
            most
        } else {
            0
        }
    }

    fn sound(&mut self, t: u32) -> u64 {
        let mut sound = 0;
        while let Some((_, orders)) = self.ending.pop_front_if(|it| it.0 <= t) {
            sound += orders;
        }
        sound
    }

    /// Runs get as many orders as there are for them, up to a batch.
    fn second(&mut self, t: u32, line: &mut Line, write_ms: u64) -> Worked {
        let now = u64::from(self.now.max(1));
        let orders = line.visible().div_ceil(now).clamp(1, self.batch);
        let each_ms = self.duration(orders, write_ms).max(1);
        let room = self.flow.take(now * orders * 1_000_000 / each_ms);
        // A run ends as late as the fullest one so far, so that none overtakes another.
        self.fullest = self.fullest.max(orders);
        let longest_ms = self.duration(self.fullest, write_ms);
        let done = t + u32::try_from(longest_ms / 1000).unwrap_or(0);
        let received = if self.most == 0 {
            0
        } else {
            line.receive(t, room, done)
        };
        let fit = self.fit(orders, write_ms);
        let sound = self.fitting.share(received, fit, orders);
        self.ending.push_back((done, sound));
        let runs = received.div_ceil(orders);
        let busy = (received * each_ms).div_ceil(orders * 1000).min(now);
        self.now = if line.visible() > 0 {
            (self.now + RUNS_A_SECOND).min(self.most)
        } else {
            FIRST_RUNS
                .min(self.most)
                .max(u32::try_from(busy).unwrap_or(self.most))
        };
        Worked {
            received,
            busy,
            runs,
            run_ms: runs * each_ms,
        }
    }

    /// The most orders of a run when the queue is full.
    pub fn batch(&self) -> u64 {
        self.batch
    }
}
