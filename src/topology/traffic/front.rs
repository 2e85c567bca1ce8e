//! What stands in front of a load balancer: the web ACL that it asks.

use crate::aws::{LoadBalancer, Name, WebAcl, WebAclAssociation};
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
