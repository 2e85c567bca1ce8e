//! A chain of trust that lets nobody through.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Listener, LoadBalancer, Name, SecurityGroup};
use crate::text::text;
use crate::topology::traffic::{Peer, groups_admit, ingress};
use crate::topology::{Topology, USERS, targets_of};

pub static CHECK: Check = Check {
    code: "SG-004",
    severity: Severity::Error,
    title: text(
        "check.sg-004.title",
        "Tier that the tier before cannot reach",
    ),
    why: text(
        "check.sg-004.why",
        "A connection needs a rule out of the one group and a rule into the other; without both it times out.",
    ),
    advice: text(
        "check.sg-004.advice",
        "Add the rule, with the other tier's security group as its source or destination.",
    ),
    reference: "VPC user guide, security group rules",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut cut = |from: &str, to: &Name, port: u16, at: &[&Name]| {
        let groups = at.iter().flat_map(|it| topology.security_groups_of(it));
        let groups: Vec<&Name> = groups.collect();
        // A group that is not there at all is DS-002's.
        if groups
            .iter()
            .any(|it| topology.named::<SecurityGroup>(it).is_none())
        {
            return;
        }
        let message = text(
            "check.sg-004.message",
            "No security group rules let {from} reach {to} on TCP {port}.",
        )
        .with("from", from)
        .with("to", to.as_str())
        .with("port", port);
        let fix = subject.undo(groups);
        findings.push(Finding::new(&CHECK, at.iter().copied(), message).with_fix(fix));
    };
    for (name, balancer) in topology.all::<LoadBalancer>() {
        if let Some(port) = closed_port(topology, name).filter(|_| balancer.is_internet_facing()) {
            cut(USERS, name, port, &[name]);
        }
        for (group, targets) in targets_of(topology, name) {
            if groups_admit(topology, name, group, targets.port).is_err() {
                cut(name, group, targets.port, &[name, group]);
            }
        }
    }
    for (name, port) in topology.doors() {
        if let Some(group) = shut_out(topology, name, port) {
            cut(group, name, port, &[group, name]);
        }
    }
}

/// The first port that a load balancer listens on and lets nobody in to.
fn closed_port(topology: &Topology, balancer: &Name) -> Option<u16> {
    let groups = topology.security_groups_of(balancer);
    let open = |port: u16| {
        let mut grants = groups.iter().flat_map(|it| ingress(topology, it));
        grants.any(|it| it.admits(port) && it.peer.is_some())
    };
    let listeners = topology.all::<Listener>();
    let mut ports = listeners
        .filter(|(_, it)| it.load_balancer.name == *balancer)
        .map(|(_, it)| it.port);
    ports.find(|port| !open(*port))
}

/// The first group of instances, where none of them reaches a database, and nothing that is not modelled might.
fn shut_out<'a>(topology: &'a Topology, database: &str, port: u16) -> Option<&'a Name> {
    let groups: Vec<&Name> = topology
        .all::<AutoScalingGroup>()
        .map(|(name, _)| name)
        .collect();
    let worn = |group: &Name| {
        groups
            .iter()
            .any(|it| topology.security_groups_of(it).contains(&group))
    };
    let others = topology
        .security_groups_of(database)
        .into_iter()
        .flat_map(|it| ingress(topology, it))
        .any(|it| it.admits(port) && matches!(it.peer, Some(Peer::Group(group)) if !worn(group)));
    let reached = groups
        .iter()
        .any(|it| groups_admit(topology, it, database, port).is_ok());
    if others || reached {
        None
    } else {
        groups.first().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, set};
    use serde_json::json;

    #[test]
    fn flags_each_link_that_is_missing() {
        assert_eq!(
            findings(&CHECK, "", &[remove("LoadBalancerToWeb80Ingress")]),
            "LoadBalancer, WebGroup: No security group rules let LoadBalancer reach WebGroup on TCP 80."
        );
        assert_eq!(
            findings(&CHECK, "", &[remove("WebToDatabase3306Ingress")]),
            "WebGroup, Database: No security group rules let WebGroup reach Database on TCP 3306."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "LoadBalancerSecurityGroup",
                    "SecurityGroupIngress",
                    json!(null)
                )]
            ),
            "LoadBalancer: No security group rules let Users reach LoadBalancer on TCP 80."
        );
    }

    #[test]
    fn accepts_the_whole_chain() {
        assert_eq!(
            findings(&CHECK, "database.engine=postgres balancer.https=true", &[]),
            ""
        );
    }
}
