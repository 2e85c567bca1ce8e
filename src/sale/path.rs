//! The burst path: the API lets orders in, the queue keeps them, consumers work them off into a store.

use super::capacities::{Burst, Consumer, Demand, Store};
use super::figure::{RUN_MS, TAKE_MS};
use super::gate::Door;
use super::line::Line;
use super::loss::Left;
use super::shelf::Shelf;
use super::staff::Staff;
use super::tick::{Tick, Totals};
use super::trickle::Trickle;

/// The path in the course of a sale.
pub struct Path {
    plan: Burst,
    write_ms: u64,
    door: Door,
    line: Option<Line>,
    staff: Staff,
    shelf: Option<Shelf>,
    /// Orders that the function behind the API gets through.
    taking: Trickle,
    failing: Trickle,
    /// Those that the function before the queue loses.
    dropping: Trickle,
    connections: Option<Trickle>,
    connected: u64,
}

/// Orders that want to be stored in this second.
#[derive(Debug, Clone, Copy, Default)]
pub struct Attempts {
    /// With those whose run fails.
    pub due: u64,
    /// Those that get as far as the store.
    pub sound: u64,
}

impl Path {
    pub fn new(plan: Burst, demand: &Demand, connections: Option<u32>) -> Self {
        let is_counted =
            plan.store == Store::Database && matches!(plan.consumer, Consumer::Functions { .. });
        let connections = connections.filter(|_| is_counted);
        let write_ms = u64::from(demand.write_ms.max(1));
        Self {
            plan,
            write_ms,
            door: Door::new(plan.gate, demand.retry),
            line: plan.queue.map(Line::new),
            staff: Staff::new(plan.consumer),
            shelf: match plan.store {
                Store::Table(table) => Some(Shelf::new(table)),
                Store::Database | Store::Elsewhere => None,
            },
            taking: Trickle::default(),
            failing: Trickle::default(),
            dropping: Trickle::default(),
            connections: connections.map(|_| Trickle::default()),
            connected: connections.map_or(0, |it| u64::from(it) * 1_000_000 / write_ms),
        }
    }

    /// Lets orders in and hands them on; gives those that want to be stored now.
    pub fn receive(&mut self, tick: &mut Tick, totals: &mut Totals, left: &Left) -> Attempts {
        let entered = self.door.second(tick.orders);
        tick.refused += entered.refused;
        tick.throttled += entered.throttled;
        tick.retrying = self.door.waiting();
        totals.calls += entered.taken;
        let mut sound;
        let due = match self.line {
            Some(_) => {
                let due = self.through_queue(entered.taken, tick, totals, left);
                let whole = self.staff.sound(tick.t, due);
                sound = whole - self.failing.share(whole, 1000 - left.consumer, 1000);
                due
            }
            None => {
                sound = self.at_once(entered.taken, tick, totals, left);
                sound
            }
        };
        if let Some(flow) = &mut self.connections {
            sound = sound.min(flow.take(self.connected));
        }
        Attempts { due, sound }
    }

    fn through_queue(
        &mut self,
        taken: u64,
        tick: &mut Tick,
        totals: &mut Totals,
        left: &Left,
    ) -> u64 {
        let mut kept = taken;
        if let Some(rate) = self.plan.taker {
            let started = taken.min(self.taking.take(rate));
            totals.taker_runs += started;
            totals.taker_ms += started * TAKE_MS;
            kept = started - self.dropping.share(started, 1000 - left.taker, 1000);
        }
        tick.lost += taken - kept;
        let Some(line) = &mut self.line else {
            return 0;
        };
        tick.dead += line.enter(tick.t, kept);
        let worked = self
            .staff
            .second(tick.t, line, self.write_ms, left.workers_lost);
        tick.consumers = worked.busy;
        totals.consumer_runs += worked.runs;
        totals.consumer_ms += worked.run_ms;
        totals.worker_extra_s += u64::from(self.staff.extra(&self.plan.consumer));
        // Sent one by one, received and deleted by up to ten.
        let batch = match &self.staff {
            Staff::Functions(runs) => runs.batch().clamp(1, 10),
            Staff::Instances(_) => 10,
        };
        totals.queue_requests += kept + 2 * worked.received.div_ceil(batch);
        line.due(tick.t)
    }

    /// The function stores before it answers: beyond its runs, clients are told an error.
    fn at_once(&mut self, taken: u64, tick: &mut Tick, totals: &mut Totals, left: &Left) -> u64 {
        let Consumer::Functions {
            runs, timeout_s, ..
        } = self.plan.consumer
        else {
            tick.lost += taken;
            return 0;
        };
        let each_ms = self.write_ms + RUN_MS;
        let in_time = each_ms <= u64::from(timeout_s) * 1000;
        let room = self.taking.take(u64::from(runs) * 1_000_000 / each_ms);
        let started = taken.min(room);
        totals.taker_runs += started;
        totals.taker_ms += started * each_ms.min(u64::from(timeout_s) * 1000);
        tick.consumers = (started * each_ms).div_ceil(1000);
        let due = if in_time { started } else { 0 };
        tick.lost += taken - due;
        // The same runs as a consumer's, of the function that answers.
        let failed = self.failing.share(due, 1000 - left.taker, 1000);
        tick.lost += failed;
        due - failed
    }

    /// Whether the database stores its orders.
    pub fn asks_database(&self) -> bool {
        self.plan.store == Store::Database
    }

    /// Stores orders, as far as the store takes them: the database has `granted` so many.
    pub fn store(
        &mut self,
        tick: &mut Tick,
        totals: &mut Totals,
        attempts: Attempts,
        granted: u64,
        left: &Left,
    ) {
        let taken = match (&mut self.shelf, self.plan.store) {
            (Some(shelf), Store::Table(_)) => {
                let kept = shelf.second(tick.t, attempts.sound, left.table_cache);
                tick.table_units = kept.units;
                tick.table = kept.percent;
                tick.table_throttled = attempts.sound - kept.stored;
                totals.table_writes += kept.units;
                totals.table_reads += kept.reads;
                kept.stored
            }
            (_, Store::Database) => granted.min(attempts.sound),
            (_, Store::Table(_) | Store::Elsewhere) => attempts.sound,
        };
        tick.stored += taken;
        let missed = attempts.due - taken;
        match &mut self.line {
            Some(line) => {
                tick.returned += missed;
                line.settle(tick.t, taken);
                tick.depth = line.depth();
                tick.in_flight = line.in_flight();
                tick.oldest_s = line.age(tick.t);
            }
            None => tick.lost += missed,
        }
    }
}
