//! The web instances: pages and orders wait in line, are answered as far as instances and database reach, and leave after
//! a while.

use std::collections::VecDeque;

use super::figure::PATIENCE_S;
use super::trickle::Trickle;

/// What a request needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A page that a cache beside the database has.
    Cached,
    /// A page that the database is asked for.
    Query,
    /// An order, without a burst path.
    Order,
}

/// Requests of one need.
#[derive(Default)]
struct Row {
    /// Second of arrival and number, oldest first.
    waiting: VecDeque<(u32, u64)>,
    count: u64,
    share: Trickle,
}

impl Row {
    fn enter(&mut self, t: u32, count: u64) {
        if count > 0 {
            self.waiting.push_back((t, count));
            self.count += count;
        }
    }

    fn leave(&mut self, count: u64) {
        let mut left = count.min(self.count);
        self.count -= left;
        while left > 0
            && let Some((_, front)) = self.waiting.front_mut()
        {
            let gone = left.min(*front);
            *front -= gone;
            left -= gone;
            if *front == 0 {
                self.waiting.pop_front();
            }
        }
    }

    /// Those who have waited too long.
    fn give_up(&mut self, t: u32) -> u64 {
        let late = self.waiting.iter();
        let late = late.take_while(|(since, _)| t.saturating_sub(*since) >= PATIENCE_S);
        let gone = late.map(|it| it.1).sum();
        self.leave(gone);
        gone
    }
}

/// The lines before the web instances.
#[derive(Default)]
pub struct Site {
    cached: Row,
    query: Row,
    order: Row,
}

impl Site {
    fn row(&mut self, need: Need) -> &mut Row {
        match need {
            Need::Cached => &mut self.cached,
            Need::Query => &mut self.query,
            Need::Order => &mut self.order,
        }
    }

    pub fn enter(&mut self, t: u32, need: Need, count: u64) {
        self.row(need).enter(t, count);
    }

    /// Takes answered requests out of a line.
    pub fn answer(&mut self, need: Need, count: u64) {
        self.row(need).leave(count);
    }

    /// Those of a line who have waited too long go.
    pub fn give_up(&mut self, t: u32, need: Need) -> u64 {
        self.row(need).give_up(t)
    }

    /// Pages in line.
    pub fn pages(&self) -> u64 {
        self.cached.count + self.query.count
    }

    /// Orders in line.
    pub fn orders(&self) -> u64 {
        self.order.count
    }

    /// How many of each line the instances take up in a second, given what they can do: all in line get the same share.
    pub fn taken(&mut self, room: u64) -> [u64; 3] {
        let all = self.pages() + self.orders();
        let rows = [&mut self.cached, &mut self.query, &mut self.order];
        rows.map(|row| {
            if all <= room {
                row.count
            } else {
                row.share.share(row.count, room, all)
            }
        })
    }

    /// Seconds that the oldest request has waited.
    pub fn age(&self, t: u32) -> u32 {
        let rows = [&self.cached, &self.query, &self.order];
        let fronts = rows.iter().filter_map(|it| it.waiting.front());
        fronts.map(|it| t.saturating_sub(it.0)).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Need, Site};

    /// 30 a second and room for 20: after 10 s of it 100 wait; from then on 10 a second have waited too long.
    #[test]
    fn what_is_too_much_waits_ten_seconds_and_goes() {
        let mut site = Site::default();
        let mut gone = Vec::new();
        for t in 0..40 {
            site.enter(t, Need::Query, 30);
            let [_, query, _] = site.taken(20);
            site.answer(Need::Query, query);
            gone.push(site.give_up(t, Need::Query));
        }
        assert_eq!(gone.iter().take(20).sum::<u64>(), 0);
        let answered = 40 * 20;
        assert_eq!(gone.iter().sum::<u64>() + site.pages() + answered, 40 * 30);
        assert!(site.age(39) <= 9, "{}", site.age(39));
    }
}
