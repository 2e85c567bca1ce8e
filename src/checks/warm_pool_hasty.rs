//! An instance is stopped for the warm pool when it has finished its set-up, and no sooner.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, Value, WarmPool, lookup};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "ASG-013",
    severity: Severity::High,
    title: text("check.asg-013.title", "Warm pool without a lifecycle hook"),
    why: text(
        "check.asg-013.why",
        "Without a hook for launches an instance is stopped as soon as it runs, in the middle of its set-up: what starts later may lack half of it.",
    ),
    advice: text(
        "check.asg-013.advice",
        "Add a hook for autoscaling:EC2_INSTANCE_LAUNCHING, and let the instance complete it when it is ready.",
    ),
    reference: "EC2 Auto Scaling user guide, lifecycle hooks with a warm pool",
    run,
};

const LAUNCHING: &str = "autoscaling:EC2_INSTANCE_LAUNCHING";

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, pool) in subject.topology.all::<WarmPool>() {
        let group = &pool.group.name;
        if waits(subject.topology, group) {
            continue;
        }
        let message = text(
            "check.asg-013.message",
            "{pool} stops instances of {group} before their set-up is over.",
        )
        .with("pool", name.as_str())
        .with("group", group.as_str());
        let fix = subject.release(&[(group, "LifecycleHookSpecificationList")]);
        findings.push(Finding::new(&CHECK, [name, group], message).with_fix(fix));
    }
}

/// Whether a group has a hook for launches, of its own or beside it.
fn waits(topology: &Topology, group: &Name) -> bool {
    let own = topology.named::<AutoScalingGroup>(group);
    let own = own.and_then(|it| lookup(&it.rest, "LifecycleHookSpecificationList"));
    let mut own = own.and_then(Value::as_list).unwrap_or_default().iter();
    let launches = |it: Option<&Value>| it.and_then(Value::as_str) == Some(LAUNCHING);
    own.any(|it| launches(it.get("LifecycleTransition")))
        || topology.nodes().iter().any(|node| {
            let properties = node.resource.properties();
            node.resource.kind() == "AWS::AutoScaling::LifecycleHook"
                && launches(lookup(&properties, "LifecycleTransition"))
                && lookup(&properties, "AutoScalingGroupName").and_then(Value::named) == Some(group)
        })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{add, findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_pool_whose_group_has_no_hook() {
        let gone = set("WebGroup", "LifecycleHookSpecificationList", json!(null));
        assert_eq!(
            findings(&CHECK, "fleet.warm_pool=2", std::slice::from_ref(&gone)),
            "WebWarmPool, WebGroup: WebWarmPool stops instances of WebGroup before their set-up is over."
        );
        let beside = add(
            "Hook",
            "app",
            "AWS::AutoScaling::LifecycleHook",
            json!({"AutoScalingGroupName": {"Ref": "WebGroup"}, "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING"}),
        );
        assert_eq!(findings(&CHECK, "fleet.warm_pool=2", &[gone, beside]), "");
    }

    #[test]
    fn accepts_the_hook_of_the_group() {
        assert_eq!(findings(&CHECK, "fleet.warm_pool=2", &[]), "");
    }
}
