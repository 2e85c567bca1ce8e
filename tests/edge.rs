//! What stands in front of the application, seen through the command line.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

use serde_json::Value as Json;

fn azimuth(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_azimuth"));
    command.args(arguments).output().unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    let output = azimuth(arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A design file of the blueprint with settings, by a name of its own.
fn design(name: &str, settings: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("edge-{name}.json"));
    let path = path.to_str().unwrap();
    let mut arguments = vec!["new", "multi-tier-web", "-o", path];
    for setting in settings.split_whitespace() {
        arguments.extend(["--set", setting]);
    }
    stdout(&arguments);
    path.to_owned()
}

fn json(arguments: &[&str]) -> Json {
    serde_json::from_str(&stdout(arguments)).unwrap()
}

/// Codes of the findings, which `check` ends with status 1 where one is an error.
fn codes(design: &str) -> Vec<String> {
    let output = azimuth(&["check", design, "--json"]);
    let findings: Json = serde_json::from_slice(&output.stdout).unwrap();
    let codes = findings.as_array().unwrap().iter();
    codes
        .map(|it| it["code"].as_str().unwrap().to_owned())
        .collect()
}

fn has(codes: &[String], code: &str) -> bool {
    codes.iter().any(|it| it == code)
}

fn monthly(design: &str) -> f64 {
    json(&["cost", design, "--json"])["monthly"]
        .as_f64()
        .unwrap()
}

/// Seconds that a journey is down.
fn outage(design: &str, fault: &str, id: &str) -> u64 {
    let played = json(&["fail", design, "--fault", fault, "--json"]);
    let journeys = played["journeys"].as_array().unwrap();
    let found = journeys.iter().find(|it| it["id"] == id).unwrap();
    found["outage_s"].as_u64().unwrap()
}

#[test]
fn a_firewall_is_drawn_priced_and_ends_its_finding() {
    let without = design("plain", "");
    let with = design("waf", "edge.waf=true assume.requests_millions=10");
    assert!(has(&codes(&without), "ED-001"));
    assert!(!has(&codes(&with), "ED-001"));
    assert!(stdout(&["draw", &with]).contains("data-name=\"WebAcl\""));
    // 5 for the list, 1 for each of four rules, 0.60 for each million of requests.
    let extra = monthly(&with) - monthly(&without);
    assert!((extra - 15.0).abs() < 0.01, "{extra}");
}

#[test]
fn a_firewall_that_cannot_be_asked_stops_the_requests_unless_the_load_balancer_fails_open() {
    let closed = design("waf-closed", "edge.waf=true");
    let open = design("waf-open", "edge.waf=true edge.waf_fail_open=true");
    assert_eq!(outage(&closed, "node:WebAcl", "request"), 3600);
    assert_eq!(outage(&open, "node:WebAcl", "request"), 0);
}
