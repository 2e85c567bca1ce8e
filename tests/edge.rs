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

/// A template of a design's export.
fn template(design: &str, stack: &str) -> String {
    let folder = format!("{design}.export");
    stdout(&["export", design, "-o", &folder]);
    std::fs::read_to_string(format!("{folder}/{stack}.yaml")).unwrap()
}

#[test]
fn a_domain_gets_its_certificate_its_record_and_the_redirect() {
    let named = design(
        "domain",
        "balancer.https=true balancer.domain=www.example.com balancer.hosted_zone_id=Z0123456789ABC",
    );
    let app = template(&named, "app");
    for part in [
        "AWS::CertificateManager::Certificate",
        "ValidationMethod: DNS",
        "CertificateArn: !Ref Certificate",
        "StatusCode: HTTP_301",
    ] {
        assert!(app.contains(part), "{part}");
    }
    let edge = template(&named, "edge");
    assert!(edge.contains("AWS::Route53::RecordSet"));
    assert!(edge.contains("Value: !Sub https://${DomainName}"));
    let found = codes(&named);
    assert!(
        !has(&found, "LB-004") && !has(&found, "LB-013"),
        "{found:?}"
    );
    assert!(has(&codes(&design("unnamed", "")), "LB-004"));
}

#[test]
fn rules_of_path_and_host_and_sticky_sessions_are_options() {
    let ruled = design(
        "rules",
        "balancer.path_rule=/admin/* balancer.path_action=deny balancer.host_rule=old.example.com balancer.host_action=maintenance balancer.stickiness=true balancer.stickiness_seconds=3600",
    );
    let app = template(&ruled, "app");
    for part in [
        "Field: path-pattern",
        "- /admin/*",
        "StatusCode: '403'",
        "Field: host-header",
        "- old.example.com",
        "StatusCode: '503'",
        "stickiness.lb_cookie.duration_seconds",
        "'3600'",
    ] {
        assert!(app.contains(part), "{part}\n{app}");
    }
}

#[test]
fn behind_cloudfront_the_load_balancer_lets_nobody_else_in() {
    let fronted = design("cloudfront", "edge.cloudfront=true");
    let hops = |from: &str| {
        let output = azimuth(&[
            "trace",
            &fronted,
            "--from",
            from,
            "--to",
            "LoadBalancer",
            "--json",
        ]);
        serde_json::from_slice::<Json>(&output.stdout).unwrap()
    };
    let users = hops("users");
    assert_eq!(
        users["hops"],
        serde_json::json!(["Users", "Distribution", "InternetGateway", "LoadBalancer"])
    );
    let internet = hops("internet");
    assert_eq!(internet["reachable"], false, "{internet}");
    assert!(
        template(&fronted, "security").contains("SourcePrefixListId: !Ref CloudFrontPrefixListId")
    );
    let app = template(&fronted, "app");
    assert!(app.contains("HttpHeaderName: X-Origin-Verify"));
    assert!(app.contains("StatusCode: '403'"));
    let edge = template(&fronted, "edge");
    assert!(edge.contains("HttpVersion: http2and3"));
    assert!(stdout(&["draw", &fronted]).contains("data-name=\"Distribution\""));
    assert_eq!(outage(&fronted, "node:Distribution", "request"), 3600);
}

#[test]
fn cloudfront_is_billed_by_where_the_viewers_are() {
    let bill = |traffic: &str| monthly(&design("cdn", &format!("edge.cloudfront=true {traffic}")));
    let none = bill("");
    // Tokyo: 100 GB at 0.114 to Japan; a million requests are a hundred times 0.012.
    assert!((bill("assume.cdn_japan_gb=100") - none - 11.4).abs() < 0.01);
    assert!((bill("assume.requests_millions=1") - none - 1.2).abs() < 0.01);
    let both = bill("assume.cdn_america_gb=100 assume.requests_millions=1");
    assert!((both - none - 8.5 - 1.0).abs() < 0.01, "{both}");
}

#[test]
fn a_web_acl_stands_at_the_edge_in_us_east_1_and_says_why_not_elsewhere() {
    let settings = "edge.cloudfront=true edge.waf=true";
    let near = design("acl-near", &format!("{settings} region=us-east-1"));
    let far = design("acl-far", settings);
    assert!(template(&near, "edge").contains("Scope: CLOUDFRONT"));
    assert!(template(&near, "edge").contains("WebACLId: !GetAtt WebAcl.Arn"));
    assert!(template(&far, "edge").contains("AggregateKeyType: FORWARDED_IP"));
    assert!(!has(&codes(&near), "ED-004") && has(&codes(&far), "ED-004"));
}

const FAILOVER: &str = "dns.failover=true balancer.domain=www.example.com";

#[test]
fn dns_leads_users_to_the_secondary_while_no_zone_answers() {
    let failing = design("failover", FAILOVER);
    // Three checks, 30 s apart, then records that live 60 s and fade out in six steps.
    assert_eq!(outage(&failing, "node:LoadBalancer", "request"), 3600);
    assert_eq!(outage(&failing, "node:LoadBalancer", "answer"), 100);
    let quick = design(
        "failover-quick",
        &format!("{FAILOVER} dns.interval=10 dns.threshold=2"),
    );
    assert_eq!(outage(&quick, "node:LoadBalancer", "answer"), 30);
    let told = stdout(&["fail", &failing, "--fault", "node:LoadBalancer"]);
    assert!(told.contains("answers with the secondary"), "{told}");
}

#[test]
fn the_page_is_lost_with_its_region_and_another_secondary_is_not() {
    let region = "region:ap-northeast-1";
    let page = design("failover-page", FAILOVER);
    let elsewhere = design(
        "failover-else",
        &format!("{FAILOVER} dns.secondary=203.0.113.10"),
    );
    assert_eq!(outage(&page, region, "answer"), 3600);
    assert_eq!(outage(&elsewhere, region, "answer"), 100);
}

#[test]
fn a_zone_alone_does_not_fail_over() {
    let failing = design("failover-zone", FAILOVER);
    let told = stdout(&["fail", &failing, "--fault", "az:b"]);
    assert!(!told.contains("Route 53"), "{told}");
}

#[test]
fn failover_is_a_health_check_and_two_records_and_has_a_price() {
    let failing = design(
        "failover-parts",
        &format!("{FAILOVER} balancer.https=true dns.interval=10"),
    );
    let edge = template(&failing, "edge");
    for part in [
        "AWS::Route53::HealthCheck",
        "Failover: PRIMARY",
        "HealthCheckId: !Ref HealthCheck",
        "Failover: SECONDARY",
        "WebsiteConfiguration",
    ] {
        assert!(edge.contains(part), "{part}\n{edge}");
    }
    let without = design(
        "failover-off",
        "balancer.https=true balancer.domain=www.example.com",
    );
    // A check of an AWS endpoint, and HTTPS and the fast interval as its features.
    let extra = monthly(&failing) - monthly(&without);
    assert!((extra - 2.5).abs() < 0.01, "{extra}");
    assert!(has(
        &codes(&design("failover-unnamed", "dns.failover=true")),
        "DNS-003"
    ));
}
