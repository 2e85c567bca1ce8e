//! Somebody works on when Spot capacity is gone.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Queue};
use crate::text::text;
use crate::topology::consumers;

pub static CHECK: Check = Check {
    code: "SV-027",
    severity: Severity::Medium,
    title: text("check.sv-027.title", "Consumers on Spot alone"),
    why: text(
        "check.sv-027.why",
        "AWS takes Spot instances away with two minutes' notice, often many of one type and zone at once, and may have none to give for hours: the queue then grows, and nobody works it off.",
    ),
    advice: text("check.sv-027.advice", "Keep a part of the group on demand."),
    reference: "COST05; EC2 user guide, best practices for Spot",
    run,
};

/// Percent of Spot that the fix leaves.
const MOST: u32 = 80;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let mut queues = topology.all::<Queue>();
        let works = queues.any(|(queue, _)| consumers(topology, queue).contains(&name));
        if !works || group.spot_percent() < 100 || group.on_demand_base() > 0 {
            continue;
        }
        let message = text(
            "check.sv-027.message",
            "Every instance of {group} is Spot, and all may be gone at once.",
        )
        .with("group", name.as_str());
        let fix = subject.fix(
            &[(name, "MixedInstancesPolicy")],
            text("check.sv-027.fix", "Use {percent} % of Spot").with("percent", MOST),
            &[("burst.spot_percent", &MOST)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_spot_alone() {
        let settings = "burst.enabled=true burst.consumer=instances";
        assert_eq!(
            findings(&CHECK, &format!("{settings} burst.spot_percent=100"), &[]),
            "OrdersWorkers: Every instance of OrdersWorkers is Spot, and all may be gone at once."
        );
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
