//! The resources of S1 are those of its document, and the tracer says where a broken path ends.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use azimuth::aws::{NatGateway, Route, RouteTableAssociation, Subnet, Vpc};
use azimuth::blueprint::{self, base};
use azimuth::design::{Design, Override};
use azimuth::topology::{
    INTERNET, Topology, USERS, controls, journeys, links, needs, parts, traffic,
};

fn design(options: &[(&str, &str)]) -> Design {
    let mut design = base("multi-tier-web").unwrap();
    for (key, given) in options {
        design.set(key, given).unwrap();
    }
    design
}

#[test]
fn the_default_is_reviewed_by_reading() {
    let topology = design(&[]).expand();
    let mut told = String::new();
    for node in topology.nodes() {
        let stack = topology.stacks[node.stack].name;
        told += &format!("{stack:<14} {:<42} {}\n", node.name, node.resource.kind());
    }
    told += "\nparts\n";
    for part in parts(&topology) {
        told += &format!("{:<24} {} in {}\n", part.name, part.zone, part.subnet);
    }
    told += "\nlinks\n";
    for link in links(&topology) {
        let label = link.label.unwrap_or_default();
        told += &format!("{:?}: {} -> {} {label}\n", link.kind, link.from, link.to);
    }
    told += "\njourneys\n";
    for journey in journeys(&topology) {
        let legs: Vec<String> = journey
            .legs
            .iter()
            .map(|it| format!("{} -> {} {}", it.from, it.to, it.port))
            .collect();
        told += &format!("{}: {}\n", journey.id, legs.join(", "));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_network_is_that_of_the_document() {
    let topology = design(&[]).expand();
    let (_, vpc) = topology.all::<Vpc>().next().unwrap();
    assert_eq!(
        (
            vpc.cidr.to_string().as_str(),
            vpc.dns_support,
            vpc.dns_hostnames
        ),
        ("10.0.0.0/16", true, true)
    );
    let subnets: Vec<(String, String, char)> = topology
        .all::<Subnet>()
        .map(|(name, it)| (name.to_string(), it.cidr.to_string(), it.zone.letter()))
        .collect();
    let expected = [
        ("PublicSubnetA", "10.0.0.0/24", 'a'),
        ("PrivateSubnetA", "10.0.1.0/24", 'a'),
        ("PublicSubnetB", "10.0.2.0/24", 'b'),
        ("PrivateSubnetB", "10.0.3.0/24", 'b'),
    ];
    assert_eq!(
        subnets,
        expected.map(|(name, cidr, zone)| (name.to_owned(), cidr.to_owned(), zone))
    );
    let (_, nat) = topology.all::<NatGateway>().next().unwrap();
    assert_eq!(nat.subnet.as_ref().unwrap().name.as_str(), "PublicSubnetA");
    for subnet in ["PublicSubnetA", "PublicSubnetB"] {
        assert!(topology.is_public(subnet));
    }
    for subnet in ["PrivateSubnetA", "PrivateSubnetB"] {
        let route = traffic::default_route(&topology, subnet).unwrap();
        assert_eq!(route.target().unwrap().as_str(), "NatGatewayA");
    }
    assert_eq!(topology.all::<Route>().count(), 2);
}

#[test]
fn what_is_looked_up_once_is_what_is_asked_one_by_one() {
    for blueprint in blueprint::ALL {
        let mut topology = (blueprint.design)().with("network.zones", "3").expand();
        // Of two associations of one subnet, and of two default routes, the first one counts.
        let all = topology.all::<RouteTableAssociation>();
        let all: Vec<RouteTableAssociation> = all.map(|(_, it)| it.clone()).collect();
        for (place, (one, other)) in all.iter().zip(all.iter().skip(1)).enumerate() {
            let second = RouteTableAssociation {
                table: other.table.clone(),
                ..one.clone()
            };
            topology.add(0, format!("Second{place}"), second);
        }
        let routes: Vec<Route> = topology.all::<Route>().map(|(_, it)| it.clone()).collect();
        for (place, route) in routes.iter().filter(|it| it.is_default()).enumerate() {
            let second = Route {
                gateway: None,
                nat: None,
                ..route.clone()
            };
            topology.add(0, format!("SecondRoute{place}"), second);
        }
        let tables = traffic::Tables::new(&topology);
        assert!(topology.all::<Subnet>().next().is_some());
        for (subnet, _) in topology.all::<Subnet>() {
            assert_eq!(tables.of(subnet), topology.table_of(subnet));
            assert_eq!(tables.is_public(subnet), topology.is_public(subnet));
            let route = traffic::default_route(&topology, subnet);
            assert_eq!(tables.default_route(subnet), route);
        }
    }
}

/// Names that a template may mention without a node: parameters and pseudo parameters.
fn is_known(topology: &Topology, name: &str) -> bool {
    topology.node(name).is_some()
        || name.starts_with("AWS::")
        || topology
            .stacks
            .iter()
            .any(|it| it.parameters.iter().any(|it| it.name == *name))
}

#[test]
fn every_reference_of_every_variant_resolves_and_points_to_an_earlier_or_the_same_stack() {
    let nats = ["single", "per-az", "regional", "endpoints-only", "none"];
    let others: [&[(&str, &str)]; 4] = [
        &[],
        &[
            ("balancer.https", "true"),
            ("database.engine", "postgres"),
            ("fleet.scaling", "step"),
        ],
        &[
            ("network.tiers", "3"),
            ("network.secondary_cidrs", "100.64.0.0/16"),
            ("endpoints.ssm", "true"),
            ("endpoints.zones", "a"),
            ("balancer.access_logs", "false"),
            ("observability.flow_logs", "false"),
            ("observability.trail", "false"),
        ],
        &[
            ("observability.alarms", "false"),
            ("observability.dashboard", "false"),
            ("database.monitoring_seconds", "0"),
        ],
    ];
    for zones in 1..=6 {
        for nat in nats {
            for other in others {
                let zones = zones.to_string();
                let options = [
                    &[("network.zones", zones.as_str()), ("network.nat", nat)],
                    other,
                ]
                .concat();
                let topology = design(&options).expand();
                for node in topology.nodes() {
                    for name in node.references() {
                        assert!(
                            is_known(&topology, &name),
                            "{options:?}: {} mentions {name}",
                            node.name
                        );
                        let target = topology.node(&name).map_or(0, |it| it.stack);
                        assert!(
                            target <= node.stack,
                            "{options:?}: {} needs {name} of a later stack",
                            node.name
                        );
                    }
                }
            }
        }
    }
}

fn remove(resource: &str) -> Override {
    Override::Remove {
        resource: resource.into(),
    }
}

fn set(resource: &str, property: &str, value: serde_json::Value) -> Override {
    Override::Set {
        resource: resource.into(),
        property: property.into(),
        value,
    }
}

#[test]
fn a_broken_path_ends_at_the_right_hop_with_the_analyzers_reason() {
    let cases: Vec<(Override, &str, &str, &str, &[&str])> = vec![
        (
            remove("PrivateDefaultRoute"),
            "WebGroup",
            INTERNET,
            "NO_ROUTE_TO_DESTINATION",
            &["WebGroup"],
        ),
        (
            remove("NatGatewayA"),
            "WebGroup",
            INTERNET,
            "BAD_STATE_ROUTE",
            &["WebGroup"],
        ),
        (
            remove("InternetGatewayAttachment"),
            "WebGroup",
            INTERNET,
            "BAD_STATE_ATTACHMENT",
            &["WebGroup", "NatGatewayA", "InternetGateway"],
        ),
        (
            remove("PublicDefaultRoute"),
            "WebGroup",
            INTERNET,
            "NO_ROUTE_TO_DESTINATION",
            &["WebGroup", "NatGatewayA"],
        ),
        (
            set(
                "NatGatewayA",
                "SubnetId",
                serde_json::json!({"Ref": "PrivateSubnetA"}),
            ),
            "WebGroup",
            INTERNET,
            "NO_PATH",
            &["WebGroup", "NatGatewayA"],
        ),
        (
            set("NatGatewayA", "AllocationId", serde_json::Value::Null),
            "WebGroup",
            INTERNET,
            "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
            &["WebGroup", "NatGatewayA", "InternetGateway"],
        ),
        (
            remove("WebToDatabase3306Ingress"),
            "WebGroup",
            "Database",
            "ENI_SG_RULES_MISMATCH",
            &["WebGroup"],
        ),
        (
            remove("LoadBalancerToWeb80Ingress"),
            "LoadBalancer",
            "WebGroup",
            "ENI_SG_RULES_MISMATCH",
            &["LoadBalancer"],
        ),
        (
            remove("HttpListener"),
            USERS,
            "LoadBalancer",
            "ELBV2_LISTENER_PORT_RESTRICTION",
            &["Users", "InternetGateway", "LoadBalancer"],
        ),
        (
            set("LoadBalancer", "Scheme", "internal".into()),
            USERS,
            "LoadBalancer",
            "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS",
            &["Users"],
        ),
    ];
    for (edit, from, to, reason, hops) in cases {
        let mut design = design(&[]);
        design.overrides = vec![edit.clone()];
        let topology = design.expand();
        assert_eq!(topology.notes, [], "{edit:?}");
        let port = traffic::usual_port(&topology, to);
        let trace = traffic::trace(&topology, from, to, port, &traffic::all_up);
        assert_eq!(
            trace.reason.map(|it| it.code()),
            Some(reason),
            "{edit:?}: {:?}",
            trace.hops
        );
        let told: Vec<&str> = trace.hops.iter().map(|it| it.as_str()).collect();
        assert_eq!(told, hops, "{edit:?}");
    }
}

#[test]
fn a_dead_nat_gateway_ends_the_way_out_of_the_zones_that_route_to_it() {
    let out = |nat: &str, from: &str, dead: &str| {
        let topology = design(&[("network.nat", nat)]).expand();
        traffic::trace(&topology, from, INTERNET, traffic::HTTPS, &|name| {
            name != dead
        })
        .is_reachable()
    };
    assert!(!out("single", "WebGroup.b1", "NatGatewayA"));
    assert!(out("per-az", "WebGroup.b1", "NatGatewayA"));
    assert!(!out("per-az", "WebGroup.b1", "NatGatewayB"));
}

#[test]
fn a_thing_needs_all_that_its_requests_and_ways_out_lead_to() {
    let topology = base("multi-tier-web")
        .unwrap_or_else(|| unreachable!())
        .expand();
    let links = links(&topology);
    let of = |name: &str| -> Vec<String> {
        let needed = needs(&topology, &links, &name.into());
        needed
            .iter()
            .map(|it| format!("{} {}", it.from, it.to))
            .collect()
    };
    assert_eq!(of("Database"), [""; 0]);
    let group = of("WebGroup");
    for link in [
        "WebGroup Database",
        "PrivateSubnetA NatGatewayA",
        "PrivateSubnetB NatGatewayA",
        "NatGatewayA InternetGateway",
        "InternetGateway Internet",
    ] {
        assert!(
            group.iter().any(|it| it == link),
            "{link} is missing in {group:?}"
        );
    }
    assert!(!group.iter().any(|it| it.starts_with("Users")));
    // One instance needs the way out of its own subnet alone.
    let one = of("WebGroup.a1");
    assert!(one.iter().any(|it| it == "PrivateSubnetA NatGatewayA"));
    let users = of("Users");
    assert!(
        users.iter().any(|it| it == "LoadBalancer WebGroup"),
        "{users:?}"
    );
    assert!(group.iter().all(|it| users.contains(it)));
}

/// What watches or steers in a design with some options, as `FROM TO`.
fn controls_of(settings: &[(&str, &str)]) -> Vec<String> {
    let design = Design::new("test");
    let design = settings
        .iter()
        .fold(design, |all, (key, value)| all.with(key, value));
    let links = controls(&design.expand());
    links
        .iter()
        .map(|it| format!("{} {}", it.from, it.to))
        .collect()
}

#[test]
fn alarms_tell_a_topic_and_records_of_traffic_go_to_a_bucket() {
    let links = controls_of(&[("observability.email", "ops@example.com")]);
    for one in [
        "UnhealthyHostAlarm AlarmTopic",
        "FlowLog LogBucket",
        "Trail LogBucket",
    ] {
        assert!(links.iter().any(|it| it == one), "{one}: {links:?}");
    }
}

#[test]
fn a_step_policy_a_health_check_a_filter_and_a_backup_have_their_wires() {
    let links = controls_of(&[
        ("fleet.scaling", "step"),
        ("balancer.https", "true"),
        ("balancer.domain", "www.example.com"),
        ("balancer.hosted_zone_id", "Z0123456789ABCDEFGHIJ"),
        ("dns.failover", "true"),
        ("edge.waf", "true"),
        ("edge.waf_logs", "true"),
        ("backup.enabled", "true"),
    ]);
    for one in [
        "BackupVault Database",
        "WebScaleOutAlarm WebGroup",
        "WebAcl WebAclLogGroup",
        "WebAcl LoadBalancer",
        "HealthCheck LoadBalancer",
    ] {
        assert!(links.iter().any(|it| it == one), "{one}: {links:?}");
    }
}
