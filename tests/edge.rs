//! What stands in front of the application, seen through the command line.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::path::Path;
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
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
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
fn a_web_acl_stands_at_the_edge_whatever_the_region_and_another_before_the_api() {
    for region in ["us-east-1", "ap-northeast-1"] {
        let settings =
            format!("edge.cloudfront=true edge.waf=true api.enabled=true region={region}");
        let fronted = design("acl", &settings);
        let global = template(&fronted, "global");
        assert!(global.contains("Scope: CLOUDFRONT") && !global.contains("REGIONAL"));
        let edge = template(&fronted, "edge");
        assert!(edge.contains("WebACLId: !Ref WebAclArn"));
        assert!(edge.contains("Scope: REGIONAL") && !edge.contains("Scope: CLOUDFRONT"));
        assert!(edge.contains("ApiWebAclAssociation"));
        let plan = std::fs::read_to_string(format!("{fronted}.export/plan.json")).unwrap();
        let plan: Json = serde_json::from_str(&plan).unwrap();
        let stacks = plan["stacks"].as_array().unwrap();
        let of = |name: &str| stacks.iter().find(|it| it["name"] == name).unwrap();
        assert_eq!(of("global")["region"], "us-east-1");
        assert_eq!(of("edge")["parameters"]["WebAclArn"], "${global.WebAclArn}");
        assert_eq!(plan["regions"][0], region);
        assert!(!has(&codes(&fronted), "ED-004"));
    }
}

#[test]
fn address_lists_stand_before_the_rate_limit_and_the_denied_before_the_allowed() {
    let listed = "edge.waf=true edge.allow=198.51.100.0/24 edge.deny=203.0.113.0/24 edge.bot_control=true edge.sql_injection=true";
    let edge = template(&design("lists", listed), "edge");
    let names = [
        "Name: Denied",
        "Name: Allowed",
        "Name: RateLimit",
        "Name: IpReputation",
        "Name: Common",
        "Name: KnownBadInputs",
        "Name: SqlInjection",
        "Name: BotControl",
    ];
    let places: Vec<usize> = names.iter().map(|it| edge.find(it).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(edge.contains("Limit: !Ref WafRateLimit"));
}

const SITE: &str = "edge.cloudfront=true edge.static=true";

#[test]
fn static_files_come_from_a_private_bucket_over_cloudfront_alone() {
    let site = design("site", SITE);
    let way = |from: &str| {
        let arguments = [
            "trace",
            &site,
            "--from",
            from,
            "--to",
            "SiteBucket",
            "--json",
        ];
        serde_json::from_slice::<Json>(&azimuth(&arguments).stdout).unwrap()
    };
    let hops = serde_json::json!(["Users", "Distribution", "SiteBucket"]);
    assert_eq!(way("users")["hops"], hops);
    assert_eq!(way("internet")["reason"], "BUCKET_POLICY_DENIES");
    // Neither an Availability Zone nor the application takes part.
    for fault in ["az:a", "node:LoadBalancer"] {
        assert_eq!(outage(&site, fault, "static"), 0, "{fault}");
    }
    for fault in [
        "node:Distribution",
        "node:SiteBucket",
        "region:ap-northeast-1",
    ] {
        assert_eq!(outage(&site, fault, "static"), 3600, "{fault}");
    }
    let svg = stdout(&["draw", &site]);
    assert!(
        svg.contains("data-from=\"Distribution\" data-to=\"SiteBucket\""),
        "{svg}"
    );
    template(&site, "edge");
    let readme = std::fs::read_to_string(format!("{site}.export/README.md")).unwrap();
    assert!(
        readme.contains("aws s3 sync static \"s3://$site/static\""),
        "{readme}"
    );
}

#[test]
fn the_viewers_certificate_is_asked_for_in_us_east_1_unless_one_is_given() {
    let named = "edge.cloudfront=true balancer.domain=www.example.com balancer.hosted_zone_id=Z0123456789ABC";
    let asked = design("viewer", named);
    assert!(template(&asked, "global").contains("AWS::CertificateManager::Certificate"));
    assert!(template(&asked, "edge").contains("AcmCertificateArn: !Ref ViewerCertificateArn"));
    let arn = "edge.certificate=arn:aws:acm:us-east-1:111122223333:certificate/x";
    let given = design("viewer-given", &format!("{named} {arn}"));
    assert!(template(&given, "edge").contains("AcmCertificateArn: !Ref CloudFrontCertificateArn"));
    assert!(!std::fs::exists(format!("{given}.export/global.yaml")).unwrap());
}

#[test]
fn pages_are_kept_for_seconds_and_the_sample_page_says_how_long() {
    let kept = design(
        "pages",
        "edge.cloudfront=true edge.dynamic_seconds=5 edge.stale_seconds=60",
    );
    assert!(template(&kept, "edge").contains("DefaultTTL: !Ref DynamicCacheSeconds"));
    assert!(template(&kept, "app").contains("max-age=5, stale-while-revalidate=60"));
    assert!(!template(&design("unkept", "edge.cloudfront=true"), "app").contains("max-age"));
}

const LATENCY: &str =
    "dns.routing=latency dns.second_target=203.0.113.10 balancer.domain=www.example.com";

#[test]
fn latency_records_answer_with_the_other_region_while_one_fails() {
    let nearest = design("latency", LATENCY);
    let edge = template(&nearest, "edge");
    assert!(edge.contains("Region: !Ref AWS::Region") && edge.contains("Region: eu-west-1"));
    assert_eq!(edge.matches("HealthCheckId: !Ref").count(), 2, "{edge}");
    assert_eq!(outage(&nearest, "node:LoadBalancer", "answer"), 100);
    let told = stdout(&["fail", &nearest, "--fault", "node:LoadBalancer"]);
    assert!(
        told.contains("answers with the second Region alone"),
        "{told}"
    );
    // Behind CloudFront the name that it fetches from has them.
    let fronted = design("latency-origin", &format!("{LATENCY} edge.cloudfront=true"));
    let edge = template(&fronted, "edge");
    assert!(edge.contains("DomainName: !Sub origin.${DomainName}"));
    assert_eq!(
        edge.matches("Name: !Sub origin.${DomainName}").count(),
        3,
        "{edge}"
    );
    // A cache in one Region before the load balancers would choose for all edge locations.
    for (routing, shields) in [("latency", 1), ("failover", 2)] {
        let line = LATENCY.replace("routing=latency", &format!("routing={routing}"));
        let line = format!("{line} edge.cloudfront=true edge.origin_shield=true edge.static=true");
        let shielded = template(&design(&format!("shield-{routing}"), &line), "edge");
        assert_eq!(shielded.matches("OriginShield:").count(), shields, "{line}");
    }
}

/// What the function for images makes of a request, by a JavaScript engine.
fn rewritten(node: &Path, path: &str, accept: &str, width: &str) -> String {
    let run = format!(
        "{}\nconst request = {{uri: {path:?}, headers: {{accept: {{value: {accept:?}}}}}, querystring: {{width: {{value: {width:?}}}}}}};\nconsole.log(handler({{request}}).uri)",
        include_str!("../src/design/images.js")
    );
    let output = Command::new(node).args(["-e", &run]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn images_are_answered_by_the_file_of_their_format_and_width() {
    // Where there is no JavaScript engine, what it would do is not known.
    let found = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .map(|it| it.join("node"))
        .find(|it| it.exists());
    let Some(node) = found else {
        return;
    };
    let cases = [
        (
            "/static/images/shoes/red.jpg",
            "image/avif,image/webp",
            "600",
            "/static/images/w640/shoes/red.avif",
        ),
        (
            "/static/images/a.png",
            "image/webp",
            "9999",
            "/static/images/w1920/a.webp",
        ),
        (
            "/static/images/a.JPEG",
            "*/*",
            "",
            "/static/images/full/a.JPEG",
        ),
        (
            "/static/images/a.jpg",
            "",
            "-1",
            "/static/images/full/a.jpg",
        ),
        (
            "/static/images/w640/a.jpg",
            "image/avif",
            "9",
            "/static/images/w640/a.jpg",
        ),
        (
            "/static/images/a.svg",
            "image/avif",
            "9",
            "/static/images/a.svg",
        ),
        ("/static/app.js", "image/avif", "9", "/static/app.js"),
    ];
    for (path, accept, width, expected) in cases {
        assert_eq!(
            rewritten(&node, path, accept, width),
            expected,
            "{path} {accept} {width}"
        );
    }
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
