//! What a thing needs to do its work: all that its requests and its ways out lead to.

use std::collections::BTreeSet;

use super::traffic::{HTTPS, all_up, trace};
use super::{Link, LinkKind, Topology, calls, parts};
use crate::aws::{Name, Resource, VpcPeeringConnection};

/// The connections that a node, part or subnet depends on, directly or through others, in the order of `links`.
pub fn needs<'a>(topology: &Topology, links: &'a [Link], name: &Name) -> Vec<&'a Link> {
    let parts = parts(topology);
    // Each name with whether it was come to on the way out: from there it only goes on outwards.
    let mut asked: BTreeSet<(Name, bool)> = BTreeSet::new();
    let mut open = vec![(name.clone(), false)];
    let mut found: BTreeSet<usize> = BTreeSet::new();
    while let Some((name, outwards)) = open.pop() {
        if !asked.insert((name.clone(), outwards)) {
            continue;
        }
        let part = parts.iter().find(|it| it.name == name);
        let node = part.map_or(&name, |it| &it.of);
        let mut from = vec![&name, node];
        if opens_connections(topology, node) {
            from.extend(part.map_or_else(|| topology.subnets_of(node), |it| vec![&it.subnet]));
        }
        for (place, link) in links.iter().enumerate() {
            let goes_on = match link.kind {
                LinkKind::Request | LinkKind::Blocked => !outwards,
                LinkKind::Egress => true,
                // A copy is no need of its source, and what two networks could say to each other is none of either.
                LinkKind::Replication | LinkKind::Peering | LinkKind::Vpn | LinkKind::Control => {
                    false
                }
            };
            if goes_on && from.contains(&&link.from) {
                found.insert(place);
                open.push((link.to.clone(), link.kind == LinkKind::Egress));
            }
        }
    }
    found.extend(peerings(topology, links, &found));
    found.iter().filter_map(|it| links.get(*it)).collect()
}

/// The ways between VPCs that requests pass from one to the other.
fn peerings(topology: &Topology, links: &[Link], asked: &BTreeSet<usize>) -> Vec<usize> {
    let ends = asked.iter().filter_map(|it| links.get(*it));
    let crossed: Vec<[&Name; 2]> = ends
        .filter(|it| matches!(it.kind, LinkKind::Request | LinkKind::Blocked))
        .filter_map(|it| Some([topology.vpc_of(&it.from)?, topology.vpc_of(&it.to)?]))
        .collect();
    let is_crossed = |it: &Link| {
        it.kind == LinkKind::Peering
            && crossed
                .iter()
                .any(|ends| ends.contains(&&it.from) && ends.contains(&&it.to))
    };
    let all = links.iter().enumerate();
    let found = all.filter(|(_, it)| is_crossed(it));
    found.map(|(place, _)| place).collect()
}

/// What a connection passes between its two ends where no wire shows it: the private zone that a function's call is named
/// by, and the peering connection that carries it.
pub fn passed(topology: &Topology, link: &Link) -> Vec<Name> {
    match link.kind {
        LinkKind::Peering => {
            let all = topology.all::<VpcPeeringConnection>();
            let joining = all.filter(|(_, it)| it.joins(&link.from, &link.to));
            joining.map(|(name, _)| name.clone()).collect()
        }
        LinkKind::Request | LinkKind::Blocked => called(topology, link).unwrap_or_default(),
        LinkKind::Egress | LinkKind::Replication | LinkKind::Vpn | LinkKind::Control => Vec::new(),
    }
}

fn called(topology: &Topology, link: &Link) -> Option<Vec<Name>> {
    let calls = calls(topology);
    let (function, api) = calls.into_iter().find(|(it, _)| **it == link.from)?;
    let mut hops = trace(topology, function, api, HTTPS, &all_up).hops;
    let end = hops.iter().position(|it| *it == link.to)?;
    hops.truncate(end);
    Some(hops.into_iter().skip(1).collect())
}

/// Whether the way out of its subnets is of use to a node: databases and caches are asked and ask nobody.
fn opens_connections(topology: &Topology, name: &str) -> bool {
    let resource = topology.node(name).map(|it| &it.resource);
    resource.is_some_and(|it| {
        it.launches().is_some() || matches!(it, Resource::Instance(_) | Resource::Function(_))
    })
}
