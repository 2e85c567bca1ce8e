//! A cache of a table outlives the loss of a zone.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DaxCluster;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "CA-002",
    severity: Severity::Medium,
    title: text(
        "check.ca-002.title",
        "DAX with fewer than three nodes or zones",
    ),
    why: text(
        "check.ca-002.why",
        "AWS calls one or two nodes not fault-tolerant: while one is lost and the other takes over, nothing reads ahead, and every read goes to the table at the price of the table.",
    ),
    advice: text(
        "check.ca-002.advice",
        "Use three nodes or more over three zones.",
    ),
    reference: "REL10-BP01; DynamoDB developer guide, DAX cluster components",
    run,
};

/// Nodes, and zones, of a fault-tolerant cluster.
const LEAST: u32 = 3;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, cluster) in topology.all::<DaxCluster>() {
        let zones = topology.zones_of(name).len();
        if cluster.nodes >= LEAST && zones >= LEAST as usize {
            continue;
        }
        let message = text(
            "check.ca-002.message",
            "{cache} has {nodes} nodes in {zones} zones.",
        )
        .with("cache", name.as_str())
        .with("nodes", cluster.nodes)
        .with("zones", zones.min(cluster.nodes as usize));
        let nodes = cluster.nodes.max(LEAST);
        let fix = subject.fix(
            &[(name, "ReplicationFactor"), (name, "SubnetGroupName")],
            text("check.ca-002.fix", "Use {least} nodes in {least} zones").with("least", LEAST),
            &[("burst.dax_nodes", &nodes), ("network.zones", &LEAST)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_two_nodes_and_two_zones() {
        let settings = "burst.enabled=true burst.dax=true";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            "OrdersCache: OrdersCache has 3 nodes in 2 zones."
        );
        let settings = format!("{settings} network.zones=3");
        assert_eq!(findings(&CHECK, &settings, &[]), "");
        let few = format!("{settings} burst.dax_nodes=1");
        assert_eq!(
            findings(&CHECK, &few, &[]),
            "OrdersCache: OrdersCache has 1 nodes in 1 zones."
        );
    }
}
