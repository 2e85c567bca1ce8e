//! What the e-commerce blueprint must show: private ways for operations, endpoints for AWS services, NAT for the rest.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use azimuth::aws::{DbInstance, RestApi};
use azimuth::blueprint;
use azimuth::checks::{Subject, check};
use azimuth::design::Design;
use azimuth::failure::{Fault, play};
use azimuth::topology::traffic::{Reason, SSH, all_up, endpoints, service, trace};
use azimuth::topology::{INTERNET, LinkKind, Topology, USERS, controls, journeys, links, parts};

fn design() -> Design {
    blueprint::base("ecommerce-burst").unwrap()
}

fn database(topology: &Topology) -> (String, u16) {
    let (name, it) = topology.all::<DbInstance>().next().unwrap();
    (name.to_string(), it.port())
}

/// Ports that administer: shell, remote desktop, and those of the databases that the product knows.
const ADMIN: [u16; 4] = [SSH, 3389, 3306, 5432];

#[test]
fn no_way_leads_from_the_internet_to_the_database_or_an_admin_port() {
    let topology = design().expand();
    let (database, port) = database(&topology);
    for from in [USERS, INTERNET] {
        let way = trace(&topology, from, &database, port, &all_up);
        assert!(!way.is_reachable(), "{way:?}");
        for part in parts(&topology) {
            for port in ADMIN {
                let way = trace(&topology, from, &part.name, port, &all_up);
                // A group behind a load balancer is asked over its listener, which takes users' ports alone.
                let entered = way.hops.iter().any(|it| it == "LoadBalancer");
                assert!(
                    !way.is_reachable() || (entered && part.of == *"LoadBalancer"),
                    "{from} reaches {} on {port}: {way:?}",
                    part.name
                );
            }
        }
    }
}

#[test]
fn operations_come_in_over_either_router_and_find_back() {
    let topology = design().expand();
    let (database, port) = database(&topology);
    for router in ["CustomerGateway", "CustomerGateway2"] {
        for (to, port) in [
            ("WebGroup", 80),
            ("WebGroup", 443),
            (database.as_str(), port),
        ] {
            let way = trace(&topology, router, to, port, &all_up);
            assert!(way.is_reachable(), "{way:?}");
            assert!(way.hops.iter().any(|it| it == "VpnGateway"));
        }
        let shell = trace(&topology, router, "WebGroup", SSH, &all_up);
        assert!(!shell.is_reachable(), "a shell is Session Manager's");
    }
}

/// Services that the instances call, by their endpoint's code.
const CALLED: [&str; 9] = [
    "s3",
    "dynamodb",
    "logs",
    "ssm",
    "ssmmessages",
    "ec2messages",
    "ecr.api",
    "ecr.dkr",
    "secretsmanager",
];

#[test]
fn aws_services_are_called_over_endpoints_and_nat_is_for_the_internet_alone() {
    let topology = design().expand();
    let instances = parts(&topology);
    let instances = instances.iter().filter(|it| it.of == *"WebGroup");
    let mut count = 0;
    for instance in instances {
        count += 1;
        for code in CALLED {
            let way = trace(&topology, &instance.name, &service(code), 443, &all_up);
            assert!(way.is_reachable(), "{code}: {way:?}");
            let over = |word: &str| way.hops.iter().any(|it| it.contains(word));
            assert!(over("Endpoint") && !over("Nat"), "{code}: {way:?}");
        }
        for to in endpoints(&topology) {
            let way = trace(&topology, &instance.name, &to, 443, &all_up);
            let over_nat = way.hops.iter().any(|it| it.starts_with("NatGateway"));
            // A public API answers on the internet.
            let is_outside = to == *INTERNET
                || to.starts_with("NatGateway")
                || topology.named::<RestApi>(&to).is_some();
            assert!(!over_nat || is_outside, "{to}: {way:?}");
        }
        let out = trace(&topology, &instance.name, INTERNET, 443, &all_up);
        assert!(out.is_reachable() && out.hops.iter().any(|it| it.starts_with("NatGateway")));
    }
    assert_eq!(count, 4);
}

/// Seconds that the journey `operations` is down.
fn outage(design: &Design, fault: &str) -> u32 {
    let topology = design.expand();
    let fault = Fault::parse(fault, &topology).unwrap();
    let timeline = play(&topology, &design.assumptions, &fault);
    let course = timeline.journeys.iter().find(|it| it.id == "operations");
    course.expect("the journey").outage_s
}

#[test]
fn operations_survive_a_zone_and_a_router_and_not_the_only_router() {
    let design = design();
    let zones = design.expand().zones();
    for zone in zones {
        let lost = outage(&design, &format!("az:{zone}"));
        // BGP, and the database's failover where the primary stood there.
        assert!((30..=240).contains(&lost), "{zone}: {lost}");
    }
    assert_eq!(outage(&design, "node:CustomerGateway"), 30);
    assert_eq!(outage(&design, "node:VpnConnection2"), 30);
    let one = design.with("vpn.customer_gateways", "203.0.113.10");
    assert!(outage(&one, "node:CustomerGateway") > 3000);
    let none = design.with("vpn.customer_gateways", "");
    assert!(
        journeys(&none.expand())
            .iter()
            .all(|it| it.id != "operations")
    );
}

#[test]
fn the_hub_is_fed_by_the_three_and_by_config() {
    let topology = design().expand();
    let fed = controls(&topology);
    let fed = fed.iter().filter(|it| it.to == *"SecurityHub");
    let fed: Vec<&str> = fed.map(|it| it.from.as_str()).collect();
    assert_eq!(
        fed,
        [
            "GuardDutyDetector",
            "MacieSession",
            "Inspector",
            "ConfigRecorder"
        ]
    );
    let vpn = links(&topology);
    let vpn = vpn.iter().filter(|it| it.kind == LinkKind::Vpn).count();
    assert_eq!(vpn, 2);
}

#[test]
fn nothing_of_operations_is_found_wanting() {
    let design = design();
    let topology = design.expand();
    let subject = Subject::new(Some(&design), &topology);
    let codes: Vec<&str> = check(&subject).iter().map(|it| it.check.code).collect();
    let own = |it: &&&str| {
        ["GV-", "DL-", "OB-00", "RT-"]
            .iter()
            .any(|start| it.starts_with(start))
    };
    let own: Vec<&&str> = codes.iter().filter(own).collect();
    // Alarms without an address: the class gives its own.
    assert_eq!(own, [&"OB-005"]);
}

/// The smallest design with a management network.
fn managed() -> Design {
    Design::new("multi-tier-web")
        .with("vpn.customer_gateways", "203.0.113.10,198.51.100.20")
        .with("vpn.network", "192.168.100.0/24")
}

#[test]
fn the_management_network_reaches_instances_and_database_and_back() {
    let topology = managed().expand();
    let database = trace(&topology, "CustomerGateway2", "Database", 3306, &all_up);
    assert_eq!(database.reason, None, "{database:?}");
    let hops: Vec<&str> = database.hops.iter().map(|it| it.as_str()).collect();
    assert_eq!(
        hops,
        [
            "CustomerGateway2",
            "VpnConnection2",
            "VpnGateway",
            "Database"
        ]
    );
    for (from, to) in [
        ("CustomerGateway", "WebGroup"),
        ("WebGroup.a1", "CustomerGateway"),
    ] {
        let way = trace(&topology, from, to, 80, &all_up);
        assert!(way.is_reachable(), "{way:?}");
    }
    let other = trace(&topology, "CustomerGateway", "WebGroup", 22, &all_up);
    assert_eq!(other.reason, Some(Reason::GroupsOfDestination));
}

#[test]
fn without_learned_routes_no_answer_finds_back() {
    let mut topology = managed().expand();
    topology.remove("PrivateRouteTablePropagation");
    let way = trace(&topology, "CustomerGateway", "WebGroup", 80, &all_up);
    assert_eq!(way.reason, Some(Reason::NoRouteBack));
    let way = trace(&topology, "WebGroup", "CustomerGateway", 443, &all_up);
    assert_eq!(way.reason, Some(Reason::NoRoute));
}

#[test]
fn the_loss_of_a_router_closes_its_own_way_alone() {
    let topology = managed().expand();
    let up = |name: &str| name != "CustomerGateway";
    let lost = trace(&topology, "CustomerGateway", "Database", 3306, &up);
    assert_eq!(lost.reason, Some(Reason::BadState));
    let other = trace(&topology, "CustomerGateway2", "Database", 3306, &up);
    assert!(other.is_reachable());
}

#[test]
fn the_vpn_is_no_way_to_the_internet() {
    let topology = managed().expand();
    let way = trace(&topology, "CustomerGateway", "Internet", 443, &all_up);
    assert!(!way.is_reachable());
}
