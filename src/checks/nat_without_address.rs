//! A public NAT gateway translates to its Elastic IP address.

use super::site::is_public_nat;
use super::{Check, Finding, Severity, Subject};
use crate::aws::NatGateway;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-005",
    severity: Severity::Error,
    title: text("check.rt-005.title", "NAT gateway without an address"),
    why: text(
        "check.rt-005.why",
        "A public zonal NAT gateway needs an Elastic IP address; CreateNatGateway refuses one without.",
    ),
    advice: text(
        "check.rt-005.advice",
        "Allocate an Elastic IP address, after the gateway attachment, and give the NAT gateway its allocation id.",
    ),
    reference: "CloudFormation reference, AWS::EC2::NatGateway",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, nat) in subject.topology.all::<NatGateway>() {
        if !is_public_nat(nat) || nat.is_regional() || nat.address.is_some() {
            continue;
        }
        let message = text("check.rt-005.message", "{nat} has no Elastic IP address.")
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
    fn flags_a_gateway_whose_address_was_taken() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("NatGatewayA", "AllocationId", json!(null))]
            ),
            "NatGatewayA: NatGatewayA has no Elastic IP address."
        );
    }

    #[test]
    fn accepts_private_gateways_without_one() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[
                    set("NatGatewayA", "AllocationId", json!(null)),
                    set("NatGatewayA", "ConnectivityType", json!("private"))
                ]
            ),
            ""
        );
    }
}
