//! A load balancer grows into its subnets.

use super::plan::{BALANCER, LENGTHS};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, Subnet};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-002",
    severity: Severity::Error,
    title: text("check.lb-002.title", "Subnet too small for a load balancer"),
    why: text(
        "check.lb-002.why",
        "Each subnet of an Application Load Balancer must be /27 or larger, so that it can scale; AWS refuses smaller ones.",
    ),
    advice: text(
        "check.lb-002.advice",
        "Use /27 or larger for public subnets; /24 where there is room.",
    ),
    reference: "ELB user guide, subnets for your load balancer",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        if balancer.kind != "application" {
            continue;
        }
        for subnet in topology.subnets_of(name) {
            let Some(range) = topology.named::<Subnet>(subnet).map(|it| it.cidr) else {
                continue;
            };
            let length = range.prefix_len();
            if length <= BALANCER || !LENGTHS.contains(&length) {
                continue;
            }
            let message = text(
                "check.lb-002.message",
                "{balancer} wants /27 or larger, but {subnet} is {range}.",
            )
            .with("balancer", name.as_str())
            .with("subnet", subnet.as_str())
            .with("range", range);
            let fix = subject.renumber(&[subnet], &|_| true);
            let finding = Finding::new(&CHECK, [subnet, name], message);
            let options = subject.blame_ranges(&[range]);
            findings.push(finding.at_options(options).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_subnets_of_sixteen_addresses() {
        assert_eq!(
            findings(&CHECK, "network.public_cidrs=10.0.0.0/28", &[]),
            "PublicSubnetA, LoadBalancer: LoadBalancer wants /27 or larger, but PublicSubnetA is 10.0.0.0/28."
        );
        assert_eq!(
            findings(&CHECK, "network.cidr=10.0.0.0/26", &[]),
            "PublicSubnetA, LoadBalancer: LoadBalancer wants /27 or larger, but PublicSubnetA is 10.0.0.0/28.\nPublicSubnetB, LoadBalancer: LoadBalancer wants /27 or larger, but PublicSubnetB is 10.0.0.32/28."
        );
    }

    #[test]
    fn accepts_thirty_two() {
        assert_eq!(
            findings(&CHECK, "network.public_cidrs=10.0.0.0/27", &[]),
            ""
        );
    }
}
