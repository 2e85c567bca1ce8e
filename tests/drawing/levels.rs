//! What each level of detail tells, and what it leaves out.

use std::collections::BTreeSet;

use azimuth::aws::{Glyph, Kind, Name, Route, RouteTable};
use azimuth::blueprint::{self, base};
use azimuth::design::Override;
use azimuth::diagram::{Detail, Drawing, Item, Shape, draw};
use azimuth::text::Lang;
use azimuth::topology::Topology;
use azimuth::topology::traffic::ingress;

use crate::{hold, item, with};

/// Everything that can stand beside and in a VPC.
fn rich() -> Topology {
    with(&[
        ("access.kind", "bastion"),
        ("backup.enabled", "true"),
        ("cache.enabled", "true"),
        ("database.proxy", "true"),
        ("database.read_replicas", "3"),
        ("edge.cloudfront", "true"),
        ("edge.waf", "true"),
        ("endpoints.s3", "true"),
        ("endpoints.ssm", "true"),
        ("network.zones", "3"),
    ])
    .expand()
}

fn names(drawing: &Drawing) -> BTreeSet<&str> {
    let items = drawing.items.iter();
    let all = items.flat_map(|it| it.all.iter().chain([&it.name]));
    all.map(Name::as_str).collect()
}

fn texts(drawing: &Drawing) -> Vec<&str> {
    let labels = drawing.items.iter().flat_map(|it| &it.labels);
    labels.map(|it| it.text.as_str()).collect()
}

/// The tags of a name, wherever they hang.
fn tags<'a>(drawing: &'a Drawing, name: &str) -> Vec<&'a Item> {
    let items = drawing.items.iter();
    let tags = items.filter(|it| matches!(it.shape, Shape::Tag(_)) && *it.name == *name);
    tags.collect()
}

#[test]
fn each_level_shows_what_the_one_before_it_does() {
    for topology in blueprint::ALL
        .iter()
        .map(|it| base(it.id).unwrap().expand())
        .chain([rich()])
    {
        let [simple, network, full] = Detail::ALL.map(|it| draw(&topology, it, Lang::En));
        assert!(names(&simple).is_subset(&names(&network)));
        assert!(names(&network).is_subset(&names(&full)));
        assert!(names(&simple).len() < names(&network).len());
        assert!(names(&network).len() < names(&full).len());
        // Letters are as large, so that the whole picture is larger where it is fitted.
        assert!(simple.width < network.width && simple.height < network.height);
    }
}

#[test]
fn a_slide_has_no_ranges_routes_addresses_or_sizes() {
    let topology = rich();
    for lang in Lang::ALL {
        let drawing = draw(&topology, Detail::Simple, lang);
        for text in texts(&drawing) {
            for figure in ["10.0", "0.0.0.0", "→", "t3.", "t4g.", " / "] {
                assert!(!text.contains(figure), "{text}");
            }
        }
        let mut items = drawing.items.iter();
        assert!(items.all(|it| !matches!(it.shape, Shape::Tag(_))));
        let ports = drawing.wires.iter().filter_map(|it| it.plate.as_ref());
        let ports: Vec<&str> = ports
            .flat_map(|it| &it.labels)
            .map(|it| it.text.as_str())
            .collect();
        assert!(ports.contains(&"HTTP 80") && ports.contains(&"TCP 3306"));
    }
}

#[test]
fn a_slide_keeps_what_answers_and_what_holds_data() {
    let drawing = draw(&rich(), Detail::Simple, Lang::En);
    let icons = drawing.items.iter().filter_map(|it| match it.shape {
        Shape::Icon(glyph)
            if it
                .inside
                .is_none_or(|it| drawing.items[it].shape == Shape::Region) =>
        {
            Some(glyph)
        }
        _ => None,
    });
    let beside: BTreeSet<Glyph> = icons.collect();
    let kept = [
        Glyph::Users,
        Glyph::Internet,
        Glyph::InternetGateway,
        Glyph::Endpoint,
        Glyph::Vault,
        Glyph::Bucket,
        Glyph::Firewall,
        Glyph::Distribution,
    ];
    assert_eq!(beside, BTreeSet::from(kept));
}

#[test]
fn security_groups_hang_on_everything_that_carries_them() {
    let topology = rich();
    for lang in Lang::ALL {
        let drawing = draw(&topology, Detail::Full, lang);
        let mut carried = 0;
        for node in topology.nodes() {
            for group in topology.security_groups_of(&node.name) {
                let hosts: Vec<&Item> = drawing
                    .items
                    .iter()
                    .filter(|it| it.name == node.name || it.all.contains(&node.name))
                    .filter(|it| !matches!(it.shape, Shape::Tag(_)))
                    .collect();
                let Some(host) = hosts.first() else {
                    continue;
                };
                let near = host.rect.grow(80.0);
                let tags = tags(&drawing, group);
                let found = tags.iter().find(|it| match host.shape {
                    Shape::Group(_) => host.rect.contains(&it.rect),
                    _ => near.overlaps(&it.rect) && it.inside == host.inside,
                });
                assert!(found.is_some(), "{group} does not hang on {}", node.name);
                carried += 1;
            }
        }
        assert!(carried >= 12, "{carried} tags were looked for");
    }
}

#[test]
fn a_tag_says_every_rule_of_its_group() {
    let topology = rich();
    let drawing = draw(&topology, Detail::Full, Lang::En);
    let mut rules = 0;
    for tag in drawing
        .items
        .iter()
        .filter(|it| it.shape == Shape::Tag(Glyph::SecurityGroup))
    {
        for rule in ingress(&topology, &tag.name) {
            let port = rule.from_port.unwrap().to_string();
            assert!(tag.says.contains(&port), "{port}: {}", tag.says);
            rules += 1;
        }
    }
    assert!(rules > 10, "{rules} rules");
    // A group is drawn after what stands in the subnets.
    let read = |name: &str| -> String {
        let labels = tags(&drawing, name).pop().unwrap().labels.iter();
        labels
            .map(|it| it.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        read("WebSecurityGroup"),
        "Web · 80, 443 from Load balancer; 22 from Bastion"
    );
    assert_eq!(
        read("DatabaseSecurityGroup"),
        "Database · 3306 from Database proxy, Web"
    );
    assert_eq!(
        read("LoadBalancerSecurityGroup"),
        "Load balancer · 80 from CloudFront"
    );
}

#[test]
fn a_long_list_of_rules_says_how_many_more_there_are() {
    let rule = |protocol: &str, from: u32, to: u32, range: &str| serde_json::json!({"IpProtocol": protocol, "FromPort": from, "ToPort": to, "CidrIp": range});
    let mut rules = vec![
        serde_json::json!({"IpProtocol": "-1", "CidrIp": "10.9.0.0/16"}),
        rule("udp", 53, 53, "10.8.0.0/16"),
        rule("tcp", 0, 65535, "10.7.0.0/16"),
        rule("tcp", 1024, 2048, "10.6.0.0/16"),
    ];
    rules.extend((0..5).map(|it| rule("tcp", 22, 22, &format!("192.0.2.{it}/32"))));
    let mut design = with(&[]);
    design.overrides = vec![Override::Set {
        resource: "LoadBalancerSecurityGroup".into(),
        property: "SecurityGroupIngress".into(),
        value: rules.into(),
    }];
    let topology = design.expand();
    assert!(topology.notes.is_empty(), "{:?}", topology.notes);
    hold("many rules", &topology);
    let drawing = draw(&topology, Detail::Full, Lang::En);
    let tag = tags(&drawing, "LoadBalancerSecurityGroup")[0];
    let read: Vec<&str> = tag.labels.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(
        read,
        [
            "Load balancer",
            "all traffic from 10.9.0.0/16",
            "UDP 53 from 10.8.0.0/16",
            "all TCP ports from 10.7.0.0/16",
            "+6 more",
        ]
    );
    assert!(tag.says.contains("1024-2048 from 10.6.0.0/16"));
    for it in 0..5 {
        assert!(
            tag.says.contains(&format!("192.0.2.{it}/32")),
            "{}",
            tag.says
        );
    }
}

#[test]
fn a_group_that_nothing_carries_stands_beside_the_name_of_its_vpc() {
    let mut topology = with(&[]).expand();
    topology.remove("WebGroup");
    hold("no instances", &topology);
    let drawing = draw(&topology, Detail::Full, Lang::En);
    let tag = tags(&drawing, "WebSecurityGroup")[0];
    assert_eq!(drawing.items[tag.inside.unwrap()].name, *"Vpc");
}

#[test]
fn tables_list_every_route_in_full() {
    let topology = with(&[
        ("network.nat", "per-az"),
        ("network.secondary_cidrs", "100.64.0.0/16"),
        ("vpcs.names", "shared,data"),
    ])
    .expand();
    for lang in Lang::ALL {
        let drawing = draw(&topology, Detail::Full, lang);
        let mut routes = 0;
        for node in topology.nodes() {
            if let Some(route) = Route::of(&node.resource) {
                let range = route.destination.unwrap();
                let lines = tags(&drawing, &route.table.name)[0].labels.iter();
                let start = format!("{range} → ");
                let mut lines = lines.filter(|it| it.text.starts_with(&start));
                assert!(lines.next().is_some(), "{range} of {}", route.table.name);
                routes += 1;
            }
            if let Some(table) = RouteTable::of(&node.resource) {
                for range in topology.vpc_ranges(&table.vpc.name) {
                    let lines = tags(&drawing, &node.name)[0].labels.iter();
                    let local = format!("{range} → local");
                    assert!(lines.clone().any(|it| it.text == local), "{local}");
                }
            }
        }
        assert!(routes > 5, "{routes} routes");
    }
}

#[test]
fn groups_say_what_they_are_set_to_in_full() {
    let topology = rich();
    let of = |detail: Detail, name: &str| -> Vec<String> {
        let drawing = draw(&topology, detail, Lang::En);
        let labels = item(&drawing, name).labels.iter().skip(1);
        labels.map(|it| it.text.clone()).collect()
    };
    assert_eq!(
        of(Detail::Full, "LoadBalancer"),
        ["HTTP 80 → HTTP 80", "health check /healthz every 30 s"]
    );
    assert_eq!(
        of(Detail::Full, "WebGroup"),
        ["gp3 8 GB · encrypted · IMDSv2"]
    );
    assert_eq!(
        of(Detail::Full, "Database"),
        ["gp3 20 GB · encrypted · backups kept 7 days"]
    );
    assert_eq!(of(Detail::Network, "Database"), Vec::<String>::new());
}
