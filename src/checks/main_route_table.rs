//! A subnet without an association follows the VPC's main table.

use super::site::{has_front, has_instances};
use super::{Check, Finding, Severity, Subject};
use crate::aws::Subnet;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "RT-012",
    severity: Severity::Low,
    title: text("check.rt-012.title", "Subnet on the main route table"),
    why: text(
        "check.rt-012.why",
        "Whoever changes the main table changes every subnet that nobody associated with one of its own.",
    ),
    advice: text(
        "check.rt-012.advice",
        "Associate the subnet with a table of its own tier.",
    ),
    reference: "VPC user guide, subnet route tables",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<Subnet>() {
        // Where somebody needs a way out, the lack of one is reported instead: RT-001, RT-004, RT-016.
        let needy = has_front(topology, name) || has_instances(topology, name);
        if needy || topology.table_of(name).is_some() {
            continue;
        }
        let message = text(
            "check.rt-012.message",
            "{subnet} is associated with no route table and follows the main one.",
        )
        .with("subnet", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings};
    use serde_json::json;

    #[test]
    fn flags_a_spare_subnet() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[add(
                    "SpareSubnet",
                    "network",
                    "AWS::EC2::Subnet",
                    json!({"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.9.0/24", "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}})
                )]
            ),
            "SpareSubnet: SpareSubnet is associated with no route table and follows the main one."
        );
    }

    #[test]
    fn accepts_associated_subnets() {
        assert_eq!(findings(&CHECK, "network.nat=none", &[]), "");
    }
}
