//! What holds data and who gets at it, as the command line tells it: replicas, cache, access, backups, protection.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::process::Command;

use serde_json::Value as Json;

fn azimuth(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_azimuth"))
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// A command on S1 with settings, answered in JSON.
fn ask(command: &str, settings: &str, more: &[&str]) -> Json {
    let folder = tempfile(settings);
    let mut arguments = vec!["new", "multi-tier-web", "-o", &folder];
    for setting in settings.split_whitespace() {
        arguments.extend(["--set", setting]);
    }
    azimuth(&arguments);
    let mut arguments = vec![command, &folder, "--json"];
    arguments.extend(more);
    serde_json::from_str(&azimuth(&arguments)).unwrap()
}

/// A file of one test's own.
fn tempfile(settings: &str) -> String {
    let name: String = settings
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it } else { '-' })
        .collect();
    let folder = env!("CARGO_TARGET_TMPDIR");
    let thread = format!("{:?}", std::thread::current().id());
    format!("{folder}/{name}-{}.json", thread.replace(['(', ')'], ""))
}

fn journey<'a>(played: &'a Json, id: &str) -> &'a Json {
    let journeys = played["journeys"].as_array().unwrap();
    journeys.iter().find(|it| it["id"] == id).unwrap()
}

fn told(played: &Json, words: &str) -> bool {
    let events = played["events"].as_array().unwrap();
    events
        .iter()
        .any(|it| it["text"].as_str().unwrap().contains(words))
}

/// US dollars a month of one node.
fn dollars(bill: &Json, subject: &str) -> f64 {
    let lines = bill["lines"].as_array().unwrap();
    let own = lines.iter().filter(|it| it["subject"] == subject);
    own.filter_map(|it| it["amount"].as_f64()).sum()
}

#[test]
fn reads_outlive_each_zone_with_a_replica_in_two() {
    let settings = "database.read_replicas=2";
    for zone in ["az:a", "az:b"] {
        let played = ask("fail", settings, &["--fault", zone]);
        let states = journey(&played, "reads")["states"].as_array().unwrap();
        let least = states.iter().filter_map(|it| it["success"].as_f64());
        assert!(least.fold(1.0, f64::min) > 0.0, "{zone}");
    }
    let one = ask("fail", "database.read_replicas=1", &["--fault", "az:b"]);
    assert_eq!(journey(&one, "reads")["outage_s"], 1800);
    assert_eq!(journey(&one, "request")["outage_s"], 0);
}

#[test]
fn replicas_follow_a_failover_and_are_left_behind_without_one() {
    let settings = "network.zones=3 database.read_replicas=1";
    let played = ask("fail", settings, &["--fault", "node:Database.primary"]);
    assert!(told(
        &played,
        "replicate from the new primary by themselves"
    ));
    let single = format!("{settings} database.multi_az=false");
    let played = ask("fail", &single, &["--fault", "node:Database.primary"]);
    assert!(told(&played, "promoting one takes minutes, by hand"));
}

#[test]
fn a_replica_costs_a_single_instance_and_its_storage() {
    let bill = ask("cost", "region=us-east-1 database.read_replicas=1", &[]);
    let expected = 0.017 * 730.0 + 0.115 * 20.0;
    assert!((dollars(&bill, "DatabaseReplica1") - expected).abs() < 0.001);
}

#[test]
fn a_cache_fails_over_in_seconds_and_requests_do_not_notice() {
    let played = ask(
        "fail",
        "cache.enabled=true",
        &["--fault", "node:Cache.primary"],
    );
    let outage = journey(&played, "cache")["outage_s"].as_u64().unwrap();
    assert!((15..=60).contains(&outage), "{outage} s");
    assert_eq!(journey(&played, "request")["outage_s"], 0);
    assert!(journey(&played, "cache")["rpo_s"].is_null());
    assert!(told(&played, "is the primary now"));
}

#[test]
fn a_single_cache_node_is_gone_until_its_zone_returns_and_comes_back_empty() {
    let settings = "cache.enabled=true cache.replicas=0";
    let played = ask("fail", settings, &["--fault", "az:a"]);
    assert_eq!(journey(&played, "cache")["outage_s"], 1800);
    assert!(told(&played, "runs again, empty"));
}

#[test]
fn only_the_web_instances_reach_the_cache() {
    let reached = |from: &str| {
        let trace = ask(
            "trace",
            "cache.enabled=true",
            &["--from", from, "--to", "Cache"],
        );
        trace["reachable"].as_bool().unwrap()
    };
    assert!(reached("WebGroup"));
    assert!(!reached("LoadBalancer"));
    assert!(!reached("users"));
}

#[test]
fn a_cache_costs_its_nodes_and_its_secret() {
    let bill = ask("cost", "region=us-east-1 cache.enabled=true", &[]);
    assert!((dollars(&bill, "Cache") - 2.0 * 0.0128 * 730.0).abs() < 0.001);
    assert!((dollars(&bill, "CacheSecret") - 0.40).abs() < 0.001);
}

#[test]
fn production_protects_what_a_workshop_deletes() {
    let codes = |settings: &str| -> Vec<String> {
        let findings = ask("check", settings, &[]);
        let findings = findings.as_array().unwrap().iter();
        findings
            .map(|it| it["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(codes("").contains(&"DB-006".to_owned()));
    assert!(!codes("protection=production").contains(&"DB-006".to_owned()));
}

#[test]
fn a_bastion_leads_to_the_web_instances_and_dies_with_its_zone() {
    let settings = "access.kind=bastion";
    let trace = |from: &str, to: &str| {
        let way = ask(
            "trace",
            settings,
            &["--from", from, "--to", to, "--port", "22"],
        );
        way["reachable"].as_bool().unwrap()
    };
    assert!(trace("Bastion", "WebGroup"));
    // From where the administrators are, which is known at deployment; not from anywhere.
    assert!(!trace("internet", "Bastion"));
    let played = ask("fail", settings, &["--fault", "az:a"]);
    assert!(told(&played, "Bastion stops, and nothing replaces it"));
    let bill = ask("cost", &format!("region=us-east-1 {settings}"), &[]);
    let expected = 0.0042 * 730.0 + 0.08 * 8.0;
    assert!((dollars(&bill, "Bastion") - expected).abs() < 0.001);
    assert!((dollars(&bill, "BastionAddress") - 3.65).abs() < 0.001);
}

#[test]
fn session_manager_opens_no_port() {
    let trace = ask(
        "trace",
        "access.kind=session-manager",
        &["--from", "internet", "--to", "WebGroup", "--port", "22"],
    );
    assert_eq!(trace["reachable"], false);
}

/// The request's recovery point after the loss of something that nothing takes over from.
fn recovery_point(settings: &str, fault: &str) -> Json {
    let played = ask("fail", settings, &["--fault", fault]);
    journey(&played, "request")["rpo_s"].clone()
}

#[test]
fn a_backup_is_what_a_database_without_standby_is_restored_from() {
    let single = "database.multi_az=false";
    let bare = format!("{single} database.retention_days=0");
    let kept = format!("{bare} backup.enabled=true");
    assert_eq!(recovery_point(single, "node:Database.primary"), 300);
    assert!(recovery_point(&bare, "node:Database.primary").is_null());
    assert_eq!(recovery_point(&kept, "node:Database.primary"), 86_400);
}

#[test]
fn a_copy_in_another_region_outlives_its_region() {
    let region = "region:ap-northeast-1";
    assert!(recovery_point("backup.enabled=true", region).is_null());
    let copied = "backup.enabled=true backup.copy=true";
    assert_eq!(recovery_point(copied, region), 86_400);
    let played = ask("fail", copied, &["--fault", "region:ap-northeast-3"]);
    assert_eq!(journey(&played, "request")["outage_s"], 0);
}

#[test]
fn backups_beyond_the_allowance_cost_what_changes() {
    let settings = "region=us-east-1 database.storage_gb=100";
    let before = dollars(&ask("cost", settings, &[]), "Database");
    let settings = format!("{settings} assume.change_percent=10");
    let after = dollars(&ask("cost", &settings, &[]), "Database");
    assert!(
        (after - before - 0.095 * 70.0).abs() < 0.001,
        "{}",
        after - before
    );
}

#[test]
fn a_savings_plan_is_a_line_that_takes_off() {
    let settings =
        "region=us-east-1 assume.savings_plan_percent=100 assume.savings_plan_discount=25";
    let bill = ask("cost", settings, &[]);
    let lines = bill["lines"].as_array().unwrap();
    let plan = lines
        .iter()
        .find(|it| it["item"] == "Savings Plan, as assumed");
    let amount = plan.unwrap()["amount"].as_f64().unwrap();
    assert!((amount + 0.25 * 0.0104 * 1460.0).abs() < 0.001, "{amount}");
}

#[test]
fn with_three_tiers_the_cache_stands_where_nothing_leads_out() {
    let settings = "cache.enabled=true network.tiers=3";
    let design = azimuth::blueprint::base("multi-tier-web").unwrap();
    let design = design
        .with("cache.enabled", "true")
        .with("network.tiers", "3");
    let topology = design.expand();
    let subnets: Vec<&str> = topology
        .subnets_of("Cache")
        .into_iter()
        .map(|it| it.as_str())
        .collect();
    assert_eq!(subnets, ["IsolatedSubnetA", "IsolatedSubnetB"]);
    let inside = ask("trace", settings, &["--from", "WebGroup", "--to", "Cache"]);
    assert_eq!(inside["reachable"], true, "{inside}");
}

#[test]
fn without_a_way_out_administrators_still_get_in_and_pay_for_it() {
    let settings = "network.nat=endpoints-only access.kind=session-manager";
    let way = ask(
        "trace",
        settings,
        &["--from", "WebGroup", "--to", "aws:ssmmessages"],
    );
    assert_eq!(way["reachable"], true, "{way}");
    let bill = ask("cost", settings, &[]);
    for endpoint in ["SsmEndpoint", "SsmMessagesEndpoint", "Ec2MessagesEndpoint"] {
        assert!(dollars(&bill, endpoint) > 0.0, "{endpoint}");
    }
}

const PROXY: &str = "database.proxy=true";

#[test]
fn instances_reach_the_database_through_the_proxy_and_no_other_way() {
    let reaches = |from: &str, to: &str| {
        let way = ask("trace", PROXY, &["--from", from, "--to", to]);
        way["reachable"].as_bool().unwrap()
    };
    assert!(reaches("WebGroup", "DatabaseProxy"));
    assert!(reaches("DatabaseProxy", "Database"));
    assert!(!reaches("WebGroup", "Database"));
    assert!(!reaches("internet", "DatabaseProxy"));
}

#[test]
fn a_proxy_shortens_the_failover_and_its_own_loss_ends_requests() {
    let outage = |settings: &str, fault: &str| {
        let played = ask("fail", settings, &["--fault", fault]);
        journey(&played, "request")["outage_s"].as_u64().unwrap()
    };
    let primary = "node:Database.primary";
    assert_eq!((outage("", primary), outage(PROXY, primary)), (120, 60));
    assert_eq!(outage(PROXY, "node:Database.standby"), 0);
    assert!(outage(PROXY, "node:DatabaseProxy") > 1800);
    let played = ask("fail", PROXY, &["--fault", "az:a"]);
    assert!(told(&played, "finds the new primary without DNS"));
}

#[test]
fn a_proxy_costs_by_the_processors_of_its_database_where_a_price_is_known() {
    let of = |settings: &str| {
        let bill = ask("cost", &format!("{PROXY} {settings}"), &[]);
        dollars(&bill, "DatabaseProxy")
    };
    let small = of("region=us-east-1");
    assert!((small - 2.0 * 0.015 * 730.0).abs() < 0.001, "{small}");
    let large = of("region=ap-northeast-2 database.class=db.r6g.xlarge");
    assert!((large - 4.0 * 0.018 * 730.0).abs() < 0.001, "{large}");
    let shown = tempfile("proxy-in-tokyo");
    azimuth(&["new", "multi-tier-web", "-o", &shown, "--set", PROXY]);
    let lacks = azimuth(&["cost", &shown]);
    assert!(
        lacks.contains("without what has no confirmed price here: RDS Proxy"),
        "{lacks}"
    );
}

#[test]
fn a_sum_without_a_price_is_at_least_on_every_line_and_in_json() {
    let shown = tempfile("least-in-tokyo");
    azimuth(&["new", "multi-tier-web", "-o", &shown, "--set", PROXY]);
    let told = azimuth(&["cost", &shown]);
    assert_eq!(told.matches("at least ").count(), 1, "{told}");
    assert_eq!(ask("cost", PROXY, &[])["complete"], false);
    let told = azimuth(&["compare", &shown]);
    let rows = ask("compare", PROXY, &[]);
    let rows = rows.as_array().unwrap();
    assert!(rows.iter().all(|it| it["complete"] == false));
    assert_eq!(told.matches(" at least ").count(), rows.len(), "{told}");
    assert!(told.contains("has no confirmed price here: RDS Proxy"));
    assert_eq!(ask("cost", "region=us-east-1", &[])["complete"], true);
}

#[test]
fn at_deployment_a_class_is_offered_only_where_its_insights_are() {
    let of = |settings: &[(&str, &str)]| {
        let mut design = azimuth::blueprint::base("multi-tier-web").unwrap();
        for (key, given) in settings {
            design.set(key, given).unwrap();
        }
        let topology = design.expand();
        let mut all = topology.stacks.iter().flat_map(|it| &it.adjustables);
        let class = all.find(|it| it.name == "DatabaseClass").unwrap();
        format!("{:?}", class.takes).contains("db.t3.micro")
    };
    assert!(
        of(&[]),
        "no insights on the smallest class, and every class takes none"
    );
    assert!(!of(&[("database.class", "db.m6g.large")]));
    assert!(of(&[
        ("database.class", "db.m6g.large"),
        ("database.insights", "false")
    ]));
    assert!(of(&[
        ("database.class", "db.m6g.large"),
        ("database.engine", "postgres")
    ]));
}
