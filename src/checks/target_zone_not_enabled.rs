//! A load balancer serves the zones that it has a subnet in.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, Name, Vpc, Zone};
use crate::text::text;
use crate::topology::targets_of;

pub static CHECK: Check = Check {
    code: "LB-007",
    severity: Severity::Error,
    title: text(
        "check.lb-007.title",
        "Targets in a zone that the load balancer does not serve",
    ),
    why: text(
        "check.lb-007.why",
        "A target in a zone that is not enabled for the load balancer counts as unused: it gets no request, and its instances cost for nothing.",
    ),
    advice: text(
        "check.lb-007.advice",
        "Give the load balancer a subnet in every zone that has targets.",
    ),
    reference: "ELB user guide, Availability Zones and load balancer nodes",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<LoadBalancer>() {
        let served = topology.zones_of(name);
        for (group, _) in targets_of(topology, name) {
            let dark: Vec<Zone> = topology
                .zones_of(group)
                .into_iter()
                .filter(|it| !served.contains(it))
                .collect();
            // Fewer than two zones is LB-001's.
            if dark.is_empty() || served.len() < 2 {
                continue;
            }
            let message = text(
                "check.lb-007.message",
                "{group} runs in zone {dark}, where {balancer} has no subnet: it serves {served}.",
            )
            .with("group", group.as_str())
            .with("dark", list(&dark))
            .with("balancer", name.as_str())
            .with("served", list(&served));
            let vpcs = topology.all::<Vpc>().map(|(vpc, _)| vpc);
            let edited: Vec<&Name> = [name, group].into_iter().chain(vpcs).collect();
            let fix = subject.undo(edited);
            findings.push(Finding::new(&CHECK, [name, group], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_third_zone_without_a_node() {
        assert_eq!(
            findings(
                &CHECK,
                "network.zones=3",
                &[set(
                    "LoadBalancer",
                    "Subnets",
                    json!([{"Ref": "PublicSubnetA"}, {"Ref": "PublicSubnetB"}])
                )]
            ),
            "LoadBalancer, WebGroup: WebGroup runs in zone c, where LoadBalancer has no subnet: it serves a, b."
        );
    }

    #[test]
    fn accepts_a_node_in_each_zone() {
        assert_eq!(findings(&CHECK, "network.zones=3", &[]), "");
    }
}
