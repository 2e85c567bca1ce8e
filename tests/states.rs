//! The Amazon States Language: what is read, how it runs, what its graph says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

use azimuth::states::{
    Ask, Execution, Failure, Identity, Machine, Status, Trace, What, graph, placeholders, read,
    substitute,
};
use serde_json::{Value, json};

fn identity() -> Identity {
    Identity {
        id: "arn:run".to_owned(),
        name: "run".to_owned(),
        machine: "arn:machine".to_owned(),
        start: "2026-01-01T00:00:00Z".to_owned(),
    }
}

/// Runs a machine to its end and prints each effect and each answer's consequence; a call is answered by `answer` with its
/// resource, its parameters and how many calls came before.
fn told(
    machine: &Machine,
    input: Value,
    answer: impl Fn(&str, &Value, usize) -> Result<Value, Failure>,
) -> String {
    let mut trace = Trace::default();
    let mut run = Execution::start(machine, &identity(), input, &mut trace);
    let (mut out, mut calls) = (String::new(), 0);
    while let Some(effect) = run.effects().first().cloned() {
        let given = match &effect.ask {
            Ask::Call {
                resource,
                parameters,
            } => {
                calls += 1;
                out += &format!("{} {resource} {parameters}\n", effect.place);
                answer(resource, parameters, calls - 1)
            }
            Ask::Wait { seconds } => {
                out += &format!("{} waits {seconds}\n", effect.place);
                Ok(Value::Null)
            }
            Ask::Retry { seconds } => {
                out += &format!("{} again in {seconds}\n", effect.place);
                Ok(Value::Null)
            }
        };
        run.answer(machine, &effect.place, given, &mut trace);
    }
    match run.status() {
        Status::Succeeded(output) => out + &output.to_string(),
        Status::Failed(it) => out + &format!("{}: {}", it.error, it.cause),
        Status::Running => panic!("waits for nothing"),
    }
}

fn machine(start: &str, states: Value) -> Machine {
    read(&json!({"StartAt": start, "States": states})).unwrap()
}

#[test]
fn a_task_gets_its_parameters_and_its_result_is_placed() {
    let it = machine(
        "A",
        json!({"A": {
            "Type": "Task", "Resource": "call", "InputPath": "$.in",
            "Parameters": {"fixed": [1, {"x.$": "$.x"}], "me.$": "$$.Execution.Id"},
            "ResultSelector": {"y.$": "$.deep[0].y"}, "ResultPath": "$.out.here",
            "OutputPath": "$.out", "End": true,
        }}),
    );
    let answer = |_: &str, _: &Value, _| Ok(json!({"deep": [{"y": 5}]}));
    assert_eq!(
        told(&it, json!({"in": {"x": 2}}), answer),
        "A call {\"fixed\":[1,{\"x\":2}],\"me\":\"arn:run\"}\n{\"here\":{\"y\":5}}"
    );
}

#[test]
fn an_error_is_retried_with_growing_delays_and_then_caught() {
    let it = machine(
        "A",
        json!({
            "A": {
                "Type": "Task", "Resource": "call", "ResultPath": null,
                "Retry": [
                    {"ErrorEquals": ["Known"], "MaxAttempts": 0},
                    {"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 3, "MaxDelaySeconds": 10},
                ],
                "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "B"}],
                "End": true,
            },
            "B": {"Type": "Succeed", "OutputPath": "$.error.Error"},
        }),
    );
    let fail =
        |error: &'static str| move |_: &str, _: &Value, _| Err(Failure::new(error, "because"));
    assert_eq!(
        told(&it, json!({}), fail("Other")),
        "A call {}\nA again in 2\nA call {}\nA again in 6\nA call {}\nA again in 10\nA call {}\n\"Other\""
    );
    assert_eq!(told(&it, json!({}), fail("Known")), "A call {}\n\"Known\"");
    assert_eq!(
        told(&it, json!({}), fail("States.Runtime")),
        "A call {}\nStates.Runtime: because"
    );
}

fn mapping(at_once: u64) -> Machine {
    machine(
        "M",
        json!({"M": {
            "Type": "Map", "ItemsPath": "$.all", "MaxConcurrency": at_once,
            "ItemSelector": {"i.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value", "k.$": "$.k"},
            "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "T", "States": {
                "T": {"Type": "Task", "Resource": "call", "End": true},
            }},
            "ResultPath": "$.got", "End": true,
        }}),
    )
}

#[test]
fn a_map_runs_its_iterations_at_once_and_keeps_their_order() {
    let it = mapping(0);
    let mut trace = Trace::with_events();
    let input = json!({"all": ["a", "b"], "k": 1});
    let mut run = Execution::start(&it, &identity(), input, &mut trace);
    let places: Vec<String> = run
        .effects()
        .iter()
        .map(|it| it.place.to_string())
        .collect();
    assert_eq!(places, ["M[0].T", "M[1].T"]);
    let second = run.effects()[1].place.clone();
    run.answer(&it, &second, Ok(json!("two")), &mut trace);
    let first = run.effects()[0].place.clone();
    run.answer(&it, &first, Ok(json!("one")), &mut trace);
    let output = json!({"all": ["a", "b"], "k": 1, "got": ["one", "two"]});
    assert_eq!(run.status(), Status::Succeeded(&output));
    let entered = trace.events.unwrap();
    let entered = entered
        .iter()
        .filter(|it| matches!(it.what, What::Entered { .. }));
    assert_eq!(entered.count(), 3);
}

#[test]
fn a_map_of_one_at_a_time_begins_the_next_when_one_has_ended() {
    let answer = |_: &str, given: &Value, _| Ok(given["v"].clone());
    assert_eq!(
        told(&mapping(1), json!({"all": ["a", "b"], "k": 1}), answer),
        "M[0].T call {\"i\":0,\"k\":1,\"v\":\"a\"}\nM[1].T call {\"i\":1,\"k\":1,\"v\":\"b\"}\n\
         {\"all\":[\"a\",\"b\"],\"got\":[\"a\",\"b\"],\"k\":1}"
    );
    assert_eq!(
        told(&mapping(0), json!({"all": [], "k": 1}), answer),
        "{\"all\":[],\"got\":[],\"k\":1}"
    );
}

#[test]
fn a_failed_iteration_fails_the_map() {
    let fail = |_: &str, _: &Value, calls| match calls {
        0 => Err(Failure::new("Broken", "one")),
        _ => Ok(json!(1)),
    };
    let given = told(&mapping(0), json!({"all": [1, 2], "k": 1}), fail);
    assert!(given.ends_with("Broken: one"), "{given}");
}

#[test]
fn a_choice_takes_the_first_rule_that_holds() {
    let rule = |mut test: Value, next: &str| {
        test["Next"] = json!(next);
        test
    };
    let pass = |name: &str| json!({"Type": "Pass", "Result": name, "End": true});
    let it = machine(
        "C",
        json!({
            "C": {"Type": "Choice", "Choices": [
                rule(json!({"And": [{"Variable": "$.t", "IsPresent": true}, {"Variable": "$.t", "StringGreaterThanEqualsPath": "$.u"}]}), "Late"),
                rule(json!({"Not": {"Variable": "$.n", "NumericLessThan": 3}}), "Many"),
                rule(json!({"Variable": "$.cause", "StringMatches": "*already*"}), "There"),
            ], "Default": "Other"},
            "Late": pass("late"), "Many": pass("many"), "There": pass("there"), "Other": pass("other"),
        }),
    );
    let nothing = |_: &str, _: &Value, _| Ok(Value::Null);
    for (input, expected) in [
        (json!({"t": "2026-02", "u": "2026-01", "n": 1}), "\"late\""),
        (json!({"n": 3}), "\"many\""),
        (json!({"n": 2, "cause": "it is already there"}), "\"there\""),
        (json!({"n": 2, "cause": "it is not"}), "\"other\""),
        (
            json!({"t": "x", "n": 2}),
            "States.Runtime: Invalid path '$.u'",
        ),
    ] {
        assert_eq!(told(&it, input, nothing), expected);
    }
}

#[test]
fn what_is_not_known_is_an_error_at_its_place() {
    for (state, expected) in [
        (
            json!({"Type": "Task", "Resource": "x", "End": true, "Credentials": {}}),
            "/States/A/Credentials: not known here",
        ),
        (
            json!({"Type": "Parallel", "End": true}),
            "/States/A/Type: a type of state in use is expected",
        ),
        (
            json!({"Type": "Pass", "Parameters": {"a": {"b.$": "plain"}}, "End": true}),
            "/States/A/Parameters/a/b.$: neither a path nor a function in use: \"plain\"",
        ),
        (
            json!({"Type": "Pass", "Next": "B"}),
            "/States/A: there is no state B",
        ),
        (
            json!({"Type": "Pass", "ResultPath": "$..a", "End": true}),
            "/States/A/ResultPath: a path in use is expected",
        ),
        (
            json!({"Type": "Choice", "Choices": [{"Variable": "$.a", "StringEquals": 3, "Next": "A"}]}),
            "/States/A/Choices/0/StringEquals: no operator in use, or not of its type",
        ),
        (
            json!({"Type": "Task", "Resource": "x", "End": true, "Retry": [{"ErrorEquals": ["a"], "JitterStrategy": "FULL"}]}),
            "/States/A/Retry/0/JitterStrategy: NONE is expected",
        ),
        (
            json!({"Type": "Fail", "End": true}),
            "/States/A/End: not known here",
        ),
        (
            json!({"Type": "Pass"}),
            "/States/A/Next: either Next or End: true is expected",
        ),
    ] {
        let definition = json!({"StartAt": "A", "States": {"A": state}});
        assert_eq!(read(&definition), Err(expected.to_owned()));
    }
}

#[test]
fn a_fault_of_the_definition_is_blamed_on_its_place_even_when_it_is_caught() {
    let it = machine(
        "A",
        json!({
            "A": {"Type": "Task", "Resource": "x", "Parameters": {"v.$": "$.missing"}, "Next": "B",
                  "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}]},
            "B": {"Type": "Succeed"},
        }),
    );
    let mut trace = Trace::default();
    let run = Execution::start(&it, &identity(), json!({}), &mut trace);
    assert!(matches!(run.status(), Status::Succeeded(_)));
    assert_eq!(trace.mistakes.len(), 1);
    assert_eq!(trace.mistakes[0].1.error, "States.ParameterPathFailure");
}

#[test]
fn a_loop_that_waits_for_nothing_ends() {
    let it = machine("A", json!({"A": {"Type": "Pass", "Next": "A"}}));
    let given = told(&it, json!({}), |_, _, _| Ok(Value::Null));
    assert!(given.starts_with("States.Runtime"), "{given}");
}

#[test]
fn names_are_filled_in_everywhere_and_a_missing_one_is_told() {
    let definition = json!({"a": ["x-${One}", {"b": "${Two}${One}"}]});
    assert_eq!(placeholders(&definition), ["One", "Two"]);
    let mut values = BTreeMap::from([("One".to_owned(), "1".to_owned())]);
    assert_eq!(
        substitute(&definition, &values),
        Err("Two: no value".to_owned())
    );
    values.insert("Two".to_owned(), "2".to_owned());
    assert_eq!(
        substitute(&definition, &values),
        Ok(json!({"a": ["x-1", {"b": "21"}]}))
    );
}

#[test]
fn the_graph_stands_in_walking_order_and_knows_what_every_way_passes() {
    let it = machine(
        "A",
        json!({
            "A": {"Type": "Task", "Resource": "x", "Next": "Z", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}]},
            "Z": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 1, "Next": "C"}], "Default": "A"},
            "C": {"Type": "Pass", "Next": "D"},
            "D": {"Type": "Succeed"},
        }),
    );
    let graph = graph(&it);
    let names: Vec<&str> = graph.nodes.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["A", "Z", "C", "D"]);
    let edges: Vec<String> = graph
        .edges
        .iter()
        .map(|it| format!("{}-{}: {:?}", it.from, it.to, it.why))
        .collect();
    assert_eq!(
        edges,
        [
            "A-Z: Next",
            "A-C: Catch([\"States.ALL\"])",
            "Z-C: Choice(\"$.n > 1\")",
            "Z-A: Default",
            "C-D: Next"
        ]
    );
    assert!(graph.always_passes("A", &["C"]));
    assert!(!graph.always_passes("A", &["Z"]));
    assert!(graph.always_passes("Z", &["A", "C"]));
    assert!(!graph.always_passes("D", &["C"]));
}
