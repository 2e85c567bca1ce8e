//! What a newcomer must be able to see with S0, through the command line.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// Runs the program on a design file; its JSON.
fn azimuth(arguments: &[&str], design: &str) -> Json {
    let mut child = Command::new(env!("CARGO_BIN_EXE_azimuth"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input closes it: not a failure of the test.
    let _ = child.stdin.take().unwrap().write_all(design.as_bytes());
    let output = child.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// S0 with settings, as a design file.
fn design(settings: &[&str]) -> String {
    let mut arguments = vec!["new", "three-tier-ha"];
    for it in settings {
        arguments.extend(["--set", it]);
    }
    azimuth(&arguments, "").to_string()
}

/// Seconds down, seconds degraded of a journey under a fault.
fn course(design: &str, fault: &str, journey: &str) -> (u64, u64) {
    let played = azimuth(&["fail", "-", "--fault", fault, "--json"], design);
    let journeys = played["journeys"].as_array().unwrap();
    let found = journeys.iter().find(|it| it["id"] == journey).unwrap();
    let seconds = |key: &str| found[key].as_u64().unwrap();
    (seconds("outage_s"), seconds("degraded_s"))
}

const DARK_S: u64 = 1800;

#[test]
fn s0_has_the_three_journeys_of_its_description() {
    let played = azimuth(&["fail", "-", "--fault", "az:a", "--json"], &design(&[]));
    let journeys = played["journeys"].as_array().unwrap();
    let ids: Vec<&str> = journeys
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["request", "internet-egress", "aws-egress"]);
}

#[test]
fn with_a_single_gateway_zone_a_takes_the_internet_of_b_and_c_while_requests_go_on() {
    let (single, each) = (design(&["network.nat=single"]), design(&[]));
    assert_eq!(course(&single, "az:a", "internet-egress"), (DARK_S, 0));
    let played = azimuth(&["fail", "-", "--fault", "az:a", "--json"], &single);
    let cut = "no internet for PrivateSubnetA, PrivateSubnetB, PrivateSubnetC";
    assert!(played["events"].to_string().contains(cut));
    // The database fails over in both, and nothing else stops requests.
    let request = course(&single, "az:a", "request");
    assert_eq!(request, course(&each, "az:a", "request"));
    assert!(request.0 <= 180, "{request:?}");
    assert_eq!(course(&single, "node:NatGatewayA", "request"), (0, 0));
}

#[test]
fn with_a_single_gateway_zone_b_takes_no_egress() {
    let single = design(&["network.nat=single"]);
    for journey in ["internet-egress", "aws-egress"] {
        assert_eq!(course(&single, "az:b", journey), (0, 0), "{journey}");
    }
}

#[test]
fn endpoints_keep_aws_services_in_reach_while_the_gateway_is_lost() {
    let without = design(&["network.nat=single"]);
    assert_eq!(course(&without, "az:a", "aws-egress"), (DARK_S, 0));
    let with = design(&[
        "network.nat=single",
        "endpoints.s3=true",
        "endpoints.dynamodb=true",
        "endpoints.logs=true",
    ]);
    assert_eq!(course(&with, "az:a", "internet-egress"), (DARK_S, 0));
    // One call in nine meets the endpoint's lost interface until DNS leaves it out.
    assert_eq!(course(&with, "az:a", "aws-egress"), (0, 120));
    assert_eq!(course(&with, "node:NatGatewayA", "aws-egress"), (0, 0));
}

#[test]
fn an_endpoint_in_one_zone_is_lost_for_all_of_them() {
    let given = [
        "endpoints.s3=true",
        "endpoints.dynamodb=true",
        "endpoints.logs=true",
        "endpoints.zones=a",
    ];
    assert_eq!(course(&design(&given), "az:a", "aws-egress"), (0, DARK_S));
    assert_eq!(course(&design(&given), "az:b", "aws-egress"), (0, 0));
}

#[test]
fn a_regional_gateway_outlives_every_zone() {
    let regional = design(&["network.nat=regional"]);
    for fault in ["az:a", "az:b", "az:c"] {
        for journey in ["internet-egress", "aws-egress"] {
            assert_eq!(
                course(&regional, fault, journey),
                (0, 0),
                "{fault} {journey}"
            );
        }
    }
}

#[test]
fn endpoints_only_reaches_aws_services_and_nothing_else() {
    let only = design(&["network.nat=endpoints-only"]);
    let hops = |to: &str| {
        let trace = azimuth(
            &["trace", "-", "--from", "WebGroup", "--to", to, "--json"],
            &only,
        );
        (
            trace["reachable"].as_bool().unwrap(),
            trace["hops"].to_string(),
        )
    };
    assert!(!hops("internet").0);
    assert_eq!(
        hops("aws:s3"),
        (true, r#"["WebGroup","S3Endpoint","aws:s3"]"#.to_owned())
    );
    assert_eq!(
        hops("aws:logs"),
        (true, r#"["WebGroup","LogsEndpoint","aws:logs"]"#.to_owned())
    );
    assert_eq!(course(&only, "az:a", "aws-egress"), (0, 120));
}

#[test]
fn the_database_stands_in_the_isolated_tier_without_a_way_out() {
    let of = |from: &str| {
        let arguments = ["trace", "-", "--from", from, "--to", "internet", "--json"];
        azimuth(&arguments, &design(&[]))["reason"].clone()
    };
    assert_eq!(of("IsolatedSubnetA"), "NO_ROUTE_TO_DESTINATION");
    assert_eq!(of("WebGroup"), Json::Null);
}

#[test]
fn every_strategy_stands_beside_the_others() {
    let rows = azimuth(&["compare", "-", "--json"], &design(&["region=us-east-1"]));
    let row = |strategy: &str| {
        let mut rows = rows.as_array().unwrap().iter();
        rows.find(|it| it["strategy"] == strategy).unwrap().clone()
    };
    let number = |strategy: &str, key: &str| row(strategy)[key].as_f64().unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 6);
    // Three active zones, each with an address, cost what three zonal gateways do, but for the alarms of two of them.
    assert!((number("per-az", "fixed") - number("regional", "fixed") - 0.20).abs() < 0.011);
    assert_eq!(
        (number("single", "kept"), number("per-az", "kept")),
        (0.0, 1.0)
    );
    assert_eq!(number("regional", "kept"), 1.0);
    // The internet is out of reach; of the calls to AWS, one in nine fails at first.
    assert!((number("endpoints-only", "kept") - 4.0 / 9.0).abs() < 0.001);
    assert_eq!(number("none", "kept"), 0.0);
}
