//! Aurora, warm pools and sales, held against AWS's published figures.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::blueprint;
use azimuth::cloudformation::{Format, print};
use azimuth::cost;
use azimuth::design::Design;
use azimuth::failure::{Course, Fault, Status, Timeline, play};
use azimuth::text::Lang;
use azimuth::topology::{LinkKind, Role, links, parts};

const AURORA: &str = "database.kind=aurora database.class=db.t3.medium";
const SERVERLESS: &str = "database.kind=aurora-serverless";

fn design(settings: &str) -> Design {
    let mut design = blueprint::base("multi-tier-web").unwrap();
    for setting in settings.split_whitespace() {
        let (key, value) = setting.split_once('=').unwrap();
        design.set(key, value).unwrap();
    }
    design
}

fn fail(settings: &str, fault: &str) -> Timeline {
    let design = design(settings);
    let topology = design.expand();
    let fault = Fault::parse(fault, &topology).unwrap_or_else(|problem| panic!("{problem}"));
    play(&topology, &design.assumptions, &fault)
}

fn course<'a>(timeline: &'a Timeline, id: &str) -> &'a Course {
    timeline.journeys.iter().find(|it| it.id == id).unwrap()
}

fn told(timeline: &Timeline, words: &str) -> bool {
    let mut events = timeline.events.iter();
    events.any(|it| it.text.render(Lang::En).contains(words))
}

/// Aurora user guide, high availability: less than 60 s, and often less than 30 s.
#[test]
fn a_reader_takes_over_in_less_than_a_minute_and_nothing_is_lost() {
    for kind in [AURORA, SERVERLESS] {
        for fault in ["az:a", "node:DatabaseWriter"] {
            let timeline = fail(kind, fault);
            let request = course(&timeline, "request");
            assert!((30..=60).contains(&request.outage_s), "{kind} {fault}");
            assert_eq!(request.rpo_s, Some(0));
            assert!(told(
                &timeline,
                "DatabaseReader1 in zone b is the writer now"
            ));
        }
        // The reader endpoint leads to what is left.
        let reader = fail(kind, "az:b");
        assert_eq!(course(&reader, "request").outage_s, 0);
        assert_eq!(course(&reader, "reads").outage_s, 0);
        assert_eq!(reader.at(60)["DatabaseReader1"], Status::Failed);
        assert_eq!(reader.at(60)["DatabaseCluster"], Status::Degraded);
    }
}

#[test]
fn a_failover_swaps_writer_and_reader() {
    let timeline = fail(AURORA, "az:a");
    let both = ["DatabaseWriter", "DatabaseReader1"].map(Into::into);
    assert_eq!(timeline.swapped(timeline.end_s), both.into());
}

/// The same: typically less than 10 min, in the same zone.
#[test]
fn without_a_reader_the_writer_is_made_anew_unless_its_zone_is_lost() {
    let single = format!("{AURORA} database.multi_az=false");
    let instance = fail(&single, "node:DatabaseWriter");
    let request = course(&instance, "request");
    assert_eq!((request.outage_s, request.rpo_s), (600, Some(0)));
    let zone = fail(&single, "az:a");
    let request = course(&zone, "request");
    assert_eq!((request.outage_s, request.rpo_s), (1800, Some(0)));
    assert!(told(&zone, "an instance added there by hand"));
    assert_eq!(course(&fail(&single, "az:b"), "request").outage_s, 0);
}

/// Aurora user guide, storage and reliability: four of six copies for a write, two in each of three zones.
#[test]
fn two_zones_take_the_volume_with_them() {
    let wide = format!("{AURORA} network.zones=3 database.read_replicas=1");
    let timeline = fail(&wide, "az:a+b");
    assert!(told(&timeline, "four of its six copies"));
    assert_eq!(course(&timeline, "request").outage_s, 1800);
    assert_eq!(course(&timeline, "request").rpo_s, Some(0));
    let spared = fail(&wide, "az:b+c");
    assert_eq!(course(&spared, "request").outage_s, 1800);
}

#[test]
fn through_the_proxy_clients_need_no_dns() {
    let proxied = format!("{AURORA} database.proxy=true");
    let direct = course(&fail(AURORA, "az:a"), "request").outage_s;
    let through = course(&fail(&proxied, "node:DatabaseWriter"), "request").outage_s;
    assert!(through < direct, "{through} {direct}");
}

#[test]
fn the_cluster_is_one_group_with_its_instances_in_their_zones() {
    let settings = format!("{AURORA} network.zones=3 database.read_replicas=2");
    let topology = design(&settings).expand();
    let all = parts(&topology).into_iter();
    let members: Vec<String> = all
        .filter(|it| *it.of == *"DatabaseCluster")
        .map(|it| {
            let role = if it.role == Role::Leader {
                "writes"
            } else {
                "reads"
            };
            format!("{} {role} {}", it.name, it.zone)
        })
        .collect();
    assert_eq!(
        members,
        [
            "DatabaseWriter writes a",
            "DatabaseReader1 reads b",
            "DatabaseReader2 reads c",
            "DatabaseReader3 reads a"
        ]
    );
    let wires = links(&topology);
    let copied = wires
        .iter()
        .filter(|it| it.kind == LinkKind::Replication && *it.from == *"DatabaseWriter");
    assert_eq!(copied.count(), 3);
    let asked = |to: &str| {
        wires
            .iter()
            .any(|it| *it.to == *to && *it.from == *"WebGroup")
    };
    assert!(asked("DatabaseCluster") && !asked("DatabaseWriter"));
}

#[test]
fn the_proxy_stands_before_the_whole_cluster() {
    let topology = design(&format!("{AURORA} database.proxy=true")).expand();
    let proxy = topology.proxy_of("DatabaseCluster").expect("a proxy");
    assert_eq!(topology.behind(proxy).count(), 2);
    assert!(topology.proxy_of("DatabaseWriter").is_none());
}

/// By hand, at N. Virginia's prices: 0.082 an hour of db.t3.medium, 0.12 an ACU-hour, 0.10 a GB-month, 0.20 a million of I/O,
/// 0.021 a GB-month of backups.
#[test]
fn a_cluster_costs_its_instances_its_volume_and_its_requests() {
    let bill = |settings: &str| {
        let design = design(&format!("region=us-east-1 {settings}"));
        cost::bill(&design.expand(), &design.assumptions)
    };
    let near = |found: f64, expected: f64| {
        assert!((found - expected).abs() < 0.001, "{found} {expected}");
    };
    let used = "assume.aurora_gb=100 assume.aurora_io_millions=50 assume.change_percent=10";
    let aurora = bill(&format!("{AURORA} {used}"));
    near(aurora.of("DatabaseWriter").known.dollars(), 0.082 * 730.0);
    near(aurora.of("DatabaseReader1").known.dollars(), 0.082 * 730.0);
    let volume = 100.0 * 0.10 + 50.0 * 0.20 + 100.0 * 0.10 * 7.0 * 0.021 + 0.40;
    near(aurora.of("DatabaseCluster").known.dollars(), volume);
    let serverless = bill(&format!(
        "{SERVERLESS} database.min_acu=2 database.max_acu=12 assume.acu_percent=20"
    ));
    near(
        serverless.of("DatabaseWriter").known.dollars(),
        4.0 * 0.12 * 730.0,
    );
    // What no price list says is left out of the sum, and said.
    let unpriced = bill("database.kind=aurora database.class=db.t4g.large");
    assert!(!unpriced.of("DatabaseWriter").is_complete);
}

#[test]
fn a_warm_pool_brings_replacements_sooner_and_costs_volumes_alone() {
    assert!(told(
        &fail("fleet.warm_pool=2", "az:a"),
        "after 40 s of boot"
    ));
    let served = |settings: &str| {
        let timeline = fail(settings, "node:WebGroup.b1");
        let mut events = timeline.events.iter();
        let it = events.find(|it| it.text.render(Lang::En).contains("In service"));
        it.unwrap().t
    };
    assert_eq!(served("") - served("fleet.warm_pool=2"), 150 - 40);
    // The pool's instances of the lost zone are lost with it: one of two is left, for one of two.
    let both = fail("fleet.warm_pool=1", "az:a");
    assert!(told(&both, "after 150 s of boot"));
    let monthly = |settings: &str| {
        let design = design(&format!("region=us-east-1 {settings}"));
        cost::bill(&design.expand(), &design.assumptions)
            .monthly
            .known
    };
    // Two root volumes of 8 GB of gp3 at 0.08.
    let more = monthly("fleet.warm_pool=2") - monthly("");
    assert!((more.dollars() - 2.0 * 8.0 * 0.08).abs() < 0.001, "{more}");
}

#[test]
fn a_sale_and_a_forecast_are_in_the_template_when_asked_for() {
    use azimuth::aws::{ScalingPolicy, ScheduledAction};
    let settings = "fleet.predictive=true fleet.prewarm_size=5 fleet.prewarm_at=sat@23:00-01:00 schedule.timezone=Asia/Tokyo";
    let topology = design(settings).expand();
    let actions: Vec<String> = topology
        .all::<ScheduledAction>()
        .map(|(name, it)| {
            let time = it.recurrence.as_deref().unwrap_or_default();
            format!("{name} {time} {:?} {:?}", it.min, it.desired)
        })
        .collect();
    assert_eq!(
        actions,
        [
            "WebPrewarm 0 23 * * SAT Some(5) Some(5)",
            "WebPrewarmEnd 0 1 * * SUN Some(2) None"
        ]
    );
    let forecasts = topology
        .all::<ScalingPolicy>()
        .filter(|(_, it)| it.forecasts());
    assert_eq!(forecasts.count(), 1);
    let plain = design("").expand();
    assert_eq!(plain.all::<ScheduledAction>().count(), 0);
}

/// An Aurora member has neither the password's secret nor the address of whoever writes: the cluster has both.
#[test]
fn orders_are_written_to_what_holds_the_data() {
    for kind in ["database.kind=rds", AURORA, SERVERLESS] {
        for proxy in [false, true] {
            let orders = "burst.enabled=true burst.store=database";
            let settings = format!("{orders} {kind} database.proxy={proxy}");
            let topology = design(&settings).expand();
            let files = print(&topology, Format::Yaml, Lang::En);
            let whole: String = files.into_iter().map(|it| it.text).collect();
            let is_aurora = kind != "database.kind=rds";
            let of_instance = whole.contains("!GetAtt Database.");
            assert_eq!(of_instance, !is_aurora, "{settings}");
            let of_cluster = whole.contains("!GetAtt DatabaseCluster.MasterUserSecret.SecretArn");
            assert_eq!(of_cluster, is_aurora, "{settings}");
            let asked = topology.node("OrdersConsumer").unwrap().references();
            let store = match (proxy, is_aurora) {
                (true, _) => "DatabaseProxy",
                (false, true) => "DatabaseCluster",
                (false, false) => "Database",
            };
            assert!(asked.iter().any(|it| it == store), "{settings}: {asked:?}");
        }
    }
}
