//! Scheduled NAT gateways: the exported state machine against a model of AWS, on a clock and in every order.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod model;
mod numbers;

use model::{Case, check};

use azimuth::design::schedule::definition::{Calls, Planned, Settings, definition};
use azimuth::lifecycle::{Action, Ending, Fault, Left, Play, Scene, Start, Sweeper, faults, play};
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
    written(&Settings { calls, ..SETTINGS }, zones, kept)
}

fn written(settings: &Settings, zones: &[&str], kept: bool) -> Value {
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
    serde_json::to_value(definition(settings, &plan)).unwrap()
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
    for (calls, zones) in [(Calls::Functions, &["a", "b"][..]), (Calls::Sdk, &["a"])] {
        let scene = scene(calls, zones, false);
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

/// Few attempts and looks, so that there are fewer states: the machine is the same.
fn small(calls: Calls, zones: &[&str], kept: bool) -> Value {
    let settings = Settings {
        calls,
        attempts: 1,
        interval_s: 1,
        poll_s: 60,
        create_minutes: 2,
        delete_minutes: 3,
    };
    written(&settings, zones, kept)
}

const OPEN: Action = Action::Open;
const CLOSE: Action = Action::Close;

/// An open of a window that is open.
const AGAIN: &[(Action, u64)] = &[(OPEN, 2)];

fn case(runs: &[(Action, u64)], is_faulty: bool) -> Case {
    Case {
        runs: runs.to_vec(),
        // What closes first needs something to close, and what opens alone once more, something to adopt.
        is_open: runs[0].0 == CLOSE || runs == AGAIN,
        is_faulty,
        // Three runs with faults have states enough.
        early: u64::from(runs.len() < 3 || !is_faulty),
    }
}

/// Explores, prints what was explored, and fails at the first thing that is wrong.
fn explored(title: &str, definition: &Value, cases: &[Case]) {
    let reports = check(definition, cases);
    let mut sums = [0; 3];
    for (case, report) in cases.iter().zip(&reports) {
        let wrong = report.wrong.as_deref();
        assert!(wrong.is_none(), "{case:?}\n{}", wrong.unwrap_or_default());
        for (sum, more) in sums
            .iter_mut()
            .zip([report.states, report.steps, report.ends])
        {
            *sum += more;
        }
    }
    assert_eq!(reports.len(), cases.len());
    let [states, steps, ends] = sums;
    println!(
        "{title}: {} cases, {states} states, {steps} steps, {ends} ends",
        cases.len()
    );
}

/// One run or two: alone, repeated, overlapping.
const FEW: [&[(Action, u64)]; 6] = [
    &[(OPEN, 1)],
    AGAIN,
    &[(CLOSE, 1)],
    &[(OPEN, 1), (OPEN, 1)],
    &[(CLOSE, 1), (CLOSE, 1)],
    &[(OPEN, 1), (CLOSE, 2)],
];

/// Three runs.
const MANY: [&[(Action, u64)]; 4] = [
    &[(OPEN, 1), (OPEN, 1), (CLOSE, 2)],
    &[(OPEN, 1), (CLOSE, 2), (CLOSE, 2)],
    &[(OPEN, 1), (CLOSE, 2), (OPEN, 3)],
    &[(CLOSE, 1), (CLOSE, 1), (OPEN, 2)],
];

fn cases(runs: &[&[(Action, u64)]], is_faulty: bool) -> Vec<Case> {
    runs.iter().map(|it| case(it, is_faulty)).collect()
}

#[test]
fn every_order_with_every_fault_ends_clean_or_alarmed_when_functions_call() {
    let it = small(Calls::Functions, &["a"], false);
    let runs = [FEW.as_slice(), &MANY[..2]].concat();
    let all = [cases(&runs, false), cases(&runs, true)].concat();
    explored("functions", &it, &all);
}

#[test]
fn every_order_with_every_fault_ends_clean_or_alarmed_when_a_window_opens_again() {
    let it = small(Calls::Functions, &["a"], false);
    let all = [cases(&MANY[2..], false), cases(&MANY[2..], true)].concat();
    explored("functions, open again", &it, &all);
}

/// The order of three runs is the ledger's matter, whoever calls EC2.
#[test]
fn every_order_with_every_fault_ends_clean_or_alarmed_when_step_functions_calls() {
    let it = small(Calls::Sdk, &["a"], false);
    let runs = [FEW.as_slice(), &MANY].concat();
    explored(
        "sdk",
        &it,
        &[cases(&runs, false), cases(&FEW, true)].concat(),
    );
}

#[test]
fn a_kept_address_is_never_released() {
    let pair = [(OPEN, 1), (CLOSE, 2)];
    let it = small(Calls::Functions, &["a"], true);
    explored(
        "kept address",
        &it,
        &[case(&pair, false), case(&pair, true)],
    );
}

#[test]
fn two_zones_at_once_end_clean_in_every_order() {
    let it = small(Calls::Functions, &["a", "b"], false);
    let pair = [(OPEN, 1), (CLOSE, 2)];
    explored(
        "two zones",
        &it,
        &[case(&[(OPEN, 1)], false), case(&pair, false)],
    );
}

/// What somebody could break: a name, and how.
type Mutant = (&'static str, fn(&mut Value));

fn at<'a>(definition: &'a mut Value, pointer: &str) -> &'a mut Value {
    definition.pointer_mut(pointer).unwrap()
}

const INNER: &str = "/States/Gateways/ItemProcessor/States";

fn inner<'a>(definition: &'a mut Value, pointer: &str) -> &'a mut Value {
    at(definition, &format!("{INNER}/{pointer}"))
}

fn remove(place: &mut Value, name: &str) {
    place.as_object_mut().unwrap().remove(name).unwrap();
}

/// Takes a field out of every state that calls something.
fn strip(value: &mut Value, name: &str) {
    match value {
        Value::Object(fields) => {
            if fields.get("Type") == Some(&"Task".into()) {
                fields.remove(name);
            }
            fields.values_mut().for_each(|it| strip(it, name));
        }
        Value::Array(all) => all.iter_mut().for_each(|it| strip(it, name)),
        _ => (),
    }
}

const MUTANTS: [Mutant; 14] = [
    ("no lock", |it| {
        remove(at(it, "/States/TakeTurn/Parameters"), "ConditionExpression")
    }),
    ("an old run takes its turn", |it| {
        let condition = "holder = :me OR attribute_not_exists(holder)";
        *at(it, "/States/TakeTurn/Parameters/ConditionExpression") = condition.into();
    }),
    ("a holder at work is robbed", |it| {
        *at(it, "/States/HolderRuns/Choices/0/Next") = "TakeOver".into()
    }),
    ("nobody asks whether the holder works", |it| {
        *at(it, "/States/WhoseTurn/Choices/1/Next") = "TakeOver".into();
    }),
    (
        "the address is released before the gateway is deleted",
        |it| {
            *inner(it, "Direction/Choices/0/Next") = "FindAddresses".into();
        },
    ),
    ("nobody waits until the gateway is deleted", |it| {
        *inner(it, "DeleteGateways/Next") = "FindAddresses".into();
    }),
    ("a failed creation is not caught", |it| {
        remove(inner(it, "CreateGateway"), "Catch")
    }),
    ("nothing is tried again", |it| strip(it, "Retry")),
    ("nothing is caught", |it| strip(it, "Catch")),
    ("a failed opening is not taken back", |it| {
        *inner(it, "OpenFailed/Next") = "HowItEnded".into();
    }),
    ("routes stay when the gateway goes", |it| {
        *inner(it, "FindGateways/Next") = "DeleteGateways".into();
    }),
    ("a second gateway is made where one stands", |it| {
        *inner(it, "HasGateway/Choices/0/Next") = "KeepsAddress".into();
    }),
    ("addresses are not released", |it| {
        *inner(it, "FindAddresses/Next") = "HowItEnded".into()
    }),
    ("nobody is told", |it| {
        *at(it, "/States/Judge/Default") = "Done".into()
    }),
];

#[test]
fn a_broken_machine_is_found_out() {
    let cases = [
        case(&[(OPEN, 1)], true),
        case(&[(CLOSE, 1)], true),
        case(AGAIN, true),
        case(&[(OPEN, 1), (CLOSE, 2)], false),
        case(&[(OPEN, 1), (OPEN, 1)], true),
        case(&[(OPEN, 1), (CLOSE, 2)], true),
    ];
    let sound = small(Calls::Functions, &["a"], false);
    let missed = MUTANTS.iter().filter(|(name, change)| {
        let mut broken = sound.clone();
        change(&mut broken);
        let found = check(&broken, &cases).pop().and_then(|it| it.wrong);
        println!(
            "{name}: {}",
            found.as_deref().unwrap_or("MISSED").lines().next().unwrap()
        );
        found.is_none()
    });
    let missed: Vec<&str> = missed.map(|(name, _)| *name).collect();
    assert_eq!(missed, [""; 0]);
}

#[test]
fn a_run_that_waits_for_its_turn_in_vain_tells_it_and_fails() {
    let mut scene = scene(Calls::Functions, &["a"], false);
    let id = "arn:aws:states:ap-northeast-1:111122223333:execution:scheduled-nat:hanging";
    scene.world.runs.insert(id.to_owned(), "RUNNING");
    let item = serde_json::json!({
        "id": {"S": "nat"}, "holder": {"S": id}, "since": {"S": "2025-01-01T00:00:00Z"}, "wanted": {"S": "close"},
    });
    scene.world.ledger = item.as_object().unwrap().clone();
    let it = play(&scene, &[Start::at(0, OPEN)], &[], None);
    let run = &it.runs[0];
    assert_eq!(
        (run.outcome.ending, run.outcome.is_told),
        (Ending::Failed, true),
        "{}",
        told(&it)
    );
    assert!(it.verdict.is_clean() && it.verdict.is_alarmed);
}
