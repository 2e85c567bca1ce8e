//! Without cross-zone balancing each zone gets the same share of requests, however many targets it has.

use super::site::instances;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, LoadBalancer, TargetGroup};
use crate::text::text;
use crate::topology::{shares, targets_of};

pub static CHECK: Check = Check {
    code: "LB-010",
    severity: Severity::Medium,
    title: text(
        "check.lb-010.title",
        "Uneven zones without cross-zone balancing",
    ),
    why: text(
        "check.lb-010.why",
        "Clients spread over the zones evenly: targets of the smaller zone carry more than the others, and saturate first.",
    ),
    advice: text(
        "check.lb-010.advice",
        "Turn cross-zone balancing on, or run the same number of instances in each zone.",
    ),
    reference: "ELB user guide, cross-zone load balancing",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (balancer, _) in topology.all::<LoadBalancer>() {
        for (name, targets) in targets_of(topology, balancer) {
            let Some(group) = topology.named::<AutoScalingGroup>(name) else {
                continue;
            };
            let zones = topology.zones_of(name).len();
            let spread = shares(group.desired(), zones);
            let (Some(most), Some(least)) = (spread.iter().max(), spread.iter().min()) else {
                continue;
            };
            if targets.crosses_zones() || most == least {
                continue;
            }
            let message = text("check.lb-010.message", "{group} runs {desired} in {zones} zones without cross-zone balancing: a zone with {least} gets as many requests as one with {most}.")
                .with("group", name.as_str())
                .with("desired", instances(group.desired()))
                .with("zones", zones)
                .with("least", *least)
                .with("most", *most);
            let behind = topology.all::<TargetGroup>().find(|(_, it)| *it == targets);
            let claims: Vec<_> = behind
                .map(|(it, _)| (it, "TargetGroupAttributes"))
                .into_iter()
                .collect();
            let title = text("check.lb-010.fix", "Turn cross-zone balancing on");
            let fix = subject.fix(&claims, title, &[("balancer.cross_zone", &true)]);
            findings.push(Finding::new(&CHECK, [name, balancer], message).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_three_instances_in_two_zones() {
        assert_eq!(
            findings(&CHECK, "balancer.cross_zone=false fleet.desired=3", &[]),
            "WebGroup, LoadBalancer: WebGroup runs 3 instances in 2 zones without cross-zone balancing: a zone with 1 gets as many requests as one with 2."
        );
    }

    #[test]
    fn accepts_even_zones_and_cross_zone_balancing() {
        for settings in ["balancer.cross_zone=false", "fleet.desired=3"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
