//! The sale, second by second.

use super::capacities::{Capacities, Demand};
use super::engine::{Engine, Wanted};
use super::figure::{AFTER_S, LONGEST_S};
use super::group::Group;
use super::loss::{Left, Loss};
use super::path::{Attempts, Path};
use super::site::{Need, Site};
use super::tick::{Course, Tick, Totals};
use super::trickle::Trickle;

/// Plays a sale over what the parts can do. It ends half an hour after the curve's last point once nothing is left, and
/// after two hours at the latest.
pub fn play(capacities: &Capacities, demand: &Demand, page_ms: u32, loss: Option<&Loss>) -> Course {
    let mut world = World::new(capacities, demand, page_ms);
    let mut course = Course::default();
    let end = (demand.curve.end() + AFTER_S).min(LONGEST_S);
    for t in 0..LONGEST_S {
        let tick = world.second(t, &Left::at(loss, t));
        course.ticks.push(tick);
        // As long as orders come, some of them are with a consumer.
        let held = if tick.orders == 0 { tick.in_flight } else { 0 };
        let waiting = tick.depth + tick.retrying + tick.orders_waiting + tick.pages_waiting;
        if t + 1 >= end && held + waiting <= tick.orders {
            break;
        }
    }
    course.totals = world.totals;
    course
}

struct World<'a> {
    capacities: &'a Capacities,
    demand: &'a Demand,
    page_ms: u64,
    arriving: Trickle,
    ordering: Trickle,
    at_edge: Trickle,
    pages_reaching: Trickle,
    orders_reaching: Trickle,
    from_cache: Trickle,
    /// Pages that ask the database, and orders of the web instances, that came in this second.
    fresh: (u64, u64),
    /// Requests that the instances worked on in the second before, and that wait for the database alone.
    stuck: u64,
    site: Site,
    web: Option<Group>,
    engine: Option<Engine>,
    path: Option<Path>,
    totals: Totals,
}

impl<'a> World<'a> {
    fn new(capacities: &'a Capacities, demand: &'a Demand, page_ms: u32) -> Self {
        let database = capacities.database;
        let connections = database.and_then(|it| it.connections);
        Self {
            capacities,
            demand,
            page_ms: u64::from(page_ms),
            arriving: Trickle::default(),
            ordering: Trickle::default(),
            at_edge: Trickle::default(),
            pages_reaching: Trickle::default(),
            orders_reaching: Trickle::default(),
            from_cache: Trickle::default(),
            fresh: (0, 0),
            stuck: 0,
            site: Site::default(),
            web: capacities.web.map(Group::new),
            engine: database.map(Engine::new),
            path: capacities
                .burst
                .map(|it| Path::new(it, demand, connections)),
            totals: Totals::default(),
        }
    }

    fn second(&mut self, t: u32, left: &Left) -> Tick {
        let mut tick = Tick {
            t,
            ..Tick::default()
        };
        self.arrive(&mut tick, left);
        let attempts = match &mut self.path {
            Some(path) => path.receive(&mut tick, &mut self.totals, left),
            None => Attempts::default(),
        };
        let granted = self.answer(&mut tick, attempts, left);
        if let Some(path) = &mut self.path {
            path.store(&mut tick, &mut self.totals, attempts, granted, left);
        }
        self.totals.add(&tick);
        tick
    }

    /// Splits the second's requests into pages and orders, and pages into those that get as far as the instances.
    fn arrive(&mut self, tick: &mut Tick, left: &Left) {
        let rate = u64::from(self.demand.base) * self.demand.curve.at(tick.t);
        let all = self.arriving.take(rate);
        let orders = self
            .ordering
            .share(all, self.demand.order_percent.into(), 100);
        if self.web.is_some() {
            tick.pages = all - orders;
        }
        if self.web.is_some() || self.path.is_some() {
            tick.orders = orders;
        }
        let edge = u64::from(self.capacities.edge_percent);
        tick.edge = self.at_edge.share(tick.pages, edge, 100);
        let pages = tick.pages - tick.edge;
        let direct = if self.path.is_none() { tick.orders } else { 0 };
        let away = 1000 - left.reach;
        let lost_pages = self.pages_reaching.share(pages, away, 1000);
        let lost_orders = self.orders_reaching.share(direct, away, 1000);
        tick.failed += lost_pages;
        tick.lost += lost_orders;
        let pages = pages - lost_pages;
        let cached = u64::from(self.capacities.cache_percent) * left.cache;
        let cached = self.from_cache.share(pages, cached, 100_000);
        self.fresh = (pages - cached, direct - lost_orders);
        self.site.enter(tick.t, Need::Cached, cached);
        self.site.enter(tick.t, Need::Query, pages - cached);
        self.site.enter(tick.t, Need::Order, direct - lost_orders);
    }

    /// What instances and database get through; gives the orders of the burst path that the database stores.
    fn answer(&mut self, tick: &mut Tick, attempts: Attempts, left: &Left) -> u64 {
        let room = self
            .web
            .as_mut()
            .map_or(0, |it| it.room(tick.t, left.web_lost));
        let line = self.site.pages() + self.site.orders();
        let [cached, reads, orders] = self.site.taken(room);
        let asks = self.path.as_ref().is_some_and(Path::asks_database);
        let wanted = Wanted {
            reads,
            orders,
            writes: if asks { attempts.sound } else { 0 },
        };
        let fresh = Wanted {
            reads: reads.min(self.fresh.0),
            orders: orders.min(self.fresh.1),
            ..wanted
        };
        let granted = match &mut self.engine {
            Some(engine) => {
                let granted = engine.second(wanted, fresh, left.database, left.readers);
                self.totals.elastic += engine.units();
                tick.database = granted.percent;
                granted
            }
            // Without a database there is nothing to wait for.
            None => super::engine::Granted {
                reads,
                orders,
                writes: wanted.writes,
                percent: 0,
            },
        };
        self.site.answer(Need::Cached, cached);
        self.site.answer(Need::Query, granted.reads);
        self.site.answer(Need::Order, granted.orders);
        tick.answered = cached + granted.reads;
        tick.stored += granted.orders;
        tick.failed +=
            self.site.give_up(tick.t, Need::Cached) + self.site.give_up(tick.t, Need::Query);
        tick.lost += self.site.give_up(tick.t, Need::Order);
        tick.pages_waiting = self.site.pages();
        tick.orders_waiting = self.site.orders();
        self.note(tick, line.saturating_sub(self.stuck), room, left);
        self.stuck = (reads + orders).saturating_sub(granted.reads + granted.orders);
        granted.writes
    }

    /// How busy the instances were, and how long a page took: the wait in line, and the time of a page the longer the busier
    /// they are.
    fn note(&mut self, tick: &mut Tick, line: u64, room: u64, left: &Left) {
        let Some(web) = &mut self.web else {
            return;
        };
        tick.busy = super::engine::percent(line, room).min(100);
        web.note(tick.t, tick.busy, line);
        tick.serving = web.serving().saturating_sub(left.web_lost);
        let desired = self.capacities.web.map_or(0, |it| it.desired);
        self.totals.web_extra_s += u64::from(web.running().saturating_sub(desired));
        let idle = 100 - tick.busy.min(95);
        if line > 0 {
            tick.latency_ms = u64::from(self.site.age(tick.t)) * 1000 + self.page_ms * 100 / idle;
        }
    }
}
