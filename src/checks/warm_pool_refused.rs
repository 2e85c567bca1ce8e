//! A warm pool holds instances of one kind.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, LaunchTemplate, Name, WarmPool, lookup};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "ASG-012",
    severity: Severity::Error,
    title: text(
        "check.asg-012.title",
        "Warm pool of mixed or Spot instances",
    ),
    why: text(
        "check.asg-012.why",
        "Auto Scaling refuses a warm pool for a group with a mixed instances policy, and for a launch template that asks for Spot instances.",
    ),
    advice: text(
        "check.asg-012.advice",
        "Use On-Demand instances of one type, or no warm pool.",
    ),
    reference: "EC2 Auto Scaling user guide, warm pools: limitations",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, pool) in topology.all::<WarmPool>() {
        let group = &pool.group.name;
        let Some(cause) = cause(topology, group) else {
            continue;
        };
        let message = text(
            "check.asg-012.message",
            "{pool} is for {group}, which launches mixed or Spot instances ({cause}).",
        )
        .with("pool", name.as_str())
        .with("group", group.as_str())
        .with("cause", cause);
        let fix = subject.undo([group]).or_else(|| {
            subject.fix(
                &[],
                text("check.asg-012.fix", "Keep no warm pool"),
                &[("fleet.warm_pool", &0)],
            )
        });
        findings.push(Finding::new(&CHECK, [name, group], message).with_fix(fix));
    }
}

/// The property that makes a group unfit.
fn cause(topology: &Topology, group: &Name) -> Option<&'static str> {
    let properties = topology.node(group)?.resource.properties();
    if lookup(&properties, "MixedInstancesPolicy").is_some() {
        return Some("MixedInstancesPolicy");
    }
    let group = topology.named::<AutoScalingGroup>(group)?;
    let template = topology.named::<LaunchTemplate>(group.template()?)?;
    let market = lookup(&template.data.rest, "InstanceMarketOptions");
    market.map(|_| "InstanceMarketOptions")
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_mixed_group_with_a_pool() {
        let mixed = set(
            "WebGroup",
            "MixedInstancesPolicy",
            json!({"InstancesDistribution": {"OnDemandPercentageAboveBaseCapacity": 50}}),
        );
        assert_eq!(
            findings(&CHECK, "fleet.warm_pool=2", std::slice::from_ref(&mixed)),
            "WebWarmPool, WebGroup: WebWarmPool is for WebGroup, which launches mixed or Spot instances (MixedInstancesPolicy)."
        );
        assert_eq!(findings(&CHECK, "", &[mixed]), "");
    }

    #[test]
    fn flags_spot_instances_of_the_launch_template() {
        let spot = set(
            "WebLaunchTemplate",
            "LaunchTemplateData.InstanceMarketOptions",
            json!({"MarketType": "spot"}),
        );
        assert_eq!(
            findings(&CHECK, "fleet.warm_pool=2", &[spot]),
            "WebWarmPool, WebGroup: WebWarmPool is for WebGroup, which launches mixed or Spot instances (InstanceMarketOptions)."
        );
    }

    #[test]
    fn accepts_instances_of_one_kind() {
        assert_eq!(findings(&CHECK, "fleet.warm_pool=2", &[]), "");
    }
}
