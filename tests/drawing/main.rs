//! The drawing of S1 in all its variants, and of broken topologies, held against what an architect would object to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(not(target_arch = "wasm32"))]

mod broken;
mod cases;
mod economy;
mod editable;
mod glyphs;
mod large;
mod levels;
mod matrix;
mod printed;
mod rules;
mod stability;

use azimuth::aws::{Glyph, Name, Region, Resource, Subnet, Vpc, Zone};
use azimuth::blueprint::base;
use azimuth::design::{Design, Override};
use azimuth::diagram::{Detail, Drawing, Item, Print, Shape, Theme, draw, svg};
use azimuth::text::Lang;
use azimuth::topology::{LinkKind, Stack, Topology, links};
use rules::{misspanned, objections, unshown};

fn s1() -> Design {
    base("multi-tier-web").unwrap()
}

fn print<'a>(states: &'a [(Name, &'static str)], standalone: bool) -> Print<'a> {
    Print {
        states,
        title: "S1 <one & only>",
        link: "https://example.org/#x",
        standalone,
        ..Print::default()
    }
}

/// The design with options changed, each of which must be taken.
fn with(options: &[(&str, &str)]) -> Design {
    let mut design = s1();
    for (key, value) in options {
        design.set(key, value).unwrap();
    }
    design
}

fn item<'a>(drawing: &'a Drawing, name: &str) -> &'a Item {
    let found = drawing.items.iter().find(|it| *it.name == *name);
    found.unwrap_or_else(|| panic!("{name} is not drawn"))
}

/// Every objection to the drawings of a topology, in each detail and language.
fn objected(what: &str, topology: &Topology) -> Vec<String> {
    let mut wrong = Vec::new();
    for (detail, lang) in Detail::ALL
        .iter()
        .flat_map(|it| Lang::ALL.map(|lang| (*it, lang)))
    {
        let drawing = draw(topology, detail, lang);
        let mut found = objections(&drawing);
        found.extend(unshown(&drawing, &links(topology)));
        found.extend(misspanned(&drawing, topology));
        found.extend(rules::strays(&drawing));
        let (level, tag) = (detail.tag(), lang.tag());
        wrong.extend(
            found
                .iter()
                .map(|it| format!("{what}, {level}, {tag}: {it}")),
        );
    }
    wrong
}

/// Draws many topologies; fails with every objection to any of them, and with every connection that is not shown.
fn hold_all(all: impl IntoIterator<Item = (String, Topology)>) {
    let mut wrong = Vec::new();
    for (what, topology) in all {
        wrong.extend(objected(&what, &topology));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn hold(what: &str, topology: &Topology) -> Drawing {
    hold_all([(what.to_owned(), topology.clone())]);
    draw(topology, Detail::default(), Lang::En)
}

#[test]
fn no_variant_gives_an_architect_cause_to_object() {
    let mut variants = Vec::new();
    for zones in ["1", "2", "3", "4", "5", "6"] {
        for nat in ["single", "per-az", "regional", "endpoints-only", "none"] {
            for (desired, https) in [
                ("2", "false"),
                ("0", "true"),
                ("7", "true"),
                ("100", "false"),
            ] {
                let design = with(&[
                    ("network.zones", zones),
                    ("network.nat", nat),
                    ("fleet.max", "100"),
                    ("fleet.min", "0"),
                    ("fleet.desired", desired),
                    ("balancer.https", https),
                ]);
                let what = format!("{zones} zones, NAT {nat}, {desired} instances");
                variants.push((what, design.expand()));
            }
        }
    }
    hold_all(variants);
}

#[test]
fn read_replicas_stand_in_their_zones() {
    let mut variants = Vec::new();
    for zones in ["2", "3", "4"] {
        for replicas in ["1", "2", "5"] {
            let design = with(&[
                ("network.zones", zones),
                ("database.read_replicas", replicas),
            ]);
            variants.push((
                format!("{zones} zones, {replicas} replicas"),
                design.expand(),
            ));
        }
    }
    hold_all(variants);
}

#[test]
fn cache_nodes_stand_in_their_zones() {
    let mut variants = Vec::new();
    for zones in ["2", "3", "4"] {
        for replicas in ["0", "1", "2", "5"] {
            let design = with(&[
                ("network.zones", zones),
                ("cache.enabled", "true"),
                ("cache.replicas", replicas),
                ("database.read_replicas", "1"),
            ]);
            variants.push((
                format!("{zones} zones, {replicas} cache replicas"),
                design.expand(),
            ));
        }
    }
    hold_all(variants);
}

#[test]
fn endpoints_and_tiers_are_drawn_as_tidily() {
    let switches = [
        "s3",
        "dynamodb",
        "logs",
        "monitoring",
        "ssm",
        "ecr",
        "secretsmanager",
        "sts",
        "sqs",
        "execute_api",
    ]
    .map(|it| format!("endpoints.{it}"));
    let mut variants = Vec::new();
    for zones in ["1", "2", "3", "6"] {
        for nat in ["single", "regional", "endpoints-only"] {
            for (tiers, count, spread) in [("2", 10, "all"), ("3", 10, "a"), ("3", 4, "all")] {
                let mut design = with(&[
                    ("network.zones", zones),
                    ("network.nat", nat),
                    ("network.tiers", tiers),
                    ("endpoints.zones", spread),
                    ("network.secondary_cidrs", "100.64.0.0/16"),
                ]);
                for key in switches.iter().take(count) {
                    design.set(key, "true").unwrap();
                }
                let what =
                    format!("{zones} zones, {nat}, {tiers} tiers, {count} endpoints in {spread}");
                variants.push((what, design.expand()));
            }
        }
    }
    hold_all(variants);
}

#[test]
fn further_vpcs_stand_beside_the_main_one_with_a_wire_to_each() {
    for zones in ["1", "2", "3", "6"] {
        for names in ["a", "shared,tools", "a,b,c,d", "a,b,c,d,e,f,g,h"] {
            for nat in ["single", "per-az"] {
                let options = [
                    ("network.zones", zones),
                    ("network.nat", nat),
                    ("network.tiers", "3"),
                    ("vpcs.names", names),
                ];
                let topology = with(&options).expand();
                let drawing = hold(&format!("{zones} zones, {nat}, VPCs {names}"), &topology);
                let main = item(&drawing, "Vpc").rect;
                let peered = drawing
                    .wires
                    .iter()
                    .filter(|it| it.kind == LinkKind::Peering);
                assert_eq!(peered.clone().count(), names.split(',').count());
                for wire in peered {
                    assert!(item(&drawing, &wire.to).rect.x > main.right());
                    assert!(wire.plate.is_some(), "{} has no label", wire.to);
                    let across = rules::across(&drawing);
                    assert_eq!(across, Vec::<String>::new(), "{zones}, {nat}, {names}");
                }
            }
        }
    }
}

#[test]
fn a_vpn_leads_from_outside_to_a_gateway_on_the_edge_of_the_vpc() {
    let mut variants = Vec::new();
    for addresses in ["203.0.113.10", "203.0.113.10,198.51.100.20"] {
        for (zones, nat) in [
            ("1", "none"),
            ("2", "single"),
            ("3", "regional"),
            ("6", "per-az"),
        ] {
            let design = with(&[
                ("vpn.customer_gateways", addresses),
                ("network.zones", zones),
                ("network.nat", nat),
                ("endpoints.s3", "true"),
                ("endpoints.dynamodb", "true"),
                ("endpoints.logs", "true"),
            ]);
            variants.push((
                format!("{addresses}, {zones} zones, NAT {nat}"),
                design.expand(),
            ));
        }
    }
    hold_all(variants);
    let topology = with(&[("vpn.customer_gateways", "203.0.113.10,198.51.100.20")]).expand();
    let drawing = hold("VPN", &topology);
    let vpc = item(&drawing, "Vpc").rect;
    let gateway = item(&drawing, "VpnGateway").rect;
    assert_eq!(gateway.center().x, vpc.x);
    let region = item(&drawing, "region:ap-northeast-1").rect;
    for name in ["CustomerGateway", "CustomerGateway2"] {
        let customer = item(&drawing, name);
        assert!(customer.rect.right() < region.x, "{name} stands outside");
        let mut wires = drawing.wires.iter();
        let wire = wires.find(|it| *it.from == *name).expect("a wire");
        assert_eq!((wire.kind, wire.to.as_str()), (LinkKind::Vpn, "VpnGateway"));
        assert!(
            wire.points.iter().all(|it| it.x < vpc.x),
            "{:?}",
            wire.points
        );
    }
    // The first stands as high as the gateway: a straight tunnel.
    let first = item(&drawing, "CustomerGateway").rect;
    assert_eq!(first.center().y, gateway.center().y);
    assert!(drawing.legend.iter().any(|it| it.kind == LinkKind::Vpn));
    let plain = draw(&s1().expand(), Detail::default(), Lang::En);
    assert!(plain.legend.iter().all(|it| it.kind != LinkKind::Vpn));
    let printed = svg(&drawing, &print(&[], true));
    assert_eq!(printed.matches("class=\"core\"").count(), 3);
}

#[test]
fn what_watches_has_its_wires_in_full_detail_alone() {
    let topology = with(&[
        ("fleet.scaling", "step"),
        ("balancer.https", "true"),
        ("edge.waf", "true"),
        ("edge.waf_logs", "true"),
        ("backup.enabled", "true"),
    ])
    .expand();
    hold("what watches", &topology);
    let drawing = draw(&topology, Detail::Full, Lang::En);
    let is_control = |kind: LinkKind| kind == LinkKind::Control;
    let wires = drawing.wires.iter().filter(|it| is_control(it.kind));
    let mut ends: Vec<String> = wires.map(|it| format!("{} {}", it.from, it.to)).collect();
    ends.sort();
    // Ten alarms stand under one icon, which is called by the first.
    let alarms = drawing.items.iter().find(|it| it.all.len() == 10).unwrap();
    let mut expected = [
        "BackupVault Database".to_owned(),
        "FlowLog LogBucket".to_owned(),
        "Trail LogBucket".to_owned(),
        "WebAcl LoadBalancer".to_owned(),
        "WebAcl WebAclLogGroup".to_owned(),
        format!("{} AlarmTopic", alarms.name),
        format!("{} WebGroup", alarms.name),
    ];
    expected.sort();
    assert_eq!(ends, expected);
    assert!(drawing.legend.iter().any(|it| is_control(it.kind)));
    for detail in [Detail::Simple, Detail::Network] {
        let drawing = draw(&topology, detail, Lang::En);
        assert!(!drawing.wires.iter().any(|it| is_control(it.kind)));
    }
}

#[test]
fn a_bastion_stands_in_a_public_subnet() {
    let variants = ["1", "2", "3"].map(|zones| {
        let design = with(&[("network.zones", zones), ("access.kind", "bastion")]);
        (format!("{zones} zones and a bastion"), design.expand())
    });
    hold_all(variants);
    let drawing = draw(
        &with(&[("access.kind", "bastion")]).expand(),
        Detail::default(),
        Lang::En,
    );
    let tags = drawing.items.iter();
    let tags = tags.filter(|it| it.shape == Shape::Tag(Glyph::ElasticIp));
    let labels: Vec<&str> = tags.map(|it| it.labels[0].text.as_str()).collect();
    assert_eq!(labels, ["Elastic IP address"; 2], "the host has one too");
    let [host, nat] = ["Bastion", "NatGatewayA"].map(|it| item(&drawing, it).rect);
    assert_eq!(host.x, nat.x, "one under the other");
}

#[test]
fn ten_interface_endpoints_are_one_group_with_a_tile_in_each_zone() {
    let mut design = base("three-tier-ha").unwrap();
    for key in [
        "logs",
        "monitoring",
        "ssm",
        "ecr",
        "secretsmanager",
        "sts",
        "sqs",
    ] {
        design.set(&format!("endpoints.{key}"), "true").unwrap();
    }
    let drawing = hold("ten endpoints", &design.expand());
    let group = drawing
        .items
        .iter()
        .find(|it| *it.name == *"LogsEndpoint")
        .unwrap();
    assert_eq!(group.all.len(), 10);
    let tiles = drawing
        .items
        .iter()
        .filter(|it| it.name.starts_with("LogsEndpoint."));
    let tiles: Vec<usize> = tiles.map(|it| it.all.len()).collect();
    assert_eq!(tiles, [10, 10, 10]);
}

#[test]
fn a_vault_of_copies_stands_in_its_own_region() {
    let variants = ["false", "true"].map(|copy| {
        let design = with(&[("backup.enabled", "true"), ("backup.copy", copy)]);
        (format!("backups, copied {copy}"), design.expand())
    });
    hold_all(variants);
}

#[test]
fn copies_of_backups_have_a_wire_from_vault_to_vault_with_a_label() {
    for zones in ["1", "2", "3", "6"] {
        for more in [
            "",
            "vpcs.names=a,b,c,d",
            "edge.cloudfront=true edge.waf=true edge.waf_logs=true",
            "cache.enabled=true database.read_replicas=2 network.tiers=3",
            "backup.copy_region=us-east-1",
        ] {
            let mut design = with(&[
                ("network.zones", zones),
                ("backup.enabled", "true"),
                ("backup.copy", "true"),
            ]);
            for setting in more.split_whitespace() {
                let (key, value) = setting.split_once('=').unwrap();
                design.set(key, value).unwrap();
            }
            let drawing = hold(&format!("{zones} zones, copies, {more}"), &design.expand());
            let mut wires = drawing.wires.iter();
            let wire = wires.find(|it| *it.from == *"BackupVault").unwrap();
            assert_eq!(*wire.to, *"BackupCopyVault");
            let said = wire.plate.iter().flat_map(|it| &it.labels);
            let said: Vec<&str> = said.map(|it| it.text.as_str()).collect();
            assert_eq!(said, ["Backup copies"], "{zones} zones, {more}");
        }
    }
}

#[test]
fn long_words_make_boxes_grow() {
    let design = with(&[
        ("network.cidr", "172.16.0.0/16"),
        (
            "network.public_cidrs",
            "172.16.100.128/28,172.16.101.128/28",
        ),
        ("fleet.instance_type", "t4g.medium"),
        ("database.engine", "postgres"),
        ("database.class", "db.t4g.medium"),
        ("database.multi_az", "false"),
    ]);
    hold("long words", &design.expand());
}

fn names(topology: &Topology) -> Vec<Name> {
    topology.nodes().iter().map(|it| it.name.clone()).collect()
}

#[test]
fn any_resource_may_be_missing() {
    let without = |name: Name| {
        let mut design = s1();
        design.overrides = vec![Override::Remove {
            resource: name.to_string(),
        }];
        (format!("without {name}"), design.expand())
    };
    hold_all(names(&s1().expand()).into_iter().map(without));
}

#[test]
fn resources_may_go_one_after_the_other_until_nothing_is_left() {
    let mut topology = s1().expand();
    let fewer = names(&topology).into_iter().map(|name| {
        topology.remove(&name);
        (format!("up to {name} removed"), topology.clone())
    });
    hold_all(fewer.collect::<Vec<_>>());
}

#[test]
fn references_may_lead_nowhere() {
    let dangling = [
        ("PublicSubnetA", "VpcId"),
        ("NatGatewayA", "SubnetId"),
        ("PrivateDefaultRoute", "NatGatewayId"),
        ("Database", "DBSubnetGroupName"),
        ("InternetGatewayAttachment", "VpcId"),
        ("InternetGatewayAttachment", "InternetGatewayId"),
    ];
    hold_all(dangling.map(|(resource, property)| {
        let mut design = s1();
        design.overrides = vec![Override::Set {
            resource: resource.into(),
            property: property.into(),
            value: serde_json::json!({"Ref": "Nowhere"}),
        }];
        let topology = design.expand();
        assert!(topology.notes.is_empty(), "{:?}", topology.notes);
        (format!("{resource}.{property}"), topology)
    }));
}

#[test]
fn an_empty_topology_has_nobody_outside() {
    let drawing = hold("empty", &Topology::default());
    assert!(drawing.items.is_empty());
}

/// S1 with a second VPC in its Region and a third in another one.
fn three_networks() -> Topology {
    let mut topology = with(&[("network.nat", "per-az")]).expand();
    let elsewhere = Stack {
        region: Region::from_code("us-east-1").unwrap(),
        ..topology.stacks[0].clone()
    };
    topology.stacks.push(elsewhere);
    let Resource::Vpc(vpc) = topology.node("Vpc").unwrap().resource.clone() else {
        panic!("Vpc is a VPC");
    };
    for (stack, prefix, zones) in [(0, "Data", 1), (topology.stacks.len() - 1, "Client", 3)] {
        let name = format!("{prefix}Vpc");
        topology.add(stack, name.as_str(), Vpc { ..vpc.clone() });
        for zone in Zone::first(zones) {
            let template = topology.named::<Subnet>("PrivateSubnetA").unwrap().clone();
            let subnet = Subnet {
                vpc: name.as_str().into(),
                zone,
                ..template
            };
            topology.add(stack, format!("{prefix}Subnet{}", zone.capital()), subnet);
        }
    }
    topology
}

#[test]
fn networks_and_regions_stand_side_by_side() {
    let topology = three_networks();
    let drawing = hold("three networks", &topology);
    let order = ["Vpc", "DataVpc", "ClientVpc"].map(|it| item(&drawing, it).rect);
    assert!(order[0].right() < order[1].x && order[1].right() < order[2].x);
    let regions = drawing.items.iter().filter(|it| it.shape == Shape::Region);
    assert_eq!(regions.count(), 2);
}

#[test]
fn groups_span_the_zones_of_their_members_and_no_others() {
    let drawing = draw(
        &with(&[("network.zones", "4"), ("fleet.desired", "4")]).expand(),
        Detail::default(),
        Lang::En,
    );
    let covered = |group: &str| -> Vec<String> {
        let group = item(&drawing, group).rect;
        let zones = drawing.items.iter().filter(|it| it.shape == Shape::Zone);
        let under = zones.filter(|it| it.rect.overlaps(&group));
        under.map(|it| it.name.to_string()).collect()
    };
    assert_eq!(covered("LoadBalancer"), ["az:a", "az:b", "az:c", "az:d"]);
    assert_eq!(covered("WebGroup"), ["az:a", "az:b", "az:c", "az:d"]);
    assert_eq!(covered("Database"), ["az:a", "az:b"]);
}

#[test]
fn public_subnets_stand_above_private_ones_even_without_their_route() {
    for lost in [None, Some("PublicDefaultRoute")] {
        let mut topology = s1().expand();
        lost.map(|it| topology.remove(it));
        let drawing = draw(&topology, Detail::default(), Lang::En);
        for zone in ["A", "B"] {
            let above = item(&drawing, &format!("PublicSubnet{zone}"));
            let below = item(&drawing, &format!("PrivateSubnet{zone}"));
            assert!(above.rect.bottom() < below.rect.y);
            let shape = if lost.is_none() {
                Shape::PublicSubnet
            } else {
                Shape::PrivateSubnet
            };
            assert_eq!(above.shape, shape, "the tint says what the routes do");
        }
    }
}

#[test]
fn places_are_kept_for_what_replaces_a_lost_zone() {
    let kept = |zones: &str, desired: &str| -> Vec<String> {
        let design = with(&[
            ("network.zones", zones),
            ("fleet.max", "100"),
            ("fleet.desired", desired),
        ]);
        let drawing = draw(&design.expand(), Detail::default(), Lang::En);
        let absent = drawing.items.iter().filter(|it| it.absent);
        absent
            .flat_map(|it| {
                if it.all.is_empty() {
                    vec![it.name.clone()]
                } else {
                    it.all.clone()
                }
            })
            .map(|it| it.to_string())
            .collect()
    };
    assert_eq!(kept("2", "2"), ["WebGroup.a2", "WebGroup.b2"]);
    assert_eq!(kept("1", "1"), ["WebGroup.a2"]);
    assert_eq!(
        kept("2", "6"),
        ["a4", "a5", "a6", "b4", "b5", "b6"].map(|it| format!("WebGroup.{it}"))
    );
    assert_eq!(kept("2", "0"), Vec::<String>::new());
    // Five and more instances of a zone stand under one icon, those to come with them.
    assert_eq!(kept("2", "10"), Vec::<String>::new());
    let drawing = draw(
        &with(&[("fleet.max", "100"), ("fleet.desired", "100")]).expand(),
        Detail::default(),
        Lang::En,
    );
    let many = item(&drawing, "WebGroup.b1");
    assert_eq!(many.labels[0].text, "t3.micro ×50");
    assert_eq!(many.all.len(), 100);
}

#[test]
fn alarms_stand_under_one_icon() {
    let drawing = draw(&s1().expand(), Detail::default(), Lang::En);
    let alarms: Vec<&Item> = drawing
        .items
        .iter()
        .filter(|it| it.says.starts_with("CloudWatch alarm"))
        .collect();
    assert_eq!(alarms.len(), 1);
    assert_eq!(
        alarms[0].says,
        format!("CloudWatch alarms ×{}", alarms[0].all.len())
    );
}

#[test]
fn what_is_not_modelled_is_drawn_as_what_it_is() {
    let mut design = s1();
    for (resource, kind) in [
        ("Jobs", "AWS::AmazonMQ::Broker"),
        ("Worker", "AWS::ECS::Service"),
        ("Chain", "AWS::Events::Rule"),
        ("Probe", "Custom::Probe"),
    ] {
        design.overrides.push(Override::Add {
            resource: resource.to_owned(),
            stack: "network".to_owned(),
            kind: kind.to_owned(),
            properties: Default::default(),
        });
    }
    let drawing = hold("queue and function", &design.expand());
    for (name, glyph, label) in [
        ("Jobs", Glyph::Queue, "Amazon MQ broker"),
        ("Worker", Glyph::Container, "ECS service"),
        ("Chain", Glyph::EventRule, "EventBridge rule"),
        ("Probe", Glyph::Generic, "Custom probe"),
    ] {
        let found = item(&drawing, name);
        assert_eq!(found.shape, Shape::Icon(glyph));
        let lines = found.labels.iter().map(|it| it.text.as_str());
        assert_eq!(lines.collect::<Vec<_>>().join(" "), label);
    }
}

#[test]
fn a_small_change_moves_nothing_that_it_does_not_concern() {
    let one = draw(&s1().expand(), Detail::default(), Lang::En);
    let other = draw(
        &with(&[("database.class", "db.t3.small")]).expand(),
        Detail::default(),
        Lang::En,
    );
    let places = |drawing: &Drawing| -> Vec<_> {
        let items = drawing.items.iter();
        items.map(|it| (it.name.clone(), it.rect)).collect()
    };
    assert_eq!(places(&one), places(&other));
}

#[test]
fn one_design_gives_one_text() {
    let once = svg(
        &draw(&s1().expand(), Detail::default(), Lang::Ja),
        &print(&[], true),
    );
    let again = svg(
        &draw(&s1().expand(), Detail::default(), Lang::Ja),
        &print(&[], true),
    );
    assert_eq!(once, again);
}

#[test]
fn the_default_fits_a_laptop() {
    let drawing = draw(&s1().expand(), Detail::default(), Lang::En);
    // The smallest canvas, with all panels open on 1366 by 768.
    let scale = (834.0 / drawing.width).min(464.0 / drawing.height);
    assert!(scale > 0.69, "{} by {}", drawing.width, drawing.height);
}

/// Writes pictures to look at: `cargo test --test drawing pictures -- --ignored`.
#[test]
#[ignore = "draws for people, proves nothing"]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&folder).unwrap();
    let picture = |name: &str, topology: &Topology, lang: Lang, theme: Theme, states: &[_]| {
        let print = Print {
            theme,
            ..print(states, true)
        };
        let text = svg(&draw(topology, Detail::default(), lang), &print);
        std::fs::write(folder.join(name).with_extension("svg"), text).unwrap();
        let page = svg(
            &draw(topology, Detail::default(), lang),
            &self::print(states, false),
        );
        std::fs::write(folder.join(name).with_extension("page"), page).unwrap();
    };
    let plain =
        |name: &str, topology: &Topology| picture(name, topology, Lang::En, Theme::Light, &[]);
    let failed = [
        ("az:a", "failed"),
        ("NatGatewayA", "failed"),
        ("WebGroup.a1", "failed"),
        ("WebGroup", "degraded"),
        ("LoadBalancer.a", "failed"),
        ("LoadBalancer", "degraded"),
        ("Database.primary", "failed"),
        ("Database", "recovering"),
        ("WebGroup.b2", "recovering"),
    ]
    .map(|(name, state)| (Name::from(name), state));
    let topology = s1().expand();
    plain("default", &topology);
    picture("dark", &topology, Lang::En, Theme::Dark, &[]);
    picture("ja", &topology, Lang::Ja, Theme::Light, &[]);
    picture("failed", &topology, Lang::En, Theme::Light, &failed);
    picture("failed-dark", &topology, Lang::En, Theme::Dark, &failed);
    for (name, options) in [
        ("one", &[("network.zones", "1")][..]),
        ("none", &[("network.nat", "none")]),
        (
            "per-az",
            &[
                ("network.nat", "per-az"),
                ("balancer.https", "true"),
                ("fleet.desired", "5"),
            ],
        ),
        (
            "three",
            &[
                ("network.zones", "3"),
                ("network.nat", "per-az"),
                ("fleet.desired", "3"),
            ],
        ),
        (
            "three-single",
            &[("network.zones", "3"), ("fleet.desired", "6")],
        ),
        (
            "six",
            &[
                ("network.zones", "6"),
                ("network.nat", "per-az"),
                ("fleet.max", "60"),
                ("fleet.desired", "40"),
            ],
        ),
    ] {
        plain(name, &with(options).expand());
    }
    plain("networks", &three_networks());
    for lost in [
        "PublicSubnetA",
        "InternetGatewayAttachment",
        "Vpc",
        "PrivateSubnetARouteTableAssociation",
        "WebGroup",
    ] {
        let mut topology = topology.clone();
        topology.remove(lost);
        plain(&format!("without-{lost}"), &topology);
    }
}

#[test]
fn five_hundred_items_are_drawn_as_tidily_as_fifty() {
    let drawing = hold("500 items", &large::large(500));
    assert!(drawing.items.len() >= 500);
}

#[test]
fn two_regions_stand_side_by_side_with_wires_between_their_vpcs() {
    let topology = large::side_by_side(&[
        ("ap-northeast-1", &[("vpcs.names", "shared,tools")]),
        (
            "us-west-2",
            &[("network.zones", "3"), ("vpcs.names", "data")],
        ),
    ]);
    let drawing = hold("two Regions", &topology);
    let regions = drawing.items.iter();
    let regions: Vec<&Item> = regions.filter(|it| it.shape == Shape::Region).collect();
    let [tokyo, oregon] = regions.as_slice() else {
        panic!("{} Regions", regions.len());
    };
    assert!(tokyo.rect.right() < oregon.rect.x);
    let mut wires = drawing.wires.iter();
    let peering = wires.find(|it| *it.from == *"OrdersVpc" && *it.to == *"Vpc");
    assert!(peering.unwrap().plate.is_some());
    for (name, region) in [("Vpc", tokyo), ("OrdersVpc", oregon)] {
        assert!(region.rect.contains(&item(&drawing, name).rect));
    }
}

#[test]
fn an_aurora_cluster_holds_with_any_number_of_readers() {
    for zones in ["2", "3"] {
        for replicas in ["0", "1", "3", "5"] {
            for multi_az in ["true", "false"] {
                let design = with(&[
                    ("network.zones", zones),
                    ("database.kind", "aurora-serverless"),
                    ("database.read_replicas", replicas),
                    ("database.multi_az", multi_az),
                    ("database.proxy", "true"),
                ]);
                hold(&format!("{zones} {replicas} {multi_az}"), &design.expand());
            }
        }
    }
}
