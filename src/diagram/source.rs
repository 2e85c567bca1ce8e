//! What the plan is made from: a topology with what follows from it.

use super::caption::Words;
use super::depth::Depths;
use super::endpoints::{self, Alike};
use super::plan::Tag;
use super::{security, theme};
use crate::aws::{Figure, Glyph, Home, Name};
use crate::lookup::Lookup;
use crate::topology::{Link, Node, Part, Topology};

pub(super) struct Source<'a> {
    pub topology: &'a Topology,
    pub words: Words<'a>,
    pub links: &'a [Link],
    /// Groups and icons, in order.
    pub figures: Vec<Placed<'a>>,
    /// Interface endpoints that stand in the same subnets.
    pub endpoints: Vec<Alike<'a>>,
    /// Indexes of the figures in each subnet, and of the icons on each VPC's edge.
    within: Lookup<&'a str, Vec<usize>>,
    gates: Lookup<Name, Vec<usize>>,
    /// Parts by the node that they belong to.
    parts: Lookup<&'a str, Vec<&'a Part>>,
    /// By where they lead to.
    links_to: Lookup<&'a str, Vec<&'a Link>>,
    depths: Depths<'a>,
    /// Every host with the tags on it, and every VPC with those that hang on nothing inside.
    tags: Lookup<Name, Vec<(&'a Node, Glyph)>>,
    loose: Lookup<Name, Vec<(&'a Node, Glyph)>>,
}

/// A group or icon with the subnets that it lives in.
pub(super) struct Placed<'a> {
    pub node: &'a Node,
    pub figure: Figure,
    pub subnets: Vec<&'a Name>,
}

impl<'a> Source<'a> {
    pub fn new(words: Words<'a>, links: &'a [Link], parts: &'a [Part]) -> Self {
        let topology = words.topology;
        let mut parts_of: Lookup<&str, Vec<&Part>> = Lookup::default();
        for it in parts {
            parts_of.values(&it.of).push(it);
        }
        let mut links_to: Lookup<&str, Vec<&Link>> = Lookup::default();
        for it in links {
            links_to.values(&it.to).push(it);
        }
        let hosts = attached(topology);
        let mut figures = Vec::new();
        let mut tags: Lookup<Name, Vec<(&Node, Glyph)>> = Lookup::default();
        let mut loose: Lookup<Name, Vec<(&Node, Glyph)>> = Lookup::default();
        for node in topology.nodes() {
            match node.resource.figure() {
                Figure::Tag(_) if !words.detail.has_figures() => (),
                Figure::Tag(glyph) => match (hosts.get(&node.name), node.resource.home()) {
                    (Some(hosts), _) => {
                        for host in hosts {
                            tags.values(host.clone()).push((node, glyph));
                        }
                    }
                    (None, Home::Vpc(vpc)) => loose.values(vpc).push((node, glyph)),
                    (None, _) => (),
                },
                figure @ (Figure::Group(_) | Figure::Icon(_)) => figures.push(Placed {
                    subnets: topology.subnets_of(&node.name),
                    node,
                    figure,
                }),
                Figure::Frame(_) | Figure::Companion(_) | Figure::Hidden => (),
            }
        }
        let mut within: Lookup<&str, Vec<usize>> = Lookup::default();
        let mut gates: Lookup<Name, Vec<usize>> = Lookup::default();
        for (index, it) in figures.iter().enumerate() {
            for subnet in &it.subnets {
                within.values(subnet).push(index);
            }
            for vpc in on_edge(it, &hosts) {
                gates.values(vpc).push(index);
            }
        }
        Self {
            topology,
            words,
            links,
            endpoints: endpoints::alike(&figures),
            figures,
            within,
            gates,
            parts: parts_of,
            links_to,
            depths: Depths::new(links),
            tags,
            loose,
        }
    }

    /// The figures that live in one of some subnets, in order.
    pub fn figures_in<'b>(
        &self,
        subnets: impl Iterator<Item = &'b Name>,
    ) -> impl Iterator<Item = &Placed<'a>> {
        let places = subnets.filter_map(|it| self.within.get(it.as_str()));
        let mut places: Vec<usize> = places.flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|it| self.figures.get(it))
    }

    /// The icons on a VPC's edge, in order.
    pub fn gates(&self, vpc: &str) -> impl Iterator<Item = &Placed<'a>> {
        let places = self.gates.all(vpc).iter();
        places.filter_map(|it| self.figures.get(*it))
    }

    pub fn parts_of(&self, node: &str) -> impl Iterator<Item = &'a Part> {
        self.parts.all(node).iter().copied()
    }

    /// The connections that lead to a node or part, in order.
    pub fn links_to(&self, name: &str) -> impl Iterator<Item = &'a Link> {
        self.links_to.all(name).iter().copied()
    }

    /// The longest way of requests from outside to a node; what no request reaches comes last.
    pub fn depth(&self, name: &str) -> usize {
        self.depths.of(name)
    }

    pub fn tags_on(&self, host: &str) -> Vec<Tag> {
        let tags = self.tags.all(host).iter();
        tags.map(|(node, glyph)| self.tag(node, *glyph))
            .chain(security::on(self, &[host], theme::NARROW_TEXT))
            .collect()
    }

    /// Tags of a VPC that hang on nothing inside.
    pub fn loose_tags(&self, vpc: &str) -> Vec<Tag> {
        let own = self.loose.all(vpc).iter();
        own.map(|(node, glyph)| self.tag(node, *glyph))
            .chain(security::loose(self, vpc))
            .collect()
    }

    fn tag(&self, node: &Node, glyph: Glyph) -> Tag {
        Tag::new(node.name.clone(), glyph, self.words.tag(node))
    }
}

/// The VPCs on whose edge an icon stands: those that it hangs on, and that it is of.
fn on_edge(it: &Placed<'_>, hosts: &Lookup<Name, Vec<Name>>) -> Vec<Name> {
    let Figure::Icon(_) = it.figure else {
        return Vec::new();
    };
    let own = match it.node.resource.home() {
        Home::Vpc(vpc) => Some(vpc),
        Home::Region => None,
        Home::Global | Home::Subnet(_) | Home::Spread(_) | Home::With(_) | Home::Within(..) => {
            return Vec::new();
        }
    };
    let hosts = hosts.all(&it.node.name).iter();
    let others = hosts.filter(|it| own.as_ref() != Some(it)).cloned();
    own.iter().cloned().chain(others).collect()
}

/// Every tag and gateway with what it hangs on: the icon or group that refers to it, or the subnet or VPC that an
/// association or attachment puts it to.
fn attached(topology: &Topology) -> Lookup<Name, Vec<Name>> {
    let mut attached: Lookup<Name, Vec<Name>> = Lookup::default();
    let mut hang = |name: &Name, host: &Name| {
        let hosts = attached.values(name.clone());
        if !hosts.contains(host) {
            hosts.push(host.clone());
        }
    };
    let hangs = |name: &str| {
        let node = topology.node(name)?;
        let hangs = matches!(node.resource.figure(), Figure::Tag(_) | Figure::Icon(_));
        hangs.then_some(&node.name)
    };
    let stands = |name: &str| {
        let node = topology.node(name)?;
        let its = (node.resource.figure(), node.resource.home());
        matches!(its, (Figure::Icon(_), Home::Subnet(_))).then_some(&node.name)
    };
    for node in topology.nodes() {
        let host = match (node.resource.figure(), node.resource.home()) {
            // A VPC's: it is associated by others.
            (Figure::Tag(_), Home::Vpc(_)) => continue,
            (Figure::Tag(_), _) => {
                // A tag that names its host: an address of an instance.
                node.each_reference(|it| {
                    stands(it).into_iter().for_each(|it| hang(&node.name, it))
                });
                continue;
            }
            (Figure::Icon(_) | Figure::Group(_), Home::Subnet(_) | Home::Spread(_)) => {
                node.name.clone()
            }
            (Figure::Hidden, Home::Subnet(place) | Home::Vpc(place)) => place,
            // What ties an address to an instance.
            (Figure::Hidden, Home::With(host)) if stands(&host).is_some() => host,
            _ => continue,
        };
        node.each_reference(|name| {
            if let Some(name) = hangs(name).filter(|it| **it != host) {
                hang(name, &host);
            }
        });
    }
    attached
}
