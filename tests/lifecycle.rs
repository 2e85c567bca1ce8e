//! Scheduled NAT gateways: the exported state machine against a model of AWS, on a clock and in every order.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::design::schedule::definition::{Calls, Planned, Settings, definition};
use azimuth::lifecycle::{Action, Fault, Left, Play, Scene, Start, Sweeper, faults, play};
use serde_json::Value;

const SETTINGS: Settings = Settings {
    calls: Calls::Functions,
    attempts: 3,
    interval_s: 2,
    poll_s: 15,
    create_minutes: 10,
    delete_minutes: 15,
};

fn exported(calls: Calls, zones: &[&str], kept: bool) -> Value {
    let settings = Settings { calls, ..SETTINGS };
    let plan: Vec<Planned> = zones
        .iter()
        .map(|zone| {
            let up = zone.to_uppercase();
            Planned {
                zone: (*zone).to_owned(),
                subnet: format!("PublicSubnet{up}").into(),
                tables: vec![format!("PrivateRouteTable{up}").into()],
                allocation: kept.then(|| format!("NatAddress{up}").into()),
            }
        })
        .collect();
    serde_json::to_value(definition(&settings, &plan)).unwrap()
}

fn scene(calls: Calls, zones: &[&str], kept: bool) -> Scene {
    Scene::new(&exported(calls, zones, kept)).unwrap()
}

/// A window of two hours.
fn window() -> [Start; 2] {
    [
        Start::at(3600, Action::Open),
        Start::at(3 * 3600, Action::Close),
    ]
}

const SWEEPER: Sweeper = Sweeper {
    every_s: 3600,
    overdue_s: 4 * 3600,
};

fn told(it: &Play) -> String {
    let mut out = String::new();
    for run in &it.runs {
        out += &format!(
            "{} {:?} told {}",
            run.name, run.outcome.ending, run.outcome.is_told
        );
        out += &format!(" at {:?}\n", run.ended_s);
    }
    out + &format!("{:?}\n{}", it.verdict, it.verdict.message())
}

#[test]
fn a_window_opens_and_closes() {
    for calls in [Calls::Functions, Calls::Sdk] {
        for kept in [false, true] {
            let scene = scene(calls, &["a", "b"], kept);
            let it = play(&scene, &window(), &[], None);
            assert!(
                it.verdict.is_clean() && !it.verdict.is_alarmed,
                "{}",
                told(&it)
            );
            let carried = |at_s: u64| {
                let last = it.moments.iter().rfind(|it| it.at_s <= at_s).unwrap();
                last.world.account.carries("rtb-PrivateRouteTableA")
            };
            assert!(carried(3600 + 600) && !carried(3600) && !carried(3 * 3600 + 600));
            let kept_there = if kept { 2 } else { 0 };
            let world = &it.moments.last().unwrap().world;
            assert_eq!(world.account.addresses.len(), kept_there);
        }
    }
}

/// What the sweeper does not look for: a default route whose gateway is gone costs nothing, and the alarm tells it.
fn is_dead_route(left: &Left) -> bool {
    matches!(left, Left::Route { .. })
}

#[test]
fn every_fault_of_the_menu_ends_clean_after_the_sweeper() {
    for calls in [Calls::Functions, Calls::Sdk] {
        let scene = scene(calls, &["a", "b"], false);
        for fault in faults(&scene) {
            let it = play(
                &scene,
                &window(),
                std::slice::from_ref(&fault),
                Some(SWEEPER),
            );
            let verdict = &it.verdict;
            let is_fine = match verdict.left.is_empty() {
                true => verdict.untold.is_empty(),
                false => verdict.is_alarmed && verdict.left.iter().all(is_dead_route),
            };
            assert!(is_fine, "{calls:?} {fault}\n{}", told(&it));
            assert_eq!(Fault::parse(&fault.to_string(), &scene), Ok(fault));
        }
    }
}
