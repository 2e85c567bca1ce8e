//! Several VPCs in one Region, as a script meets them: what is traced, found, drawn, priced and exported.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value as Json, json};

const S1: &str = "multi-tier-web";

/// What a command prints, and whether it found errors.
fn azimuth(arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_azimuth"))
        .args(arguments)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let code = output.status.code().unwrap();
    (String::from_utf8(output.stdout).unwrap(), code)
}

fn json_of(arguments: &[&str]) -> Json {
    serde_json::from_str(&azimuth(arguments).0).unwrap()
}

/// A design file with settings and edits of single resources.
fn design(name: &str, settings: &[&str], edits: Json) -> String {
    let file = folder().join(format!("vpcs-{name}.json"));
    let path = file.to_str().unwrap().to_owned();
    let set = settings.iter().flat_map(|it| ["--set", it]);
    let arguments: Vec<&str> = ["new", S1, "-o", &path].into_iter().chain(set).collect();
    azimuth(&arguments);
    let mut written: Json = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    written["overrides"] = edits;
    std::fs::write(&file, written.to_string()).unwrap();
    path
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).to_owned()
}

const TWO: &str = "vpcs.names=shared,tools";

fn route(table: &str, to: &str, over: &str) -> Json {
    json!([{"add": {"resource": "Onward", "stack": "vpcs", "type": "AWS::EC2::Route", "properties": {
        "RouteTableId": {"Ref": table},
        "DestinationCidrBlock": to,
        "VpcPeeringConnectionId": {"Ref": over},
    }}}])
}

/// From, to, hops, and the analyzer's code or `null`.
type Case<'a> = (&'a str, &'a str, &'a [&'a str], Json);

fn assert_traces(design: &str, cases: &[Case<'_>]) {
    for (from, to, hops, reason) in cases {
        let trace = json_of(&["trace", design, "--from", from, "--to", to, "--json"]);
        assert_eq!(trace["hops"], json!(hops), "{from} to {to}");
        assert_eq!(trace["reason"], *reason, "{from} to {to}");
        assert_eq!(trace["reachable"], reason.is_null(), "{from} to {to}");
    }
}

#[test]
fn a_peering_leads_from_either_vpc_to_the_other_and_no_further() {
    let sound = design("sound", &[TWO], json!([]));
    assert_traces(
        &sound,
        &[
            (
                "WebGroup",
                "VpcSharedSubnetB",
                &["WebGroup", "VpcSharedPeering", "VpcSharedSubnetB"],
                Json::Null,
            ),
            (
                "VpcToolsSubnetA",
                "PrivateSubnetB",
                &["VpcToolsSubnetA", "VpcToolsPeering", "PrivateSubnetB"],
                Json::Null,
            ),
            (
                "VpcSharedSubnetA",
                "Database",
                &["VpcSharedSubnetA", "VpcSharedPeering"],
                json!("ENI_SG_RULES_MISMATCH"),
            ),
            (
                "VpcSharedSubnetA",
                "VpcToolsSubnetA",
                &["VpcSharedSubnetA"],
                json!("DISCONNECTED_VPCS"),
            ),
            (
                "PublicSubnetA",
                "VpcSharedSubnetA",
                &["PublicSubnetA"],
                json!("NO_ROUTE_TO_DESTINATION"),
            ),
            (
                "VpcSharedSubnetA",
                "internet",
                &["VpcSharedSubnetA"],
                json!("NO_ROUTE_TO_DESTINATION"),
            ),
        ],
    );
}

#[test]
fn a_way_through_the_main_vpc_is_none() {
    let onward = route("VpcSharedRouteTable", "10.2.0.0/16", "VpcSharedPeering");
    let file = design("through", &[TWO], onward);
    let code = json!("PCX_REQUIRES_ADDRESS_IN_VPC_CIDR");
    let hops: &[&str] = &["VpcSharedSubnetA", "VpcSharedPeering"];
    assert_traces(
        &file,
        &[("VpcSharedSubnetA", "VpcToolsSubnetA", hops, code.clone())],
    );
    let out = route("VpcSharedRouteTable", "0.0.0.0/0", "VpcSharedPeering");
    let file = design("out", &[TWO], out);
    assert_traces(&file, &[("VpcSharedSubnetA", "internet", hops, code)]);
    assert!(azimuth(&["check", &file]).0.contains("PE-003"));
}

#[test]
fn a_missing_route_ends_the_way_on_its_side() {
    let code = || json!("NO_ROUTE_TO_DESTINATION");
    let back = design(
        "back",
        &[TWO],
        json!([{"remove": {"resource": "VpcSharedRouteToMain"}}]),
    );
    assert_traces(
        &back,
        &[
            (
                "WebGroup",
                "VpcSharedSubnetA",
                &["WebGroup", "VpcSharedPeering", "VpcSharedSubnetA"],
                code(),
            ),
            (
                "VpcSharedSubnetA",
                "PrivateSubnetA",
                &["VpcSharedSubnetA"],
                code(),
            ),
        ],
    );
    let (findings, exit) = azimuth(&["check", &back]);
    assert!(findings.contains("PE-002") && exit == 1, "{findings}");
    let apart = design("apart", &[TWO, "vpcs.peered=false"], json!([]));
    let code = json!("DISCONNECTED_VPCS");
    assert_traces(
        &apart,
        &[("WebGroup", "VpcSharedSubnetA", &["WebGroup"], code)],
    );
}

#[test]
fn overlapping_ranges_are_an_error_with_a_free_range_proposed() {
    let file = design("overlap", &[TWO, "vpcs.cidrs=auto,10.0.64.0/18"], json!([]));
    let (_, exit) = azimuth(&["check", &file]);
    assert_eq!(exit, 1);
    let findings = json_of(&["check", &file, "--json"]);
    let errors: Vec<&Json> = findings
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["severity"] == "error")
        .collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0]["code"], "PE-001");
    assert_eq!(errors[0]["fixes"], json!(["Use 10.2.0.0/16 for VpcTools"]));
    let moved = design("moved", &[TWO, "vpcs.cidrs=auto,10.2.0.0/16"], json!([]));
    assert_eq!(azimuth(&["check", &moved]).1, 0);
}

#[test]
fn a_lost_zone_is_lost_in_every_vpc_and_a_peering_is_no_single_point() {
    let file = design("zone", &[TWO], json!([]));
    let drawing = azimuth(&["draw", &file, "--fault", "az:a", "--at", "30"]).0;
    let state = |name: &str| {
        let at = drawing.find(&format!("data-name=\"{name}\"")).unwrap();
        let start = drawing[..at].rfind('<').unwrap();
        drawing[start..at].contains("is-failed")
    };
    for vpc in ["Shared", "Tools"] {
        assert!(state(&format!("Vpc{vpc}SubnetA")));
        assert!(!state(&format!("Vpc{vpc}SubnetB")));
    }
    assert_eq!(drawing.matches("Zone a DOWN").count(), 3);
    let lost = azimuth(&["draw", &file, "--fault", "region:ap-northeast-1"]).0;
    assert_eq!(lost.matches("class=\"wire peering is-failed\"").count(), 2);
    let swept = |design: &str| azimuth(&["sweep", design]).0;
    assert_eq!(swept(&file), swept(S1));
}

#[test]
fn vpcs_without_traffic_cost_nothing() {
    let file = design("cost", &[TWO], json!([]));
    assert_eq!(azimuth(&["cost", &file]), azimuth(&["cost", S1]));
}

#[test]
fn further_vpcs_are_a_stack_of_their_own_behind_all_others() {
    let file = design(
        "export",
        &[TWO, "network.tiers=3", "network.nat=per-az"],
        json!([]),
    );
    let out = folder().join("vpcs-export");
    azimuth(&["export", &file, "-o", out.to_str().unwrap()]);
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    let plan: Json = serde_json::from_str(&read("plan.json")).unwrap();
    let last = plan["stacks"].as_array().unwrap().last().unwrap();
    assert_eq!(last["name"], "vpcs");
    let filled = |name: &str| last["parameters"][name].as_str().unwrap().to_owned();
    for table in [
        "PrivateRouteTableAId",
        "PrivateRouteTableBId",
        "IsolatedRouteTableId",
    ] {
        assert_eq!(filled(table), format!("${{network.{table}}}"));
    }
    let template = read("vpcs.yaml");
    let count = |kind: &str| template.matches(&format!("Type: {kind}\n")).count();
    assert_eq!(count("AWS::EC2::VPC"), 2);
    assert_eq!(count("AWS::EC2::VPCPeeringConnection"), 2);
    // Three tables of the main VPC, and one back, for each of the two.
    assert_eq!(count("AWS::EC2::Route"), 8);
    assert_eq!(count("AWS::EC2::FlowLog"), 2);
    assert_eq!(count("AWS::EC2::NatGateway"), 0);
    let readme = read("README.md");
    assert!(readme.contains("VpcSharedPeeringId") && readme.contains("3 VPCs"));
}
