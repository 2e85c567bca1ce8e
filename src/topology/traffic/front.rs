//! What stands in front of a load balancer: the distribution that fetches from it, and the web ACL that it asks.

use crate::aws::{Distribution, LoadBalancer, Name, RecordSet, Value, WebAcl, WebAclAssociation};
use crate::topology::Topology;

/// The web ACL without whose answer a load balancer answers 500; `None` where it has none, or fails open (ELB user guide,
/// integrations with AWS WAF).
pub fn filter<'a>(topology: &'a Topology, balancer: &str) -> Option<&'a Name> {
    let own = topology.named::<LoadBalancer>(balancer)?;
    if own.attributes.is_on("waf.fail_open.enabled") {
        return None;
    }
    let mut associations = topology.all::<WebAclAssociation>();
    let (_, it) =
        associations.find(|(_, it)| it.protects().is_some_and(|name| **name == *balancer))?;
    let acl = it.by()?;
    topology.named::<WebAcl>(acl).map(|_| acl)
}

/// The distribution that fetches from a load balancer, by its address or by a name that stands for it.
pub fn distribution<'a>(
    topology: &'a Topology,
    balancer: &str,
) -> Option<(&'a Name, &'a Distribution)> {
    let fetches = |origin: &Value| match Distribution::node_at(origin) {
        Some(name) => **name == *balancer,
        None => topology.all::<RecordSet>().any(|(_, record)| {
            origin.get("DomainName") == Some(&record.domain)
                && record.stands_for().is_some_and(|it| **it == *balancer)
        }),
    };
    let mut all = topology.all::<Distribution>();
    all.find(|(_, it)| it.origins().any(fetches))
}

/// The load balancer that answers to a name, itself or behind a distribution.
pub fn named_by<'a>(topology: &'a Topology, record: &str) -> Option<&'a Name> {
    let host = topology.named::<RecordSet>(record)?.stands_for()?;
    let mut balancers = topology.all::<LoadBalancer>();
    let found = balancers.find(|(name, _)| {
        *name == host || distribution(topology, name).is_some_and(|(it, _)| it == host)
    });
    found.map(|(name, _)| name)
}
