//! The way to a private REST API: its name leads to an interface endpoint, of the VPC itself or of one that is peered with
//! it, and both the endpoint's policy and the API's own decide who gets an answer (API Gateway developer guide, private REST
//! APIs).

use super::groups::{let_in_from, let_out_to};
use super::{Health, Reason, Spot, Trace, node_of, outward, peering, spots};
use crate::aws::{
    ApiMethod, HostedZone, Name, RecordSet, RestApi, Subnet, Value, Vpc, VpcEndpoint,
};
use crate::topology::{Part, Topology};

/// What an endpoint for private APIs is an endpoint of.
const EXECUTE_API: &str = "execute-api";

/// From an interface to a REST API, by the API's own name. A public one is on the internet.
pub(super) fn to_api(
    topology: &Topology,
    all: &[Part],
    source: &Spot,
    (name, api): (&str, &RestApi),
    port: u16,
    up: Health<'_>,
) -> Trace {
    if !api.is_private() {
        let mut way = outward(topology, source, port, up);
        way.hops.extend(way.reason.is_none().then(|| name.into()));
        return way;
    }
    let mut hops = vec![source.owner.clone()];
    let (zone, found) = resolve(topology, source, name);
    hops.extend(zone.cloned());
    let endpoint = match found {
        Ok(_) if zone.is_some_and(|it| !up(it)) => return Trace::end(hops, Reason::BadState),
        Ok(endpoint) => endpoint,
        Err(reason) => return Trace::end(hops, reason),
    };
    if !let_out_to(topology, node_of(&source.owner), endpoint, port) {
        return Trace::end(hops, Reason::GroupsOfSource);
    }
    let mut doors = spots(topology, all, endpoint);
    doors.sort_by_key(|it| !up(&it.part));
    let mut first_failure = None;
    for door in &doors {
        let trace = over(topology, source, door, hops.clone(), port, up);
        if trace.is_reachable() {
            return answered(topology, endpoint, (name, api), trace, up);
        }
        first_failure.get_or_insert(trace);
    }
    hops.push(endpoint.clone());
    first_failure.unwrap_or_else(|| Trace::end(hops, Reason::NoPath))
}

/// What an API's name leads to in the VPC of an interface: the private zone that has it, and the endpoint or why there is
/// none. A zone goes before an endpoint's private DNS, whose own zone is less specific.
fn resolve<'a>(
    topology: &'a Topology,
    source: &Spot,
    api: &str,
) -> (Option<&'a Name>, Result<&'a Name, Reason>) {
    let Some(subnet) = topology.named::<Subnet>(&source.subnet) else {
        return (None, Err(Reason::NoPath));
    };
    let vpc = &subnet.vpc;
    let zones = zones_of(topology, api);
    let here = zones.iter().find(|(zone, _)| {
        let zone = topology.named::<HostedZone>(zone);
        zone.is_some_and(|it| it.answers_in(&vpc.name))
    });
    let mut endpoints = topology.all::<VpcEndpoint>();
    let own = endpoints.find(|(_, it)| is_door(it) && it.has_private_dns() && it.vpc == *vpc);
    let (zone, endpoint) = match (here, own) {
        (Some((zone, endpoint)), _) => (Some(*zone), *endpoint),
        (None, Some((own, _))) => (None, own),
        (None, None) => {
            return match zones.first() {
                Some((zone, _)) => (Some(zone), Err(Reason::ZoneNotAssociated)),
                None => (None, Err(Reason::NameUnresolved)),
            };
        }
    };
    let answers = |it: &Vpc| it.dns_support && it.dns_hostnames;
    if !topology.get::<Vpc>(vpc).is_some_and(answers) {
        return (None, Err(Reason::NamesOff));
    }
    let stands = topology.named::<VpcEndpoint>(endpoint).is_some();
    (
        zone,
        stands.then_some(endpoint).ok_or(Reason::NameUnresolved),
    )
}

/// Private zones with an alias of the API's name, each with the endpoint that it stands for.
fn zones_of<'a>(topology: &'a Topology, api: &str) -> Vec<(&'a Name, &'a Name)> {
    let records = topology.all::<RecordSet>();
    let records = records.filter(|(_, it)| it.is_of_endpoint() && mentions(&it.domain, api));
    let zones = records.filter_map(|(_, it)| {
        let zone = it.zone.as_ref()?.named()?;
        topology.named::<HostedZone>(zone)?;
        Some((zone, it.stands_for()?))
    });
    zones.collect()
}

fn mentions(domain: &Value, api: &str) -> bool {
    let mut found = false;
    domain.clone().rewire(&mut |name, _| {
        found |= *name == *api;
        None
    });
    found
}

fn is_door(endpoint: &VpcEndpoint) -> bool {
    endpoint.is_interface() && endpoint.service_code() == Some(EXECUTE_API)
}

/// To one network interface of an endpoint, and back.
fn over(
    topology: &Topology,
    source: &Spot,
    door: &Spot,
    mut hops: Vec<Name>,
    port: u16,
    up: Health<'_>,
) -> Trace {
    let (peering, stopped) = peering::crossing(topology, &source.subnet, &door.subnet, up);
    hops.extend(peering.cloned());
    // A missing way back is found out by the answer alone.
    if let Some(reason) = stopped.filter(|it| *it != Reason::NoRouteBack) {
        return Trace::end(hops, reason);
    }
    hops.push(door.owner.clone());
    if !up(&door.owner) || !up(&door.part) {
        return Trace::end(hops, Reason::BadState);
    }
    if !let_in_from(topology, node_of(&source.owner), &door.owner, port) {
        return Trace::end(hops, Reason::GroupsOfDestination);
    }
    match stopped {
        Some(reason) => Trace::end(hops, reason),
        None => Trace::arrived(hops),
    }
}

/// What becomes of a request that has come to an endpoint.
fn answered(
    topology: &Topology,
    endpoint: &Name,
    (name, api): (&str, &RestApi),
    mut way: Trace,
    up: Health<'_>,
) -> Trace {
    let door = topology.named::<VpcEndpoint>(endpoint);
    let Some(door) = door.filter(|it| is_door(it)) else {
        return Trace::end(way.hops, Reason::NoPath);
    };
    // An endpoint leads to the APIs of its own Region.
    if topology.region_of(endpoint) != topology.region_of(name) {
        return Trace::end(way.hops, Reason::NoPath);
    }
    let mut methods = topology.all::<ApiMethod>();
    let signed = methods.any(|(_, it)| *it.api.name == *name && it.authorization == "AWS_IAM");
    if !door.lets_invoke(signed) {
        return Trace::end(way.hops, Reason::EndpointPolicy);
    }
    way.hops.push(name.into());
    let reason = if !up(name) {
        Some(Reason::BadState)
    } else if api.statements().is_empty() {
        Some(Reason::NoResourcePolicy)
    } else {
        (!api.admits(endpoint)).then_some(Reason::ResourcePolicy)
    };
    Trace {
        hops: way.hops,
        reason,
    }
}
