//! The table on demand: what it takes at once grows with the peak that it has seen.

use super::capacities::Table;
use super::figure::{READS_AN_ORDER, TABLE_GROWS_S, TABLE_WRITES, UNITS_A_READ};
use super::trickle::Trickle;

/// The table in the course of a sale.
pub struct Shelf {
    plan: Table,
    /// Write units a second that it takes; each index takes as many (DynamoDB developer guide, global secondary indexes:
    /// throughput of their own).
    room: u64,
    peak: u64,
    units: Trickle,
    reads: Trickle,
}

/// What a second did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept {
    /// Orders.
    pub stored: u64,
    /// Write units, those of indexes among them.
    pub units: u64,
    /// Read units.
    pub reads: u64,
    pub percent: u64,
}

impl Shelf {
    pub fn new(plan: Table) -> Self {
        Self {
            plan,
            room: TABLE_WRITES.max(plan.warm),
            peak: 0,
            units: Trickle::default(),
            reads: Trickle::default(),
        }
    }

    /// A second in which so many orders want to be stored; `t` counts from the start. `cache`: thousandths of the cache that
    /// work. Those that are not stored are read for all the same.
    pub fn second(&mut self, t: u32, orders: u64, cache: u64) -> Kept {
        let each = self.plan.units.max(1);
        let stored = orders.min(self.room / each);
        let answered = u64::from(self.plan.cache_percent.min(100)) * cache.min(1000);
        let missed = orders * READS_AN_ORDER * (100_000 - answered) / 100_000;
        let kept = Kept {
            stored,
            units: stored * each * (1 + self.plan.indexes),
            reads: self.reads.take(missed * UNITS_A_READ),
            percent: super::engine::percent(orders * each, self.room),
        };
        self.peak = self.peak.max(stored * each);
        // Room for twice the peak comes evenly over half an hour.
        if t > 0 && self.peak * 2 > self.room {
            let gap = self.peak * 2 - self.room;
            self.room += self.units.take(gap * 1000 / u64::from(TABLE_GROWS_S));
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::{Shelf, Table};

    /// Two kilobytes are two units an order: 4,000 units are 2,000 orders a second, and an index has as many of its own.
    #[test]
    fn a_new_table_takes_four_thousand_units_and_grows_from_there() {
        let mut shelf = Shelf::new(Table {
            units: 2,
            indexes: 1,
            cache_percent: 0,
            warm: 0,
        });
        let kept = shelf.second(0, 3_000, 1000);
        assert_eq!((kept.stored, kept.units, kept.percent), (2_000, 8_000, 150));
        // Four reads of half a unit each.
        assert_eq!(kept.reads, 6_000);
        for t in 1..=1800 {
            shelf.second(t, 3_000, 1000);
        }
        assert_eq!(shelf.second(1801, 3_000, 1000).stored, 3_000);
    }

    #[test]
    fn a_cache_before_it_takes_reads_away_and_a_warm_table_takes_more() {
        let mut shelf = Shelf::new(Table {
            units: 1,
            indexes: 0,
            cache_percent: 75,
            warm: 10_000,
        });
        let kept = shelf.second(0, 8_000, 1000);
        assert_eq!((kept.stored, kept.reads), (8_000, 4_000));
    }
}
