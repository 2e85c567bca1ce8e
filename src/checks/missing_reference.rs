//! A template that refers to what is not there is refused as a whole.

use std::collections::BTreeMap;

use super::site::{exists, list};
use super::{Check, Finding, Severity, Subject};
use crate::aws::Name;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DS-002",
    severity: Severity::Error,
    title: text(
        "check.ds-002.title",
        "Reference to something that is missing",
    ),
    why: text(
        "check.ds-002.why",
        "CloudFormation checks every reference before it makes anything, and refuses the template.",
    ),
    advice: text(
        "check.ds-002.advice",
        "Put the resource back, or take out what refers to it.",
    ),
    reference: "CloudFormation user guide, unresolved resource dependencies",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut missing: BTreeMap<Name, Vec<&Name>> = BTreeMap::new();
    for node in topology.nodes() {
        let mut names = node.references();
        names.sort();
        names.dedup();
        for name in names {
            if !exists(topology, &name) {
                missing.entry(name).or_default().push(&node.name);
            }
        }
    }
    for (name, referrers) in &missing {
        let message = text(
            "check.ds-002.message",
            "{name} does not exist, but is referred to by {referrers}.",
        )
        .with("name", name.as_str())
        .with("referrers", list(referrers.iter().take(8)));
        let edited = referrers.iter().copied().chain([name]);
        let fix = subject.undo(edited);
        findings.push(Finding::new(&CHECK, referrers.iter().copied(), message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, set};
    use serde_json::json;

    #[test]
    fn flags_a_removed_resource_and_a_misspelled_one() {
        assert_eq!(
            findings(&CHECK, "", &[remove("WebSecurityGroup")]),
            "LoadBalancerToWeb80Ingress, LoadBalancerToWeb80Egress, LoadBalancerToWeb443Ingress, LoadBalancerToWeb443Egress, WebToDatabase3306Ingress, WebLaunchTemplate: WebSecurityGroup does not exist, but is referred to by LoadBalancerToWeb80Ingress, LoadBalancerToWeb80Egress, LoadBalancerToWeb443Ingress, LoadBalancerToWeb443Egress, WebToDatabase3306Ingress, WebLaunchTemplate."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "NatGatewayA",
                    "SubnetId",
                    json!({"Ref": "PublicSubnetX"})
                )]
            ),
            "NatGatewayA: PublicSubnetX does not exist, but is referred to by NatGatewayA."
        );
    }

    #[test]
    fn accepts_a_template_whose_references_resolve() {
        assert_eq!(
            findings(
                &CHECK,
                "network.zones=3 network.nat=per-az fleet.scaling=step balancer.https=true",
                &[]
            ),
            ""
        );
    }
}
