//! A regional NAT gateway is public, and stands in no subnet.

use super::site::is_public_nat;
use super::{Check, Finding, Severity, Subject};
use crate::aws::NatGateway;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-009",
    severity: Severity::Error,
    title: text(
        "check.rt-009.title",
        "Regional NAT gateway with properties of a zonal one",
    ),
    why: text(
        "check.rt-009.why",
        "CreateNatGateway refuses a regional gateway with a subnet, an address or private connectivity, and a zonal one with zones.",
    ),
    advice: text(
        "check.rt-009.advice",
        "Give a regional gateway its VPC alone; use a zonal one for private connectivity.",
    ),
    reference: "VPC user guide, regional NAT gateways; CloudFormation reference, AWS::EC2::NatGateway",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, nat) in subject.topology.all::<NatGateway>() {
        let placed = nat.subnet.is_some() || nat.address.is_some();
        let wrong = if nat.is_regional() {
            placed || nat.vpc.is_none() || !is_public_nat(nat)
        } else {
            nat.subnet.is_none() || !nat.zone_addresses.is_empty()
        };
        if !wrong {
            continue;
        }
        let message = text(
            "check.rt-009.message",
            "{nat} mixes what a regional NAT gateway takes with what a zonal one takes.",
        )
        .with("nat", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_private_connectivity_a_subnet_and_a_lost_mode() {
        for (property, value) in [
            ("ConnectivityType", json!("private")),
            ("SubnetId", json!({"Ref": "PublicSubnetA"})),
            ("AvailabilityMode", json!(null)),
        ] {
            assert_eq!(
                findings(
                    &CHECK,
                    "network.nat=regional",
                    &[set("NatGateway", property, value)]
                ),
                "NatGateway: NatGateway mixes what a regional NAT gateway takes with what a zonal one takes."
            );
        }
    }

    #[test]
    fn accepts_both_kinds() {
        for nat in ["regional", "per-az"] {
            assert_eq!(findings(&CHECK, &format!("network.nat={nat}"), &[]), "");
        }
    }
}
