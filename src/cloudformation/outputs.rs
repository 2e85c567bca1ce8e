//! What a stack answers with: what later stacks take from it, and what the people in front of it need.

use super::parameters::what;
use super::wiring::{Wiring, handle};
use crate::aws::{
    AutoScalingGroup, BackupVault, Bucket, CacheGroup, Dashboard, DbInstance, Describe, ElasticIp,
    Instance, Kind, Listener, LoadBalancer, Name, Value,
};
use crate::topology::{Node, Topology};

/// An entry of a template's `Outputs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    pub name: Name,
    pub description: String,
    pub value: Value,
}

/// The outputs of a stack: for other stacks first, each reference once.
pub fn outputs(topology: &Topology, wiring: &Wiring<'_>, stack: usize) -> Vec<Output> {
    let mut outputs: Vec<Output> = wiring
        .crossings
        .iter()
        .filter(|it| it.owner == stack)
        .map(|it| Output {
            name: it.name.clone(),
            description: what(topology, it),
            value: it.value(),
        })
        .collect();
    for node in topology.nodes().iter().filter(|it| it.stack == stack) {
        for output in of_interest(topology, node) {
            let there = |it: &Output| it.name == output.name || it.value == output.value;
            if !outputs.iter().any(there) {
                outputs.push(output);
            }
        }
    }
    outputs
}

/// What a person looks for after the deployment: type, attribute (`None` for `Ref`), words.
const OF_INTEREST: [(&str, Option<&str>, &str); 10] = [
    (BackupVault::KIND, None, "Name of the backup vault"),
    (Instance::KIND, None, "Identifier of the bastion host"),
    (
        CacheGroup::KIND,
        Some("PrimaryEndPoint.Address"),
        "DNS name of the cache's primary, the same after a failover",
    ),
    (ElasticIp::KIND, None, "Address that the internet sees"),
    (Bucket::KIND, None, "Name of the bucket"),
    (DbInstance::KIND, None, "Identifier of the database"),
    (
        DbInstance::KIND,
        Some("Endpoint.Address"),
        "DNS name of the database, the same after a failover",
    ),
    (
        DbInstance::KIND,
        Some(SECRET),
        "Secret that holds the master password",
    ),
    (
        AutoScalingGroup::KIND,
        None,
        "Name of the Auto Scaling group",
    ),
    (Dashboard::KIND, None, "Name of the dashboard"),
];

const SECRET: &str = "MasterUserSecret.SecretArn";

fn of_interest(topology: &Topology, node: &Node) -> Vec<Output> {
    let resource = &node.resource;
    let managed = DbInstance::of(resource).is_some_and(DbInstance::has_secret);
    let shown = OF_INTEREST
        .into_iter()
        .filter(|(kind, attribute, _)| {
            resource.kind() == *kind && (*attribute != Some(SECRET) || managed)
        })
        .map(|(_, attribute, description)| Output {
            name: handle(&node.name, attribute.unwrap_or(resource.ref_word())).into(),
            description: description.to_owned(),
            value: Value::referring(&node.name, attribute),
        });
    address(topology, node).into_iter().chain(shown).collect()
}

/// The address of an internet-facing load balancer.
pub fn address(topology: &Topology, node: &Node) -> Option<Output> {
    LoadBalancer::of(&node.resource).filter(|it| it.is_internet_facing())?;
    let secure = topology
        .all::<Listener>()
        .any(|(_, it)| it.load_balancer.name == node.name && it.protocol == "HTTPS");
    let scheme = if secure { "https" } else { "http" };
    Some(Output {
        name: handle(&node.name, "Url").into(),
        description: "Address of the application".to_owned(),
        value: Value::sub(format!("{scheme}://${{{}.DNSName}}", node.name)),
    })
}
