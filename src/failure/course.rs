//! From the success of a journey at each moment to seconds down, seconds degraded and recovery.

use super::figure::END_S;
use super::{Course, Fall, Health, Sample};
use crate::text::Text;

/// Success of a journey so far, as a step function.
#[derive(Debug, Clone, Default)]
pub struct Samples {
    /// Whether it fails before anything breaks.
    was_down: bool,
    all: Vec<Sample>,
}

impl Samples {
    /// Of a journey that succeeds so often before anything breaks.
    pub fn after(success: f64) -> Self {
        Self {
            was_down: Health::of(success) == Health::Down,
            all: Vec::new(),
        }
    }

    /// Notes the success at a moment, no earlier than the last; what stays as it was adds nothing.
    pub fn note(&mut self, t: u32, success: f64) {
        // Four decimals: more would be noise of the arithmetic, not knowledge.
        let success = (success.clamp(0.0, 1.0) * 1e4).round() / 1e4;
        // Nothing adds up to minus zero.
        let success = success + 0.0;
        if self.all.last().is_some_and(|it| it.success == success) {
            return;
        }
        self.all.push(Sample {
            t,
            status: Health::of(success),
            success,
        });
    }

    /// Each sample with the second at which it ends.
    fn spans(&self) -> impl Iterator<Item = (Sample, u32)> {
        let ends = self.all.iter().skip(1).map(|it| it.t).chain([END_S]);
        self.all.iter().copied().zip(ends)
    }

    fn seconds(&self, status: Health) -> u32 {
        let spans = self.spans().filter(|(it, _)| it.status == status);
        spans.map(|(it, end)| end.saturating_sub(it.t)).sum()
    }

    /// The end of the last outage, where it ends within the course.
    fn recovery(&self) -> Option<u32> {
        let outages = self.spans().filter(|(it, _)| it.status == Health::Down);
        outages.last().map(|(_, end)| end).filter(|it| *it < END_S)
    }

    /// The worst health, and the seconds down.
    pub fn fall(&self, id: &'static str) -> Fall {
        let worst = self.all.iter().map(|it| it.status).max();
        Fall {
            id,
            worst: worst.unwrap_or(Health::Ok),
            outage_s: self.seconds(Health::Down),
            degraded_s: self.seconds(Health::Degraded),
            was_down: self.was_down,
        }
    }

    pub fn course(self, id: &'static str, title: Text, rpo_s: Option<u32>) -> Course {
        Course {
            id,
            title,
            outage_s: self.seconds(Health::Down),
            degraded_s: self.seconds(Health::Degraded),
            was_down: self.was_down,
            rto_s: self.recovery(),
            rpo_s,
            states: self.all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{END_S, Samples};
    use crate::failure::Health;
    use crate::text::text;

    fn samples(all: &[(u32, f64)]) -> Samples {
        let mut samples = Samples::default();
        for (t, success) in all {
            samples.note(*t, *success);
        }
        samples
    }

    /// Seconds down, seconds degraded, recovery.
    fn sums(all: &[(u32, f64)]) -> (u32, u32, Option<u32>) {
        let course = samples(all).course("id", text("t", "T"), None);
        (course.outage_s, course.degraded_s, course.rto_s)
    }

    #[test]
    fn seconds_add_up_and_recovery_is_the_end_of_the_last_outage() {
        assert_eq!(sums(&[(0, 1.0)]), (0, 0, None));
        assert_eq!(sums(&[(0, 0.5), (10, 1.0)]), (0, 10, None));
        let once = [(0, 0.0), (90, 0.5), (180, 1.0)];
        assert_eq!(sums(&once), (90, 90, Some(90)));
        let twice = [(0, 0.0), (60, 1.0), (70, 0.0), (90, 1.0)];
        assert_eq!(sums(&twice), (80, 0, Some(90)));
        let for_good = [(0, 0.5), (100, 0.0)];
        assert_eq!(sums(&for_good), (END_S - 100, 100, None));
    }

    #[test]
    fn a_success_that_stays_adds_no_sample() {
        assert_eq!(samples(&[(0, 0.5), (3, 0.500_001), (9, 1.0)]).all.len(), 2);
        let fall = samples(&[(0, 0.5), (9, 0.0)]).fall("request");
        assert_eq!((fall.worst, fall.outage_s), (Health::Down, END_S - 9));
        assert_eq!(fall.degraded_s, 9);
    }
}
