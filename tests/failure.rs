//! What breaks when, held against AWS's published figures; the courses themselves are goldens to be read.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;

use azimuth::blueprint;
use azimuth::design::Design;
use azimuth::failure::{Course, Fault, Health, Status, Timeline, play, sweep};
use azimuth::text::Lang;

fn s1() -> Design {
    blueprint::base("multi-tier-web").unwrap()
}

fn fail(design: &Design, fault: &str) -> Timeline {
    let topology = design.expand();
    let fault = Fault::parse(fault, &topology).unwrap_or_else(|problem| panic!("{problem}"));
    play(&topology, &design.assumptions, &fault)
}

/// A course as an engineer would read it: events with sources, statuses, journeys.
fn told(timeline: &Timeline) -> String {
    let mut out = format!("{}, ends after {} s\n\n", timeline.fault, timeline.end_s);
    for it in &timeline.events {
        let mark = if it.source.modelled { "modelled: " } else { "" };
        let (words, text) = (it.source.words.render(Lang::En), it.text.render(Lang::En));
        writeln!(out, "{:>4} {:<16} {}", it.t, it.kind.tag(), it.subject).unwrap();
        writeln!(out, "       {text}\n       [{mark}{words}]").unwrap();
    }
    out.push('\n');
    for (t, name, status) in &timeline.changes {
        writeln!(out, "{t:>4} {name:<20} {}", status.tag()).unwrap();
    }
    for it in &timeline.journeys {
        let (rto, rpo) = (shown(it.rto_s), shown(it.rpo_s));
        let (down, degraded) = (it.outage_s, it.degraded_s);
        writeln!(
            out,
            "\n{}: down {down} s, degraded {degraded} s, RTO {rto}, RPO {rpo}",
            it.id
        )
        .unwrap();
        for state in &it.states {
            writeln!(
                out,
                "{:>4} {:<8} {}",
                state.t,
                state.status.tag(),
                state.success
            )
            .unwrap();
        }
    }
    out
}

fn shown(seconds: Option<u32>) -> String {
    seconds.map_or("none".to_owned(), |it| format!("{it} s"))
}

#[test]
fn prints() {
    for (set, fault) in [
        (&[("fleet.grace_seconds", "0")][..], "az:a"),
        (&[("network.zones", "1")], "az:a"),
        (
            &[
                ("network.zones", "3"),
                ("fleet.desired", "7"),
                ("fleet.max", "7"),
                ("assume.cpu_percent", "80"),
                ("balancer.cross_zone", "false"),
            ],
            "az:a",
        ),
        (
            &[("database.multi_az", "false"), ("fleet.desired", "1")],
            "az:a",
        ),
        (&[("fleet.desired", "0")], "az:b"),
        (&[], "node:WebGroup"),
        (&[("balancer.cross_zone", "false")], "node:WebGroup.b1"),
        (&[], "node:Database"),
        (&[], "node:LoadBalancer"),
    ] {
        let mut design = s1();
        for (key, value) in set {
            design.set(key, value).unwrap();
        }
        println!("======== {set:?}\n{}", told(&fail(&design, fault)));
    }
}
