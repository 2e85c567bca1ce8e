use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::bounds::{create_looks, delete_looks, fitting, turns, work_s};
use super::{Calls, Parts, Planned, Settings, definition, substitutions, timeout_s};

const SETTINGS: Settings = Settings {
    calls: Calls::Functions,
    attempts: 3,
    interval_s: 2,
    poll_s: 15,
    create_minutes: 10,
    delete_minutes: 15,
};

const BOTH: [Calls; 2] = [Calls::Functions, Calls::Sdk];

fn settings(calls: Calls) -> Settings {
    Settings { calls, ..SETTINGS }
}

fn planned(zones: &str, kept: bool) -> Vec<Planned> {
    let plan = |zone: char| {
        let up = zone.to_ascii_uppercase();
        Planned {
            zone: zone.to_string(),
            subnet: format!("PublicSubnet{up}").into(),
            tables: vec![format!("PrivateRouteTable{up}").into()],
            allocation: kept.then(|| format!("NatAddress{up}").into()),
        }
    };
    zones.chars().map(plan).collect()
}

fn parts() -> Parts {
    Parts {
        ledger: "NatLedger".into(),
        topic: "NatTopic".into(),
        addresses: "AddressesFunction".into(),
        gateways: "GatewaysFunction".into(),
        routes: "RoutesFunction".into(),
    }
}

fn machine(calls: Calls) -> Json {
    serde_json::to_value(definition(&settings(calls), &planned("ab", true))).unwrap()
}

/// The states of a machine, then those of every machine inside it.
fn scopes(machine: &Json) -> Vec<&Json> {
    let states = machine["States"].as_object().unwrap();
    let inner = states.values().filter_map(|it| it.get("ItemProcessor"));
    let mut all = vec![machine];
    all.extend(inner.flat_map(scopes));
    all
}

fn states(machine: &Json) -> &Map<String, Json> {
    machine["States"].as_object().unwrap()
}

/// The states that a state leads to.
fn nexts(state: &Json) -> Vec<&str> {
    let rules = ["Choices", "Catch"].into_iter();
    let rules = rules.filter_map(|it| state[it].as_array()).flatten();
    let all = rules
        .map(|it| &it["Next"])
        .chain([&state["Next"], &state["Default"]]);
    all.filter_map(Json::as_str).collect()
}

/// What can be reached from a state over states that pass a test.
fn reached<'a>(
    machine: &'a Json,
    from: &'a str,
    passes: &dyn Fn(&str) -> bool,
) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open = nexts(&machine["States"][from]);
    while let Some(state) = open.pop() {
        if passes(state) && seen.insert(state) {
            open.extend(nexts(&machine["States"][state]));
        }
    }
    seen
}

#[test]
fn reads_well_with_functions() {
    let it = definition(&settings(Calls::Functions), &planned("a", false));
    insta::assert_snapshot!("functions", serde_json::to_string_pretty(&it).unwrap());
}

#[test]
fn reads_well_with_direct_calls() {
    let it = definition(&settings(Calls::Sdk), &planned("a", true));
    insta::assert_snapshot!("sdk", serde_json::to_string_pretty(&it).unwrap());
}

#[test]
fn both_variants_have_the_same_states_in_the_same_order() {
    let graph = |calls| {
        let machine = machine(calls);
        let of = |scope: &Json| {
            let states = states(scope).iter();
            let states = states.map(|(name, it)| (name.clone(), nexts(it).join(" ")));
            states.collect::<Vec<_>>()
        };
        scopes(&machine).into_iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(graph(Calls::Functions), graph(Calls::Sdk));
}

#[test]
fn every_call_is_tried_again_ends_in_time_and_has_its_trouble_caught() {
    for calls in BOTH {
        let machine = machine(calls);
        for (name, state) in scopes(&machine).into_iter().flat_map(states) {
            if state["Type"] != "Task" {
                continue;
            }
            for list in ["Retry", "Catch"] {
                let last = state[list].as_array().and_then(|it| it.last());
                let errors = last.map(|it| &it["ErrorEquals"]);
                assert_eq!(
                    errors,
                    Some(&serde_json::json!(["States.ALL"])),
                    "{name} {list}"
                );
            }
            assert!(state["TimeoutSeconds"].is_u64(), "{name}");
        }
    }
}

#[test]
fn every_state_can_be_reached_and_every_name_stands_once() {
    for calls in BOTH {
        let machine = machine(calls);
        let mut names = BTreeSet::new();
        for scope in scopes(&machine) {
            let start = scope["StartAt"].as_str().unwrap();
            let mut there = reached(scope, start, &|_| true);
            there.insert(start);
            let all: BTreeSet<_> = states(scope).keys().map(String::as_str).collect();
            assert_eq!(there, all);
            for name in all {
                assert!(names.insert(name.to_owned()), "{name} stands twice");
            }
        }
    }
}

/// The number that a state counts up by one.
fn counted(state: &Json) -> Option<String> {
    let adds = |it: &(&String, &Json)| {
        let sum = it.1.as_str().unwrap_or_default();
        sum.starts_with("States.MathAdd(") && sum.ends_with(", 1)")
    };
    let (field, _) = state["Parameters"].as_object()?.iter().find(adds)?;
    let path = state["ResultPath"].as_str()?;
    Some(format!("{path}.{}", field.strip_suffix(".$")?))
}

/// What the tests of a choice compare with a number.
fn compared(test: &Json, to: &mut BTreeSet<String>) {
    if test["NumericGreaterThanEquals"].is_u64() {
        to.extend(test["Variable"].as_str().map(str::to_owned));
    }
    for list in ["Choices", "And", "Or"] {
        for it in test[list].as_array().into_iter().flatten() {
            compared(it, to);
        }
    }
}

#[test]
fn every_loop_counts_and_every_count_has_an_end() {
    for calls in BOTH {
        let machine = machine(calls);
        for scope in scopes(&machine) {
            let counts = |name: &str| counted(&scope["States"][name]).is_some();
            let mut ends = BTreeSet::new();
            for (name, state) in states(scope) {
                let again = reached(scope, name, &|it| !counts(it));
                assert!(
                    !again.contains(name.as_str()),
                    "{name} goes round uncounted"
                );
                compared(state, &mut ends);
            }
            let all: BTreeSet<_> = states(scope).values().filter_map(counted).collect();
            assert_eq!(all, ends);
        }
    }
}

#[test]
fn what_stands_for_a_name_is_substituted_and_nothing_else() {
    for calls in BOTH {
        for kept in [false, true] {
            let planned = planned("ab", kept);
            let it = serde_json::to_string(&definition(&settings(calls), &planned)).unwrap();
            let names = it.split("${").skip(1).filter_map(|it| it.split_once('}'));
            let names: BTreeSet<_> = names.map(|(name, _)| name.to_owned()).collect();
            let given = substitutions(calls, &planned, &parts());
            assert_eq!(names.len(), given.len());
            assert!(given.iter().all(|(name, _)| names.contains(name.as_ref())));
        }
    }
}

/// Settings at the ends of what the options take, for one gateway to six.
fn extremes() -> Vec<(usize, Settings)> {
    let ends = |key: &str| {
        let kind = (crate::design::option(key).unwrap().kind)();
        let crate::design::OptionKind::Whole { min, max } = kind else {
            panic!("{key} is no number");
        };
        [min, max]
    };
    let mut all = Vec::new();
    for (gateways, attempts) in (1..=6).flat_map(|it| ends("schedule.attempts").map(|at| (it, at)))
    {
        for interval_s in ends("schedule.interval_seconds") {
            for poll_s in ends("schedule.poll_seconds") {
                for create_minutes in ends("schedule.create_minutes") {
                    for delete_minutes in ends("schedule.delete_minutes") {
                        let given = Settings {
                            attempts,
                            interval_s,
                            poll_s,
                            create_minutes,
                            delete_minutes,
                            ..SETTINGS
                        };
                        all.push((gateways, fitting(&given, gateways)));
                    }
                }
            }
        }
    }
    all
}

#[test]
fn a_run_waits_longer_for_its_turn_than_any_other_may_take_and_ends_before_its_own_time() {
    for (_, it) in extremes() {
        let waits = (0..turns(&it))
            .map(|turn| it.poll_s + turn * 5)
            .sum::<u32>();
        let looks = (create_looks(&it) + delete_looks(&it)) * it.poll_s;
        assert!(work_s(&it) > looks && waits >= work_s(&it), "{it:?}");
        assert!(timeout_s(&it) >= waits + work_s(&it), "{it:?}");
        // A standard execution may take a year.
        assert!(timeout_s(&it) < 365 * 86400, "{it:?}");
    }
}

/// A standard execution ends as failed at its 25,000th event. In every round, one call fails at each of its attempts.
#[test]
fn the_history_has_room_for_as_many_zones_that_take_all_their_time() {
    for (gateways, it) in extremes() {
        // Entered and exited; scheduled, started, and done or failed at each attempt.
        let (well, badly) = (5, 2 + 3 * (it.attempts + 1));
        let turn = 2 * well + badly + 8;
        let up = badly + 6;
        let down = 4 * well + badly + 20;
        let zone = create_looks(&it) * up + delete_looks(&it) * down + 20 * badly;
        let all = turns(&it) * turn + gateways as u32 * zone;
        assert!(all < 25_000, "{gateways} {it:?} {all}");
    }
}

/// A client token has at most 64 characters of ASCII (EC2 API reference, CreateNatGateway).
#[test]
fn a_client_token_is_short_enough() {
    let token = format!("{}-{}", "subnet-0123456789abcdef0", "2026-11-21T01:00:00Z");
    assert!(token.len() <= 64);
}

/// A subject has at most 100 characters of ASCII (SNS API reference, Publish).
#[test]
fn a_subject_is_short_enough() {
    let machine = machine(Calls::Sdk);
    for name in ["Tell", "TellFailure"] {
        let subject = machine["States"][name]["Parameters"]["Subject"]
            .as_str()
            .unwrap();
        assert!(subject.is_ascii() && subject.len() <= 100, "{subject}");
    }
}
