//! What breaks, as a person writes it.

use std::fmt;

use crate::aws::{Figure, Kind, Name, Region, Resource, VpcPeeringConnection, VpnConnection};
use crate::design::shorten;
use crate::text::{Message, text};
use crate::topology::{Node, Site, Topology, parts};

/// What breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `az:a`, in other Regions than the first `az:us-east-1a`: a zone loses power.
    Zone(Site),
    /// `az:a+b`: two zones of one Region at once, in the order of their letters.
    Pair(Site, Site),
    /// `node:NAME`: one node or part.
    Node(Name),
    /// `region:R`: the whole Region.
    Region(Region),
}

/// Names that a message lists at most.
const LISTED: usize = 24;

impl Fault {
    /// Reads `az:a`, `az:a+b`, `az:us-east-1a`, `az:us-east-1a+us-east-1b`, `node:NAME` or `region:R`, and asks whether the
    /// topology has it.
    ///
    /// # Errors
    /// What is not understood, or not there, and what there is.
    pub fn parse(given: &str, topology: &Topology) -> Result<Self, Message> {
        match given.trim().split_once(':') {
            Some(("az", letters)) => match letters.split_once('+') {
                None => site(letters, topology).map(Self::Zone),
                Some((one, other)) => pair(site(one, topology)?, site(other, topology)?),
            },
            Some(("node", name)) => node(name, topology),
            Some(("region", code)) => region(code, topology),
            _ => Err(text(
                "fault.unknown",
                "“{given}” is no fault: write az:a, az:a+b, node:NAME or region:CODE",
            )
            .with("given", shorten(given))),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zone(zone) => write!(f, "az:{zone}"),
            Self::Pair(one, other) => write!(f, "az:{one}+{other}"),
            Self::Node(name) => write!(f, "node:{name}"),
            Self::Region(region) => write!(f, "region:{region}"),
        }
    }
}

fn pair(one: Site, other: Site) -> Result<Fault, Message> {
    if one == other {
        return Err(text(
            "fault.same-zone",
            "a pair of zones needs two of them, and “{zone}” stands there twice",
        )
        .with("zone", one.to_string()));
    }
    if one.region != other.region {
        return Err(text(
            "fault.two-regions",
            "a pair of zones is of one Region, and “{one}” and “{other}” are of two",
        )
        .with("one", one.to_string())
        .with("other", other.to_string()));
    }
    Ok(Fault::Pair(one.min(other), one.max(other)))
}

fn site(given: &str, topology: &Topology) -> Result<Site, Message> {
    topology.site_called(given).ok_or_else(|| {
        text(
            "fault.no-zone",
            "the design has no zone “{given}”; its zones: {known}",
        )
        .with("given", shorten(given))
        .with("known", join(topology.sites().iter()))
    })
}

fn region(code: &str, topology: &Topology) -> Result<Fault, Message> {
    let regions = topology.regions();
    let found = Region::from_code(code).filter(|it| regions.contains(it));
    found.map(Fault::Region).ok_or_else(|| {
        text(
            "fault.no-region",
            "the design has nothing in Region “{given}”; its Regions: {known}",
        )
        .with("given", shorten(code))
        .with("known", join(regions.iter()))
    })
}

fn node(name: &str, topology: &Topology) -> Result<Fault, Message> {
    let parts = parts(topology);
    let can_break = |it: &&Node| can_break(&it.resource);
    let nodes: Vec<&Node> = topology.nodes().iter().filter(can_break).collect();
    let names = nodes.iter().map(|it| &it.name);
    let mut all = names.chain(parts.iter().map(|it| &it.name));
    if let Some(found) = all.find(|it| ***it == *name) {
        return Ok(Fault::Node(found.clone()));
    }
    let drawn_inside = nodes
        .iter()
        .filter(|it| !matches!(it.resource.figure(), Figure::Companion(_)));
    let members = parts.iter().filter(|it| it.name != it.of);
    let known = drawn_inside
        .map(|it| &it.name)
        .chain(members.map(|it| &it.name));
    Err(text(
        "fault.no-node",
        "the design has nothing called “{given}” that can break; what can: {known}",
    )
    .with("given", shorten(name))
    .with("known", join(known)))
}

/// Whether a resource is a thing of its own: a route table, a rule or a policy does not break by itself. A peering connection
/// can be taken away, and a VPN connection be down, though but a wire stands for them.
pub fn can_break(resource: &Resource) -> bool {
    match resource.figure() {
        Figure::Icon(_) | Figure::Group(_) | Figure::Companion(_) => true,
        Figure::Frame(_) | Figure::Tag(_) | Figure::Hidden => {
            VpcPeeringConnection::of(resource).is_some() || VpnConnection::of(resource).is_some()
        }
    }
}

fn join(names: impl Iterator<Item = impl fmt::Display>) -> String {
    let mut names: Vec<String> = names.map(|it| it.to_string()).collect();
    if names.len() > LISTED {
        names.truncate(LISTED);
        names.push("…".into());
    }
    names.join(", ")
}
