//! What a name in the drawing stands for, in words.

use leptos::prelude::{Get, Read};

use super::session::Session;
use crate::aws::{Home, Name, Region, Subnet};
use crate::diagram::plane_title;
use crate::text::{Lang, Message, Text, text};
use crate::topology::{INTERNET, Node, Part, Role, Site, Topology, USERS, parts};

/// Something that can be selected.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    Outside(Text),
    Zone(Site),
    Part(Part),
    Region(Region),
    /// An instance that a timeline launches: it belongs to its group and is in no design.
    Launched(Name),
    Node(Name),
}

const REGION: &str = "region:";

impl Thing {
    /// `None`: the topology has nothing of that name (any more).
    pub fn find(topology: &Topology, name: &str) -> Option<Self> {
        if let Some(site) = topology.site_named(name) {
            return Some(Self::Zone(site));
        }
        let region = name.strip_prefix(REGION).and_then(Region::from_code);
        if let Some(region) = region.filter(|it| topology.regions().contains(it)) {
            return Some(Self::Region(region));
        }
        if let Some(title) = plane_title(name) {
            return Some(Self::Outside(title));
        }
        match name {
            USERS => return Some(Self::Outside(text("ui.users", "Users"))),
            INTERNET => return Some(Self::Outside(text("ui.internet", "Internet"))),
            _ => (),
        }
        let part = parts(topology).into_iter().find(|it| *it.name == *name);
        if let Some(part) = part.filter(|it| it.role != Role::Whole) {
            return Some(Self::Part(part));
        }
        match name.split_once('.') {
            Some((of, _)) => topology.node(of).map(|it| Self::Launched(it.name.clone())),
            None => topology.node(name).map(|it| Self::Node(it.name.clone())),
        }
    }

    /// The node whose properties the thing has.
    pub fn node<'a>(&self, topology: &'a Topology) -> Option<&'a Node> {
        match self {
            Self::Outside(_) | Self::Zone(_) | Self::Region(_) => None,
            // An instance of an Aurora cluster is a part with properties of its own.
            Self::Part(part) => topology
                .node(&part.name)
                .or_else(|| topology.node(&part.of)),
            Self::Launched(name) | Self::Node(name) => topology.node(name),
        }
    }

    /// Whether it has a name beside its kind.
    pub fn has_name(&self) -> bool {
        match self {
            Self::Part(_) | Self::Launched(_) | Self::Node(_) => true,
            Self::Outside(_) | Self::Zone(_) | Self::Region(_) => false,
        }
    }

    /// What kind of thing it is.
    pub fn kind(&self, topology: &Topology) -> Message {
        match self {
            Self::Outside(title) => (*title).into(),
            Self::Zone(site) => zone_title(*site),
            Self::Region(region) => region_title(*region),
            Self::Part(part) => role(part).into(),
            Self::Launched(_) => text("ui.launched", "Replacement instance").into(),
            Self::Node(name) => match topology.node(name) {
                Some(node) => node.resource.title().into(),
                None => text("ui.gone", "Not in the design any more").into(),
            },
        }
    }
}

fn zone_title(site: Site) -> Message {
    text("ui.zone", "Availability Zone {zone}").with("zone", site.to_string())
}

fn region_title(region: Region) -> Message {
    text("ui.fault.region", "Region {region}").with("region", region.code())
}

fn role(part: &Part) -> Text {
    match part.role {
        Role::BalancerNode => text("ui.role.balancer", "Load balancer node"),
        Role::Instance => text("ui.role.instance", "EC2 instance"),
        Role::Primary => text("ui.role.primary", "Primary database instance"),
        Role::Standby => text("ui.role.standby", "Standby database instance"),
        Role::Interface => text("ui.role.interface", "Network interface of an endpoint"),
        Role::Runner => text("ui.role.runner", "Network interface of a function"),
        // An instance of an Aurora cluster has a name of its own, a node of a cache has its group's.
        Role::Leader if part.name.contains('.') => text("ui.role.leader", "Primary cache node"),
        Role::Follower if part.name.contains('.') => text("ui.role.follower", "Cache replica"),
        Role::Leader => text("ui.role.writer", "Writer instance of Aurora"),
        Role::Follower => text("ui.role.reader", "Reader instance of Aurora"),
        Role::Whole => text("ui.role.whole", "Zonal resource"),
    }
}

/// `NAT gateway NatGatewayA`: kind and name, for lists and labels.
pub fn full_title(topology: &Topology, name: &str, lang: Lang) -> String {
    match Thing::find(topology, name) {
        Some(thing) if !thing.has_name() => thing.kind(topology).render(lang),
        Some(thing) => format!("{} {name}", thing.kind(topology).render(lang)),
        None => name.to_owned(),
    }
}

/// Where a thing is, from the outside in.
pub fn places(topology: &Topology, thing: &Thing) -> Vec<Name> {
    match thing {
        Thing::Outside(_) | Thing::Region(_) => Vec::new(),
        Thing::Zone(site) => in_region(site.region.or(topology.region())),
        Thing::Part(part) => {
            let site = topology.site_of(&part.subnet).map(Site::name);
            site.into_iter().chain([part.subnet.clone()]).collect()
        }
        Thing::Launched(name) => vec![name.clone()],
        Thing::Node(name) => home(topology, name),
    }
}

fn in_region(region: Option<Region>) -> Vec<Name> {
    region
        .map(|it| format!("{REGION}{}", it.code()).into())
        .into_iter()
        .collect()
}

fn home(topology: &Topology, name: &str) -> Vec<Name> {
    let Some(node) = topology.node(name) else {
        return Vec::new();
    };
    match node.resource.home() {
        Home::Global => Vec::new(),
        Home::Region => in_region(topology.region_of(name)),
        Home::Vpc(vpc) => vec![vpc],
        Home::With(other) => vec![other],
        Home::Subnet(_) | Home::Spread(_) | Home::Within(..) => {
            topology.subnets_of(name).into_iter().cloned().collect()
        }
    }
}

/// What a thing is called: a resource by its name, everything else in words.
pub fn short_title(topology: &Topology, name: &str, lang: Lang) -> String {
    match Thing::find(topology, name) {
        Some(thing) if !thing.has_name() => thing.kind(topology).render(lang),
        Some(_) | None => name.to_owned(),
    }
}

/// What is in a zone or in a subnet: subnets and everything that can break by itself.
pub fn contents(topology: &Topology, thing: &Thing) -> Vec<Name> {
    let zone = |site: Site| {
        let is_there = |subnet: &str| topology.site_of(subnet) == Some(site);
        let subnets = topology.all::<Subnet>().map(|(name, _)| name);
        let inside = parts(topology).into_iter();
        let inside = inside.filter(|it| is_there(&it.subnet)).map(|it| it.name);
        let subnets = subnets.filter(|it| is_there(it)).cloned();
        subnets.chain(inside).collect()
    };
    match thing {
        Thing::Zone(it) => zone(*it),
        Thing::Region(region) => {
            let sites = topology.sites().into_iter();
            let here = sites.filter(|it| it.region.or(topology.region()) == Some(*region));
            here.map(Site::name).collect()
        }
        Thing::Node(name) => {
            let inside = parts(topology).into_iter().filter(|it| it.subnet == *name);
            inside.map(|it| it.name).collect()
        }
        Thing::Outside(_) | Thing::Part(_) | Thing::Launched(_) => Vec::new(),
    }
}

impl Session {
    /// What a thing is called, in the page's language.
    pub fn short_title_of(self, name: &str) -> String {
        short_title(&self.settled.read(), name, self.lang.get())
    }

    /// Kind and name of a thing, in the page's language.
    pub fn title_of(self, name: &str) -> String {
        full_title(&self.settled.read(), name, self.lang.get())
    }
}
