//! What the play leaves behind: each second, the sums, and what they come to.

/// A second of the sale. Counts are of this second, stocks at its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tick {
    pub t: u32,
    /// Pages asked for.
    pub pages: u64,
    /// Pages that the edge locations answered.
    pub edge: u64,
    /// Pages that the web instances answered.
    pub answered: u64,
    /// Pages that failed.
    pub failed: u64,
    /// Stock: pages in line before the web instances.
    pub pages_waiting: u64,
    /// Milliseconds until a page is answered (modelled).
    pub latency_ms: u64,
    /// Web instances that serve.
    pub serving: u32,
    /// How busy they are, in percent.
    pub busy: u64,
    /// Orders that clients sent for the first time.
    pub orders: u64,
    /// Orders that the API told 429 for the last time.
    pub refused: u64,
    /// Orders that the API told 429, whether they come again or not.
    pub throttled: u64,
    /// Stock: orders that clients will send again.
    pub retrying: u64,
    /// Stock: orders in line before the web instances.
    pub orders_waiting: u64,
    /// Orders that nobody has any more: their clients were told an error, or nothing.
    pub lost: u64,
    /// Stock: orders in the queue.
    pub depth: u64,
    /// Stock: orders with a consumer.
    pub in_flight: u64,
    /// Seconds that the oldest order of the queue has waited.
    pub oldest_s: u32,
    /// Runs or instances that work orders off.
    pub consumers: u64,
    /// Orders stored.
    pub stored: u64,
    /// Orders that went to the dead letters.
    pub dead: u64,
    /// Orders that a store did not take and that come back.
    pub returned: u64,
    /// What was asked of the database, in percent of what it can do.
    pub database: u64,
    /// Write units of the table.
    pub table_units: u64,
    /// Orders that the table throttled.
    pub table_throttled: u64,
    /// What was asked of the table, in percent of what it takes.
    pub table: u64,
}

/// Sums over the course.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub pages: u64,
    pub edge: u64,
    pub answered: u64,
    pub failed: u64,
    pub orders: u64,
    pub refused: u64,
    pub throttled: u64,
    pub lost: u64,
    pub stored: u64,
    pub dead: u64,
    pub returned: u64,
    pub table_throttled: u64,
    /// Requests that the API let in: those that it throttles are not billed (API Gateway pricing).
    pub calls: u64,
    /// Seconds of web instances beyond the desired ones.
    pub web_extra_s: u64,
    /// Seconds of workers beyond the desired ones.
    pub worker_extra_s: u64,
    /// Runs of the function that puts orders into the queue, or stores them itself.
    pub taker_runs: u64,
    pub taker_ms: u64,
    /// Runs of the function that works the queue off.
    pub consumer_runs: u64,
    pub consumer_ms: u64,
    /// Requests to the queue.
    pub queue_requests: u64,
    pub table_writes: u64,
    /// Read units of the table.
    pub table_reads: u64,
    /// Capacity-unit seconds of Aurora Serverless, in thousandths.
    pub elastic: u64,
}

impl Totals {
    /// Adds what a second counted.
    pub(super) fn add(&mut self, tick: &Tick) {
        self.pages += tick.pages;
        self.edge += tick.edge;
        self.answered += tick.answered;
        self.failed += tick.failed;
        self.orders += tick.orders;
        self.refused += tick.refused;
        self.throttled += tick.throttled;
        self.lost += tick.lost;
        self.stored += tick.stored;
        self.dead += tick.dead;
        self.returned += tick.returned;
        self.table_throttled += tick.table_throttled;
    }
}

/// The course of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    pub ticks: Vec<Tick>,
    pub totals: Totals,
}

/// What a course comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Most orders in the queue at once, and the second.
    pub depth: u64,
    pub depth_at: u32,
    /// The longest that an order waited in the queue, in seconds.
    pub oldest_s: u32,
    /// Seconds from the curve's last point until the queue was empty for good; `None`: it was not, within the course.
    pub drain_s: Option<u32>,
    pub stored: u64,
    pub lost: u64,
    pub refused: u64,
    pub dead: u64,
    pub failed: u64,
    /// Failed pages of those that were asked for, in thousandths.
    pub failed_share: u64,
    /// Most that was asked of the database, in percent of what it can do.
    pub database: u64,
    /// The same of the table.
    pub table: u64,
    pub table_throttled: u64,
    /// Most web instances that served at once.
    pub fleet: u32,
    /// Most runs or instances that worked orders off at once.
    pub consumers: u64,
    /// The slowest page, in milliseconds.
    pub latency_ms: u64,
}

impl Course {
    /// The peaks and sums; `end` is the second of the curve's last point.
    pub fn summary(&self, end: u32) -> Summary {
        let mut all = Summary {
            stored: self.totals.stored,
            lost: self.totals.lost,
            refused: self.totals.refused,
            dead: self.totals.dead,
            failed: self.totals.failed,
            failed_share: (self.totals.failed * 1000)
                .checked_div(self.totals.pages)
                .unwrap_or(0),
            table_throttled: self.totals.table_throttled,
            ..Summary::default()
        };
        for tick in &self.ticks {
            if tick.depth > all.depth {
                (all.depth, all.depth_at) = (tick.depth, tick.t);
            }
            all.oldest_s = all.oldest_s.max(tick.oldest_s);
            all.database = all.database.max(tick.database);
            all.table = all.table.max(tick.table);
            all.fleet = all.fleet.max(tick.serving);
            all.consumers = all.consumers.max(tick.consumers);
            all.latency_ms = all.latency_ms.max(tick.latency_ms);
        }
        // The last second in which more was left than comes in a second.
        let busy = |it: &&Tick| it.depth > it.orders.max(1);
        let last = self.ticks.iter().rev().find(busy).map(|it| it.t);
        let is_over = self.ticks.last().is_none_or(|it| Some(it.t) != last);
        all.drain_s = is_over.then(|| last.map_or(0, |it| (it + 1).saturating_sub(end)));
        all
    }

    /// Every so many seconds, for a chart or a table: rates are averages, stocks and peaks the highest of their span.
    pub fn every(&self, seconds: usize) -> Vec<Tick> {
        self.ticks.chunks(seconds.max(1)).map(together).collect()
    }
}

/// One for several: averages of counts, rounded up so that something stays something, the fewest web instances, and the
/// highest of the rest.
fn together(ticks: &[Tick]) -> Tick {
    let count = ticks.len().max(1) as u64;
    let average = |of: fn(&Tick) -> u64| ticks.iter().map(of).sum::<u64>().div_ceil(count);
    let highest = |of: fn(&Tick) -> u64| ticks.iter().map(of).max().unwrap_or_default();
    Tick {
        t: ticks.first().map_or(0, |it| it.t),
        pages: average(|it| it.pages),
        edge: average(|it| it.edge),
        answered: average(|it| it.answered),
        failed: average(|it| it.failed),
        pages_waiting: highest(|it| it.pages_waiting),
        latency_ms: highest(|it| it.latency_ms),
        serving: ticks.iter().map(|it| it.serving).min().unwrap_or_default(),
        busy: highest(|it| it.busy),
        orders: average(|it| it.orders),
        refused: average(|it| it.refused),
        throttled: average(|it| it.throttled),
        retrying: highest(|it| it.retrying),
        orders_waiting: highest(|it| it.orders_waiting),
        lost: average(|it| it.lost),
        depth: highest(|it| it.depth),
        in_flight: highest(|it| it.in_flight),
        oldest_s: ticks.iter().map(|it| it.oldest_s).max().unwrap_or_default(),
        consumers: highest(|it| it.consumers),
        stored: average(|it| it.stored),
        dead: average(|it| it.dead),
        returned: average(|it| it.returned),
        database: highest(|it| it.database),
        table_units: average(|it| it.table_units),
        table_throttled: average(|it| it.table_throttled),
        table: highest(|it| it.table),
    }
}
