//! What holds of every course: any options, any fault, any resource missing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::blueprint;
use azimuth::design::{Design, Override};
use azimuth::failure::{Fault, Health, Status, Timeline, play, sweep};
use azimuth::topology::traffic::trace;
use azimuth::topology::{Topology, journeys};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn s1() -> Design {
    blueprint::base("multi-tier-web").unwrap()
}

fn s2() -> Design {
    blueprint::base("cross-region-private-api").unwrap()
}

/// Cross-Region designs over everything that a call depends on.
fn calls() -> impl Strategy<Value = Design> {
    let on = || prop::sample::select(vec!["true", "false"]);
    let region = || prop::sample::select(vec!["us-east-1", "ap-northeast-1", "eu-west-1"]);
    let parts = (on(), on(), on(), on(), on());
    let places = (region(), region(), 1..=6_u32, 1..=6_u32, on());
    (parts, places).prop_map(|(parts, places)| {
        let (peering, routes, zone, api, second) = parts;
        let (region, other, zones, of_client, spread) = places;
        let mut design = s2();
        for (key, value) in [
            ("client.peering", peering),
            ("client.return_routes", routes),
            ("client.hosted_zone", zone),
            ("api.enabled", api),
            ("client.second", second),
            ("client.region", region),
            ("client.second_region", other),
            ("network.zones", &zones.to_string()),
            ("client.zones", &of_client.to_string()),
            (
                "endpoints.zones",
                if spread == "true" { "all" } else { "a" },
            ),
        ] {
            design.set(key, value).unwrap();
        }
        design
    })
}

/// Designs over everything that a course depends on.
fn designs() -> impl Strategy<Value = Design> {
    let word = |words: &'static [&'static str]| prop::sample::select(words).boxed();
    let number = |least: u32, most: u32| (least..=most).prop_map(|it| it.to_string());
    let network = (
        number(1, 6),
        word(&["single", "per-az", "none"]),
        word(&["true", "false"]),
        word(&["true", "false"]),
    );
    let check = (number(5, 300), number(2, 120), number(2, 10), number(2, 10));
    let fleet = (
        number(0, 30),
        number(0, 30),
        number(0, 40),
        word(&["ELB", "EC2"]),
        number(0, 900),
    );
    let assumed = (number(1, 100), number(10, 1800), number(0, 35));
    (network, check, fleet, assumed).prop_map(|(network, check, fleet, assumed)| {
        let (zones, nat, multi_az, crosses) = network;
        let (interval, timeout, healthy, unhealthy) = check;
        let (min, desired, max, kind, grace) = fleet;
        let (cpu, boot, retention) = assumed;
        let mut design = s1();
        for (key, value) in [
            ("network.zones", &*zones),
            ("network.nat", nat),
            ("database.multi_az", multi_az),
            ("balancer.cross_zone", crosses),
            ("balancer.health_interval", &interval),
            ("balancer.health_timeout", &timeout),
            ("balancer.healthy_threshold", &healthy),
            ("balancer.unhealthy_threshold", &unhealthy),
            ("fleet.min", &min),
            ("fleet.desired", &desired),
            ("fleet.max", &max),
            ("fleet.health_check", kind),
            ("fleet.grace_seconds", &grace),
            ("assume.cpu_percent", &cpu),
            ("assume.boot_seconds", &boot),
            ("database.retention_days", &retention),
        ] {
            design.set(key, value).unwrap();
        }
        design
    })
}

/// Every fault that a sweep has, the whole groups, and the Region; of instances that are alike, one.
fn faults(design: &Design, topology: &Topology) -> Vec<Fault> {
    let mut rows = sweep(topology, &design.assumptions);
    rows.dedup_by(|next, before| next.journeys == before.journeys);
    let rows = rows.into_iter();
    let whole = [
        "LoadBalancer",
        "WebGroup",
        "Database",
        "ClientFunction",
        "ExecuteApiEndpoint",
    ];
    let whole = whole.map(|it| Fault::Node(it.into()));
    let regions = topology.regions().into_iter().map(Fault::Region);
    let swept = rows.map(|it| it.fault);
    swept.chain(whole).chain(regions).collect()
}

fn assert_sound(timeline: &Timeline) {
    let fault = &timeline.fault;
    let times = timeline.events.iter().map(|it| it.t);
    assert!(times.is_sorted(), "{fault}: events go back in time");
    assert!(timeline.changes.is_sorted_by_key(|it| it.0), "{fault}");
    let last = timeline.changes.last().map_or(0, |it| it.0);
    assert!(last < timeline.end_s, "{fault}");
    for it in &timeline.journeys {
        let states = &it.states;
        assert_eq!(states.first().map(|it| it.t), Some(0), "{fault}: {}", it.id);
        assert!(states.iter().map(|it| it.t).is_sorted_by(|a, b| a < b));
        assert!(states.iter().all(|it| (0.0..=1.0).contains(&it.success)));
        assert!(states.iter().all(|it| it.status == Health::of(it.success)));
        assert!(it.outage_s + it.degraded_s <= timeline.end_s);
        assert!(
            it.rto_s
                .is_none_or(|rto| it.outage_s <= rto && rto < timeline.end_s)
        );
        assert_eq!(
            it.rto_s.is_some(),
            it.outage_s > 0 && states.last().unwrap().status != Health::Down
        );
    }
    if matches!(fault, Fault::Zone(_) | Fault::Pair(..)) {
        let end = timeline.at(timeline.end_s);
        let failed: Vec<_> = end
            .iter()
            .filter(|(_, it)| **it == Status::Failed)
            .collect();
        assert!(failed.is_empty(), "{fault}: {failed:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn every_course_of_every_design_is_sound_and_the_same_each_time(design in designs()) {
        let topology = design.expand();
        for fault in faults(&design, &topology) {
            let timeline = play(&topology, &design.assumptions, &fault);
            assert_sound(&timeline);
            prop_assert_eq!(&timeline, &play(&topology, &design.assumptions, &fault));
        }
    }

    #[test]
    fn every_course_of_every_call_is_sound_and_the_same_each_time(design in calls()) {
        let topology = design.expand();
        for fault in faults(&design, &topology) {
            let timeline = play(&topology, &design.assumptions, &fault);
            assert_sound(&timeline);
            prop_assert_eq!(&timeline, &play(&topology, &design.assumptions, &fault));
            assert_reads_back(&fault, &topology);
        }
    }
}

/// A fault that the design has is written as it is read.
fn assert_reads_back(fault: &Fault, topology: &Topology) {
    if let Ok(read) = Fault::parse(&fault.to_string(), topology) {
        assert_eq!(read, *fault);
    } else {
        assert!(matches!(fault, Fault::Node(_)), "{fault}");
    }
}

#[test]
fn a_design_without_any_one_of_its_resources_still_plays() {
    let two_clients = s2().with("client.second", "true");
    for base in [s1(), s1().with("network.nat", "per-az"), two_clients] {
        let names: Vec<String> = base
            .expand()
            .nodes()
            .iter()
            .map(|it| it.name.to_string())
            .collect();
        for name in names {
            let mut design = base.clone();
            design.overrides.push(Override::Remove { resource: name });
            play_all(&design);
        }
    }
}

#[test]
fn hostile_values_still_play() {
    for (resource, property, value) in [
        (
            "WebTargetGroup",
            "HealthCheckIntervalSeconds",
            serde_json::json!(u32::MAX),
        ),
        (
            "WebTargetGroup",
            "UnhealthyThresholdCount",
            serde_json::json!(0),
        ),
        (
            "WebTargetGroup",
            "HealthyThresholdCount",
            serde_json::json!(u32::MAX),
        ),
        (
            "WebGroup",
            "DesiredCapacity",
            serde_json::json!("4294967295"),
        ),
        ("WebGroup", "MaxSize", serde_json::json!("4294967295")),
        (
            "WebGroup",
            "HealthCheckGracePeriod",
            serde_json::json!(u32::MAX),
        ),
        ("WebGroup", "VPCZoneIdentifier", serde_json::json!([])),
        (
            "WebGroup",
            "VPCZoneIdentifier",
            serde_json::json!([{"Ref": "PublicSubnetA"}, {"Ref": "PrivateSubnetA"}]),
        ),
        ("WebGroup", "TargetGroupARNs", serde_json::json!([])),
        ("LoadBalancer", "Subnets", serde_json::json!([])),
        (
            "LoadBalancer",
            "Subnets",
            serde_json::json!([{"Ref": "PublicSubnetA"}, {"Ref": "PrivateSubnetA"}]),
        ),
        ("LoadBalancer", "Scheme", serde_json::json!("internal")),
        (
            "NatGatewayA",
            "SubnetId",
            serde_json::json!({"Ref": "PrivateSubnetA"}),
        ),
        ("DatabaseSubnetGroup", "SubnetIds", serde_json::json!([])),
    ] {
        let mut design = s1();
        design.overrides.push(Override::Set {
            resource: resource.into(),
            property: property.into(),
            value,
        });
        assert!(design.expand().notes.is_empty(), "{resource} {property}");
        play_all(&design);
    }
}

fn play_all(design: &Design) {
    let topology = design.expand();
    for fault in faults(design, &topology) {
        assert_sound(&play(&topology, &design.assumptions, &fault));
    }
}

/// What is down when a fault has just struck, by the names that the tracer asks of.
fn is_up(timeline: &Timeline, name: &str) -> bool {
    match timeline.at(0).get(name) {
        None | Some(Status::Healthy | Status::Degraded) => true,
        Some(Status::Failed | Status::Recovering | Status::Gone) => false,
    }
}

#[test]
fn a_journey_is_down_where_the_tracer_finds_no_way_under_the_same_state() {
    for base in [
        s1(),
        s1().with("network.nat", "per-az"),
        s1().with("network.zones", "3"),
        s2(),
        s2().with("client.second", "true").with("client.zones", "1"),
        s2().with("client.return_routes", "false"),
    ] {
        let topology = base.expand();
        for row in sweep(&topology, &base.assumptions) {
            let timeline = play(&topology, &base.assumptions, &row.fault);
            let up = |name: &str| is_up(&timeline, name);
            for (journey, course) in journeys(&topology).iter().zip(&timeline.journeys) {
                let mut legs = journey.legs.iter();
                let open =
                    legs.all(|it| trace(&topology, &it.from, &it.to, it.port, &up).is_reachable());
                let down = course.states[0].status == Health::Down;
                assert!(
                    open || down,
                    "{}: {} goes on without a way",
                    row.fault,
                    journey.id
                );
                let fails_over = !up("Database.primary");
                assert!(
                    !open || !down || fails_over,
                    "{}: {} has a way",
                    row.fault,
                    journey.id
                );
            }
        }
    }
}
