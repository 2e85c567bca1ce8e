//! The flash sale: what it must show, sums that hold at every second, and a case counted by hand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::blueprint;
use azimuth::design::{Bend, Curve, Design};
use azimuth::sale::{
    Burst, Capacities, Consumer, Course, Database, Demand, Fleet, Gate, Loss, Power, Queue, Report,
    Scaling, Steps, Store, Table, can_sell, play, run, variants,
};
use proptest::prelude::*;

fn curve(given: &str) -> Curve<8> {
    let bend = |it: &str| {
        let (minute, tenths) = it.split_once(':').unwrap();
        Bend {
            minute: minute.parse().unwrap(),
            tenths: tenths.parse().unwrap(),
        }
    };
    Curve(given.split(' ').map(bend).collect())
}

/// What came is somewhere, after each second.
fn holds(course: &Course) -> Result<(), TestCaseError> {
    let (mut pages, mut orders) = (0, 0);
    let (mut done, mut settled) = (0, 0);
    for it in &course.ticks {
        pages += it.pages;
        done += it.edge + it.answered + it.failed;
        prop_assert_eq!(pages, done + it.pages_waiting, "pages, second {}", it.t);
        orders += it.orders;
        settled += it.stored + it.dead + it.refused + it.lost;
        let held = it.depth + it.in_flight + it.retrying + it.orders_waiting;
        prop_assert_eq!(orders, settled + held, "orders, second {}", it.t);
    }
    let sums = &course.totals;
    prop_assert_eq!((pages, orders), (sums.pages, sums.orders));
    Ok(())
}

/// 100 orders a second for 840 s, and a minute in which they fall to none: 84,000 + 60 x 50 and, since each of its seconds
/// begins higher than it ends, 50 more, less 2 that thousandths cannot say. Five runs with ten orders of 95 ms each and 50 ms
/// beside them take a second: 50 orders a second are worked off, from the second after the first on. After 840 s 84,000 -
/// 839 x 50 = 42,050 are left, the oldest for 840 - 840 x 50 / 100 = 420 s. All of them are received in 87,048 / 50 = 1,741
/// seconds, the last of which begins 840 s after the 900 of the sale.
#[test]
fn a_queue_fills_and_drains_as_counted_by_hand() {
    let capacities = Capacities {
        burst: Some(Burst {
            gate: None,
            taker: None,
            queue: Some(Queue {
                visibility_s: 180,
                receives: Some(5),
            }),
            consumer: Consumer::Functions {
                runs: 5,
                batch: 10,
                timeout_s: 30,
                reports: true,
            },
            store: Store::Elsewhere,
        }),
        ..Capacities::default()
    };
    let demand = Demand {
        base: 100,
        order_percent: 100,
        curve: curve("0:10 14:10 15:0"),
        write_ms: 95,
        retry: false,
    };
    let course = play(&capacities, &demand, 20, None);
    holds(&course).unwrap();
    assert_eq!(course.totals.orders, 84_000 + 3_000 + 50 - 2);
    let at = |t: usize| course.ticks[t];
    assert_eq!(at(839).depth + at(839).in_flight, 84_000 - 839 * 50);
    assert_eq!(at(839).oldest_s, 420);
    let summary = course.summary(900);
    assert_eq!(course.totals.stored, 87_048);
    assert_eq!(summary.drain_s, Some(840));
    assert_eq!((summary.lost, summary.dead, summary.consumers), (0, 0, 5));
}

#[test]
fn no_demand_leaves_nothing_behind() {
    let demand = Demand {
        base: 0,
        order_percent: 20,
        curve: curve("0:10 5:100"),
        write_ms: 300,
        retry: true,
    };
    let course = play(&everything(), &demand, 20, None);
    assert!(course.ticks.iter().all(|it| {
        let tick = *it;
        tick.pages + tick.orders + tick.stored + tick.depth + tick.database + tick.failed == 0
    }));
    assert_eq!(course.totals, azimuth::sale::Totals::default());
}

fn everything() -> Capacities {
    Capacities {
        edge_percent: 50,
        web: Some(fleet(2, 6, 100_000)),
        cache_percent: 80,
        database: Some(Database {
            writer: Power::Fixed(600_000),
            readers: 0,
            connections: Some(80),
        }),
        burst: Some(Burst {
            gate: None,
            taker: None,
            queue: Some(Queue {
                visibility_s: 180,
                receives: Some(5),
            }),
            consumer: Consumer::Functions {
                runs: 20,
                batch: 10,
                timeout_s: 30,
                reports: true,
            },
            store: Store::Database,
        }),
    }
}

fn fleet(desired: u32, most: u32, each: u64) -> Fleet {
    Fleet {
        least: desired,
        desired,
        beforehand: 0,
        most,
        warm: 0,
        each,
        scaling: Scaling::Tracks(70),
        ready_s: 150,
    }
}

fn fleets() -> impl Strategy<Value = Fleet> {
    let scaling = prop_oneof![
        Just(Scaling::None),
        (10_u32..95).prop_map(Scaling::Tracks),
        (0_u32..500).prop_map(Scaling::Backlog),
        (40_u32..95, 1_u32..40).prop_map(|(above, below)| Scaling::Steps { above, below }),
    ];
    let sizes = (0_u32..5, 0_u32..8, 0_u32..4);
    (sizes, 0_u64..300_000, scaling, 0_u32..400).prop_map(
        |((desired, more, warm), each, scaling, ready_s)| Fleet {
            beforehand: warm * 2,
            warm,
            scaling,
            ready_s,
            ..fleet(desired, desired + more, each)
        },
    )
}

fn databases() -> impl Strategy<Value = Database> {
    let power = prop_oneof![
        (0_u64..2_000_000).prop_map(Power::Fixed),
        (500_u64..4_000, 500_u64..64_000, 1_000_u64..200_000)
            .prop_map(|(least, most, unit)| { Power::Elastic { least, most, unit } }),
    ];
    let readers = prop_oneof![Just(0), 0_u64..1_000_000];
    (power, readers, proptest::option::of(0_u32..500)).prop_map(|(writer, readers, connections)| {
        Database {
            writer,
            readers,
            connections,
        }
    })
}

fn bursts() -> impl Strategy<Value = Burst> {
    let gate = (0_u64..2_000_000, 0_u64..6_000).prop_map(|(rate, burst)| Gate { rate, burst });
    let queue = (0_u32..400, of(1_u32..6)).prop_map(|(visibility_s, receives)| Queue {
        visibility_s,
        receives,
    });
    let functions = (0_u32..1_100, 1_u32..200, 1_u32..60, any::<bool>()).prop_map(
        |(runs, batch, timeout_s, reports)| Consumer::Functions {
            runs,
            batch,
            timeout_s,
            reports,
        },
    );
    let consumer = prop_oneof![functions, fleets().prop_map(Consumer::Instances)];
    let table = (1_u64..5, 0_u32..=100, 0_u64..10_000).prop_map(|(units, cache_percent, warm)| {
        Store::Table(Table {
            units,
            indexes: units % 2,
            cache_percent,
            warm,
        })
    });
    let store = prop_oneof![table, Just(Store::Database), Just(Store::Elsewhere)];
    use proptest::option::of;
    (of(gate), of(0_u64..3_000_000), of(queue), consumer, store).prop_map(
        |(gate, taker, queue, consumer, store)| Burst {
            gate,
            taker,
            queue,
            consumer,
            store,
        },
    )
}

fn demands() -> impl Strategy<Value = Demand> {
    let curves = prop_oneof![
        Just("0:10 5:10 6:100 21:100 22:10"),
        Just("0:0 1:300 2:0"),
        Just("3:55 4:0 9:1000"),
        Just("10:10"),
    ];
    (
        0_u32..1_500,
        0_u32..=100,
        curves,
        1_u32..70_000,
        any::<bool>(),
    )
        .prop_map(|(base, order_percent, given, write_ms, retry)| Demand {
            base,
            order_percent,
            curve: curve(given),
            write_ms,
            retry,
        })
}

fn losses() -> impl Strategy<Value = Option<Loss>> {
    let steps = || {
        let one = (0_u32..900, 0_u64..1_100);
        proptest::collection::vec(one, 0..4).prop_map(|mut all| {
            all.sort();
            Steps(all)
        })
    };
    let five = || (steps(), steps(), steps(), steps(), steps());
    proptest::option::of(
        (0_u32..1_500, five(), (steps(), steps(), steps(), steps())).prop_map(
            |(
                at_s,
                (web, workers, reach, database, readers),
                (cache, table_cache, consumer, taker),
            )| Loss {
                at_s,
                web,
                workers,
                reach,
                database,
                readers,
                cache,
                table_cache,
                consumer,
                taker,
            },
        ),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_arrives_is_stored_waits_or_is_accounted_for(
        edge in 0_u32..=100,
        cache in 0_u32..=100,
        web in proptest::option::of(fleets()),
        database in proptest::option::of(databases()),
        burst in proptest::option::of(bursts()),
        demand in demands(),
        loss in losses(),
    ) {
        let capacities = Capacities {
            edge_percent: edge,
            web,
            cache_percent: cache,
            database,
            burst,
        };
        holds(&play(&capacities, &demand, 20, loss.as_ref()))?;
    }
}

fn base(id: &str, options: &[(&str, &str)]) -> Design {
    let mut design = blueprint::base(id).unwrap();
    for (key, given) in options {
        design.set(key, given).unwrap();
    }
    design
}

/// The shop, with every page asked of its instances.
fn shop(options: &[(&str, &str)]) -> Report {
    let mut all = vec![("edge.dynamic_seconds", "0"), ("edge.stale_seconds", "0")];
    all.extend_from_slice(options);
    let report = run(&base("ecommerce-burst", &all)).unwrap();
    holds(&report.course).unwrap();
    report
}

const INTO_DATABASE: (&str, &str) = ("burst.store", "database");
const NO_QUEUE: (&str, &str) = ("burst.queue", "false");
const ZONE: (&str, &str) = ("sale.zone", "a");

/// 20 runs with ten orders of 150 ms and 50 ms beside them: 20 x 10 / 1.55 s = 129 orders a second of the 200 that come.
/// In the 15 minutes of the plateau 71 x 900 = 63,900 are left over, and the ramps add some; 129 - 20 a second drain them
/// in about ten minutes.
#[test]
fn with_the_queue_no_order_is_lost_and_it_drains() {
    let report = shop(&[]);
    let it = &report.summary;
    assert_eq!((it.lost, it.dead, it.refused), (0, 0, 0));
    assert!((63_900..68_000).contains(&it.depth), "{}", it.depth);
    let drained = it.drain_s.unwrap();
    assert!((540..660).contains(&drained), "{drained}");
    assert_eq!(it.consumers, 20);
}

/// Ten orders of 150 ms are more than a run of a second gets through, but at 20 a second over five runs no run has as many.
#[test]
fn batches_that_are_short_enough_are_not_cut_off() {
    let short = shop(&[
        ("burst.batch", "10"),
        ("burst.function_seconds", "1"),
        ("sale.base_rate", "10"),
    ]);
    let it = &short.summary;
    assert_eq!((it.dead, it.lost, short.course.totals.returned), (0, 0, 0));
    assert!(it.stored > 0);
    let full = shop(&[("burst.batch", "10"), ("burst.function_seconds", "1")]);
    assert!(full.course.totals.returned > 0);
}

/// Ten requests a second, two of them orders; half reach nobody for a minute: 240 pages and 60 orders.
#[test]
fn a_lost_zone_takes_pages_and_orders_alike() {
    let capacities = Capacities {
        web: Some(fleet(2, 2, 100_000)),
        ..Capacities::default()
    };
    let demand = Demand {
        base: 10,
        order_percent: 20,
        curve: curve("10:10"),
        write_ms: 100,
        retry: false,
    };
    let loss = Loss {
        at_s: 60,
        reach: Steps(vec![(0, 500), (60, 1000)]),
        ..Loss::default()
    };
    let course = play(&capacities, &demand, 20, Some(&loss));
    holds(&course).unwrap();
    assert_eq!((course.totals.failed, course.totals.lost), (240, 60));
}

/// 100 orders a second, half of whose runs fail for a minute: 3,000 are lost, and every run is billed.
#[test]
fn a_lost_zone_takes_orders_from_the_function_before_the_queue() {
    let mut capacities = everything();
    capacities.web = None;
    let burst = capacities.burst.as_mut().unwrap();
    burst.taker = Some(1_000_000);
    burst.store = Store::Elsewhere;
    let demand = Demand {
        base: 100,
        order_percent: 100,
        curve: curve("10:10"),
        write_ms: 10,
        retry: false,
    };
    let loss = Loss {
        at_s: 60,
        taker: Steps(vec![(0, 500), (60, 1000)]),
        ..Loss::default()
    };
    let course = play(&capacities, &demand, 20, Some(&loss));
    holds(&course).unwrap();
    assert_eq!(course.totals.lost, 3_000);
    assert_eq!(course.totals.taker_runs, course.totals.orders);
}

/// DAX has no price in Tokyo.
#[test]
fn a_sale_says_what_has_no_price() {
    let plain = shop(&[]);
    assert!(plain.is_priced());
    let dax = shop(&[("region", "ap-northeast-1"), ("burst.dax", "true")]);
    assert!(!dax.is_priced());
    let unpriced = dax.cost.iter().filter(|it| it.amount.is_none());
    assert_eq!(unpriced.count(), 1);
    assert!(dax.total().mark(|it| it.to_string()).starts_with("≥ "));
}

#[test]
fn instances_above_the_steady_ones_are_counted_by_the_sale_alone() {
    let (plain, peak) = (shop(&[]), shop(&[("assume.peak_percent", "50")]));
    assert_eq!(plain.dollars(), peak.dollars());
}

/// The base rate goes on, and each run takes two seconds: some orders are always with a function.
#[test]
fn a_sale_ends_once_the_queue_is_empty_though_orders_come_in() {
    let (quick, slow) = (shop(&[]), shop(&[("sale.write_ms", "200")]));
    assert!(
        quick.course.ticks.len() < 4_000,
        "{}",
        quick.course.ticks.len()
    );
    assert_eq!(slow.course.ticks.len(), quick.course.ticks.len());
}

/// 15 units an order are 3,000 of the table's 4,000 a second, and as many of its index's own.
#[test]
fn an_index_takes_nothing_of_its_tables_throughput() {
    let it = shop(&[NO_QUEUE, ("assume.order_kb", "15")]);
    assert_eq!(it.summary.lost, 0);
    // By the time that they come, the table has grown a little.
    assert_eq!(it.summary.table, 74);
}

/// An order is six queries: 200 a second are 1,200, of the 1,000 that two processors do at 2 ms each.
#[test]
fn without_the_queue_the_database_is_asked_for_more_and_orders_are_lost() {
    let (with, without) = (shop(&[INTO_DATABASE]), shop(&[INTO_DATABASE, NO_QUEUE]));
    assert_eq!(with.summary.lost, 0);
    // A sixth of 200 a second, for the quarter of an hour and a bit.
    assert!(
        (30_000..33_000).contains(&without.summary.lost),
        "{}",
        without.summary.lost
    );
    assert_eq!(without.summary.database, 120);
    assert!(with.summary.database < 100, "{}", with.summary.database);
    assert_eq!(without.summary.depth, 0);
}

#[test]
fn a_zone_lost_in_the_middle_loses_no_order_with_the_queue() {
    for store in [&[][..], &[INTO_DATABASE][..]] {
        let all = |more: &[(&'static str, &'static str)]| [store, &[ZONE], more].concat();
        let (with, without) = (shop(&all(&[])), shop(&all(&[NO_QUEUE])));
        assert_eq!((with.summary.lost, with.summary.dead), (0, 0));
        assert!(without.summary.lost > 0);
        let calm = shop(store);
        assert!(with.summary.depth > calm.summary.depth);
        assert!(with.course.totals.returned > 0);
        assert!(with.loss.is_some() && calm.loss.is_none());
    }
}

#[test]
fn instances_beforehand_leave_no_page_unanswered() {
    let (cold, warm) = (shop(&[]), shop(&[("fleet.prewarm_size", "16")]));
    assert!(cold.summary.failed > 50_000, "{}", cold.summary.failed);
    assert_eq!(warm.summary.failed, 0);
    assert!(warm.dollars() > cold.dollars());
    let pool = shop(&[("fleet.warm_pool", "12")]);
    assert!(pool.summary.failed < cold.summary.failed);
}

#[test]
fn caches_take_load_off_the_database_and_the_table() {
    let plain = shop(&[]);
    let cache = shop(&[("cache.enabled", "true")]);
    assert_eq!((plain.summary.database, cache.summary.database), (80, 16));
    let edge = shop(&[("edge.dynamic_seconds", "10")]);
    assert!(edge.summary.database <= 16 && edge.summary.failed == 0);
    let dax = shop(&[("burst.dax", "true")]);
    assert!(dax.course.totals.table_reads * 4 < plain.course.totals.table_reads);
}

#[test]
fn more_than_the_api_takes_is_refused_and_told() {
    let slow = [("burst.rate", "50"), ("burst.burst_limit", "50")];
    let again = shop(&slow);
    let once = shop(&[slow[0], slow[1], ("sale.retry", "false")]);
    assert!(once.summary.refused > again.summary.refused);
    assert!(again.summary.refused > 0 && again.summary.lost == 0);
    assert!(once.course.totals.throttled >= once.summary.refused);
}

#[test]
fn what_workers_and_serverless_databases_do_adds_up_too() {
    let workers = shop(&[("burst.consumer", "instances")]);
    assert!(workers.summary.stored > 0 && workers.summary.consumers > 2);
    for kind in ["aurora", "aurora-serverless"] {
        let report = shop(&[
            ("database.kind", kind),
            ("database.class", "db.t4g.medium"),
            INTO_DATABASE,
            ZONE,
        ]);
        assert_eq!(report.summary.lost, 0, "{kind}");
    }
}

#[test]
fn orders_of_a_shop_without_a_burst_path_come_over_its_web_instances() {
    let report = run(&base("multi-tier-web", &[])).unwrap();
    holds(&report.course).unwrap();
    assert!(report.capacities.burst.is_none());
    assert!(report.summary.lost > 0 && report.summary.stored > 0);
}

#[test]
fn a_variant_is_the_design_with_its_options_set() {
    let design = base("ecommerce-burst", &[]);
    let rows = variants(&design);
    assert_eq!(rows[0].design, design);
    assert!(rows.len() >= 8, "{}", rows.len());
    for row in &rows[1..] {
        let set = row.changes.iter();
        let same = set.fold(design.clone(), |it, (key, given)| it.with(key, given));
        assert_eq!(same, row.design, "{}", row.id);
        assert_ne!(row.design, design, "{}", row.id);
        assert_eq!(run(&row.design).unwrap(), row.report, "{}", row.id);
        // And back again.
        let back = variants(&row.design);
        assert!(back.iter().any(|it| it.id == row.id), "{}", row.id);
    }
}

#[test]
fn where_nothing_is_sold_there_is_no_sale() {
    for (id, sells) in [
        ("scheduled-nat", false),
        ("cross-region-private-api", false),
        ("three-tier-ha", true),
        ("multi-tier-web", true),
        ("ecommerce-burst", true),
    ] {
        let design = base(id, &[]);
        assert_eq!(run(&design).is_some(), sells, "{id}");
        assert_eq!(can_sell(&design.expand()), sells, "{id}");
    }
}

#[test]
fn two_runs_are_the_same() {
    let design = base("ecommerce-burst", &[ZONE]);
    assert_eq!(run(&design), run(&design));
}

/// The default sale of the shop: 100 requests a second for 5 and 30 min, 1,000 for 15, and 2 min of ramps at 550 on average.
/// 2,100 s x 100 + 900 s x 1,000 + 120 s x 550 = 1,176,000 requests, a fifth of them orders: 235,200 calls of the API, as many
/// runs that take them in, at 50 ms and 0.25 GB each 2,940 GB-s, and two write units each, the item's and the index's.
#[test]
fn the_sale_is_priced_by_what_it_uses() {
    let report = shop(&[]);
    let quantity = |key: &str| {
        let line = report.cost.iter().find(|it| it.item.key == key);
        line.map(|it| it.quantity).unwrap()
    };
    let close = |key: &str, expected: f64| {
        let share = quantity(key) / expected;
        assert!((share - 1.0).abs() < 0.001, "{key}: {}", quantity(key));
    };
    close("sale.cost.edge", 94.08);
    close("sale.cost.api", 0.2352);
    close("sale.cost.taker-runs", 0.2352);
    close("sale.cost.taker-seconds", 235_200.0 * 0.05 * 0.25);
    close("sale.cost.writes", 0.4704);
    close("sale.cost.standing", 52.0 / 60.0);
}
