//! A warm pool: instances that were started once, have finished their set-up, and stand by stopped.

use super::fleet::{Fleet, GROUP, ROLE};
use super::policy::policy;
use super::{APP, Design, Edit, Expansion};
use crate::aws::{Properties, RolePolicy, Value, WarmPool, list, map, properties};
use crate::text::text;

/// What runs at every start behind the set-up: it tells the group that the server answers.
pub(super) const PROGRAM: &str = include_str!("ready.sh");

/// Seconds that the group waits for that word at most: the set-up with its packages takes about two minutes.
const PATIENCE_S: u32 = 300;

/// Without a hook an instance for the pool is stopped as soon as it runs, in the middle of its set-up (EC2 Auto Scaling user
/// guide, lifecycle hooks with a warm pool).
pub(super) fn hooks(fleet: &Fleet) -> Properties {
    if !fleet.keeps_warm() {
        return Properties::new();
    }
    properties([(
        "LifecycleHookSpecificationList",
        list([map([
            ("LifecycleHookName", "ready".into()),
            (
                "LifecycleTransition",
                "autoscaling:EC2_INSTANCE_LAUNCHING".into(),
            ),
            ("HeartbeatTimeout", PATIENCE_S.into()),
            // An instance that cannot say so is left to the load balancer's health check.
            ("DefaultResult", "CONTINUE".into()),
        ])]),
    )])
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let fleet = &design.fleet;
    if !fleet.keeps_warm() {
        return;
    }
    to.add(
        APP,
        "WebReadyPolicy",
        RolePolicy {
            name: "ready".into(),
            role: Value::reference(ROLE),
            document: policy([
                map([
                    ("Effect", "Allow".into()),
                    ("Action", "autoscaling:CompleteLifecycleAction".into()),
                    (
                        "Resource",
                        Value::sub(format!(
                            "arn:${{AWS::Partition}}:autoscaling:${{AWS::Region}}:${{AWS::AccountId}}:autoScalingGroup:*:autoScalingGroupName/${{{GROUP}}}"
                        )),
                    ),
                ]),
                map([
                    ("Effect", "Allow".into()),
                    (
                        "Action",
                        "autoscaling:DescribeAutoScalingInstances".into(),
                    ),
                    ("Resource", "*".into()),
                ]),
            ]),
            rest: Vec::new(),
        },
    );
    let least = fleet.warm_pool.get();
    to.add(
        APP,
        "WebWarmPool",
        WarmPool {
            group: GROUP.into(),
            min: Some(least),
            most: Some(fleet.desired.get() + least),
            state: Some("Stopped".into()),
            // An instance that the group no longer needs waits for the next peak instead of being set up anew.
            rest: properties([(
                "InstanceReusePolicy",
                map([("ReuseOnScaleIn", true.into())]),
            )]),
        },
    )
    .comment(text(
        "comment.warm-pool",
        "Stopped instances cost their volumes alone; they were set up once, so a start is all that is left to do.",
    ));
}
