//! S2: who reaches the private API and who does not, where a call ends and why, and what of it survives which loss.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::blueprint;
use azimuth::design::{Design, Override};
use azimuth::diagram::{Detail, draw};
use azimuth::failure::{Course, EventKind, Fault, Health, Status, Timeline, faults, play, sweep};
use azimuth::text::Lang;
use azimuth::topology::traffic::{Trace, all_up, endpoints, trace, usual_port};
use azimuth::topology::{LinkKind, Topology, journeys, links, needs};
use serde_json::{Value as Json, json};

const FUNCTION: &str = "ClientFunction";
const ZONE: &str = "ClientHostedZone";
const PEERING: &str = "ClientPeering";
const ENDPOINT: &str = "ExecuteApiEndpoint";
const API: &str = "PrivateApi";

fn s2(options: &[(&str, &str)]) -> Design {
    let mut design = blueprint::base("cross-region-private-api").unwrap();
    for (key, value) in options {
        design.set(key, value).unwrap();
    }
    design
}

fn set(resource: &str, property: &str, value: Json) -> Override {
    Override::Set {
        resource: resource.into(),
        property: property.into(),
        value,
    }
}

fn without(resource: &str) -> Override {
    Override::Remove {
        resource: resource.into(),
    }
}

fn edited(edits: &[Override]) -> Design {
    let mut design = s2(&[]);
    design.overrides.extend_from_slice(edits);
    assert!(design.expand().notes.is_empty(), "{edits:?}");
    design
}

fn call(topology: &Topology) -> Trace {
    trace(topology, FUNCTION, API, 443, &all_up)
}

/// Hops after the function, and the code of the reason.
fn told(trace: &Trace) -> (Vec<&str>, &'static str) {
    let hops = trace.hops.iter().skip(1).map(|it| it.as_str());
    (hops.collect(), trace.reason.map_or("", |it| it.code()))
}

fn fail(design: &Design, fault: &str) -> Timeline {
    let topology = design.expand();
    let fault = Fault::parse(fault, &topology).unwrap_or_else(|problem| panic!("{problem}"));
    play(&topology, &design.assumptions, &fault)
}

fn course<'a>(timeline: &'a Timeline, id: &str) -> &'a Course {
    timeline.journeys.iter().find(|it| it.id == id).unwrap()
}

fn success(timeline: &Timeline, t: u32) -> f64 {
    let states = course(timeline, "call").states.iter();
    states.take_while(|it| it.t <= t).last().unwrap().success
}

#[test]
fn a_call_passes_zone_peering_and_endpoint_on_its_way_to_the_api() {
    let topology = s2(&[]).expand();
    let whole = (vec![ZONE, PEERING, ENDPOINT, API], "");
    assert_eq!(told(&call(&topology)), whole);
    for part in ["ClientFunction.a", "ClientFunction.b", "ClientSubnetA"] {
        assert_eq!(told(&trace(&topology, part, API, 443, &all_up)), whole);
    }
    assert_eq!(usual_port(&topology, API), 443);
    for name in [FUNCTION, "ClientFunction.b", API, ENDPOINT] {
        assert!(endpoints(&topology).contains(&name.into()), "{name}");
    }
    let second = s2(&[("client.second", "true")]).expand();
    assert_eq!(
        told(&trace(&second, "SecondClientFunction", API, 443, &all_up)).0,
        [
            "SecondClientHostedZone",
            "SecondClientPeering",
            ENDPOINT,
            API
        ]
    );
}

#[test]
fn the_vpc_of_the_api_itself_needs_no_zone_and_no_peering() {
    let mut design = s2(&[]);
    let inside = json!({"SubnetIds": [{"Ref": "PrivateSubnetA"}], "SecurityGroupIds": []});
    design.overrides = vec![
        set(FUNCTION, "VpcConfig", inside),
        set(
            "EndpointSecurityGroup",
            "SecurityGroupIngress",
            json!([{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/16"}]),
        ),
    ];
    let topology = design.expand();
    assert_eq!(told(&call(&topology)), (vec![ENDPOINT, API], ""));
    let off = set(ENDPOINT, "PrivateDnsEnabled", json!(false));
    design.overrides.push(off);
    let unresolved = "DNS_ZONE_NOT_ASSOCIATED";
    assert_eq!(told(&call(&design.expand())), (vec![ZONE], unresolved));
}

#[test]
fn an_api_that_takes_unsigned_calls_has_an_endpoint_that_lets_them_through() {
    let open = s2(&[("api.authorization", "none")]);
    assert!(call(&open.expand()).is_reachable());
    // Who does not sign is nobody, whom a condition on the account does not let through.
    let own = json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:PrincipalAccount": {"Ref": "AWS::AccountId"}}}});
    let held = set(ENDPOINT, "PolicyDocument", json!({"Statement": [own]}));
    assert!(call(&edited(std::slice::from_ref(&held)).expand()).is_reachable());
    let mut refused = open;
    refused.overrides.push(held);
    let found = call(&refused.expand());
    assert_eq!(
        told(&found),
        (vec![ZONE, PEERING, ENDPOINT], "VPCE_POLICY_DENIES")
    );
}

#[test]
fn the_public_is_kept_out() {
    let topology = s2(&[]).expand();
    for outside in ["Users", "Internet"] {
        assert!(!trace(&topology, outside, API, 443, &all_up).is_reachable());
    }
    let internet = trace(&topology, FUNCTION, "Internet", 443, &all_up);
    assert!(!internet.is_reachable());
}

#[test]
fn each_option_that_is_missing_ends_the_call_at_its_own_hop() {
    for (key, hops, code, words) in [
        (
            "client.return_routes",
            &[ZONE, PEERING, ENDPOINT][..],
            "NO_ROUTE_TO_DESTINATION",
            "back to the source",
        ),
        (
            "client.hosted_zone",
            &[],
            "DNS_NAME_NOT_RESOLVED",
            "does not resolve",
        ),
        (
            "client.peering",
            &[ZONE],
            "DISCONNECTED_VPCS",
            "no peering connection",
        ),
    ] {
        let design = s2(&[(key, "false")]);
        let traced = call(&design.expand());
        assert_eq!(told(&traced), (hops.to_vec(), code), "{key}");
        let said = traced.reason.unwrap().words().render(Lang::En);
        assert!(said.contains(words), "{key}: {said}");
        let timeline = fail(&design, "az:a");
        assert!(course(&timeline, "call").was_down, "{key}");
        assert_eq!(success(&timeline, 0), 0.0, "{key}");
        let mut events = timeline.events.iter();
        let first = events.find(|it| it.kind == EventKind::Detected).unwrap();
        let place = hops.last().unwrap_or(&FUNCTION);
        assert_eq!(first.subject.as_str(), *place, "{key}");
        assert!(first.text.render(Lang::En).contains(words), "{key}");
    }
}

#[test]
fn each_edit_that_breaks_the_call_does_so_at_its_own_hop() {
    let elsewhere = json!([{"VPCId": {"Ref": "Vpc"}, "VPCRegion": "ap-northeast-1"}]);
    let closed =
        json!([{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.0.0.0/16"}]);
    let says = |effect: &str, operator: &str, endpoint: &str| {
        json!({"Effect": effect, "Principal": "*", "Action": "execute-api:Invoke", "Resource": "*",
            "Condition": {operator: {"aws:SourceVpce": endpoint}}})
    };
    let document = |statement: Json| json!({"Version": "2012-10-17", "Statement": [statement]});
    let logs = json!({"Effect": "Allow", "Principal": "*", "Action": "logs:*", "Resource": "*"});
    let refused = json!({"Version": "2012-10-17", "Statement": [
        says("Allow", "StringNotEquals", "vpce-0"), says("Deny", "StringNotEquals", "vpce-0")]});
    let whole = [ZONE, PEERING, ENDPOINT, API];
    for (edits, hops, code) in [
        (vec![without("ClientApiRecord")], 0, "DNS_NAME_NOT_RESOLVED"),
        (
            vec![set(ZONE, "VPCs", elsewhere)],
            1,
            "DNS_ZONE_NOT_ASSOCIATED",
        ),
        (
            vec![set("ClientVpc", "EnableDnsHostnames", json!(false))],
            0,
            "DNS_ATTRIBUTES_OFF",
        ),
        (
            vec![set("ClientVpc", "EnableDnsSupport", json!(false))],
            0,
            "DNS_ATTRIBUTES_OFF",
        ),
        (
            vec![set("ClientSecurityGroup", "SecurityGroupEgress", closed)],
            1,
            "ENI_SG_RULES_MISMATCH",
        ),
        (
            vec![without("ClientRouteToMain")],
            1,
            "NO_ROUTE_TO_DESTINATION",
        ),
        (vec![without(PEERING)], 1, "BAD_STATE_ROUTE"),
        (
            vec![without("ClientToEndpoints443Ingress")],
            3,
            "ENI_SG_RULES_MISMATCH",
        ),
        (vec![without(ENDPOINT)], 1, "DNS_NAME_NOT_RESOLVED"),
        (
            vec![set(ENDPOINT, "PolicyDocument", document(logs))],
            3,
            "VPCE_POLICY_DENIES",
        ),
        (
            vec![set(API, "Policy", document(json!([])))],
            4,
            "API_RESOURCE_POLICY_DENIES",
        ),
        (
            vec![set(API, "Policy", json!({}))],
            4,
            "API_RESOURCE_POLICY_MISSING",
        ),
        (
            vec![set(API, "Policy", refused)],
            4,
            "API_RESOURCE_POLICY_DENIES",
        ),
        (
            vec![set(
                API,
                "Policy",
                document(says("Allow", "StringEquals", "vpce-0")),
            )],
            4,
            "API_RESOURCE_POLICY_DENIES",
        ),
    ] {
        let traced = call(&edited(&edits).expand());
        assert_eq!(told(&traced), (whole[..hops].to_vec(), code), "{edits:?}");
    }
}

#[test]
fn a_way_back_from_one_zone_alone_is_used_by_half_of_the_calls() {
    let mut design = s2(&[("network.nat", "per-az")]);
    design.overrides = vec![without("PrivateRouteTableBToClient")];
    let topology = design.expand();
    assert!(topology.notes.is_empty());
    assert!(call(&topology).is_reachable());
    let timeline = fail(&design, "az:us-east-1a");
    assert!(!course(&timeline, "call").was_down);
    assert_eq!(success(&timeline, 1000), 0.5);
    // What is left of DNS's answers leads to the zone without a way back.
    assert_eq!(success(&fail(&design, "az:a"), 1000), 0.0);
}

#[test]
fn a_zone_lost_in_either_region_leaves_the_call_alive() {
    let design = s2(&[]);
    for (fault, healed) in [
        ("az:a", 120),
        ("az:b", 120),
        ("az:us-east-1a", 60),
        ("az:us-east-1b", 60),
    ] {
        let timeline = fail(&design, fault);
        assert_eq!(timeline.fault.to_string(), fault);
        let call = course(&timeline, "call");
        assert_eq!((call.outage_s, call.degraded_s), (0, healed), "{fault}");
        assert_eq!(success(&timeline, 0), 0.5, "{fault}");
        assert_eq!(success(&timeline, healed), 1.0, "{fault}");
        let dark = timeline.at(0);
        let zones = dark.iter().filter(|(it, _)| it.starts_with("az:"));
        let zones: Vec<&str> = zones.map(|(it, _)| it.as_str()).collect();
        assert_eq!(zones, [fault], "{fault}");
        let all_well = timeline.at(timeline.end_s);
        assert!(
            all_well.values().all(|it| *it == Status::Healthy),
            "{fault}"
        );
    }
    let here = fail(&design, "az:a").at(0);
    assert_eq!(here["PrivateSubnetA"], Status::Failed);
    assert!(!here.contains_key("ClientSubnetA"));
    let there = fail(&design, "az:us-east-1a").at(0);
    assert_eq!(there["ClientSubnetA"], Status::Failed);
    assert_eq!(there[FUNCTION], Status::Degraded);
    assert!(!there.contains_key("PrivateSubnetA"));
}

#[test]
fn what_ends_the_call_and_for_how_long() {
    let design = s2(&[]);
    for (fault, outage) in [
        ("region:ap-northeast-1", 3600),
        ("region:us-east-1", 3600),
        ("az:a+b", 1800),
        ("az:us-east-1a+us-east-1b", 1800),
        ("node:ClientPeering", 3600),
        ("node:ClientHostedZone", 3600),
        ("node:PrivateApi", 3600),
        ("node:ExecuteApiEndpoint", 3600),
        ("node:ClientFunction", 3600),
        ("node:ExecuteApiEndpoint.a", 0),
        ("node:ClientFunction.b", 0),
    ] {
        let timeline = fail(&design, fault);
        assert_eq!(course(&timeline, "call").outage_s, outage, "{fault}");
        let lost = timeline.events.iter().any(|it| it.kind == EventKind::Lost);
        assert!(lost, "{fault} says what is lost");
    }
}

#[test]
fn a_lost_region_is_dark_and_the_other_one_is_not() {
    let design = s2(&[]);
    let far = fail(&design, "region:us-east-1").at(0);
    for name in [
        "az:us-east-1a",
        "az:us-east-1b",
        "ClientVpc",
        "ClientSubnetA",
        FUNCTION,
    ] {
        assert_eq!(far[name], Status::Failed, "{name}");
    }
    for name in ["az:a", "Vpc", ENDPOINT, API, ZONE] {
        assert!(!far.contains_key(name), "{name}");
    }
    let near = fail(&design, "region:ap-northeast-1").at(0);
    for name in ["az:a", "az:b", "Vpc", ENDPOINT, API] {
        assert_eq!(near[name], Status::Failed, "{name}");
    }
    // Route 53 answers wherever a Region is down.
    for name in ["az:us-east-1a", "ClientVpc", FUNCTION, ZONE] {
        assert!(!near.contains_key(name), "{name}");
    }
}

#[test]
fn a_peering_that_is_taken_away_is_told_and_cuts_the_clients_subnets_off() {
    let timeline = fail(&s2(&[]), "node:ClientPeering");
    let told: Vec<String> = timeline
        .events
        .iter()
        .map(|it| it.text.render(Lang::En))
        .collect();
    assert!(
        told.iter().any(|it| it.contains("is taken away")),
        "{told:?}"
    );
    assert!(!told.iter().any(|it| it.contains("AWS would repair")));
    let state = timeline.at(0);
    assert_eq!(state[PEERING], Status::Failed);
    assert_eq!(state["ClientSubnetA"], Status::Degraded);
}

#[test]
fn modelled_seconds_say_so() {
    let timeline = fail(&s2(&[]), "az:us-east-1a");
    let mut events = timeline.events.iter();
    let shifted = events
        .find(|it| *it.subject == *"ClientFunction.a" && it.kind == EventKind::Removed)
        .unwrap();
    assert!(shifted.source.modelled);
    let lost = &timeline.events[1];
    assert!(!lost.source.modelled && lost.subject.starts_with("ClientFunction"));
    assert!(lost.text.render(Lang::En).contains("zone us-east-1a"));
}

#[test]
fn both_clients_have_a_journey_and_fall_alone() {
    let design = s2(&[("client.second", "true")]);
    let topology = design.expand();
    let ids: Vec<&str> = journeys(&topology).iter().map(|it| it.id).collect();
    assert_eq!(ids, ["call", "second-call"]);
    for (fault, calls) in [
        ("region:us-east-1", [3600, 0]),
        ("region:eu-west-1", [0, 3600]),
        ("node:SecondClientPeering", [0, 3600]),
        ("region:ap-northeast-1", [3600, 3600]),
        ("az:eu-west-1a+eu-west-1b", [0, 1800]),
    ] {
        let timeline = fail(&design, fault);
        let outages = ["call", "second-call"].map(|it| course(&timeline, it).outage_s);
        assert_eq!(outages, calls, "{fault}");
    }
}

#[test]
fn a_client_in_one_zone_goes_down_with_it() {
    let design = s2(&[("client.zones", "1")]);
    assert_eq!(
        course(&fail(&design, "az:us-east-1a"), "call").outage_s,
        1800
    );
    let single = s2(&[("endpoints.zones", "a")]);
    assert_eq!(course(&fail(&single, "az:a"), "call").outage_s, 1800);
    assert_eq!(course(&fail(&single, "az:b"), "call").outage_s, 0);
}

#[test]
fn a_client_in_the_main_region_shares_its_zones() {
    let design = s2(&[("client.region", "ap-northeast-1")]);
    let topology = design.expand();
    assert_eq!(topology.sites().len(), 2);
    let timeline = fail(&design, "az:a");
    assert_eq!(success(&timeline, 0), 0.25);
    assert_eq!(timeline.at(0)["ClientSubnetA"], Status::Failed);
}

#[test]
fn zones_are_written_with_their_region_unless_it_is_the_first() {
    let topology = s2(&[]).expand();
    let parse = |given: &str| {
        let parsed = Fault::parse(given, &topology);
        parsed.map_or_else(|it| it.render(Lang::En), |it| it.to_string())
    };
    for (given, read) in [
        ("az:a", "az:a"),
        ("az:b+a", "az:a+b"),
        ("az:us-east-1B", "az:us-east-1b"),
        ("az:us-east-1b+us-east-1a", "az:us-east-1a+us-east-1b"),
        ("region:us-east-1", "region:us-east-1"),
        ("node:ClientPeering", "node:ClientPeering"),
    ] {
        assert_eq!(parse(given), read);
    }
    for (given, words) in [
        ("az:c", "its zones: a, b, us-east-1a, us-east-1b"),
        ("az:us-east-1c", "its zones: a, b, us-east-1a, us-east-1b"),
        ("az:eu-west-1a", "has no zone"),
        ("az:ap-northeast-1a", "has no zone"),
        ("az:", "has no zone"),
        ("az:zone-å", "has no zone"),
        ("az:a+us-east-1a", "of two"),
        ("region:eu-west-1", "its Regions: ap-northeast-1, us-east-1"),
    ] {
        assert!(parse(given).contains(words), "{given}: {}", parse(given));
    }
}

#[test]
fn the_sweep_has_every_zone_of_every_region_and_each_region() {
    let design = s2(&[]);
    let topology = design.expand();
    let all = faults(&topology, &design.assumptions);
    let written: Vec<String> = all.iter().map(Fault::to_string).collect();
    assert_eq!(
        written,
        [
            "az:a",
            "az:b",
            "az:us-east-1a",
            "az:us-east-1b",
            "az:a+b",
            "az:us-east-1a+us-east-1b",
            "region:ap-northeast-1",
            "region:us-east-1",
            "node:ExecuteApiEndpoint.a",
            "node:ExecuteApiEndpoint.b",
            "node:ClientFunction.a",
            "node:ClientFunction.b",
            "node:PrivateApi",
            "node:ClientPeering",
            "node:ClientHostedZone",
        ]
    );
    let rows = sweep(&topology, &design.assumptions);
    for (row, fault) in rows.iter().zip(&all) {
        assert_eq!(row.fault, *fault);
        assert_eq!(Fault::parse(&fault.to_string(), &topology).unwrap(), *fault);
        let timeline = play(&topology, &design.assumptions, fault);
        assert_eq!(
            row.journeys[0].outage_s, timeline.journeys[0].outage_s,
            "{fault}"
        );
        let worst = timeline.journeys[0].states.iter().map(|it| it.status).max();
        assert_eq!(Some(row.journeys[0].worst), worst, "{fault}");
        assert_ne!(row.journeys[0].worst, Health::Ok, "{fault}");
    }
}

#[test]
fn a_function_needs_its_endpoint_its_api_and_the_peering_between() {
    let topology = s2(&[]).expand();
    let links = links(&topology);
    for name in [FUNCTION, "ClientFunction.a"] {
        let needed = needs(&topology, &links, &name.into());
        let told: Vec<String> = needed
            .iter()
            .map(|it| format!("{} > {}", it.from, it.to))
            .collect();
        assert_eq!(
            told,
            [
                "ClientFunction > ClientHostedZone",
                "ClientFunction > ExecuteApiEndpoint",
                "ExecuteApiEndpoint > PrivateApi",
                "ClientVpc > Vpc"
            ],
            "{name}"
        );
    }
}

#[test]
fn the_drawing_names_zones_and_breaks_the_wires_over_a_peering_that_is_gone() {
    let drawing = draw(&s2(&[]).expand(), Detail::Network, Lang::En);
    let zones = drawing.items.iter().filter(|it| it.name.starts_with("az:"));
    let mut zones: Vec<&str> = zones.map(|it| it.name.as_str()).collect();
    zones.sort_unstable();
    assert_eq!(zones, ["az:a", "az:b", "az:us-east-1a", "az:us-east-1b"]);
    let mut wires = drawing.wires.iter();
    let peering = wires.find(|it| it.kind == LinkKind::Peering).unwrap();
    assert!(peering.needs.contains(&PEERING.into()));
    let mut wires = drawing.wires.iter();
    let call = wires.find(|it| *it.from == *FUNCTION && *it.to == *ENDPOINT);
    let needed = &call.unwrap().needs;
    for name in [FUNCTION, ZONE, PEERING, ENDPOINT] {
        assert!(needed.contains(&name.into()), "{name}");
    }
}

/// Without the way back the call is drawn as one that gets no answer, and so it is without a name or a peering; where a
/// policy refuses it, the wire behind the endpoint is the one.
#[test]
fn the_drawing_shows_where_a_call_dies() {
    let shut = serde_json::json!({"Statement": []});
    let deny = Override::Set {
        resource: API.to_owned(),
        property: "Policy".to_owned(),
        value: shut,
    };
    for (settings, edit, blocked) in [
        (&[][..], None, None),
        (&[("client.return_routes", "false")], None, Some(ENDPOINT)),
        (&[("client.hosted_zone", "false")], None, Some(ENDPOINT)),
        (&[("client.peering", "false")], None, Some(ENDPOINT)),
        (&[], Some(deny), Some(API)),
    ] {
        let mut design = s2(settings);
        design.overrides.extend(edit);
        let drawing = draw(&design.expand(), Detail::Network, Lang::En);
        let dead = drawing
            .wires
            .iter()
            .filter(|it| it.kind == LinkKind::Blocked);
        let ends: Vec<&str> = dead.map(|it| it.to.as_str()).collect();
        assert_eq!(
            ends,
            blocked.into_iter().collect::<Vec<_>>(),
            "{settings:?}"
        );
        let is_told = drawing.legend.iter().any(|it| it.kind == LinkKind::Blocked);
        assert_eq!(is_told, blocked.is_some(), "{settings:?}");
    }
}
