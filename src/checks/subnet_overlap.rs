//! Two subnets of one VPC share no address.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet, overlap};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-011",
    severity: Severity::Error,
    title: text("check.net-011.title", "Subnets that overlap"),
    why: text(
        "check.net-011.why",
        "CreateSubnet refuses a range that another subnet of the VPC has a part of.",
    ),
    advice: text(
        "check.net-011.advice",
        "Give each subnet a range of its own.",
    ),
    reference: "VPC user guide, subnet sizing",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let inside = |it: &Subnet| {
        let mut ranges = topology.vpc_ranges(&it.vpc.name).into_iter();
        ranges.any(|vpc| vpc.contains(&it.cidr))
    };
    let subnets: Vec<(&Name, &Subnet)> = topology
        .all::<Subnet>()
        .filter(|(_, it)| inside(it))
        .collect();
    for (place, (name, subnet)) in subnets.iter().enumerate() {
        let clash = subnets
            .iter()
            .take(place)
            .find(|(_, it)| it.vpc == subnet.vpc && overlap(&it.cidr, &subnet.cidr));
        let Some((other, taken)) = clash else {
            continue;
        };
        let message = text(
            "check.net-011.message",
            "{subnet} ({range}) overlaps {other} ({taken}).",
        )
        .with("subnet", name.as_str())
        .with("range", subnet.cidr)
        .with("other", other.as_str())
        .with("taken", taken.cidr);
        let fix = subject.renumber(&[name, other], &|_| true);
        let finding = Finding::new(&CHECK, [*name, *other], message);
        let options = subject.blame_ranges(&[subnet.cidr, taken.cidr]);
        findings.push(finding.at_options(options).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_given_range_that_the_plan_has_taken() {
        assert_eq!(
            findings(&CHECK, "network.public_cidrs=10.0.1.0/24", &[]),
            "PrivateSubnetA, PublicSubnetA: PrivateSubnetA (10.0.1.0/24) overlaps PublicSubnetA (10.0.1.0/24)."
        );
    }

    #[test]
    fn accepts_ranges_side_by_side() {
        assert_eq!(
            findings(
                &CHECK,
                "network.public_cidrs=10.0.64.0/24,10.0.65.0/24",
                &[]
            ),
            ""
        );
    }
}
