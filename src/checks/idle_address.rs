//! A public address costs the same, used or not.

use std::collections::BTreeSet;

use super::site::is_public_nat;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{ElasticIp, Name, NatGateway};
use crate::text::text;
use crate::topology::Node;

pub static CHECK: Check = Check {
    code: "CO-001",
    severity: Severity::Medium,
    title: text("check.co-001.title", "Elastic IP address that nothing uses"),
    why: text(
        "check.co-001.why",
        "A public IPv4 address costs 0.005 USD an hour, in use or idle: 3.65 USD a month for nothing.",
    ),
    advice: text(
        "check.co-001.advice",
        "Release it, or give it to what needs it.",
    ),
    reference: "COST04-BP03; VPC pricing, public IPv4 addresses",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    // A NAT gateway that has lost its address is RT-005's, and the address is the same mistake.
    let mut gateways = topology.all::<NatGateway>();
    if gateways.any(|(_, it)| is_public_nat(it) && !it.is_regional() && it.address.is_none()) {
        return;
    }
    let held: Vec<&Name> = topology
        .all::<NatGateway>()
        .filter_map(|(_, it)| it.address.as_ref().map(|it| &it.name))
        .collect();
    let addresses = topology.all::<ElasticIp>().map(|(name, _)| name);
    let spare: Vec<&Name> = addresses.filter(|it| !held.contains(it)).collect();
    if spare.is_empty() {
        return;
    }
    let used: BTreeSet<Name> = topology.nodes().iter().flat_map(Node::references).collect();
    for name in spare.into_iter().filter(|it| !used.contains(*it)) {
        let message = text(
            "check.co-001.message",
            "{address} belongs to nothing and costs 3.65 USD a month.",
        )
        .with("address", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_a_spare_address() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "Spare",
                    "network",
                    "AWS::EC2::EIP",
                    json!({"Domain": "vpc"})
                )]
            ),
            "Spare: Spare belongs to nothing and costs 3.65 USD a month."
        );
    }

    #[test]
    fn accepts_addresses_of_nat_gateways() {
        assert_eq!(findings(&CHECK, "network.nat=per-az", &[]), "");
        let kept = "network.nat=scheduled schedule.keep_address=true";
        assert_eq!(findings(&CHECK, kept, &[]), "");
    }
}
