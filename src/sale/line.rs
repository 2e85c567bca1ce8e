//! The queue: orders wait, are received, and come back when they were not stored.

use std::collections::{BTreeMap, VecDeque};

use super::capacities::Queue;

/// Orders that arrived in one second and have been received as often.
#[derive(Debug, Clone, Copy)]
struct Cohort {
    arrived: u32,
    receives: u32,
    /// When it was received last.
    received: u32,
    count: u64,
}

/// The queue in the course of a sale.
pub struct Line {
    plan: Queue,
    visible: VecDeque<Cohort>,
    waiting: u64,
    /// Hidden until a second.
    hidden: BTreeMap<u32, Vec<Cohort>>,
    away: u64,
    /// With a consumer until a second.
    flying: BTreeMap<u32, Vec<Cohort>>,
    flight: u64,
    /// Orders neither stored nor dead, by the second in which they arrived.
    alive: Vec<u64>,
    /// No order is left of seconds before this one.
    oldest: usize,
}

impl Line {
    pub fn new(plan: Queue) -> Self {
        Self {
            plan,
            visible: VecDeque::new(),
            waiting: 0,
            hidden: BTreeMap::new(),
            away: 0,
            flying: BTreeMap::new(),
            flight: 0,
            alive: Vec::new(),
            oldest: 0,
        }
    }

    /// Orders in the queue, those that come back later among them.
    pub fn depth(&self) -> u64 {
        self.waiting + self.away
    }

    /// Orders that can be received.
    pub fn visible(&self) -> u64 {
        self.waiting
    }

    /// Orders with a consumer.
    pub fn in_flight(&self) -> u64 {
        self.flight
    }

    /// Seconds that the oldest order has waited.
    pub fn age(&mut self, t: u32) -> u32 {
        while self.alive.get(self.oldest) == Some(&0) {
            self.oldest += 1;
        }
        let since = u32::try_from(self.oldest).unwrap_or(t);
        if self.oldest < self.alive.len() {
            t.saturating_sub(since)
        } else {
            0
        }
    }

    /// Takes orders in, and shows what comes back; gives the orders that have been received too often.
    pub fn enter(&mut self, t: u32, count: u64) -> u64 {
        let place = t as usize;
        if self.alive.len() <= place {
            self.alive.resize(place + 1, 0);
        }
        let mut dead = 0;
        // What comes back is older than what waits, and a queue hands out the oldest first as far as it can.
        for cohort in self.hidden.remove(&t).unwrap_or_default().into_iter().rev() {
            self.away -= cohort.count;
            if self
                .plan
                .receives
                .is_some_and(|most| cohort.receives >= most)
            {
                dead += cohort.count;
                self.gone(&cohort, cohort.count);
            } else {
                self.waiting += cohort.count;
                self.visible.push_front(cohort);
            }
        }
        if count > 0 {
            if let Some(it) = self.alive.get_mut(place) {
                *it += count;
            }
            self.waiting += count;
            self.visible.push_back(Cohort {
                arrived: t,
                receives: 0,
                received: t,
                count,
            });
        }
        dead
    }

    fn gone(&mut self, cohort: &Cohort, count: u64) {
        if let Some(it) = self.alive.get_mut(cohort.arrived as usize) {
            *it -= count;
        }
    }

    /// Hands up to so many orders to a consumer that is done with them in a later second; gives how many.
    pub fn receive(&mut self, t: u32, most: u64, done: u32) -> u64 {
        let mut taken = Vec::new();
        let mut left = most;
        while left > 0
            && let Some(front) = self.visible.front_mut()
        {
            let count = front.count.min(left);
            taken.push(Cohort {
                receives: front.receives + 1,
                received: t,
                count,
                ..*front
            });
            front.count -= count;
            left -= count;
            if front.count == 0 {
                self.visible.pop_front();
            }
        }
        let count = most - left;
        self.waiting -= count;
        self.flight += count;
        if count > 0 {
            self.flying.entry(done).or_default().extend(taken);
        }
        count
    }

    /// Orders that a consumer is done with in this second.
    pub fn due(&self, t: u32) -> u64 {
        let due = self.flying.get(&t).into_iter().flatten();
        due.map(|it| it.count).sum()
    }

    /// So many of those that are due are stored; the others come back when their time is up, counted from when they were
    /// received. That a consumer which takes longer has them handed out beside it once more is not played.
    pub fn settle(&mut self, t: u32, stored: u64) {
        let mut left = stored;
        for cohort in self.flying.remove(&t).unwrap_or_default() {
            self.flight -= cohort.count;
            let kept = cohort.count.min(left);
            left -= kept;
            self.gone(&cohort, kept);
            let count = cohort.count - kept;
            if count > 0 {
                self.away += count;
                let back = (t + 1).max(cohort.received + self.plan.visibility_s);
                let back = self.hidden.entry(back).or_default();
                back.push(Cohort { count, ..cohort });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Queue};

    #[test]
    fn what_is_not_stored_comes_back_and_dies_after_its_last_receive() {
        let mut line = Line::new(Queue {
            visibility_s: 30,
            receives: Some(2),
        });
        assert_eq!(line.enter(0, 10), 0);
        assert_eq!(line.receive(0, 99, 0), 10);
        line.settle(0, 4);
        assert_eq!((line.depth(), line.in_flight(), line.visible()), (6, 0, 0));
        assert_eq!(line.age(20), 20);
        assert_eq!(line.enter(30, 0), 0);
        assert_eq!(line.receive(30, 5, 33), 5);
        assert_eq!(line.due(33), 5);
        line.settle(33, 0);
        assert_eq!(line.receive(34, 5, 34), 1);
        line.settle(34, 1);
        assert_eq!(line.enter(60, 0), 5, "received twice");
        assert_eq!((line.depth(), line.in_flight(), line.age(60)), (0, 0, 0));
    }
}
