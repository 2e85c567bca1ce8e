//! A subnet is a part of its VPC's range.

use ipnet::Ipv4Net;

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet, Vpc};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-010",
    severity: Severity::Error,
    title: text("check.net-010.title", "Subnet outside of its VPC"),
    why: text(
        "check.net-010.why",
        "CreateSubnet refuses a range that the VPC does not contain.",
    ),
    advice: text(
        "check.net-010.advice",
        "Take the subnet's range from the VPC's.",
    ),
    reference: "VPC user guide, subnet sizing",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    // A second range of the VPC is not modelled: what lies outside of the first may lie inside of that.
    for (name, _) in topology.all::<Vpc>() {
        let held = topology.vpc_ranges(name);
        let inside = |it: &Subnet| held.iter().any(|range| range.contains(&it.cidr));
        let (outside, ranges): (Vec<&Name>, Vec<Ipv4Net>) = topology
            .all::<Subnet>()
            .filter(|(_, it)| it.vpc.name == *name && !inside(it))
            .map(|(subnet, it)| (subnet, it.cidr))
            .unzip();
        if outside.is_empty() {
            continue;
        }
        let message = text(
            "check.net-010.message",
            "{vpc} has the range {range}; outside of it: {subnets}.",
        )
        .with("vpc", name.as_str())
        .with("range", list(&held))
        .with("subnets", list(&outside));
        let mut at = outside;
        at.push(name);
        let fix = subject.renumber(&at, &|_| true);
        let finding = Finding::new(&CHECK, at, message);
        let options = subject.blame_ranges(&ranges);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_given_ranges_and_an_edited_vpc() {
        assert_eq!(
            findings(&CHECK, "network.private_cidrs=192.168.0.0/24", &[]),
            "PrivateSubnetA, Vpc: Vpc has the range 10.0.0.0/16; outside of it: PrivateSubnetA."
        );
        assert_eq!(
            findings(&CHECK, "", &[set("Vpc", "CidrBlock", json!("10.9.0.0/16"))]),
            "PublicSubnetA, PrivateSubnetA, PublicSubnetB, PrivateSubnetB, Vpc: Vpc has the range 10.9.0.0/16; outside of it: PublicSubnetA, PrivateSubnetA, PublicSubnetB, PrivateSubnetB."
        );
    }

    #[test]
    fn accepts_ranges_inside() {
        assert_eq!(
            findings(&CHECK, "network.private_cidrs=10.0.200.0/24", &[]),
            ""
        );
    }
}
