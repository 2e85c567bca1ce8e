//! The way between what has no network interface in a VPC: public APIs, queues, tables, and functions outside of it.

use super::service::to_service;
use super::{Health, Reason, Spot, Trace, node_of, outward};
use crate::aws::{Function, Kind, Name, Queue, RestApi};
use crate::topology::intake::{hands, service_of};
use crate::topology::{INTERNET, Topology, USERS, parts};

/// From outside to a public API, or from one regional thing to what it hands over to; `None`: a network of ours is in
/// between, or ought to be.
pub(super) fn trace(topology: &Topology, from: &str, to: &str, up: Health<'_>) -> Option<Trace> {
    let is_outside = from == USERS || from == INTERNET;
    if is_outside {
        let api = topology.named::<RestApi>(to)?;
        return (!api.is_private()).then(|| step(from, to, true, up));
    }
    let node = topology.node(from)?;
    let function = topology.named::<Function>(from);
    let is_regional = RestApi::of(&node.resource).is_some()
        || Queue::of(&node.resource).is_some()
        || function.is_some_and(|it| it.subnets().is_empty());
    let is_known = service_of(topology, to).is_some() || topology.node(to).is_some();
    (is_regional && is_known).then(|| {
        let mut parts = parts(topology)
            .into_iter()
            .filter(|it| *it.of == *to)
            .peekable();
        let stands = parts.peek().is_none() || parts.any(|it| up(&it.name));
        let way = step(from, to, hands(topology, from, to), up);
        if way.is_reachable() && !stands {
            return Trace::end(way.hops, Reason::BadState);
        }
        way
    })
}

fn step(from: &str, to: &str, leads: bool, up: Health<'_>) -> Trace {
    let hops = vec![Name::from(from), Name::from(to)];
    if !leads {
        return Trace::end(vec![Name::from(from)], Reason::NoPath);
    }
    if up(from) && up(to) {
        Trace::arrived(hops)
    } else {
        Trace::end(hops, Reason::BadState)
    }
}

/// From an interface to a queue or a table: to the service that it is a part of, by the endpoint where there is one.
pub(super) fn to_part_of_service(
    topology: &Topology,
    source: &Spot,
    (to, code): (&str, &str),
    port: u16,
    up: Health<'_>,
) -> Trace {
    let node = node_of(&source.owner);
    if topology.named::<Function>(node).is_some() && !hands(topology, node, to) {
        return Trace::end(vec![source.owner.clone()], Reason::NoPath);
    }
    let mut way = match super::endpoint_of(topology, &source.subnet, code) {
        Some(_) => to_service(topology, source, code, port, up),
        None => outward(topology, source, port, up),
    };
    if way.is_reachable() {
        way.hops.retain(|it| super::service_code(it).is_none());
        way.hops.push(to.into());
        if !up(to) {
            way.reason = Some(Reason::BadState);
        }
    }
    way
}
