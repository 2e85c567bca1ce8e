//! What is yet to happen, by time, then in the order in which it was put in.

use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub struct Queue<T> {
    waiting: BTreeMap<(u32, u32), T>,
    inserted: u32,
}

impl<T> Queue<T> {
    pub fn new() -> Self {
        Self {
            waiting: BTreeMap::new(),
            inserted: 0,
        }
    }

    pub fn push(&mut self, time: u32, what: T) {
        self.waiting.insert((time, self.inserted), what);
        self.inserted += 1;
    }

    /// When the next thing happens.
    pub fn next_time(&self) -> Option<u32> {
        self.waiting.keys().next().map(|(time, _)| *time)
    }

    /// The next thing, if it happens by a time.
    pub fn pop_by(&mut self, time: u32) -> Option<T> {
        let next = self.waiting.first_entry()?;
        (next.key().0 <= time).then(|| next.remove())
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;

    #[test]
    fn what_is_earlier_comes_first_and_ties_keep_their_order() {
        let mut queue = Queue::new();
        for (time, what) in [(5, 'c'), (0, 'a'), (5, 'd'), (3, 'b'), (5, 'e')] {
            queue.push(time, what);
        }
        let mut order = String::new();
        while let Some(what) = queue.pop_by(u32::MAX) {
            order.push(what);
        }
        assert_eq!(order, "abcde");
    }

    #[test]
    fn what_is_put_in_while_others_come_out_finds_its_place() {
        let mut queue = Queue::new();
        queue.push(1, 'a');
        queue.push(2, 'c');
        assert_eq!(queue.pop_by(1), Some('a'));
        queue.push(2, 'd');
        queue.push(1, 'b');
        assert_eq!(queue.next_time(), Some(1));
        assert_eq!(queue.pop_by(1), Some('b'));
        assert_eq!(queue.pop_by(1), None);
        assert_eq!(queue.pop_by(2), Some('c'));
        assert_eq!(queue.next_time(), Some(2));
    }
}
