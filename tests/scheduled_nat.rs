//! S4: what the scheduled NAT gateway must show, and that its export has none of the faults of the public sample of the same
//! idea (create-and-delete-ngw).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::aws::{CustomResource, Name, NatGateway, Role, Schedule, StateMachine, Value};
use azimuth::blueprint;
use azimuth::checks::{Subject, check};
use azimuth::compare::window_trade;
use azimuth::cost::{Money, bill};
use azimuth::design::Design;
use azimuth::failure::{Fault, Health, sweep};
use azimuth::lifecycle::{
    Action, Condition, Deployed, Ending, Happening, Left, Stage, Start, faults, play,
};
use azimuth::states::{Graph, What, graph};
use azimuth::topology::traffic::{all_up, trace};
use azimuth::topology::{INTERNET, Opening, Topology, journeys, openings, temporaries};

fn design(blueprint: &str, options: &[(&str, &str)]) -> Design {
    let mut design = blueprint::base(blueprint).unwrap();
    for (key, value) in options {
        design.set(key, value).unwrap();
    }
    design
}

fn s4(options: &[(&str, &str)]) -> Design {
    design("scheduled-nat", options)
}

/// Every design of these tests: both ways to call EC2, one gateway and one a zone, an address that is kept.
const VARIANTS: [&[(&str, &str)]; 4] = [
    &[],
    &[("schedule.calls", "sdk")],
    &[("network.zones", "3"), ("schedule.gateways", "per-az")],
    &[("schedule.calls", "sdk"), ("schedule.keep_address", "true")],
];

fn deployed(topology: &Topology) -> Deployed {
    Deployed::of(topology).unwrap().unwrap()
}

/// The starts of the first window, in seconds from its opening.
fn window(topology: &Topology) -> Vec<Start> {
    let machine = deployed(topology).machine;
    let first = openings(topology, &machine).unwrap()[0];
    let end_s = u64::from(first.minutes) * 60;
    vec![Start::at(0, Action::Open), Start::at(end_s, Action::Close)]
}

#[test]
fn the_machine_steps_through_a_window_on_a_timeline() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        let deployed = deployed(&topology);
        let starts = window(&topology);
        let course = play(&deployed.scene, &starts, &[], deployed.sweeper);
        assert!(
            course.verdict.is_clean() && !course.verdict.is_alarmed,
            "{options:?}"
        );
        let ended: Vec<Ending> = course.runs.iter().map(|it| it.outcome.ending).collect();
        assert_eq!(ended, [Ending::Succeeded; 2], "{options:?}");
        // Routes stand within four minutes, and everything is gone within ten after the closing.
        let opened_s = course.runs[0].ended_s.unwrap();
        let closed_s = course.runs[1].ended_s.unwrap() - starts[1].at_s;
        assert!(opened_s < 240 && closed_s < 600, "{opened_s} {closed_s}");
        let entered = |name: &str| {
            let mut moments = course.moments.iter();
            moments.position(|it| match &it.what {
                Happening::State(event) => {
                    event.place.state == name && matches!(event.what, What::Entered { .. })
                }
                _ => false,
            })
        };
        let order = [
            "CreateGateway",
            "CreateRoute",
            "DeleteRoute",
            "DeleteGateway",
        ];
        let places: Vec<usize> = order.iter().map(|it| entered(it).expect(it)).collect();
        assert!(places.is_sorted(), "{places:?}");
        // What the drawing shows at a moment is what stands in the account then.
        let middle = course
            .moments
            .iter()
            .rfind(|it| it.at_s < starts[1].at_s)
            .unwrap();
        let standing = deployed.standing(&topology, &middle.world.account);
        assert_eq!(standing[&Name::from("NatGatewayA")], Condition::Standing);
        let last = course.moments.last().unwrap();
        assert!(deployed.standing(&topology, &last.world.account).is_empty());
    }
}

#[test]
fn every_fault_ends_clean_or_is_told() {
    let mut played = 0;
    for options in VARIANTS {
        let topology = s4(options).expand();
        let deployed = deployed(&topology);
        for fault in faults(&deployed.scene) {
            let starts = window(&topology);
            let course = play(
                &deployed.scene,
                &starts,
                std::slice::from_ref(&fault),
                deployed.sweeper,
            );
            let verdict = &course.verdict;
            // With the sweeper behind it, nothing that costs money outlives any fault that ends. A route that AWS does not
            // let go of leads nowhere, costs nothing, and is told.
            let is_route = |it: &Left| matches!(it, Left::Route { .. });
            let is_told = verdict.is_alarmed && verdict.left.iter().all(is_route);
            assert!(
                verdict.left.is_empty() || is_told,
                "{options:?} {fault}: {verdict:?}"
            );
            assert!(
                verdict.untold.is_empty(),
                "{options:?} {fault}: {verdict:?}"
            );
            // A run that failed left nothing silently: its alarm, and a message wherever the topic takes one.
            for run in course
                .runs
                .iter()
                .filter(|it| it.outcome.ending == Ending::Failed)
            {
                let is_mute = fault.state().is_some_and(|it| it.starts_with("Tell"));
                let is_early = run.ended_s.is_none();
                assert!(
                    run.outcome.is_told || is_mute || is_early,
                    "{options:?} {fault}"
                );
            }
            played += 1;
        }
    }
    println!("{played} windows with a fault played");
    assert!(played > 100);
}

#[test]
fn without_the_sweeper_what_is_left_is_told() {
    let topology = s4(&[("schedule.sweep_minutes", "0")]).expand();
    let deployed = deployed(&topology);
    assert!(deployed.sweeper.is_none());
    let mut left = 0;
    for fault in faults(&deployed.scene) {
        let course = play(
            &deployed.scene,
            &window(&topology),
            std::slice::from_ref(&fault),
            None,
        );
        let verdict = course.verdict;
        assert!(
            verdict.left.is_empty() || verdict.is_alarmed,
            "{fault}: {verdict:?}"
        );
        left += usize::from(!verdict.left.is_empty());
    }
    assert!(
        left > 0,
        "some faults are AWS's own: a deletion that is always refused"
    );
}

#[test]
fn the_nightly_sync_is_alive_only_inside_the_window() {
    let topology = s4(&[]).expand();
    let sync = journeys(&topology)
        .into_iter()
        .find(|it| it.id == "nightly-sync")
        .unwrap();
    let arrives = |topology: &Topology| {
        let leg = &sync.legs[0];
        assert_eq!(&*leg.to, INTERNET);
        trace(topology, &leg.from, &leg.to, leg.port, &all_up).is_reachable()
    };
    assert!(arrives(&topology));
    assert!(!arrives(&topology.declared()));
    let machine = temporaries(&topology)[0].machine.clone();
    let nightly = openings(&topology, &machine).unwrap();
    assert_eq!(nightly.len(), 7);
    assert_eq!(
        nightly[0],
        Opening {
            start: 60,
            minutes: 120
        }
    );
    assert!(nightly[0].covers(60) && nightly[0].covers(179));
    assert!(!nightly[0].covers(59) && !nightly[0].covers(180));
}

#[test]
fn the_first_closing_ends_all_windows_that_overlap() {
    let of = |windows: &str| {
        let topology = s4(&[("schedule.windows", windows)]).expand();
        let all = openings(&topology, "NatSchedule").unwrap();
        all.iter()
            .map(|it| (it.start / 60, it.minutes))
            .collect::<Vec<_>>()
    };
    let friday = 4 * 24;
    assert_eq!(of("fri 22:00-02:00, fri 23:00-01:00"), [(friday + 22, 180)]);
    assert_eq!(
        of("fri 22:00-23:00, sat 01:00-02:00"),
        [(friday + 22, 60), (friday + 25, 60)]
    );
    // Over the end of the week.
    assert_eq!(of("sun 23:00-01:00, mon 00:30-02:00"), [(6 * 24 + 23, 120)]);
}

/// By hand, in us-east-1 at 730 hours a month: two hours a night are 14 a week, 14 x 730 / 168 = 60.83 a month. A standing
/// gateway costs 730 x (0.045 + 0.005) = 36.50 with its address, and has an alarm (0.10); for hours it costs 60.83 x 0.05 =
/// 3.04. Beside that stand seven alarms (0.70), and cents for starts, transitions and functions.
#[test]
fn hours_and_money_saved_are_what_the_prices_say() {
    let design = s4(&[("region", "us-east-1")]);
    let trade = window_trade(&design).unwrap();
    assert_eq!((trade.minutes, trade.billed_hours), (14 * 60, 14));
    let saved = trade.saved().dollars();
    let by_hand = 36.50 + 0.10 - 3.04 - 0.70;
    assert!((saved - by_hand).abs() < 0.30, "{saved} {by_hand}");
    let limit = trade.break_even.unwrap();
    assert!((limit - 165.0).abs() < 3.0, "{limit}");
    // Sixty-one minutes are billed as two hours.
    let longer = s4(&[("schedule.windows", "daily 01:00-02:01")]);
    assert_eq!(window_trade(&longer).unwrap().billed_hours, 14);
}

/// The bill counts what the machine does in a window: every state that it enters, and every call of a function.
#[test]
fn the_bill_counts_the_transitions_and_calls_of_the_very_machine() {
    let two: &[_] = &[("network.zones", "2"), ("schedule.gateways", "per-az")];
    for options in [VARIANTS[0], two] {
        let design = s4(options);
        let topology = design.expand();
        let course = play(&deployed(&topology).scene, &window(&topology), &[], None);
        let entered: Vec<&str> = course
            .moments
            .iter()
            .filter_map(|it| match &it.what {
                Happening::State(event) => {
                    let is_it = matches!(event.what, What::Entered { .. });
                    is_it.then_some(event.place.state.as_str())
                }
                _ => None,
            })
            .collect();
        let graph = graph_of(&topology);
        let mut tasks = Vec::new();
        for inner in graph.nodes.iter().filter_map(|it| it.inner.as_ref()) {
            each_graph(inner, &mut |it| {
                tasks.extend(
                    it.nodes
                        .iter()
                        .filter(|it| it.kind == "Task")
                        .map(|it| it.name.clone()),
                );
            });
        }
        let calls = entered
            .iter()
            .filter(|it| tasks.iter().any(|task| task == *it))
            .count();
        let bill = bill(&topology, &design.assumptions);
        let quantity = |item: &str, subjects: &[&str]| -> f64 {
            let lines = bill.lines.iter().filter(|it| it.item.key == item);
            let own = lines.filter(|it| subjects.iter().any(|subject| *it.subject == **subject));
            own.map(|it| it.quantity).sum()
        };
        let windows = 7.0 * 730.0 / 168.0;
        let transitions = quantity("meter.state-transitions", &["NatSchedule"]) * 1e3;
        assert!((transitions / windows - entered.len() as f64).abs() < 1e-6);
        let functions = [
            "NatAddressesFunction",
            "NatGatewaysFunction",
            "NatRoutesFunction",
        ];
        let runs = quantity("meter.function-runs", &functions) * 1e6;
        assert!(
            (runs / windows - calls as f64).abs() < 1e-6,
            "{runs} {calls}"
        );
    }
}

#[test]
fn a_kept_address_is_billed_all_the_time() {
    let hours = |options: &[(&str, &str)]| {
        let design = s4(options);
        let bill = bill(&design.expand(), &design.assumptions);
        let mut lines = bill.lines.iter();
        lines
            .find(|it| it.item.key == "meter.public-ipv4")
            .unwrap()
            .quantity
    };
    assert!((hours(&[]) - 60.833).abs() < 0.001);
    assert!((hours(&[("schedule.keep_address", "true")]) - 730.0).abs() < 0.001);
}

#[test]
fn it_takes_the_place_of_the_nat_gateways_of_other_blueprints() {
    for id in ["multi-tier-web", "three-tier-ha"] {
        for gateways in ["one", "per-az"] {
            let before = design(id, &[("network.nat", "single")]);
            let after = design(
                id,
                &[
                    ("network.nat", "scheduled"),
                    ("schedule.gateways", gateways),
                ],
            );
            let topology = after.expand();
            let declared = topology.declared();
            assert_eq!(declared.all::<NatGateway>().count(), 0, "{id}");
            let made = topology.all::<NatGateway>().count();
            let zones = topology.zones().len();
            assert_eq!(made, if gateways == "one" { 1 } else { zones }, "{id}");
            let course = play(&deployed(&topology).scene, &window(&topology), &[], None);
            assert!(course.verdict.is_clean(), "{id}: {:?}", course.verdict);
            let trade = window_trade(&after).unwrap();
            assert!(trade.saved() > Money::ZERO, "{id}");
            assert!(bill(&before.expand(), &before.assumptions).monthly.known > trade.scheduled);
        }
    }
}

/// In the window a zonal gateway goes with its zone: the sync of both zones with one, of its own with one in each.
#[test]
fn the_loss_of_a_zone_in_the_window_takes_what_the_gateways_say() {
    let of = |gateways: &str, zone: &str| {
        let options = [
            ("network.zones", "2"),
            ("batch.instances", "2"),
            ("schedule.gateways", gateways),
        ];
        let design = s4(&options);
        let rows = sweep(&design.expand(), &design.assumptions);
        let row = rows
            .iter()
            .find(|it| matches!(&it.fault, Fault::Zone(site) if site.to_string().ends_with(zone)));
        let mut journeys = row.unwrap().journeys.iter();
        journeys.find(|it| it.id == "nightly-sync").unwrap().worst
    };
    assert_eq!(of("one", "a"), Health::Down);
    assert_ne!(of("one", "b"), Health::Down);
    assert_ne!(of("per-az", "a"), Health::Down);
}

fn machine(topology: &Topology) -> &StateMachine {
    topology.all::<StateMachine>().next().unwrap().1
}

fn graph_of(topology: &Topology) -> Graph {
    graph(&deployed(topology).scene.machine)
}

fn text_of(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn the_workflow_is_standard_bounded_and_logged() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        let it = machine(&topology);
        assert_eq!(it.kind.as_deref(), Some("STANDARD"));
        assert!(text_of(it.logging.as_ref().unwrap()).contains("\"Level\":\"ALL\""));
        assert!(deployed(&topology).scene.machine.timeout_s.is_some());
    }
}

/// Walks every state of a machine and of those inside it.
fn each_graph(graph: &Graph, see: &mut impl FnMut(&Graph)) {
    see(graph);
    for inner in graph.nodes.iter().filter_map(|it| it.inner.as_ref()) {
        each_graph(inner, see);
    }
}

#[test]
fn every_task_is_tried_again_and_caught() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        each_graph(&graph_of(&topology), &mut |graph| {
            for node in graph.nodes.iter().filter(|it| it.kind == "Task") {
                let mut ways = graph.edges.iter().filter(|it| it.from == node.name);
                let is_caught = ways.any(|it| matches!(it.why, azimuth::states::Why::Catch(_)));
                assert!(is_caught, "{options:?} {}", node.name);
            }
        });
        let definition = text_of(machine(&topology).definition.as_ref().unwrap());
        let tasks = definition.matches("\"Type\":\"Task\"").count();
        assert_eq!(definition.matches("\"Retry\":").count(), tasks);
    }
}

#[test]
fn a_repeated_start_makes_nothing_twice() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        let deployed = deployed(&topology);
        let fault = azimuth::lifecycle::Fault::Twice;
        let course = play(&deployed.scene, &window(&topology), &[fault], None);
        let most = course.moments.iter().map(|it| {
            let gateways = it.world.account.gateways.values();
            gateways.filter(|it| it.state != Stage::Deleted).count()
        });
        assert_eq!(most.max(), Some(deployed.scene.plan.len()), "{options:?}");
        assert!(course.verdict.is_clean(), "{options:?}");
    }
}

#[test]
fn a_gateway_of_another_team_without_tags_neither_stops_nor_suffers_anything() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        let deployed = deployed(&topology);
        let fault = azimuth::lifecycle::Fault::Foreign;
        let course = play(&deployed.scene, &window(&topology), &[fault], None);
        assert!(
            course.verdict.is_clean() && !course.verdict.is_alarmed,
            "{options:?}"
        );
        let last = &course.moments.last().unwrap().world.account;
        let foreign = last
            .gateways
            .values()
            .find(|it| it.tags.is_empty())
            .unwrap();
        assert_eq!(foreign.state, Stage::Available);
    }
}

/// The first of a run's calls of EC2 by which the second's name is preceded, on every way.
fn always_before(graph: &Graph, first: &str, second: &str) -> bool {
    let start = graph.nodes.first().unwrap();
    start.name == first || !graph.reached(&start.name, &[first]).contains(second)
}

#[test]
fn routes_go_before_the_gateway_and_the_address_goes_last() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        let mut seen = 0;
        each_graph(&graph_of(&topology), &mut |graph| {
            let has = |name: &str| graph.nodes.iter().any(|it| it.name == name);
            if has("DeleteGateways") {
                seen += 1;
                assert!(always_before(graph, "RemoveRoutes", "DeleteGateways"));
                // On the way down; the way up releases what no gateway has.
                let down = graph.reached("DeleteGateways", &[]);
                assert!(down.contains("ReleaseAddresses"));
                assert!(
                    !graph
                        .reached("DeleteGateways", &["IsDeleted"])
                        .contains("ReleaseAddresses")
                );
            }
        });
        assert_eq!(seen, 1, "{options:?}");
    }
}

#[test]
fn failures_are_told_by_a_message_and_by_an_alarm() {
    let topology = s4(&[]).expand();
    let graph = graph_of(&topology);
    let failures = graph
        .nodes
        .iter()
        .filter(|it| it.kind == "Fail" && it.name != "BadInput");
    for failure in failures {
        assert!(
            always_before(&graph, "TellFailure", &failure.name) || {
                // An outcome that cannot be told ends there too, and the alarm tells it.
                let from = graph.edges.iter().filter(|it| it.to == failure.name);
                from.into_iter().all(|it| it.from.starts_with("Tell"))
            }
        );
    }
    for alarm in [
        "NatRunFailedAlarm",
        "NatRunTimedOutAlarm",
        "NatOverdueAlarm",
        "NatDeadLetterAlarm",
    ] {
        assert!(topology.node(alarm).is_some(), "{alarm}");
    }
}

#[test]
fn nothing_is_orphaned_when_the_stack_is_deleted() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        let (teardown, _) = topology.all::<CustomResource>().next().unwrap();
        // CloudFormation deletes in the other direction: schedules first, then the teardown, then what it works with.
        for (name, _) in topology.all::<Schedule>() {
            let node = topology.node(name).unwrap();
            assert!(node.depends_on.contains(teardown), "{name}");
        }
        let mut reached = vec![teardown.clone()];
        let mut at = 0;
        while let Some(name) = reached.get(at).cloned() {
            let references = topology
                .node(&name)
                .map(|it| it.references())
                .unwrap_or_default();
            reached.extend(
                references
                    .into_iter()
                    .filter(|it| !reached.contains(it))
                    .collect::<Vec<_>>(),
            );
            at += 1;
        }
        let needed = [
            "NatSchedule",
            "NatScheduleRole",
            "NatLedger",
            "ScheduleTopic",
            "NatScheduleHolderPolicy",
        ];
        for it in needed {
            assert!(reached.contains(&it.into()), "{options:?}: {it}");
        }
    }
}

#[test]
fn schedules_are_delivered_in_time_or_told_and_have_a_time_zone_and_a_group() {
    let topology = s4(&[("schedule.flexible_minutes", "5")]).expand();
    let all: Vec<_> = topology.all::<Schedule>().collect();
    assert_eq!(all.len(), 3);
    for (name, it) in all {
        assert_eq!(
            it.timezone.as_ref().and_then(Value::as_str),
            Some("Asia/Tokyo"),
            "{name}"
        );
        assert!(it.group.is_some() && it.dead_letters().is_some(), "{name}");
        let target = text_of(&it.target);
        assert!(
            target.contains("\"MaximumEventAgeInSeconds\":600"),
            "{target}"
        );
        assert!(text_of(&it.flexible).contains("\"MaximumWindowInMinutes\":5"));
    }
}

#[test]
fn roles_are_for_this_account_and_allow_nothing_wholesale() {
    for options in VARIANTS {
        let topology = s4(options).expand();
        for (name, role) in topology.all::<Role>() {
            let trust = text_of(&role.trust);
            let is_service =
                trust.contains("states.amazonaws.com") || trust.contains("scheduler.amazonaws.com");
            assert_eq!(trust.contains("aws:SourceAccount"), is_service, "{name}");
            let rest = serde_json::to_string(&Value::Map(role.rest.clone())).unwrap();
            assert!(
                !rest.contains(":*\"]") && !rest.contains("ec2:*"),
                "{name}: {rest}"
            );
            assert!(role.managed_policies.is_empty(), "{name}");
        }
    }
}

#[test]
fn the_blueprint_has_no_errors_and_no_finding_about_its_schedule() {
    let design = s4(&[("observability.email", "ops@example.com")]);
    let topology = design.expand();
    let findings = check(&Subject::new(Some(&design), &topology));
    let codes: Vec<&str> = findings.iter().map(|it| it.check.code).collect();
    assert!(!codes.iter().any(|it| it.starts_with("CO-")), "{codes:?}");
}
