//! EC2 consumers: a group of on-demand and Spot instances that scales by the messages that wait for each of them.

use super::program::{self, ORDER};
use super::queue::QUEUE;
use super::{Design, Expansion, allow, inline, places, store_variables, writes};
use crate::aws::{
    AutoScalingGroup, InstanceProfile, LaunchTemplate, Quoted, Role, ScalingPolicy, Value, list,
    map, properties,
};
use crate::design::fleet::InstanceType;
use crate::design::pattern::{self, Pattern};
use crate::design::policy::trust;
use crate::design::{BURST, Edit};
use crate::text::text;

pub const WORKERS: &str = "OrdersWorkers";
const TEMPLATE: &str = "OrdersLaunchTemplate";
const ROLE: &str = "OrdersWorkerRole";
const PROFILE: &str = "OrdersInstanceProfile";
const IMAGE: &str = "OrdersImageId";
const PROGRAM: &str = include_str!("worker.py");
const USER_DATA: &str = include_str!("worker.sh");

/// Fetches what the program needs to talk to a database; it comes from the internet.
const DRIVER: &str = "dnf install -y python3-pip
python3 -m pip install PyMySQL pg8000
curl --fail --silent --show-error --output /opt/rds.pem https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if places(design).is_empty() {
        return;
    }
    identity(design, to);
    let kind = design.burst.worker_type;
    let label = text("parameter.orders-image", "Machine image of the workers");
    pattern::image(to, BURST, IMAGE, label, kind);
    to.add(BURST, TEMPLATE, launch_template(design));
    let node = to.add(BURST, WORKERS, group(design)).comment(text(
        "comment.orders-workers",
        "Nobody calls these instances: they ask the queue. A Spot instance that AWS takes away leaves what it has received to the others, and several instance types keep one that is short from emptying the group.",
    ));
    let (least, most) = limits(design);
    node.attributes = pattern::rolling(least.min(most.saturating_sub(1)));
    scaling(design, to);
}

fn identity(design: &Design, to: &mut Expansion<'_>) {
    let receiving = [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
    ];
    let allowed = vec![
        allow(list(receiving), Value::att(QUEUE, "Arn")),
        writes(design),
    ];
    let tags = to.tags("orders-worker");
    to.add(
        BURST,
        ROLE,
        Role {
            trust: trust("ec2.amazonaws.com", []),
            managed_policies: design.admin.managed_policies(),
            tags,
            rest: properties([("Policies", inline("orders", allowed))]),
        },
    );
    to.add(
        BURST,
        PROFILE,
        InstanceProfile {
            roles: vec![Value::reference(ROLE)],
            rest: Vec::new(),
        },
    );
}

fn launch_template(design: &Design) -> LaunchTemplate {
    pattern::launch_template(Pattern {
        image: IMAGE,
        instance_type: design.burst.worker_type,
        profile: PROFILE,
        security_group: super::SECURITY_GROUP,
        session_tokens: true,
        volume_gb: 8,
        user_data: user_data(design),
        monitored: false,
        tag: "orders-worker",
    })
}

fn user_data(design: &Design) -> String {
    let mut variables = vec![("QUEUE", Value::reference(QUEUE))];
    variables.extend(store_variables(design));
    let variables: Vec<String> = variables
        .into_iter()
        .map(|(name, value)| format!("Environment={name}={}", in_sub(&value)))
        .collect();
    let program = [ORDER, program::store(design), PROGRAM].concat();
    let driver = if design.orders_to_table() { "" } else { DRIVER };
    USER_DATA
        .replace("DRIVER\n", &format!("{driver}\n"))
        .replace("PROGRAM\n", &program)
        .replace("VARIABLES", &variables.join("\n"))
}

/// A value as a text of `Fn::Sub` has it.
fn in_sub(value: &Value) -> String {
    match value {
        Value::Ref(name) => format!("${{{name}}}"),
        Value::Att(name, attribute) => format!("${{{name}.{attribute}}}"),
        other => other.as_str().unwrap_or_default().to_owned(),
    }
}

/// Types that stand in for each other.
const X86: [&str; 4] = ["t3.small", "t3.medium", "m5.large", "m6i.large"];
const ARM: [&str; 4] = ["t4g.small", "t4g.medium", "m6g.medium", "m6g.large"];

/// Least and most instances of the group.
fn limits(design: &Design) -> (u32, u32) {
    let least = design.burst.workers.get();
    (least, design.burst.workers_max.get().max(least))
}

fn group(design: &Design) -> AutoScalingGroup {
    let burst = &design.burst;
    let (least, most) = limits(design);
    AutoScalingGroup {
        min: Quoted(least),
        max: Quoted(most),
        desired: None,
        subnets: places(design),
        target_groups: Vec::new(),
        health_check: Some("EC2".to_owned()),
        grace: Some(120),
        launch_template: None,
        mixed: Some(mixed(design)),
        rebalances: Some(burst.spot_percent.get() > 0),
        distribution: Some(map([(
            "CapacityDistributionStrategy",
            "balanced-best-effort".into(),
        )])),
        impairment: Some(map([
            ("ZonalShiftEnabled", true.into()),
            ("ImpairedZoneHealthCheckBehavior", "ReplaceUnhealthy".into()),
        ])),
        rest: properties([
            ("DefaultInstanceWarmup", 120.into()),
            (
                "MetricsCollection",
                list([map([("Granularity", "1Minute".into())])]),
            ),
            (
                "Tags",
                list([map([
                    ("Key", "Name".into()),
                    ("Value", Value::sub("${AWS::StackName}-orders-worker")),
                    ("PropagateAtLaunch", true.into()),
                ])]),
            ),
        ]),
    }
}

fn mixed(design: &Design) -> Value {
    let kind: InstanceType = design.burst.worker_type;
    let others = if kind.is_arm() { ARM } else { X86 };
    let others = others.into_iter().filter(|it| *it != kind.as_str());
    let types = std::iter::once(kind.as_str()).chain(others);
    let types: Vec<Value> = types.map(|it| map([("InstanceType", it.into())])).collect();
    let spot = design.burst.spot_percent.get();
    map([
        (
            "LaunchTemplate",
            map([
                (
                    "LaunchTemplateSpecification",
                    map([
                        ("LaunchTemplateId", Value::reference(TEMPLATE)),
                        ("Version", Value::att(TEMPLATE, "LatestVersionNumber")),
                    ]),
                ),
                ("Overrides", Value::List(types)),
            ]),
        ),
        (
            "InstancesDistribution",
            map([
                ("OnDemandBaseCapacity", 0.into()),
                ("OnDemandPercentageAboveBaseCapacity", (100 - spot).into()),
                ("OnDemandAllocationStrategy", "prioritized".into()),
                ("SpotAllocationStrategy", "price-capacity-optimized".into()),
            ]),
        ),
    ])
}

/// Messages that wait for each instance, as a sum of metrics (EC2 Auto Scaling user guide, scaling policy based on SQS).
fn scaling(design: &Design, to: &mut Expansion<'_>) {
    if design.burst.workers.get() >= design.burst.workers_max.get() {
        // There is nothing to scale, and AWS refuses target tracking for such a group.
        return;
    }
    let dimension =
        |name: &str, value: Value| list([map([("Name", name.into()), ("Value", value)])]);
    let metric = |namespace: &str, name: &str, dimensions: Value| {
        map([
            (
                "Metric",
                map([
                    ("Namespace", namespace.into()),
                    ("MetricName", name.into()),
                    ("Dimensions", dimensions),
                ]),
            ),
            ("Stat", "Average".into()),
        ])
    };
    let one = |id: &str, stat: Value| {
        map([
            ("Id", id.into()),
            ("MetricStat", stat),
            ("ReturnData", false.into()),
        ])
    };
    let queue = dimension("QueueName", Value::att(QUEUE, "QueueName"));
    let group = dimension("AutoScalingGroupName", Value::reference(WORKERS));
    let metrics = list([
        one(
            "waiting",
            metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", queue),
        ),
        one(
            "working",
            metric("AWS/AutoScaling", "GroupInServiceInstances", group),
        ),
        map([
            ("Id", "backlog".into()),
            ("Expression", "waiting / working".into()),
            ("Label", "Messages per instance".into()),
            ("ReturnData", true.into()),
        ]),
    ]);
    to.add(
        BURST,
        "OrdersBacklogPolicy",
        ScalingPolicy {
            group: WORKERS.into(),
            kind: "TargetTrackingScaling".into(),
            prediction: None,
            tracking: Some(map([
                ("CustomizedMetricSpecification", map([("Metrics", metrics)])),
                ("TargetValue", design.burst.backlog.get().into()),
            ])),
            rest: Vec::new(),
        },
    );
    to.adjust(
        BURST,
        "OrdersBacklog",
        "burst.backlog",
        [(
            "OrdersBacklogPolicy",
            "TargetTrackingConfiguration.TargetValue",
        )],
    );
}
