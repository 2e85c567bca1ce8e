//! What stands where, without coordinates: regions hold VPCs, VPCs hold zones as columns and tiers of subnets as rows,
//! tiers hold bands of groups and icons. Driven by facets alone; whatever has lost its place stands among the companions.

use std::collections::BTreeSet;

use super::band::{self, Band};
use crate::aws::{Figure, Frame, Glyph, Home, Kind, Name, Region, Subnet, Vpc, Zone};
use crate::topology::{Link, Node, Part, Role, Topology};

/// The whole picture.
pub(super) struct Plan<'a> {
    pub regions: Vec<RegionPlan<'a>>,
    /// Global services.
    pub global: Vec<Company<'a>>,
}

pub(super) struct RegionPlan<'a> {
    pub region: Option<Region>,
    pub networks: Vec<Network<'a>>,
    pub companions: Vec<Company<'a>>,
}

/// Nodes of one kind under one icon.
pub(super) struct Company<'a> {
    pub glyph: Glyph,
    pub nodes: Vec<&'a Node>,
}

/// A VPC.
pub(super) struct Network<'a> {
    pub name: Name,
    /// `None` where subnets name a VPC that is not there.
    pub vpc: Option<&'a Vpc>,
    /// Icons on its edge.
    pub gates: Vec<(Glyph, &'a Node)>,
    /// Tags that hang on nothing inside.
    pub tags: Vec<(Glyph, &'a Node)>,
    pub zones: Vec<Zone>,
    pub tiers: Vec<Tier<'a>>,
}

/// A row of subnets.
pub(super) struct Tier<'a> {
    /// By zone of the network.
    pub cells: Vec<Option<Cell<'a>>>,
    pub bands: Vec<Band<'a>>,
}

pub(super) struct Cell<'a> {
    pub name: &'a Name,
    pub subnet: &'a Subnet,
    pub tags: Vec<(Glyph, &'a Node)>,
    /// Whether it follows the VPC's main table.
    pub on_main_table: bool,
}

/// A part of a group in its zone, or several under one icon.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub names: Vec<Name>,
    pub role: Role,
    pub zone: Zone,
    /// How many of the names exist now.
    pub count: usize,
    pub absent: bool,
}

/// What the plan is made from.
pub(super) struct Source<'a> {
    pub topology: &'a Topology,
    pub links: &'a [Link],
    pub parts: &'a [Part],
    /// What refers to whom, for things that stand where something else is.
    attached: Vec<(Name, Name)>,
}

impl<'a> Source<'a> {
    pub fn new(topology: &'a Topology, links: &'a [Link], parts: &'a [Part]) -> Self {
        Self {
            topology,
            links,
            parts,
            attached: attached(topology),
        }
    }

    /// Where a tag or a gate hangs: what refers to it, or where what refers to it lives.
    fn hosts(&self, name: &str) -> impl Iterator<Item = &Name> {
        let found = self.attached.iter();
        found
            .filter(move |(it, _)| **it == *name)
            .map(|(_, host)| host)
    }

    pub fn tags_on(&self, host: &str) -> Vec<(Glyph, &'a Node)> {
        let tags = self
            .topology
            .nodes()
            .iter()
            .filter_map(|node| match node.resource.figure() {
                Figure::Tag(glyph) => Some((glyph, node)),
                _ => None,
            });
        tags.filter(|(_, node)| self.hosts(&node.name).any(|it| **it == *host))
            .collect()
    }
}

/// Pairs of a tag or gate and its host.
fn attached(topology: &Topology) -> Vec<(Name, Name)> {
    let mut pairs = Vec::new();
    let hangs = |name: &Name| {
        topology
            .node(name)
            .is_some_and(|it| matches!(it.resource.figure(), Figure::Tag(_) | Figure::Icon(_)))
    };
    for node in topology.nodes() {
        let host = match (node.resource.figure(), node.resource.home()) {
            (Figure::Icon(_) | Figure::Group(_), Home::Subnet(_) | Home::Spread(_)) => {
                node.name.clone()
            }
            (Figure::Hidden, Home::Subnet(place) | Home::Vpc(place)) => place,
            _ => continue,
        };
        for name in node.references() {
            let pair = (name, host.clone());
            if pair.0 != pair.1 && hangs(&pair.0) && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    pairs
}

pub(super) fn plan<'a>(source: &Source<'a>) -> Plan<'a> {
    let topology = source.topology;
    let mut regions: Vec<RegionPlan<'_>> = Vec::new();
    for region in topology
        .stacks
        .iter()
        .map(|it| Some(it.region))
        .chain([None])
    {
        let is_used = topology
            .nodes()
            .iter()
            .any(|it| region_of(topology, it) == region);
        if is_used && !regions.iter().any(|it| it.region == region) {
            regions.push(RegionPlan {
                region,
                networks: networks(source, region),
                companions: Vec::new(),
            });
        }
    }
    let mut plan = Plan {
        regions,
        global: Vec::new(),
    };
    companions(source, &mut plan);
    plan
}

fn region_of(topology: &Topology, node: &Node) -> Option<Region> {
    topology.stacks.get(node.stack).map(|it| it.region)
}

fn networks<'a>(source: &Source<'a>, region: Option<Region>) -> Vec<Network<'a>> {
    let topology = source.topology;
    let here = |node: &&Node| region_of(topology, node) == region;
    let mut names: Vec<Name> = Vec::new();
    let mut push = |name: &Name| {
        if !names.contains(name) {
            names.push(name.clone());
        }
    };
    for node in topology.nodes().iter().filter(here) {
        match (node.resource.figure(), Subnet::of(&node.resource)) {
            (Figure::Frame(Frame::Vpc), _) => push(&node.name),
            (Figure::Frame(Frame::Subnet), Some(subnet)) => push(&subnet.vpc.name),
            _ => (),
        }
    }
    let networks = names.into_iter().map(|name| network(source, name));
    networks.collect()
}

fn network<'a>(source: &Source<'a>, name: Name) -> Network<'a> {
    let topology = source.topology;
    let subnets: Vec<(&Name, &Subnet)> = topology
        .all::<Subnet>()
        .filter(|(_, it)| it.vpc.name == name)
        .collect();
    let mut zones: Vec<Zone> = subnets.iter().map(|(_, it)| it.zone).collect();
    zones.sort();
    zones.dedup();
    let mut tiers: Vec<Tier<'_>> = rows(topology, &subnets)
        .into_iter()
        .map(|row| Tier {
            cells: cells(source, &row, &zones),
            bands: Vec::new(),
        })
        .collect();
    for tier in &mut tiers {
        tier.bands = band::bands(source, &tier.cells);
    }
    let on_edge = topology
        .nodes()
        .iter()
        .filter(|it| source.hosts(&it.name).any(|host| *host == name));
    let gates = on_edge.filter_map(
        |node| match (node.resource.figure(), node.resource.home()) {
            (Figure::Icon(glyph), Home::Region | Home::Vpc(_)) => Some((glyph, node)),
            _ => None,
        },
    );
    let loose = topology.nodes().iter().filter_map(|node| {
        match (node.resource.figure(), node.resource.home()) {
            (Figure::Tag(glyph), Home::Vpc(vpc))
                if vpc == name && source.hosts(&node.name).next().is_none() =>
            {
                Some((glyph, node))
            }
            _ => None,
        }
    });
    Network {
        vpc: topology.named::<Vpc>(&name),
        gates: gates.collect(),
        tags: loose.collect(),
        zones,
        tiers,
        name,
    }
}

/// Subnets by tier, the public one first: those of one name but for the zone stand in one row.
fn rows<'a>(
    topology: &Topology,
    subnets: &[(&'a Name, &'a Subnet)],
) -> Vec<Vec<(&'a Name, &'a Subnet)>> {
    type Row<'a> = (String, Vec<(&'a Name, &'a Subnet)>);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (name, subnet) in subnets {
        let stem = stem(name, subnet.zone);
        let row = rows
            .iter_mut()
            .find(|(it, row)| *it == stem && row.iter().all(|(_, it)| it.zone != subnet.zone));
        match row {
            Some((_, row)) => row.push((name, subnet)),
            None => rows.push((stem, vec![(name, subnet)])),
        }
    }
    // By name before by route, so that a lost route does not turn the picture upside down.
    rows.sort_by_key(|(stem, row)| {
        let says_public = stem.to_lowercase().contains("public");
        !says_public && !row.iter().any(|(name, _)| topology.is_public(name))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A name without what tells its zone: a letter that is the zone's, or a number.
fn stem(name: &str, zone: Zone) -> String {
    let stem = name.trim_end_matches(|it: char| it.is_ascii_digit());
    if stem.len() < name.len() {
        return stem.to_owned();
    }
    let stem = name.strip_suffix(zone.capital());
    stem.unwrap_or(name).to_owned()
}

fn cells<'a>(
    source: &Source<'a>,
    row: &[(&'a Name, &'a Subnet)],
    zones: &[Zone],
) -> Vec<Option<Cell<'a>>> {
    let cell = |zone: &Zone| {
        let (name, subnet) = row.iter().find(|(_, it)| it.zone == *zone)?;
        Some(Cell {
            name,
            subnet,
            tags: source.tags_on(name),
            on_main_table: source.topology.table_of(name).is_none(),
        })
    };
    zones.iter().map(cell).collect()
}

/// Everything drawn that stands in no network: companions, and what has lost its place.
fn companions<'a>(source: &Source<'a>, plan: &mut Plan<'a>) {
    let placed = placed(plan);
    for node in source.topology.nodes() {
        let glyph = match node.resource.figure() {
            Figure::Companion(glyph)
            | Figure::Icon(glyph)
            | Figure::Group(glyph)
            | Figure::Tag(glyph) => glyph,
            Figure::Frame(_) | Figure::Hidden => continue,
        };
        if placed.contains(node.name.as_str()) {
            continue;
        }
        let region = region_of(source.topology, node);
        let here = plan.regions.iter_mut().find(|it| it.region == region);
        let list = match (node.resource.home(), here) {
            (Home::Global, _) | (_, None) => &mut plan.global,
            (_, Some(here)) => &mut here.companions,
        };
        let twin = list.iter_mut().find(|it| {
            it.nodes
                .iter()
                .any(|other| other.resource.kind() == node.resource.kind())
        });
        match twin {
            Some(it) => it.nodes.push(node),
            None => list.push(Company {
                glyph,
                nodes: vec![node],
            }),
        }
    }
}

/// Names of all nodes that stand in a network.
fn placed<'a>(plan: &Plan<'a>) -> BTreeSet<&'a str> {
    let mut names: Vec<&'a Node> = Vec::new();
    for network in plan.regions.iter().flat_map(|it| &it.networks) {
        names.extend(network.gates.iter().map(|(_, it)| *it));
        names.extend(network.tags.iter().map(|(_, it)| *it));
        for tier in &network.tiers {
            let cells = tier.cells.iter().flatten();
            names.extend(cells.flat_map(|it| it.tags.iter().map(|(_, tag)| *tag)));
            names.extend(tier.bands.iter().flat_map(Band::nodes));
        }
    }
    names.into_iter().map(|it| it.name.as_str()).collect()
}
