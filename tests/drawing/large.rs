//! Topologies far larger than a blueprint, made of blueprints: designs side by side, each with its nodes under names of
//! its own, in the proportions of what people draw. Legal CloudFormation as much as the designs are. The benches take them
//! too.

use azimuth::aws::{Resource, Value, VpcPeeringConnection};
use azimuth::blueprint::base;
use azimuth::design::Design;
use azimuth::topology::Topology;

/// A design that is part of a large one: its Region and its options.
type Block = (&'static str, &'static [(&'static str, &'static str)]);

/// Three zones and tiers, cache, endpoints, read replicas.
const MIDDLE: &[(&str, &str)] = &[
    ("network.zones", "3"),
    ("network.tiers", "3"),
    ("network.nat", "per-az"),
    ("fleet.max", "9"),
    ("fleet.desired", "6"),
    ("database.read_replicas", "3"),
    ("cache.enabled", "true"),
    ("endpoints.s3", "true"),
    ("endpoints.ssm", "true"),
    ("endpoints.logs", "true"),
    ("vpcs.names", "shared,tools"),
];

/// Four zones and tiers, and all that stands in them.
const LARGE: &[(&str, &str)] = &[
    ("network.zones", "4"),
    ("network.tiers", "3"),
    ("network.nat", "per-az"),
    ("fleet.max", "16"),
    ("fleet.desired", "12"),
    ("access.kind", "bastion"),
    ("database.read_replicas", "4"),
    ("cache.enabled", "true"),
    ("cache.replicas", "3"),
    ("endpoints.s3", "true"),
    ("endpoints.dynamodb", "true"),
    ("endpoints.ssm", "true"),
    ("endpoints.ecr", "true"),
    ("endpoints.logs", "true"),
    ("vpcs.names", "shared,tools,data"),
];

/// Six zones, and a VPC for each of eight teams.
const WIDE: &[(&str, &str)] = &[
    ("network.zones", "6"),
    ("network.tiers", "3"),
    ("network.nat", "per-az"),
    ("fleet.max", "24"),
    ("fleet.desired", "18"),
    ("database.read_replicas", "5"),
    ("database.proxy", "true"),
    ("cache.enabled", "true"),
    ("cache.replicas", "5"),
    ("endpoints.s3", "true"),
    ("endpoints.ssm", "true"),
    ("endpoints.ecr", "true"),
    ("endpoints.logs", "true"),
    ("vpcs.names", "shared,tools,data,build,audit"),
];

const TOKYO: &str = "ap-northeast-1";
const OREGON: &str = "us-west-2";
const VIRGINIA: &str = "us-east-1";

/// About so many drawn items, containers included.
pub fn large(items: usize) -> Topology {
    side_by_side(match items {
        ..=100 => &[(TOKYO, MIDDLE)],
        101..=300 => &[(OREGON, LARGE), (OREGON, MIDDLE), (OREGON, MIDDLE)],
        301..=500 => &[
            (VIRGINIA, WIDE),
            (VIRGINIA, LARGE),
            (TOKYO, MIDDLE),
            (TOKYO, MIDDLE),
        ],
        _ => &[
            (VIRGINIA, WIDE),
            (VIRGINIA, WIDE),
            (VIRGINIA, LARGE),
            (OREGON, LARGE),
            (OREGON, LARGE),
            (TOKYO, MIDDLE),
            (TOKYO, MIDDLE),
        ],
    })
}

/// Designs side by side, the VPC of each peered with that of the next.
pub fn side_by_side(blocks: &[Block]) -> Topology {
    let mut all = Topology::default();
    for (place, (region, options)) in blocks.iter().enumerate() {
        let Some(mut design) = base("multi-tier-web") else {
            continue;
        };
        let range = format!("10.{}.0.0/16", place * 16);
        let own = [("region", *region), ("network.cidr", &*range)];
        for (key, value) in own.iter().chain(*options) {
            design = design.with(key, value);
        }
        add(&mut all, &design, PREFIXES[place]);
        if let Some(before) = place.checked_sub(1) {
            let far = Some(blocks[before].0).filter(|it| it != region);
            peer(&mut all, PREFIXES[place], PREFIXES[before], far);
        }
    }
    all
}

/// What the names of each design begin with.
const PREFIXES: [&str; 7] = [
    "", "Orders", "Billing", "Search", "Media", "Reports", "Archive",
];

/// Adds a design's nodes, with their names and all that refers to them under a prefix.
fn add(to: &mut Topology, design: &Design, prefix: &str) {
    let own = design.expand();
    let first = to.stacks.len();
    to.stacks.extend(own.stacks.iter().cloned());
    for node in own.nodes() {
        let mut properties = Value::Map(node.resource.properties());
        properties.rewire(&mut |name, attribute| {
            own.node(name)?;
            let name = format!("{prefix}{name}").into();
            Some(Value::referring(&name, attribute))
        });
        let resource = Resource::read(
            node.resource.kind(),
            properties.as_map().unwrap_or_default(),
        );
        let resource = resource.unwrap_or_else(|_| node.resource.clone());
        to.add(
            first + node.stack,
            format!("{prefix}{}", node.name),
            resource,
        );
    }
}

/// Joins two VPCs, as the account that has both may.
fn peer(to: &mut Topology, from: &str, with: &str, region: Option<&str>) {
    let stack = to.node(&format!("{from}Vpc")).map_or(0, |it| it.stack);
    let connection = VpcPeeringConnection {
        vpc: format!("{from}Vpc").as_str().into(),
        peer: format!("{with}Vpc").as_str().into(),
        peer_region: region.map(Value::from),
        peer_owner: None,
        tags: Default::default(),
        rest: Vec::new(),
    };
    to.add(stack, format!("{from}Peering"), connection);
}
