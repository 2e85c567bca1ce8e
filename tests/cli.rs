//! The command line as a script uses it: what it prints, what it exits with.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use azimuth::blueprint;
use azimuth::design::link::Shared;
use serde_json::Value as Json;

fn azimuth(arguments: &[&str]) -> Output {
    azimuth_with(arguments, "")
}

fn azimuth_with(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_azimuth"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input closes it: not a failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    let output = azimuth(arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Json {
    serde_json::from_str(&stdout(arguments)).unwrap()
}

/// Exit status 2 and one line that holds the words.
fn assert_refused(output: &Output, words: &str) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(errors.contains(words), "{errors}");
    assert!(errors.len() < 2_000, "{} bytes of message", errors.len());
}

fn keys(value: &Json) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

const S1: &str = "multi-tier-web";

#[test]
fn json_shapes_are_those_of_the_readme() {
    assert_eq!(
        keys(&json(&["blueprints", "--json"])[0]),
        ["id", "summary", "title"]
    );
    let options = json(&["options", S1, "--json"]);
    assert_eq!(
        keys(&options[0]),
        ["allowed", "default", "help", "key", "type"]
    );
    let finding = &json(&["check", S1, "--json"])[0];
    assert_eq!(
        keys(finding),
        ["code", "fixes", "message", "severity", "subject", "why"]
    );
    let played = json(&["fail", S1, "--fault", "az:a", "--json"]);
    assert_eq!(keys(&played), ["end_s", "events", "fault", "journeys"]);
    assert_eq!(
        keys(&played["events"][0]),
        ["kind", "source", "subject", "t", "text"]
    );
    let journey = &played["journeys"][0];
    assert_eq!(
        keys(journey),
        [
            "degraded_s",
            "id",
            "outage_s",
            "rpo_s",
            "rto_s",
            "states",
            "title",
            "was_down"
        ]
    );
    assert_eq!(keys(&journey["states"][0]), ["status", "success", "t"]);
    let swept = json(&["sweep", S1, "--json"]);
    assert_eq!(keys(&swept[0]), ["fault", "journeys"]);
    assert_eq!(
        keys(&swept[0]["journeys"][0]),
        ["id", "outage_s", "was_down", "worst"]
    );
    let bill = json(&["cost", S1, "--json"]);
    assert_eq!(
        keys(&bill),
        [
            "as_of", "complete", "currency", "lines", "monthly", "region"
        ]
    );
    assert_eq!(
        keys(&bill["lines"][0]),
        ["amount", "item", "price", "quantity", "subject", "unit"]
    );
    let levers = json(&["levers", S1, "--json"]);
    assert_eq!(
        keys(&levers),
        ["changes", "cheapest", "complete", "levers", "monthly"]
    );
    assert_eq!(
        keys(&levers["changes"][0]),
        [
            "findings", "monthly", "safe", "saved", "settings", "title", "worse"
        ]
    );
    assert_eq!(
        keys(&levers["levers"][0]),
        ["group", "key", "points", "present", "waits_for"]
    );
    assert_eq!(
        keys(&levers["levers"][0]["points"][0]),
        ["change", "complete", "monthly", "value"]
    );
    let growth = json(&["growth", S1, "--json"]);
    assert_eq!(
        keys(&growth[0]),
        [
            "added", "after", "before", "change", "changed", "found", "id", "on", "removed",
            "resolved", "shifts", "title"
        ]
    );
    let trace = json(&["trace", S1, "--from", "users", "--to", "WebGroup", "--json"]);
    assert_eq!(keys(&trace), ["hops", "reachable", "reason"]);
}

#[test]
fn every_option_can_be_set_to_its_default_and_the_design_stays_the_blueprint() {
    let options = json(&["options", S1, "--json"]);
    let mut arguments = vec!["new".to_owned(), S1.to_owned()];
    for it in options.as_array().unwrap() {
        let default = it["default"]
            .as_str()
            .map_or_else(|| it["default"].to_string(), ToOwned::to_owned);
        arguments.extend([
            "--set".to_owned(),
            format!("{}={default}", it["key"].as_str().unwrap()),
        ]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(stdout(&arguments), stdout(&["new", S1]));
}

#[test]
fn a_design_comes_by_id_file_standard_input_and_link_alike() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("cli-design.json");
    let path = file.to_str().unwrap();
    let set = ["--set", "network.zones=3", "--set", "network.nat=per-az"];
    stdout(&[&["new", S1, "-o", path], &set[..]].concat());
    let link = stdout(&["link", path]);
    let expected = stdout(&["cost", path]);
    assert_eq!(stdout(&["cost", link.trim()]), expected);
    assert_eq!(
        stdout(&[
            "cost",
            &format!("https://azimuth.example/app/{}", link.trim())
        ]),
        expected
    );
    let piped = azimuth_with(&["cost", "-"], &std::fs::read_to_string(path).unwrap());
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), expected);
    let piped = azimuth_with(&["cost", "-"], &link);
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), expected);
}

#[test]
fn what_cannot_be_read_exits_with_2_and_says_why_and_where() {
    assert_refused(
        &azimuth(&["check", "no-such-thing"]),
        "no blueprint id, no share link",
    );
    assert_refused(&azimuth(&["check", "#1s1~nz=3~xxx"]), "checksum");
    assert_refused(&azimuth(&["check", "#9abc"]), "newer");
    assert_refused(
        &azimuth_with(&["check", "-"], "{\"azimuth\": 1,\n oops"),
        "line 2, column",
    );
    assert_refused(
        &azimuth_with(&["check", "-"], "{\"azimuth\": 99}"),
        "format 99",
    );
    assert_refused(&azimuth_with(&["check", "-"], "[]"), "not a design file");
    let unknown =
        r#"{"azimuth": 1, "blueprint": "multi-tier-web", "options": {"network.zonse": 3}}"#;
    assert_refused(
        &azimuth_with(&["check", "-"], unknown),
        "did you mean “network.zones”",
    );
    let noise = "x".repeat(10_000_000);
    assert_refused(
        &azimuth_with(&["check", "-"], &noise),
        "more than 262144 bytes",
    );
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-noise.json");
    std::fs::write(&file, &noise).unwrap();
    assert_refused(
        &azimuth(&["check", file.to_str().unwrap()]),
        "10000000 bytes",
    );
    assert_refused(
        &azimuth(&["new", S1, "--set", "network.zones=7"]),
        "from 1 to 6",
    );
    assert_refused(
        &azimuth(&["new", S1, "--set", "network.cidr=10.0.0.0"]),
        "network.cidr",
    );
    assert_refused(&azimuth(&["fail", S1, "--fault", "az:z"]), "zone “z”");
    assert_refused(
        &azimuth(&["fail", S1, "--fault", "node:Nothing"]),
        "Nothing",
    );
    assert_refused(
        &azimuth(&["trace", S1, "--from", "Nothing", "--to", "internet"]),
        "what can: Users, Internet, NatGatewayA, Database, Database.primary",
    );
    assert_refused(
        &azimuth(&["trace", S1, "--from", "WebGroup", "--to", "HttpListener"]),
        "HttpListener",
    );
    assert_refused(
        &azimuth(&["draw", S1, "--fault", "az:a", "--at", "9999999"]),
        "--at goes up to",
    );
    assert_refused(
        &azimuth(&["draw", S1, "--detail", "everything"]),
        "possible values: simple, network, full",
    );
}

#[test]
fn check_exits_with_1_exactly_where_a_finding_is_an_error() {
    assert_eq!(azimuth(&["check", S1]).status.code(), Some(0));
    let one_zone = stdout(&["new", S1, "--set", "network.zones=1"]);
    let output = azimuth_with(&["check", "-", "--json"], &one_zone);
    assert_eq!(output.status.code(), Some(1));
    let findings: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        findings
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["severity"] == "error")
    );
}

#[test]
fn check_ends_with_what_it_counts() {
    let last = |arguments: &[&str], input: &str| {
        let output = azimuth_with(&[&["check", "-"], arguments].concat(), input).stdout;
        let lines = String::from_utf8(output).unwrap();
        lines.lines().last().unwrap().to_owned()
    };
    let design = stdout(&["new", S1, "--set", "fleet.min=8"]);
    assert!(last(&[], &design).starts_with("1 error, "));
    assert!(last(&["--lang", "ja"], &design).starts_with("エラー 1 件、"));
}

#[test]
fn a_sweep_says_how_long_a_journey_is_degraded() {
    let lines = stdout(&["sweep", S1]);
    let played = json(&["fail", S1, "--fault", "az:b", "--json"]);
    let request = &played["journeys"][0];
    let seconds = request["degraded_s"].as_u64().unwrap();
    assert_eq!(request["outage_s"], 0);
    let told = format!("request degraded {:02}:{:02}", seconds / 60, seconds % 60);
    let line = lines.lines().find(|it| it.starts_with("az:b")).unwrap();
    assert!(seconds > 0 && line.contains(&told), "{line}");
}

#[test]
fn a_call_across_regions_is_traced_and_fails_by_zones_of_either() {
    let s2 = "cross-region-private-api";
    let to = ["--from", "clientfunction.a", "--to", "PrivateApi", "--json"];
    let traced = json(&[&["trace", s2], &to[..]].concat());
    assert_eq!(
        traced["hops"],
        serde_json::json!([
            "ClientFunction.a",
            "ClientHostedZone",
            "ClientPeering",
            "ExecuteApiEndpoint",
            "PrivateApi"
        ])
    );
    for (fault, shown) in [
        ("az:us-east-1a", "Zone us-east-1a loses power"),
        ("az:us-east-1b+us-east-1a", "Zone us-east-1b loses power"),
        ("node:ClientPeering", "ClientPeering is taken away"),
    ] {
        let told = stdout(&["fail", s2, "--fault", fault]);
        assert!(told.contains(shown), "{told}");
    }
    assert_refused(
        &azimuth(&["fail", s2, "--fault", "az:a+us-east-1a"]),
        "of two",
    );
}

#[test]
fn traces_name_the_hops_and_the_analyzers_reason() {
    let trace = |from: &str, to: &str| json(&["trace", S1, "--from", from, "--to", to, "--json"]);
    let hops = |names: &[&str]| Json::from(names.to_vec());
    assert_eq!(
        trace("webgroup", "internet")["hops"],
        hops(&["WebGroup", "NatGatewayA", "InternetGateway", "Internet"])
    );
    assert_eq!(
        trace("users", "LoadBalancer")["hops"],
        hops(&["Users", "InternetGateway", "LoadBalancer"])
    );
    assert_eq!(
        trace("users", "Database")["reason"],
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS"
    );
    assert_eq!(
        trace("LoadBalancer", "Database")["reason"],
        "ELBV2_LISTENER_HAS_NO_TG"
    );
    assert_eq!(
        trace("Database", "internet")["reason"],
        "ENI_SG_RULES_MISMATCH"
    );
    assert_eq!(trace("WebGroup.b1", "Database")["reachable"], true);
}

#[test]
fn an_export_is_the_same_in_a_folder_and_in_a_zip_and_each_time() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (out, one, two) = (
        folder.join("cli-export"),
        folder.join("one.zip"),
        folder.join("two.zip"),
    );
    for target in [&out, &one, &two] {
        stdout(&["export", S1, "-o", target.to_str().unwrap()]);
    }
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    let plan: Json =
        serde_json::from_str(&std::fs::read_to_string(out.join("plan.json")).unwrap()).unwrap();
    let stacks = plan["stacks"].as_array().unwrap();
    let names: Vec<&str> = stacks
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["network", "security", "data", "app", "observability"]
    );
    for stack in stacks {
        assert!(out.join(stack["template"].as_str().unwrap()).exists());
    }
}

#[test]
fn the_readme_of_an_export_says_how_to_open_the_design_with_nothing_broken() {
    let played = blueprint::link(&Shared {
        design: blueprint::base(S1).unwrap().with("network.zones", "3"),
        fault: "az:a".to_owned(),
        at: 30,
    });
    let out = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-readme");
    stdout(&["export", &format!("#{played}"), "-o", out.to_str().unwrap()]);
    let readme = std::fs::read_to_string(out.join("README.md")).unwrap();
    let way = readme.lines().find(|it| it.contains("paste this")).unwrap();
    let fragment = way.split('`').nth(1).unwrap();
    let opened = blueprint::open_link(fragment).unwrap();
    assert_eq!(opened.fault, "");
    assert_eq!(opened.design.network.zones.get(), 3);
}

#[test]
fn messages_come_in_the_language_that_is_asked_for() {
    let output = azimuth(&["check", "no-such-thing", "--lang", "ja"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("ブループリント"));
    assert!(stdout(&["draw", S1, "--lang", "ja"]).contains("アベイラビリティーゾーン"));
}

#[test]
fn a_drawing_is_as_detailed_as_asked_for() {
    let plain = stdout(&["draw", S1]);
    let drawn = |level: &str| stdout(&["draw", S1, "--detail", level]);
    assert_eq!(drawn("network"), plain);
    for (level, routes, guards) in [
        ("simple", false, false),
        ("network", true, false),
        ("full", true, true),
    ] {
        let text = drawn(level);
        assert_eq!(text.contains("0.0.0.0/0 → IGW"), routes, "{level}");
        assert_eq!(
            text.contains("data-name=\"WebSecurityGroup\""),
            guards,
            "{level}"
        );
        assert!(text.contains("Application Load Balancer"), "{level}");
    }
}

#[test]
fn a_sale_is_told_by_the_minute_and_compared_with_one_option_changed() {
    let told = json(&["sale", "ecommerce-burst", "--json"]);
    let mut shape = keys(&told);
    shape.sort_unstable();
    assert_eq!(
        shape,
        ["cost", "minutes", "sources", "summary", "variants", "words"]
    );
    assert_eq!(told["minutes"].as_array().unwrap().len(), 52);
    assert_eq!(told["variants"][0]["id"], "own");
    assert_eq!(told["variants"][0]["summary"], told["summary"]);
    assert_eq!(told["summary"]["lost"], 0);
    let set = [
        "--set",
        "burst.queue=false",
        "--set",
        "burst.store=database",
    ];
    let lines = stdout(&[&["sale", "ecommerce-burst"], &set[..]].concat());
    assert!(lines.contains("With a queue"), "{lines}");
    assert!(lines.contains("Modelled: "), "{lines}");
    assert_refused(&azimuth(&["sale", "scheduled-nat"]), "nothing to sell");
    let wrong = azimuth(&["sale", S1, "--set", "sale.curve=5:1,4:2"]);
    assert_refused(&wrong, "minute 4");
}

#[test]
fn options_say_what_they_take_in_one_pair_of_brackets() {
    let lines = stdout(&["options", S1]);
    for (key, allowed) in [
        ("network.zones ", "[1 to 6]"),
        (
            "network.nat ",
            "[single, per-az, regional, scheduled, endpoints-only, none]",
        ),
        ("network.cidr ", "[a.b.c.d/n]"),
        ("balancer.https ", "[true or false]"),
        ("balancer.health_path ", "[at most 100 characters]"),
    ] {
        let line = lines.lines().find(|it| it.starts_with(key)).unwrap();
        assert!(line.ends_with(allowed), "{line}");
    }
}

#[test]
fn an_export_replaces_an_earlier_one_and_nothing_else() {
    let folder = std::env::temp_dir().join(format!("azimuth-cli-{}-replaces", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let out = folder.to_str().unwrap();
    let names = || {
        let all = std::fs::read_dir(&folder).unwrap();
        let mut all: Vec<String> = all
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        all.sort();
        all
    };
    assert!(stdout(&["export", S1, "-o", out]).contains("13 files"));
    std::fs::write(folder.join(".gitignore"), "").unwrap();
    let said = stdout(&["export", S1, "-o", out, "--format", "json"]);
    assert!(said.contains("app.yaml, data.yaml, network.yaml"), "{said}");
    assert_eq!(names().len(), 14, "{:?}", names());
    assert!(names().iter().all(|it| !it.ends_with(".yaml")));

    std::fs::write(folder.join("notes.txt"), "mine").unwrap();
    let refused = azimuth(&["export", S1, "-o", out]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("notes.txt") && said.contains("--force"),
        "{said}"
    );
    assert!(names().contains(&"app.json".to_owned()));
    stdout(&["export", S1, "-o", out, "--force"]);
    assert!(names().contains(&"app.yaml".to_owned()) && names().contains(&"notes.txt".to_owned()));
    assert!(!names().contains(&"app.json".to_owned()));

    // A README of somebody's own is no export.
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("README.md"), "mine").unwrap();
    let refused = azimuth(&["export", S1, "-o", out]);
    assert_eq!((refused.status.code(), names().len()), (Some(2), 1));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn wrong_input_is_answered_with_what_would_be_right() {
    let folder = std::env::temp_dir().join(format!("azimuth-cli-{}-wrong", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let empty = file("empty.json", "\n");
    let yaml = file("network.yaml", "AWSTemplateFormatVersion: x\n");
    let plan = file("plan.json", "{\"stacks\": []}");
    let title = file(
        "title.json",
        "{\"azimuth\": 1, \"blueprint\": \"multi-tier-web\", \"title\": 5}",
    );
    let edit = file(
        "edit.json",
        "{\"azimuth\": 1, \"blueprint\": \"multi-tier-web\", \"overrides\": [{\"drop\": {}}]}",
    );
    let folder = folder.to_str().unwrap();
    let cases: [(&[&str], &str); 9] = [
        (&["check", &empty], "there is nothing in it"),
        (&["check", &yaml], "which a design file is"),
        (&["check", &plan], "design.azimuth.json"),
        (&["check", &title], "title: text is expected"),
        (&["check", &edit], "`remove`, `set`, `add`"),
        (&["check", folder], "is a folder"),
        (&["check", "https://example.com/"], "behind #"),
        (
            &["new", S1, "--set", "zones=3"],
            "did you mean “network.zones”?",
        ),
        (&["export", S1, "-o", &plan], "ends in .zip"),
    ];
    for (arguments, expected) in cases {
        let output = azimuth(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn ranges_that_overlap_are_not_exported_and_a_free_one_is_proposed() {
    let new = |range: &str| {
        let setting = format!("client.cidrs={range}");
        stdout(&["new", "cross-region-private-api", "--set", &setting])
    };
    let folder = std::env::temp_dir().join(format!("azimuth-cli-{}-overlap", std::process::id()));
    let path = folder.to_str().unwrap();
    for (range, free) in [
        ("10.0.0.0/20", "10.1.0.0/16"),
        ("10.0.128.0/28", "10.1.0.0/16"),
    ] {
        let refused = azimuth_with(&["export", "-", "-o", path], &new(range));
        assert_refused(&refused, "nothing is exported");
        assert!(!folder.exists(), "{range}");
        let errors = String::from_utf8_lossy(&refused.stderr);
        let setting = errors.split("client.cidrs=").nth(1).unwrap();
        let proposed = setting.split(' ').next().unwrap();
        let fixed = stdout(&[
            "new",
            "cross-region-private-api",
            "--set",
            &format!("client.cidrs={proposed}"),
        ]);
        let exported = azimuth_with(&["export", "-", "-o", path], &fixed);
        assert!(exported.status.success(), "{proposed}");
        let template = std::fs::read_to_string(folder.join("client.yaml")).unwrap();
        assert!(template.contains(free), "{range}: {proposed}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
