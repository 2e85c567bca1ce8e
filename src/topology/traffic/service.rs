//! The way to an AWS service: the endpoint that a VPC has for it, else the public address of its Region.

use super::groups::groups_admit;
use super::{Health, Reason, Spot, Trace, node_of, outward};
use crate::aws::{Name, Subnet, VpcEndpoint};
use crate::topology::Topology;

const PREFIX: &str = "aws:";

/// The name that traces give an AWS service: `aws:s3`.
pub fn service(code: &str) -> String {
    format!("{PREFIX}{code}")
}

/// The code of an AWS service, of a name that means one.
pub fn service_code(name: &str) -> Option<&str> {
    name.strip_prefix(PREFIX)
}

/// The endpoint that a service's usual name leads to from a subnet: an interface endpoint with private DNS, or a gateway
/// endpoint on the subnet's route table.
pub fn endpoint_of<'a>(topology: &'a Topology, subnet: &str, code: &str) -> Option<&'a Name> {
    let vpc = &topology.named::<Subnet>(subnet)?.vpc;
    let table = topology.table_of(subnet);
    let leads_here = |it: &VpcEndpoint| {
        let resolved = it.is_interface() && it.has_private_dns() && !it.subnets.is_empty();
        let routed = it.tables.iter().any(|it| Some(&it.name) == table);
        it.vpc == *vpc && it.service_code() == Some(code) && (resolved || routed)
    };
    let mut endpoints = topology.all::<VpcEndpoint>();
    endpoints
        .find(|(_, it)| leads_here(it))
        .map(|(name, _)| name)
}

/// From an interface to an AWS service.
pub(super) fn to_service(
    topology: &Topology,
    source: &Spot,
    code: &str,
    port: u16,
    up: Health<'_>,
) -> Trace {
    let Some(endpoint) = endpoint_of(topology, &source.subnet, code) else {
        return outward(topology, source, port, up);
    };
    let mut hops = vec![source.owner.clone(), endpoint.clone()];
    let interfaces = topology.zones_of(endpoint);
    let stands = |name: &str| {
        interfaces.is_empty() || interfaces.iter().any(|it| up(&format!("{name}.{it}")))
    };
    if !up(endpoint) || !stands(endpoint) {
        return Trace::end(hops, Reason::BadState);
    }
    if !interfaces.is_empty()
        && let Err(reason) = groups_admit(topology, node_of(&source.owner), endpoint, port)
    {
        return Trace::end(hops, reason);
    }
    hops.push(service(code).into());
    Trace::arrived(hops)
}
