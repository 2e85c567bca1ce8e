//! What the plan is made from: a topology with what follows from it.

use std::collections::BTreeMap;

use super::caption::Words;
use super::depth::Depths;
use super::plan::Tag;
use super::{security, theme};
use crate::aws::{Figure, Glyph, Home, Name};
use crate::topology::{Link, Node, Part, Topology};

pub(super) struct Source<'a> {
    pub topology: &'a Topology,
    pub words: Words<'a>,
    pub links: &'a [Link],
    /// Groups and icons, in order.
    pub figures: Vec<Placed<'a>>,
    /// Parts by the node that they belong to.
    parts: BTreeMap<&'a str, Vec<&'a Part>>,
    depths: Depths<'a>,
    /// What things hang on: every tag and edge gateway with its hosts, and every host with the tags on it.
    hosts: BTreeMap<Name, Vec<Name>>,
    tags: BTreeMap<Name, Vec<(&'a Node, Glyph)>>,
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
        let mut of: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
        for it in parts {
            of.entry(&it.of).or_default().push(it);
        }
        let hosts = attached(topology);
        let mut figures = Vec::new();
        let mut tags: BTreeMap<Name, Vec<(&Node, Glyph)>> = BTreeMap::new();
        for node in topology.nodes() {
            match node.resource.figure() {
                Figure::Tag(_) if !words.detail.has_figures() => (),
                Figure::Tag(glyph) => {
                    for host in hosts.get(&node.name).into_iter().flatten() {
                        tags.entry(host.clone()).or_default().push((node, glyph));
                    }
                }
                figure @ (Figure::Group(_) | Figure::Icon(_)) => figures.push(Placed {
                    subnets: topology.subnets_of(&node.name),
                    node,
                    figure,
                }),
                Figure::Frame(_) | Figure::Companion(_) | Figure::Hidden => (),
            }
        }
        Self {
            topology,
            words,
            links,
            figures,
            parts: of,
            depths: Depths::new(links),
            hosts,
            tags,
        }
    }

    pub fn parts_of(&self, node: &str) -> impl Iterator<Item = &'a Part> {
        self.parts.get(node).into_iter().flatten().copied()
    }

    /// The longest way of requests from outside to a node; what no request reaches comes last.
    pub fn depth(&self, name: &str) -> usize {
        self.depths.of(name)
    }

    /// Whether something hangs on a host.
    pub fn hangs_on(&self, name: &str, host: &str) -> bool {
        let mut hosts = self.hosts.get(name).into_iter().flatten();
        hosts.any(|it| **it == *host)
    }

    pub fn tags_on(&self, host: &str) -> Vec<Tag> {
        let tags = self.tags.get(host).into_iter().flatten();
        tags.map(|(node, glyph)| self.tag(node, *glyph))
            .chain(security::on(self, &[host], theme::NARROW_TEXT))
            .collect()
    }

    /// Tags of a VPC that hang on nothing inside.
    pub fn loose_tags(&self, vpc: &str) -> Vec<Tag> {
        let nodes = self.topology.nodes().iter();
        let nodes = nodes.filter(|_| self.words.detail.has_figures());
        let tags = nodes.filter_map(|node| match node.resource.figure() {
            Figure::Tag(glyph) => Some((node, glyph)),
            Figure::Frame(_)
            | Figure::Icon(_)
            | Figure::Group(_)
            | Figure::Companion(_)
            | Figure::Hidden => None,
        });
        let loose = tags.filter(|(node, _)| !self.hosts.contains_key(&node.name));
        let own =
            loose.filter(|(node, _)| matches!(node.resource.home(), Home::Vpc(it) if *it == *vpc));
        own.map(|(node, glyph)| self.tag(node, glyph))
            .chain(security::loose(self, vpc))
            .collect()
    }

    fn tag(&self, node: &Node, glyph: Glyph) -> Tag {
        Tag::new(node.name.clone(), glyph, self.words.tag(node))
    }
}

/// Every tag and gateway with what it hangs on: the icon or group that refers to it, or the subnet or VPC that an
/// association or attachment puts it to.
fn attached(topology: &Topology) -> BTreeMap<Name, Vec<Name>> {
    let mut attached: BTreeMap<Name, Vec<Name>> = BTreeMap::new();
    let mut hang = |name: &Name, host: &Name| {
        let hosts = attached.entry(name.clone()).or_default();
        if !hosts.contains(host) {
            hosts.push(host.clone());
        }
    };
    let hangs = |name: &Name| {
        let node = topology.node(name);
        node.is_some_and(|it| matches!(it.resource.figure(), Figure::Tag(_) | Figure::Icon(_)))
    };
    let stands = |name: &Name| {
        let node = topology.node(name);
        node.is_some_and(|it| {
            matches!(
                (it.resource.figure(), it.resource.home()),
                (Figure::Icon(_), Home::Subnet(_))
            )
        })
    };
    for node in topology.nodes() {
        if let Figure::Tag(_) = node.resource.figure() {
            // A tag that names its host: an address of an instance.
            let hosts = node.references().into_iter().filter(|it| stands(it));
            hosts.for_each(|it| hang(&node.name, &it));
            continue;
        }
        let host = match (node.resource.figure(), node.resource.home()) {
            (Figure::Icon(_) | Figure::Group(_), Home::Subnet(_) | Home::Spread(_)) => {
                node.name.clone()
            }
            (Figure::Hidden, Home::Subnet(place) | Home::Vpc(place)) => place,
            // What ties an address to an instance.
            (Figure::Hidden, Home::With(host)) if stands(&host) => host,
            _ => continue,
        };
        for name in node.references() {
            if name != host && hangs(&name) {
                hang(&name, &host);
            }
        }
    }
    attached
}
