//! What stands where, in words but without coordinates: Regions hold VPCs, VPCs hold zones as columns and tiers of subnets
//! as rows, tiers hold bands of groups and icons. Driven by facets alone; what has lost its place stands among the
//! companions.

use std::collections::BTreeMap;

use super::band::{self, Band, Icon};
use super::row;
use super::source::Source;
use crate::aws::{Figure, Frame, Glyph, Home, Kind, Name, Queue, Region, Subnet, Vpc, Zone};
use crate::lookup::Among;
use crate::topology::{Link, LinkKind, Node, Topology, USERS};

/// The whole picture.
pub(super) struct Plan {
    pub regions: Vec<RegionPlan>,
    /// Global services.
    pub global: Vec<Company>,
}

pub(super) struct RegionPlan {
    pub region: Option<Region>,
    pub networks: Vec<Network>,
    /// What requests from outside come to without entering a VPC, in their order, and what these ask.
    pub path: Vec<Company>,
    pub companions: Vec<Company>,
}

/// Nodes of one kind under one icon.
pub(super) struct Company {
    pub names: Vec<Name>,
    pub glyph: Glyph,
    pub label: String,
}

/// A VPC, or a name that subnets give for one that is not there.
pub(super) struct Network {
    pub name: Name,
    pub title: String,
    pub range: Option<String>,
    /// Icons on its edge.
    pub gates: Vec<Icon>,
    /// Tags that hang on nothing inside.
    pub tags: Vec<Tag>,
    pub region: Option<Region>,
    pub zones: Vec<Zone>,
    pub tiers: Vec<Tier>,
}

/// A row of subnets.
pub(super) struct Tier {
    /// By zone of the network.
    pub cells: Vec<Option<Cell>>,
    pub bands: Vec<Band>,
}

/// A subnet.
pub(super) struct Cell {
    pub name: Name,
    pub zone: Zone,
    pub title: String,
    pub range: Option<String>,
    pub is_public: bool,
    pub tags: Vec<Tag>,
}

pub(super) struct Tag {
    pub name: Name,
    pub glyph: Glyph,
    pub lines: Vec<String>,
    /// Accessible name.
    pub says: String,
}

impl Tag {
    /// A tag that says what can be read on it.
    pub fn new(name: Name, glyph: Glyph, lines: Vec<String>) -> Self {
        Self {
            name,
            glyph,
            says: lines.join(": "),
            lines,
        }
    }
}

pub(super) fn plan(source: &Source<'_>) -> Plan {
    let topology = source.topology;
    let mut plan = Plan {
        regions: Vec::new(),
        global: Vec::new(),
    };
    let mut used: Vec<Option<Region>> = Vec::new();
    for node in topology.nodes() {
        let region = region_of(topology, node);
        if !used.contains(&region) && node.resource.home() != Home::Global {
            used.push(region);
        }
    }
    let networks = networks(source);
    let regions = topology.stacks.iter().map(|it| Some(it.region));
    for region in regions.chain([None]) {
        if used.contains(&region) && plan.regions.iter().all(|it| it.region != region) {
            let own = networks.iter().filter(|it| it.1 == region);
            let own = own.map(|(name, _)| network(source, name.clone(), region));
            plan.regions.push(RegionPlan {
                region,
                networks: own.collect(),
                path: Vec::new(),
                companions: Vec::new(),
            });
        }
    }
    companions(source, &mut plan);
    // Where everything is a global service's, or hidden, there is no Region to show.
    let is_shown = |it: &RegionPlan| !it.networks.is_empty() || !it.companions.is_empty();
    if plan.regions.iter().any(is_shown) {
        plan.regions.retain(is_shown);
    }
    plan
}

fn region_of(topology: &Topology, node: &Node) -> Option<Region> {
    topology.stacks.get(node.stack).map(|it| it.region)
}

/// The VPCs that are there or that subnets name, each in the Region of what names it.
fn networks(source: &Source<'_>) -> Vec<(Name, Option<Region>)> {
    let topology = source.topology;
    let mut networks: Vec<(Name, Option<Region>)> = Vec::new();
    for node in topology.nodes() {
        let name = match (node.resource.figure(), Subnet::of(&node.resource)) {
            (Figure::Frame(Frame::Vpc), _) => &node.name,
            (Figure::Frame(Frame::Subnet), Some(subnet)) => &subnet.vpc.name,
            _ => continue,
        };
        let network = (name.clone(), region_of(topology, node));
        if !networks.contains(&network) {
            networks.push(network);
        }
    }
    networks
}

fn network(source: &Source<'_>, name: Name, region: Option<Region>) -> Network {
    let subnets = source.topology.all::<Subnet>();
    let subnets: Vec<(&Name, &Subnet)> = subnets.filter(|(_, it)| it.vpc.name == name).collect();
    let mut zones: Vec<Zone> = subnets.iter().map(|(_, it)| it.zone).collect();
    zones.sort();
    zones.dedup();
    let rows = row::rows(source.words.tables, &subnets).into_iter();
    let tiers = rows.map(|it| {
        let cells = row::cells(source, &it, &zones);
        Tier {
            bands: band::bands(source, &cells),
            cells,
        }
    });
    let vpc = source.topology.named::<Vpc>(&name);
    Network {
        title: source.words.network(&name, vpc.is_some()),
        range: vpc
            .filter(|_| source.words.detail.has_figures())
            .map(|_| ranges(source.topology, &name)),
        gates: gates(source, &name),
        tags: source.loose_tags(&name),
        tiers: tiers.collect(),
        region,
        zones,
        name,
    }
}

/// Every range of a VPC, the first one first.
fn ranges(topology: &Topology, vpc: &str) -> String {
    let ranges = topology.vpc_ranges(vpc).into_iter();
    ranges
        .map(|it| it.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

fn gates(source: &Source<'_>, vpc: &str) -> Vec<Icon> {
    let gates = source.gates(vpc).filter_map(|it| {
        let Figure::Icon(glyph) = it.figure else {
            return None;
        };
        Some(Icon {
            name: it.node.name.clone(),
            glyph,
            label: source.words.icon(it.node),
            tags: Vec::new(),
        })
    });
    gates.collect()
}

/// Everything drawn that stands in no network: companions, and what has lost its place.
fn companions(source: &Source<'_>, plan: &mut Plan) {
    let placed = placed(plan);
    let ends = |is_it: fn(&Link) -> bool| -> Among<&Name> {
        let links = source.links.iter().filter(|it| is_it(it));
        links.flat_map(|it| [&it.from, &it.to]).collect()
    };
    let wired = ends(|_| true);
    // What has a wire of its own stands alone.
    let alone = ends(|it| it.kind != LinkKind::Control);
    let mut kinds: Vec<(Option<Region>, Glyph, Vec<&Node>)> = Vec::new();
    let mut shared: BTreeMap<(Option<Region>, &str), usize> = BTreeMap::new();
    for node in source.topology.nodes() {
        let glyph = match node.resource.figure() {
            Figure::Companion(glyph)
            | Figure::Icon(glyph)
            | Figure::Group(glyph)
            | Figure::Tag(glyph) => glyph,
            Figure::Frame(_) | Figure::Hidden => continue,
        };
        let is_kept = source.words.detail.keeps(glyph) || wired.contains(&node.name);
        if placed.contains(&node.name) || !is_kept {
            continue;
        }
        let region = match node.resource.home() {
            Home::Global => None,
            Home::Region
            | Home::Vpc(_)
            | Home::Subnet(_)
            | Home::Spread(_)
            | Home::With(_)
            | Home::Within(..) => region_of(source.topology, node),
        };
        if alone.contains(&node.name) {
            kinds.push((region, glyph, vec![node]));
            continue;
        }
        let place = *shared
            .entry((region, node.resource.kind()))
            .or_insert(kinds.len());
        match kinds.get_mut(place) {
            Some((_, _, nodes)) => nodes.push(node),
            None => kinds.push((region, glyph, vec![node])),
        }
    }
    for (region, glyph, nodes) in kinds {
        let company = Company {
            names: nodes.iter().map(|it| it.name.clone()).collect(),
            glyph,
            label: source.words.companion(&nodes),
        };
        let here = plan.regions.iter_mut().find(|it| it.region == region);
        match here.filter(|_| region.is_some()) {
            Some(it) => it.companions.push(company),
            None => plan.global.push(company),
        }
    }
    // What a global service fetches from stands first, away from what follows from one thing to the next.
    let global: Vec<Name> = plan.global.iter().flat_map(|it| it.names.clone()).collect();
    let is_fetched = |it: &Company| {
        let mut links = source.links.iter();
        links.any(|link| global.contains(&link.from) && it.names.contains(&link.to))
    };
    let path = path(source, plan);
    for it in &mut plan.regions {
        let all = std::mem::take(&mut it.companions).into_iter();
        let place = |it: &Company| it.names.iter().filter_map(|it| path.get(it)).min();
        (it.path, it.companions) = all.partition(|it| place(it).is_some());
        it.path.sort_by_key(|it| (!is_fetched(it), place(it)));
    }
}

/// What requests lead to or from without a place in a network, by how far from outside it is, what takes dead letters right
/// behind its queue; nothing where no request comes from outside to any of it.
fn path(source: &Source<'_>, plan: &Plan) -> BTreeMap<Name, (usize, bool)> {
    let global = plan.global.iter().flat_map(|it| &it.names);
    let outside: Among<&str> = global.map(Name::as_str).chain([USERS]).collect();
    let beside = plan.regions.iter().flat_map(|it| &it.companions);
    let beside: Among<&Name> = beside.flat_map(|it| &it.names).collect();
    let requests = || {
        source
            .links
            .iter()
            .filter(|it| it.kind == LinkKind::Request)
    };
    if !requests().any(|it| outside.contains(it.from.as_str()) && beside.contains(&it.to)) {
        return BTreeMap::new();
    }
    let ends = requests().flat_map(|it| [&it.from, &it.to]);
    let ends = ends.filter(|it| beside.contains(it));
    let ends = ends.map(|it| (it.clone(), (source.depth(it), false)));
    let mut path: BTreeMap<Name, (usize, bool)> = ends.collect();
    for (queue, it) in source.topology.all::<Queue>() {
        if let (Some((depth, _)), Some(letters)) = (path.get(queue).copied(), it.dead_letters())
            && beside.contains(letters)
        {
            path.entry(letters.clone()).or_insert((depth, true));
        }
    }
    path
}

/// Names of everything that stands in a network.
fn placed(plan: &Plan) -> Among<Name> {
    let mut names: Among<Name> = Among::default();
    for network in plan.regions.iter().flat_map(|it| &it.networks) {
        names.extend(network.gates.iter().map(|it| it.name.clone()));
        names.extend(network.tags.iter().map(|it| it.name.clone()));
        for tier in &network.tiers {
            let tags = tier.cells.iter().flatten().flat_map(|it| &it.tags);
            names.extend(tags.map(|it| it.name.clone()));
            names.extend(tier.bands.iter().flat_map(Band::names));
        }
    }
    names
}
