//! The database: so many queries a second, shared out when they are too few.

use super::capacities::{Database, Power};
use super::figure::{ELASTIC_ABOVE, ELASTIC_GROWS, ORDER_QUERIES};
use super::trickle::Trickle;

/// The database in the course of a sale.
pub struct Engine {
    plan: Database,
    /// Thousandths of a capacity unit that Aurora Serverless has.
    units: u64,
    /// Whether the writer answered in the last second.
    up: bool,
    writer: Trickle,
    readers: Trickle,
    shares: [Trickle; 3],
}

/// What a second asks of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Pages that no cache answers.
    pub reads: u64,
    /// Orders of the web instances.
    pub orders: u64,
    /// Orders of the burst path.
    pub writes: u64,
}

/// What it did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Granted {
    pub reads: u64,
    pub orders: u64,
    pub writes: u64,
    /// What newly came as a share of what can be done, of the writer or the readers, whichever has more.
    pub percent: u64,
}

impl Engine {
    pub fn new(plan: Database) -> Self {
        let units = match plan.writer {
            Power::Fixed(_) => 0,
            Power::Elastic { least, .. } => least,
        };
        Self {
            plan,
            units,
            up: true,
            writer: Trickle::default(),
            readers: Trickle::default(),
            shares: Default::default(),
        }
    }

    /// Thousandths of a capacity unit that the writer and its readers have together; of a writer that is down, its readers.
    pub fn units(&self) -> u64 {
        match self.plan.writer {
            Power::Fixed(_) => 0,
            Power::Elastic { .. } => {
                let writer = if self.up { 1000 } else { 0 };
                self.units * (writer + self.plan.readers) / 1000
            }
        }
    }

    /// A second; `fresh`: what of it asks for the first time. `up`: whether the writer answers. `readers`: thousandths of
    /// the replicas that do.
    pub fn second(&mut self, wanted: Wanted, fresh: Wanted, up: bool, readers: u64) -> Granted {
        self.turn(up);
        let power = match self.plan.writer {
            Power::Fixed(rate) => rate,
            Power::Elastic { unit, .. } => self.units * unit / 1000,
        };
        let room = self.writer.take(if up { power } else { 0 });
        let apart = self.plan.readers > 0 && readers > 0;
        let queries = |it: Wanted| {
            let orders = (it.orders + it.writes) * ORDER_QUERIES;
            if apart { orders } else { orders + it.reads }
        };
        let (asked, news) = (queries(wanted), queries(fresh));
        let aside = match self.plan.writer {
            Power::Fixed(_) => self.plan.readers,
            Power::Elastic { .. } => power * self.plan.readers / 1000,
        };
        let aside = self.readers.take(aside * readers / 1000);
        let reads_asked = if apart { fresh.reads } else { 0 };
        let reads_wanted = if apart { wanted.reads } else { 0 };
        let [reads, mine, theirs] = &mut self.shares;
        let granted = Granted {
            reads: if apart {
                wanted.reads.min(aside)
            } else {
                part(reads, wanted.reads, room, asked)
            },
            orders: part(mine, wanted.orders, room, asked),
            writes: part(theirs, wanted.writes, room, asked),
            // What is down has no load.
            percent: if up { percent(news, room) } else { 0 }.max(percent(reads_asked, aside)),
        };
        if up {
            self.grow(percent(asked, room).max(percent(reads_wanted, aside)));
        }
        granted
    }

    /// A writer that is back has the least capacity, unless it was a reader before, which had as much as the writer.
    fn turn(&mut self, up: bool) {
        let is_back = up && !self.up;
        self.up = up;
        if let Power::Elastic { least, .. } = self.plan.writer
            && is_back
            && self.plan.readers == 0
        {
            self.units = least;
        }
    }

    fn grow(&mut self, busy: u64) {
        let Power::Elastic { least, most, .. } = self.plan.writer else {
            return;
        };
        let step = (self.units * ELASTIC_GROWS / 1000).max(500);
        let next = if busy > ELASTIC_ABOVE {
            self.units + step
        } else if busy < ELASTIC_ABOVE / 2 {
            self.units - self.units * ELASTIC_GROWS / 10_000
        } else {
            self.units
        };
        self.units = next.clamp(least, most.max(least));
    }
}

fn part(carry: &mut Trickle, wanted: u64, room: u64, asked: u64) -> u64 {
    if asked <= room {
        wanted
    } else {
        carry.share(wanted, room, asked)
    }
}

/// Nothing asked is nothing, also of what can do nothing.
pub fn percent(asked: u64, room: u64) -> u64 {
    match (asked, room) {
        (0, _) => 0,
        (_, 0) => 100,
        (asked, room) => asked * 100 / room,
    }
}

#[cfg(test)]
mod tests {
    use super::{Database, Engine, Power, Wanted};

    /// 100 queries a second: 40 reads and 15 orders of six queries ask for 130, and each gets 100 / 130 of it: over ten
    /// seconds 307 reads and 115 orders.
    #[test]
    fn too_little_is_shared_out_by_what_was_asked() {
        let mut engine = Engine::new(Database {
            writer: Power::Fixed(100_000),
            readers: 0,
            connections: None,
        });
        let wanted = Wanted {
            reads: 40,
            orders: 0,
            writes: 15,
        };
        let (mut reads, mut writes) = (0, 0);
        for _ in 0..10 {
            let granted = engine.second(wanted, wanted, true, 0);
            assert_eq!(granted.percent, 130);
            reads += granted.reads;
            writes += granted.writes;
        }
        assert_eq!((reads, writes), (307, 115));
        assert_eq!(engine.second(wanted, wanted, false, 0).writes, 0);
    }

    #[test]
    fn a_dark_serverless_writer_neither_grows_nor_costs() {
        let wanted = Wanted {
            reads: 0,
            orders: 0,
            writes: 10_000,
        };
        for (readers, dark, back) in [(0, 0, 500), (1000, 8_000, 16_000)] {
            let mut engine = Engine::new(Database {
                writer: Power::Elastic {
                    least: 500,
                    most: 8_000,
                    unit: 100_000,
                },
                readers,
                connections: None,
            });
            for _ in 0..600 {
                engine.second(wanted, wanted, true, 1000);
            }
            assert_eq!(engine.units(), 8_000 * (1000 + readers) / 1000);
            for _ in 0..60 {
                engine.second(wanted, wanted, false, 1000);
                assert_eq!(engine.units(), dark);
            }
            engine.second(Wanted::default(), Wanted::default(), true, 1000);
            assert!(engine.units() <= back && engine.units() * 10 >= back * 9);
        }
    }

    #[test]
    fn replicas_take_the_reads_and_the_writer_takes_them_back() {
        let mut engine = Engine::new(Database {
            writer: Power::Fixed(30_000),
            readers: 50_000,
            connections: None,
        });
        let wanted = Wanted {
            reads: 40,
            orders: 5,
            writes: 0,
        };
        let granted = engine.second(wanted, wanted, true, 1000);
        assert_eq!(
            (granted.reads, granted.orders, granted.percent),
            (40, 5, 100)
        );
        let granted = engine.second(wanted, wanted, true, 0);
        assert!(granted.reads < 40 && granted.percent > 200);
    }
}
