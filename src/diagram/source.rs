//! What the plan is made from: a topology with what follows from it.

use super::caption::Words;
use super::plan::Tag;
use super::{security, theme};
use crate::aws::{Figure, Glyph, Home, Name};
use crate::topology::{Link, Node, Part, Topology};

pub(super) struct Source<'a> {
    pub topology: &'a Topology,
    pub words: Words<'a>,
    pub links: &'a [Link],
    pub parts: &'a [Part],
    /// Every tag and edge gateway with what it hangs on.
    attached: Vec<(Name, Name)>,
    tags: Vec<(&'a Node, Glyph)>,
}

impl<'a> Source<'a> {
    pub fn new(words: Words<'a>, links: &'a [Link], parts: &'a [Part]) -> Self {
        let topology = words.topology;
        let all = topology.nodes().iter();
        let tags = all.filter(|_| words.detail.has_figures());
        let tags = tags.filter_map(|node| match node.resource.figure() {
            Figure::Tag(glyph) => Some((node, glyph)),
            Figure::Frame(_)
            | Figure::Icon(_)
            | Figure::Group(_)
            | Figure::Companion(_)
            | Figure::Hidden => None,
        });
        Self {
            topology,
            words,
            links,
            parts,
            attached: attached(topology),
            tags: tags.collect(),
        }
    }

    /// Whether something hangs on a host.
    pub fn hangs_on(&self, name: &str, host: &str) -> bool {
        let mut pairs = self.attached.iter();
        pairs.any(|(it, its)| **it == *name && **its == *host)
    }

    pub fn tags_on(&self, host: &str) -> Vec<Tag> {
        let tags = self.tags.iter();
        tags.filter(|(node, _)| self.hangs_on(&node.name, host))
            .map(|(node, glyph)| self.tag(node, *glyph))
            .chain(security::on(self, &[host], theme::NARROW_TEXT))
            .collect()
    }

    /// Tags of a VPC that hang on nothing inside.
    pub fn loose_tags(&self, vpc: &str) -> Vec<Tag> {
        let tags = self.tags.iter().filter(|(node, _)| {
            let is_loose = self.attached.iter().all(|(it, _)| *it != node.name);
            is_loose && matches!(node.resource.home(), Home::Vpc(it) if *it == *vpc)
        });
        tags.map(|(node, glyph)| self.tag(node, *glyph))
            .chain(security::loose(self, vpc))
            .collect()
    }

    fn tag(&self, node: &Node, glyph: Glyph) -> Tag {
        Tag::new(node.name.clone(), glyph, self.words.tag(node))
    }
}

/// Pairs of a tag or gateway and what it hangs on: the icon or group that refers to it, or the subnet or VPC that an
/// association or attachment puts it to.
fn attached(topology: &Topology) -> Vec<(Name, Name)> {
    let mut pairs = Vec::new();
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
            pairs.extend(hosts.map(|it| (node.name.clone(), it)));
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
            let pair = (name, host.clone());
            if pair.0 != pair.1 && hangs(&pair.0) && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    pairs
}
