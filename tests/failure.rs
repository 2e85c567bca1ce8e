//! What breaks when, held against AWS's published figures; whole courses are goldens, to be read second by second.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;

use azimuth::blueprint;
use azimuth::design::{Design, Override};
use azimuth::failure::{
    Course, Event, EventKind, Fall, Fault, Health, Status, SweepRow, Timeline, play, sweep,
};
use azimuth::text::Lang;

/// S1 with options set.
fn s1(options: &[(&str, &str)]) -> Design {
    let mut design = blueprint::base("multi-tier-web").unwrap();
    for (key, value) in options {
        design.set(key, value).unwrap();
    }
    design
}

fn fail(design: &Design, fault: &str) -> Timeline {
    let topology = design.expand();
    let fault = Fault::parse(fault, &topology).unwrap_or_else(|problem| panic!("{problem}"));
    play(&topology, &design.assumptions, &fault)
}

fn course<'a>(timeline: &'a Timeline, id: &str) -> &'a Course {
    timeline.journeys.iter().find(|it| it.id == id).unwrap()
}

fn success(timeline: &Timeline, id: &str, t: u32) -> f64 {
    let states = course(timeline, id).states.iter();
    states.take_while(|it| it.t <= t).last().unwrap().success
}

fn events(timeline: &Timeline, kind: EventKind, subject: &str) -> Vec<Event> {
    let events = timeline.events.iter();
    events
        .filter(|it| it.kind == kind && *it.subject == *subject)
        .cloned()
        .collect()
}

/// Instances of the group by status at a moment, with those that were there before and never changed.
fn instances(design: &Design, timeline: &Timeline, t: u32) -> Vec<(String, Status)> {
    let parts = azimuth::topology::parts(&design.expand());
    let before = parts.into_iter().filter(|it| *it.of == *"WebGroup");
    let mut all: Vec<(String, Status)> = before
        .map(|it| (it.name.to_string(), Status::Healthy))
        .collect();
    for (name, status) in timeline.at(t) {
        if name.starts_with("WebGroup.") {
            all.retain(|(it, _)| **it != *name);
            all.push((name.to_string(), status));
        }
    }
    all.retain(|(_, status)| *status != Status::Gone);
    all.sort();
    all
}

#[test]
fn losing_zone_a_ends_requests_for_two_to_five_minutes_and_loses_no_write() {
    let timeline = fail(&s1(&[]), "az:a");
    let [failed_over] = &*events(&timeline, EventKind::FailedOver, "Database.standby") else {
        panic!("one failover");
    };
    assert!((60..=120).contains(&failed_over.t));
    assert!(!failed_over.source.modelled);
    let request = course(&timeline, "request");
    assert!((120..=300).contains(&request.rto_s.unwrap()), "{request:?}");
    assert_eq!(request.rpo_s, Some(0));
    assert_eq!(request.states.last().unwrap().status, Health::Ok);
}

#[test]
fn losing_the_zone_of_the_only_nat_gateway_cuts_every_zone_off_until_it_returns() {
    let timeline = fail(&s1(&[]), "az:a");
    let outbound = course(&timeline, "outbound");
    assert_eq!((outbound.outage_s, outbound.rto_s), (1800, Some(1800)));
    assert_eq!(success(&timeline, "outbound", 1799), 0.0);
    assert_eq!(timeline.at(300)["PrivateSubnetB"], Status::Degraded);
    assert_eq!(timeline.at(300)["NatGatewayA"], Status::Failed);
    let other = fail(&s1(&[]), "az:b");
    assert_eq!(course(&other, "outbound").outage_s, 0);
}

#[test]
fn a_nat_gateway_in_each_zone_keeps_the_others_online() {
    let design = s1(&[("network.nat", "per-az"), ("network.zones", "3")]);
    for zone in ["az:a", "az:b", "az:c"] {
        let timeline = fail(&design, zone);
        assert_eq!(course(&timeline, "outbound").outage_s, 0, "{zone}");
        assert_eq!(course(&timeline, "outbound").degraded_s, 0, "{zone}");
    }
}

#[test]
fn a_regional_nat_gateway_outlives_a_zone_but_is_late_in_one_that_it_did_not_serve() {
    let mut design = s1(&[("network.nat", "regional"), ("network.zones", "3")]);
    for zone in ["az:a", "az:b", "az:c"] {
        let timeline = fail(&design, zone);
        assert_eq!(course(&timeline, "outbound").degraded_s, 0, "{zone}");
        let told = events(&timeline, EventKind::Lost, "NatGateway");
        assert_eq!(told.len(), 1, "{zone}");
    }
    // Without a load balancer node and an instance in zone c, nothing there has an interface until a launches there.
    design.overrides = vec![Override::Set {
        resource: "LoadBalancer".into(),
        property: "Subnets".into(),
        value: serde_json::json!([{"Ref": "PublicSubnetA"}, {"Ref": "PublicSubnetB"}]),
    }];
    let timeline = fail(&design, "az:a");
    assert_eq!(success(&timeline, "outbound", 60), 1.0);
    assert_eq!(success(&timeline, "outbound", 1799), 0.5);
    let told = events(&timeline, EventKind::Lost, "NatGateway");
    assert!(
        told.iter()
            .any(|it| it.text.render(Lang::En).contains("PrivateSubnetC"))
    );
    assert_eq!(course(&fail(&design, "az:b"), "outbound").degraded_s, 0);
}

#[test]
fn the_group_holds_its_desired_capacity_in_the_healthy_zone() {
    let design = s1(&[]);
    let timeline = fail(&design, "az:a");
    let at = |t| {
        let all = instances(&design, &timeline, t).into_iter();
        let words = all.map(|(name, status)| format!("{name} {}", status.tag()));
        words.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(at(0), "WebGroup.a1 failed, WebGroup.b1 healthy");
    assert_eq!(at(100), "WebGroup.b1 healthy, WebGroup.b2 recovering");
    assert_eq!(at(1000), "WebGroup.b1 healthy, WebGroup.b2 healthy");
    assert_eq!(at(3600), "WebGroup.a2 healthy, WebGroup.b1 healthy");
}

#[test]
fn losing_zone_b_leaves_the_primary_alone_and_ends_replication() {
    let timeline = fail(&s1(&[]), "az:b");
    assert_eq!(course(&timeline, "request").outage_s, 0);
    assert_eq!(course(&timeline, "request").rpo_s, Some(0));
    assert_eq!(success(&timeline, "replication", 1800), 0.0);
    assert_eq!(success(&timeline, "replication", 3599), 1.0);
    assert_eq!(timeline.at(600)["Database"], Status::Degraded);
    assert_eq!(timeline.at(600)["Database.standby"], Status::Failed);
    assert!(!timeline.at(600).contains_key("Database.primary"));
}

#[test]
fn a_failover_swaps_the_roles_of_primary_and_standby_from_the_moment_of_promotion() {
    let timeline = fail(&s1(&[]), "az:a");
    let [promoted] = events(&timeline, EventKind::FailedOver, "Database.standby")
        .try_into()
        .expect("one failover");
    assert!(timeline.swapped(promoted.t - 1).is_empty());
    let both = ["Database.primary", "Database.standby"].map(Into::into);
    assert_eq!(timeline.swapped(promoted.t), both.clone().into());
    assert_eq!(timeline.swapped(timeline.end_s), both.into());
    let standby_lost = fail(&s1(&[]), "az:b");
    assert!(standby_lost.swapped(standby_lost.end_s).is_empty());
}

#[test]
fn losing_the_nat_gateway_cuts_outbound_only_and_nothing_replaces_it() {
    let timeline = fail(&s1(&[]), "node:NatGatewayA");
    let down: Vec<(&str, u32, Option<u32>)> = timeline
        .journeys
        .iter()
        .map(|it| (it.id, it.outage_s, it.rto_s))
        .collect();
    assert_eq!(
        down,
        [
            ("request", 0, None),
            ("outbound", 3600, None),
            ("replication", 0, None)
        ]
    );
    assert_eq!(timeline.at(3600)["NatGatewayA"], Status::Failed);
}

#[test]
fn targets_leave_after_the_time_of_their_health_check() {
    // Interval, timeout, failures; least, most and mean: (U - 1) I + T, U I + T.
    let table = [
        ("30", "5", "2", 35, 65, 50),
        ("10", "5", "2", 15, 25, 20),
        ("5", "2", "2", 7, 12, 9),
        ("10", "5", "3", 25, 35, 30),
    ];
    for (interval, timeout, failures, least, most, mean) in table {
        let design = s1(&[
            ("balancer.health_interval", interval),
            ("balancer.health_timeout", timeout),
            ("balancer.unhealthy_threshold", failures),
        ]);
        let timeline = fail(&design, "az:b");
        let removed = &events(&timeline, EventKind::Removed, "WebGroup")[0];
        assert_eq!(removed.t, mean);
        let text = removed.text.to_string();
        assert!(text.contains(&format!("({least} to {most} s")), "{text}");
        assert_eq!(success(&timeline, "request", mean - 1), 0.25);
        assert_eq!(success(&timeline, "request", mean), 0.5);
    }
}

#[test]
fn a_group_that_replaces_an_instance_sooner_than_its_checks_fail_deregisters_it() {
    let design = s1(&[
        ("balancer.health_interval", "300"),
        ("balancer.unhealthy_threshold", "10"),
    ]);
    let timeline = fail(&design, "az:b");
    assert_eq!(success(&timeline, "request", 74), 0.25);
    assert_eq!(success(&timeline, "request", 75), 0.5);
}

#[test]
fn clients_fail_as_the_formulas_say_until_targets_and_dns_have_changed() {
    // Zones, instances: error share at first, after the targets have left, half a TTL after DNS, a TTL after DNS.
    // With requests crossing zones: 1/n + (1 - 1/n) w, 1/n, d/n, 0. Without: 1/n, 1/n, d/n, 0.
    for (zones, instances) in [(2, 2), (2, 6), (3, 3), (3, 4), (4, 8), (6, 6)] {
        for crosses in [true, false] {
            let last = zones - 1;
            let lost = instances / zones + u32::from(last < instances % zones);
            let share = 1.0 / f64::from(zones);
            let of_targets = f64::from(lost) / f64::from(instances);
            let first = if crosses {
                share + (1.0 - share) * of_targets
            } else {
                share
            };
            let design = s1(&[
                ("network.zones", &zones.to_string()),
                ("fleet.desired", &instances.to_string()),
                ("fleet.max", "12"),
                ("balancer.cross_zone", &crosses.to_string()),
                ("assume.cpu_percent", "10"),
            ]);
            let zone = ["az:a", "az:b", "az:c", "az:d", "az:e", "az:f"][last as usize];
            let timeline = fail(&design, zone);
            for (t, errors) in [(0, first), (50, share), (150, share / 2.0), (180, 0.0)] {
                let told = success(&timeline, "request", t);
                let near = (told - (1.0 - errors)).abs() < 1e-4;
                assert!(near, "{zones} zones, {instances} instances, {t} s: {told}");
            }
        }
    }
}

#[test]
fn what_is_left_is_overloaded_as_the_formula_says() {
    // u' = u n / (n - 1); error share 1 - 1/u' where u' > 1, until the replacements are in service.
    for (zones, cpu) in [
        (2, 50),
        (2, 51),
        (2, 60),
        (2, 100),
        (3, 66),
        (3, 80),
        (4, 75),
        (4, 90),
    ] {
        let design = s1(&[
            ("network.zones", &zones.to_string()),
            ("fleet.desired", &zones.to_string()),
            ("assume.cpu_percent", &cpu.to_string()),
        ]);
        let zone = ["az:b", "az:b", "az:b", "az:c", "az:d"][zones as usize];
        let timeline = fail(&design, zone);
        let load = f64::from(cpu) / 100.0 * f64::from(zones) / f64::from(zones - 1);
        let expected = (1.0 / load).min(1.0);
        let told = success(&timeline, "request", 200);
        assert!(
            (told - expected).abs() < 1e-4,
            "{zones} zones, {cpu} %: {told}"
        );
        assert_eq!(success(&timeline, "request", 240), 1.0);
        let words: Vec<String> = timeline
            .events
            .iter()
            .map(|it| it.text.to_string())
            .collect();
        let warned = words.iter().any(|it| it.contains("% of requests fail"));
        assert_eq!(warned, load > 1.0, "{zones} zones, {cpu} %");
    }
}

#[test]
fn replacements_are_in_service_after_boot_and_one_check() {
    for (boot, interval, expected) in [("150", "30", 240), ("40", "10", 120), ("10", "5", 88)] {
        let design = s1(&[
            ("assume.boot_seconds", boot),
            ("balancer.health_interval", interval),
        ]);
        let timeline = fail(&design, "az:a");
        let launched = &events(&timeline, EventKind::Launched, "WebGroup")[0];
        let ready = &events(&timeline, EventKind::InService, "WebGroup")[0];
        assert_eq!((launched.t, ready.t), (75, expected));
    }
}

#[test]
fn a_grace_period_shorter_than_the_boot_kills_every_replacement() {
    let short = [("fleet.grace_seconds", "0")];
    let timeline = fail(&s1(&short), "az:a");
    assert!(events(&timeline, EventKind::InService, "WebGroup").is_empty());
    let told = events(&timeline, EventKind::Removed, "WebGroup").len();
    assert_eq!(told, 3, "out of rotation, then two of many terminations");
    let ignoring = [("fleet.grace_seconds", "0"), ("fleet.health_check", "EC2")];
    let timeline = fail(&s1(&ignoring), "az:a");
    assert_eq!(
        events(&timeline, EventKind::InService, "WebGroup")[0].t,
        240
    );
}

#[test]
fn unhealthy_instances_are_terminated_a_tenth_at_a_time() {
    let design = s1(&[
        ("fleet.grace_seconds", "0"),
        ("fleet.desired", "40"),
        ("fleet.max", "40"),
    ]);
    let timeline = fail(&design, "az:a");
    let gone_at = |at: u32| {
        let changes = timeline.changes.iter();
        changes
            .filter(|(t, _, status)| *t == at && *status == Status::Gone)
            .count()
    };
    assert_eq!(gone_at(75), 20, "not running: all at once");
    assert_eq!(gone_at(170), 4, "unhealthy: a tenth of 40");
    assert_eq!(gone_at(215), 4);
}

#[test]
fn a_balanced_only_group_waits_for_its_zone() {
    let mut design = s1(&[("assume.cpu_percent", "60")]);
    design.overrides.push(Override::Set {
        resource: "WebGroup".into(),
        property: "AvailabilityZoneDistribution.CapacityDistributionStrategy".into(),
        value: "balanced-only".into(),
    });
    let timeline = fail(&design, "az:b");
    let launched = events(&timeline, EventKind::Launched, "WebGroup");
    assert_eq!(launched.iter().map(|it| it.t).collect::<Vec<_>>(), [1875]);
    assert_eq!(success(&timeline, "request", 1800), 0.8333);
}

#[test]
fn balancing_exceeds_the_maximum_by_a_tenth_at_most() {
    for (desired, max) in [(2_usize, 2), (7, 7), (20, 20), (30, 30), (4, 6)] {
        let design = s1(&[
            ("fleet.desired", &desired.to_string()),
            ("fleet.max", &max.to_string()),
            ("assume.boot_seconds", "20"),
        ]);
        let timeline = fail(&design, "az:a");
        for (t, ..) in &timeline.changes {
            let all = instances(&design, &timeline, *t);
            let living = all.iter().filter(|(_, it)| *it != Status::Failed).count();
            assert!(
                living <= max + (max / 10).max(1),
                "{desired} of {max}, {t} s"
            );
        }
        let all = instances(&design, &timeline, 3600);
        let in_a = all.iter().filter(|(it, _)| it.contains(".a")).count();
        assert_eq!(all.len(), desired);
        assert!(in_a.abs_diff(desired - in_a) <= 1, "{in_a} of {desired}");
    }
}

#[test]
fn a_database_without_standby_waits_for_its_zone_or_a_restore() {
    let single = ("database.multi_az", "false");
    let timeline = fail(&s1(&[single]), "az:a");
    let request = course(&timeline, "request");
    // Its volumes kept every committed write.
    assert_eq!((request.outage_s, request.rpo_s), (1800, Some(0)));
    assert!(timeline.journeys.iter().all(|it| it.id != "replication"));
    let bare = fail(&s1(&[single, ("database.retention_days", "0")]), "az:a");
    assert_eq!(course(&bare, "request").rpo_s, Some(0));
    let elsewhere = fail(&s1(&[single]), "az:b");
    assert_eq!(course(&elsewhere, "request").outage_s, 0);
    assert_eq!(course(&elsewhere, "request").rpo_s, Some(0));
}

#[test]
fn without_crossing_zones_dns_leaves_out_the_node_whose_targets_are_gone() {
    let design = s1(&[("balancer.cross_zone", "false")]);
    let timeline = fail(&design, "node:WebGroup.b1");
    let dns: Vec<u32> = events(&timeline, EventKind::Dns, "LoadBalancer.b")
        .iter()
        .map(|it| it.t)
        .collect();
    assert_eq!(dns, [50 + 120, 50 + 120 + 60]);
    let listed = &events(&timeline, EventKind::Restored, "LoadBalancer.b")[0];
    assert_eq!(
        listed.t,
        240 + 5 * 30,
        "H x I after the new target is healthy"
    );
}

#[test]
fn a_region_takes_everything_with_it() {
    let timeline = fail(&s1(&[]), "region:ap-northeast-1");
    for it in &timeline.journeys {
        assert_eq!(
            (it.outage_s, it.rto_s, it.rpo_s),
            (3600, None, None),
            "{}",
            it.id
        );
    }
    let end = timeline.at(3600);
    assert!(end.values().all(|it| *it == Status::Failed));
    assert_eq!(timeline.events.len(), 1, "nobody is left to react");
}

/// The check RT-016 says the same of the design; what has read its password keeps it.
#[test]
fn instances_that_cannot_read_the_password_serve_no_request() {
    let none = fail(&s1(&[("network.nat", "none")]), "az:b");
    assert_eq!(
        none.events[0].text.to_string(),
        "Request does not work even before the fault: WebGroup cannot read the database's password from Secrets Manager: no route leads to the destination"
    );
    assert!(course(&none, "request").was_down);
    for way in [
        &[
            ("network.nat", "none"),
            ("endpoints.secretsmanager", "true"),
        ][..],
        &[("network.nat", "endpoints-only")],
        &[("network.nat", "single")],
    ] {
        let timeline = fail(&s1(way), "az:a");
        assert!(!course(&timeline, "request").was_down, "{way:?}");
        assert_eq!(success(&timeline, "request", 3599), 1.0, "{way:?}");
    }
    let proxied = [("network.nat", "none"), ("database.proxy", "true")];
    let reading = [("network.nat", "none"), ("database.read_replicas", "1")];
    for (options, id) in [(proxied, "request"), (reading, "reads")] {
        assert!(course(&fail(&s1(&options), "az:b"), id).was_down, "{id}");
    }
}

#[test]
fn a_design_that_never_worked_says_so_and_why() {
    let mut design = s1(&[]);
    design.overrides.push(Override::Remove {
        resource: "PublicDefaultRoute".into(),
    });
    let timeline = fail(&design, "az:b");
    let first = timeline.events[0].text.to_string();
    assert_eq!(
        first,
        "Request does not work even before the fault: no route leads to the destination"
    );
    assert_eq!(course(&timeline, "request").outage_s, 3600);
    assert!(course(&timeline, "request").was_down);
    assert!(!course(&timeline, "replication").was_down);
    let empty = fail(&s1(&[("fleet.desired", "0"), ("fleet.min", "0")]), "az:b");
    assert_eq!(
        empty.events[0].text.to_string(),
        "WebGroup has no instance even before the fault: its desired capacity is 0"
    );
}

#[test]
fn a_fault_is_read_as_it_is_written_and_refused_in_words() {
    let topology = s1(&[]).expand();
    for given in [
        "az:a",
        "az:b",
        "node:NatGatewayA",
        "node:LoadBalancer",
        "node:LoadBalancer.a",
        "node:WebGroup.b1",
        "node:Database.standby",
        "node:InternetGateway",
        "region:ap-northeast-1",
    ] {
        assert_eq!(Fault::parse(given, &topology).unwrap().to_string(), given);
    }
    let mut refusals = String::new();
    for given in [
        "",
        "az",
        "az:",
        "az:c",
        "az:ap-northeast-1a",
        "zone:a",
        "node:",
        "node:WebGroup.a9",
        "node:PublicRouteTable",
        "region:us-east-1",
        "node:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let problem = Fault::parse(given, &topology).unwrap_err();
        writeln!(refusals, "{given}\n    {problem}").unwrap();
    }
    insta::assert_snapshot!("refusals", refusals);
}

#[test]
fn a_fault_that_the_design_does_not_have_breaks_nothing() {
    let design = s1(&[]);
    let topology = design.expand();
    let wide = s1(&[("network.zones", "3")]).expand();
    for given in ["az:c", "node:WebGroup.c1", "node:LoadBalancer.c"] {
        let design = s1(&[("network.zones", "3"), ("fleet.desired", "3")]);
        let fault = Fault::parse(given, &design.expand()).unwrap();
        let timeline = play(&topology, &design.assumptions, &fault);
        assert!(
            timeline.events.is_empty() && timeline.changes.is_empty(),
            "{given}"
        );
    }
    assert_eq!(wide.zones().len(), 3);
}

#[test]
fn a_sweep_has_every_zone_and_component_and_says_what_their_courses_say() {
    let design = s1(&[("fleet.desired", "5")]);
    let topology = design.expand();
    let rows = sweep(&topology, &design.assumptions);
    let faults: Vec<String> = rows.iter().map(|it| it.fault.to_string()).collect();
    assert_eq!(
        faults,
        [
            "az:a",
            "az:b",
            "az:a+b",
            "node:NatGatewayA",
            "node:Database.primary",
            "node:Database.standby",
            "node:LoadBalancer.a",
            "node:LoadBalancer.b",
            "node:WebGroup.a1",
            "node:WebGroup.a2",
            "node:WebGroup.a3",
            "node:WebGroup.b1",
            "node:WebGroup.b2",
            "node:InternetGateway",
        ]
    );
    for row in &rows {
        let timeline = play(&topology, &design.assumptions, &row.fault);
        let journeys = timeline.journeys.iter().map(|it| {
            let worst = it.states.iter().map(|it| it.status).max();
            Fall {
                id: it.id,
                worst: worst.unwrap(),
                outage_s: it.outage_s,
                degraded_s: it.degraded_s,
                was_down: it.was_down,
            }
        });
        let fault = row.fault.clone();
        let journeys = journeys.collect();
        assert_eq!(*row, SweepRow { fault, journeys });
    }
}

#[test]
fn two_zones_go_at_once_and_come_back() {
    let design = s1(&[]);
    let topology = design.expand();
    let parse = |given| Fault::parse(given, &topology).map_err(|it| it.to_string());
    assert_eq!(parse("az:b+a").unwrap().to_string(), "az:a+b");
    assert!(parse("az:a+a").unwrap_err().contains("twice"));
    assert!(parse("az:a+x").unwrap_err().contains("no zone “x”"));
    let timeline = play(&topology, &design.assumptions, &parse("az:a+b").unwrap());
    for journey in &timeline.journeys {
        let first = journey.states.first().unwrap();
        let last = journey.states.last().unwrap();
        assert_eq!(
            (first.status, last.status),
            (Health::Down, Health::Ok),
            "{}",
            journey.id
        );
    }
}

#[test]
fn a_third_zone_carries_what_two_lose() {
    let wide = &[("network.zones", "3"), ("network.nat", "per-az")];
    let design = s1(wide);
    let topology = design.expand();
    for row in sweep(&topology, &design.assumptions) {
        let Fault::Pair(..) = row.fault else {
            continue;
        };
        let timeline = play(&topology, &design.assumptions, &row.fault);
        let request = &timeline.journeys[0];
        let before = request.states.iter().rfind(|it| it.t < 1_700).unwrap();
        // A database whose both copies are gone waits for its zone.
        let lost_both = row.fault.to_string() == "az:a+b";
        assert_eq!(before.status == Health::Down, lost_both, "{}", row.fault);
    }
}

#[test]
fn courses_read_as_an_engineer_would_tell_them() {
    for (name, fault, options) in [
        ("zone-a", "az:a", &[][..]),
        ("zone-b", "az:b", &[]),
        ("nat-gateway", "node:NatGatewayA", &[]),
        ("primary", "node:Database.primary", &[]),
        ("internet-gateway", "node:InternetGateway", &[]),
        (
            "three-busy-zones-apart",
            "az:a",
            &[
                ("network.zones", "3"),
                ("network.nat", "per-az"),
                ("fleet.desired", "6"),
                ("assume.cpu_percent", "80"),
                ("balancer.cross_zone", "false"),
            ],
        ),
        (
            "short-grace",
            "node:WebGroup",
            &[
                ("fleet.grace_seconds", "60"),
                ("assume.boot_seconds", "900"),
            ],
        ),
    ] {
        insta::assert_snapshot!(name, told(&fail(&s1(options), fault)));
    }
}

/// A course as an engineer would read it: events with sources, statuses, journeys.
fn told(timeline: &Timeline) -> String {
    let mut out = format!("{}, ends after {} s\n\n", timeline.fault, timeline.end_s);
    for it in &timeline.events {
        let mark = if it.source.modelled { "modelled: " } else { "" };
        let (words, text) = (it.source.words.render(Lang::En), &it.text);
        writeln!(out, "{:>4} {:<16} {}", it.t, it.kind.tag(), it.subject).unwrap();
        writeln!(out, "     {text}\n     [{mark}{words}]").unwrap();
    }
    out.push('\n');
    for (t, name, status) in &timeline.changes {
        writeln!(out, "{t:>4} {name:<20} {}", status.tag()).unwrap();
    }
    for it in &timeline.journeys {
        let (rto, rpo) = (shown(it.rto_s), shown(it.rpo_s));
        let (id, down, degraded) = (it.id, it.outage_s, it.degraded_s);
        writeln!(
            out,
            "\n{id}: down {down} s, degraded {degraded} s, RTO {rto}, RPO {rpo}"
        )
        .unwrap();
        for state in &it.states {
            let (t, status) = (state.t, state.status.tag());
            writeln!(out, "{t:>4} {status:<8} {}", state.success).unwrap();
        }
    }
    out
}

fn shown(seconds: Option<u32>) -> String {
    seconds.map_or("none".to_owned(), |it| format!("{it} s"))
}

/// The application with a burst path.
fn burst(settings: &[(&str, &str)]) -> Design {
    let mut design = blueprint::base("multi-tier-web").unwrap();
    for (key, given) in [("burst.enabled", "true"), ("endpoints.dynamodb", "true")]
        .iter()
        .chain(settings)
    {
        design.set(key, given).unwrap();
    }
    design
}

#[test]
fn a_lost_zone_thins_consumers_for_a_minute_and_takes_no_order_away() {
    let timeline = fail(&burst(&[]), "az:a");
    assert_eq!(success(&timeline, "burst", 30), 0.5);
    assert_eq!(success(&timeline, "burst", 61), 1.0);
    assert_eq!(success(&timeline, "intake", 0), 1.0);
}

#[test]
fn a_queue_takes_orders_while_the_database_fails_over_and_without_one_they_are_refused() {
    let store = ("burst.store", "database");
    let queued = fail(&burst(&[store]), "node:Database.primary");
    assert_eq!(
        (
            success(&queued, "intake", 30),
            success(&queued, "burst", 30)
        ),
        (1.0, 0.0)
    );
    let written = fail(
        &burst(&[store, ("burst.queue", "false")]),
        "node:Database.primary",
    );
    assert_eq!(success(&written, "intake", 30), 0.0);
}

#[test]
fn a_replica_of_dax_takes_over_and_a_single_node_leaves_the_table_to_answer() {
    let three = burst(&[("burst.dax", "true"), ("network.zones", "3")]);
    let timeline = fail(&three, "az:a");
    assert_eq!(
        events(&timeline, EventKind::FailoverStarted, "OrdersCache").len(),
        1
    );
    let promoted = events(&timeline, EventKind::FailedOver, "OrdersCache.replica1");
    assert_eq!(promoted.first().unwrap().t, 30);
    let one = burst(&[("burst.dax", "true"), ("burst.dax_nodes", "1")]);
    let timeline = fail(&one, "az:a");
    let lost = events(&timeline, EventKind::Lost, "OrdersCache");
    assert!(
        lost.first()
            .unwrap()
            .text
            .to_string()
            .contains("every read goes to the table")
    );
    assert_eq!(success(&timeline, "intake", 0), 1.0);
}
