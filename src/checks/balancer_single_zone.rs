//! An Application Load Balancer spans zones by definition.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{LoadBalancer, Name, Vpc};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "LB-001",
    severity: Severity::Error,
    title: text(
        "check.lb-001.title",
        "Load balancer in fewer than two zones",
    ),
    why: text(
        "check.lb-001.why",
        "An Application Load Balancer needs subnets in two zones at least; CreateLoadBalancer refuses fewer.",
    ),
    advice: text(
        "check.lb-001.advice",
        "Give it a public subnet in each of two or more zones.",
    ),
    reference: "ELB user guide, subnets for your load balancer",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, balancer) in topology.all::<LoadBalancer>() {
        let zones = topology.zones_of(name);
        if balancer.kind != "application" || zones.len() >= 2 {
            continue;
        }
        let message = text(
            "check.lb-001.message",
            "{balancer} stands in {count} of the two zones that AWS wants at least.",
        )
        .with("balancer", name.as_str())
        .with("count", zones.len());
        let vpcs = topology.all::<Vpc>().map(|(vpc, _)| vpc);
        let edited: Vec<&Name> = [name].into_iter().chain(vpcs).collect();
        let fix = subject.two_zones(&[name]).or_else(|| subject.undo(edited));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_one_zone_and_no_room_for_a_second() {
        assert_eq!(
            findings(&CHECK, "network.zones=1", &[]),
            "LoadBalancer: LoadBalancer stands in 1 of the two zones that AWS wants at least."
        );
        assert_eq!(
            findings(&CHECK, "network.cidr=10.0.0.0/28", &[]),
            "LoadBalancer: LoadBalancer stands in 1 of the two zones that AWS wants at least."
        );
    }

    #[test]
    fn accepts_two_zones() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
