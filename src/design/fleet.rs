//! The web instances: an Auto Scaling group over the private subnets.

use super::balancer::Balancer;
use super::network::{Tier, subnets};
use super::option::{OptionKind, Setting, Whole, choice, component, not_one_of};
use super::pattern::{self, Pattern};
use super::policy::trust;
use super::schedule::{Window, Windows};
use super::{APP, Design, Edit, Expansion, SECURITY, credentials, database, readiness, sale};
use crate::aws::{
    Alarm, AutoScalingGroup, InstanceProfile, LaunchTemplate, LaunchTemplateReference, Quoted,
    Role, ScalingPolicy, Value, list, map, properties,
};
use crate::text::{Message, text};
use crate::topology::Takes;

/// An EC2 instance type that the price table covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstanceType(&'static str);

/// Types with a price in every Region, smallest first, one family after the other. Families whose name has a `g` after
/// the generation are arm64.
const INSTANCE_TYPES: [&str; 23] = [
    "t3.nano",
    "t3.micro",
    "t3.small",
    "t3.medium",
    "t3.large",
    "t3.xlarge",
    "t4g.nano",
    "t4g.micro",
    "t4g.small",
    "t4g.medium",
    "t4g.large",
    "t4g.xlarge",
    "m5.large",
    "m5.xlarge",
    "m6i.large",
    "m6i.xlarge",
    "m6g.medium",
    "m6g.large",
    "m6g.xlarge",
    "c6i.large",
    "c6i.xlarge",
    "r6g.large",
    "r6g.xlarge",
];

impl InstanceType {
    /// The smallest of the burstable ones on Graviton that runs a job beside its agent.
    pub(super) const SMALL_GRAVITON: Self = Self("t4g.micro");

    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether it runs on Graviton.
    pub fn is_arm(self) -> bool {
        let family = self.0.split('.').next().unwrap_or(self.0);
        family.ends_with('g')
    }
}

impl Setting for InstanceType {
    fn kind() -> OptionKind {
        OptionKind::Choice(INSTANCE_TYPES.to_vec())
    }

    fn show(&self) -> String {
        self.0.to_owned()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let found = INSTANCE_TYPES.iter().find(|it| **it == given.trim());
        found
            .map(|it| Self(it))
            .ok_or_else(|| not_one_of(given, &INSTANCE_TYPES))
    }
}

choice! {
    /// What makes the group grow and shrink.
    Scaling {
        /// Keeps average CPU near the scale-out value.
        TargetTracking = "target-tracking",
        /// Adds above one value, removes below the other.
        Step = "step",
    }
}

choice! {
    /// Whose word the group takes for an instance's health.
    HealthCheck {
        /// The load balancer's, beside EC2's own.
        Elb = "ELB",
        /// EC2's status checks alone.
        Ec2 = "EC2",
    }
}

component! {
    /// The Auto Scaling group and its launch template.
    Fleet at fleet in Fleet {
        "fleet.instance_type" "ft" instance_type: InstanceType = InstanceType("t3.micro"), "Instance type", "EC2 instance type of the web instances; a g after the generation is Graviton (arm64)";
        "fleet.min" "fn" min: Whole<0, 100> = Whole::new(2), "Minimum", "Instances that the group never goes below";
        "fleet.desired" "fd" desired: Whole<0, 100> = Whole::new(2), "Desired", "Instances that the group starts with and holds while nothing scales it";
        "fleet.max" "fx" max: Whole<0, 100> = Whole::new(6), "Maximum", "Instances that the group never goes above";
        "fleet.health_check" "fh" health_check: HealthCheck = HealthCheck::Elb, "Health check type", "ELB replaces instances that fail the load balancer's check; EC2 ignores it";
        "fleet.grace_seconds" "fg" grace: Whole<0, 7200> = Whole::new(300), "Grace period (s)", "Seconds after launch in which failed health checks are ignored";
        "fleet.scaling" "fs" scaling: Scaling = Scaling::TargetTracking, "Scaling policy", "Target tracking holds the CPU value; step policies add above it and remove below the other";
        "fleet.scale_out_cpu" "fo" scale_out: Whole<10, 95> = Whole::new(70), "Scale out at CPU (%)", "Average CPU that the group grows at, or tracks";
        "fleet.scale_in_cpu" "fi" scale_in: Whole<1, 90> = Whole::new(30), "Scale in below CPU (%)", "Average CPU that the group shrinks below, with step policies";
        "fleet.predictive" "fp" predictive: bool = false, "Predictive scaling", "Raises the group ahead of a load that comes back every day or week. The forecast begins with 24 hours of history and is best after two weeks; it knows nothing of a first sale, nor of the loss of a zone";
        "fleet.warm_pool" "fw" warm_pool: Whole<0, 100> = Whole::new(0), "Warm pool", "Instances that were started once and stand by stopped: they come into service in less than a minute (modelled), and cost their volumes alone. 0 keeps none";
        "fleet.prewarm_size" "fz" prewarm_size: Whole<0, 100> = Whole::new(0), "Instances before a sale", "Instances that the group holds at least in the hours below, so that they are there before the load; 0 changes nothing";
        "fleet.prewarm_at" "fq" prewarm_at: Windows<1> = Windows(vec![Window::FRIDAY_EVENING]), "Hours of the sale", "Days and times at which the group is raised and released again, such as fri 19:30-22:00, in the time zone of the schedule";
        "fleet.volume_gb" "fv" volume: Whole<8, 1000> = Whole::new(8), "Root volume (GiB)", "Size of each instance's encrypted gp3 root volume";
        "fleet.imdsv2" "f2" session_tokens: bool = true, "Require IMDSv2", "The instance metadata service answers only requests with a session token";
    }
}

pub const GROUP: &str = "WebGroup";
pub const ROLE: &str = "WebRole";
pub const SECURITY_GROUP: &str = "WebSecurityGroup";
const TEMPLATE: &str = "WebLaunchTemplate";
const PROFILE: &str = "WebInstanceProfile";

/// A small web server for every instance: whatever health check path is asked, it answers, and it shows the failover.
const USER_DATA: &str = include_str!("user_data.sh");

pub(super) fn expand_roles(design: &Design, to: &mut Expansion<'_>) {
    to.add(
        SECURITY,
        ROLE,
        Role {
            trust: trust("ec2.amazonaws.com", []),
            managed_policies: design.admin.managed_policies(),
            tags: to.tags("web"),
            rest: properties([("Description", "Web instances".into())]),
        },
    )
    .comment(text(
        "comment.web-role",
        "The role starts empty; the data stack grants it the database's secret and nothing else.",
    ));
    to.add(
        SECURITY,
        PROFILE,
        InstanceProfile {
            roles: vec![Value::reference(ROLE)],
            rest: Vec::new(),
        },
    );
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let fleet = &design.fleet;
    pattern::image(
        to,
        APP,
        "ImageId",
        text("parameter.image", "Machine image"),
        fleet.instance_type,
    );
    to.add(APP, TEMPLATE, launch_template(design)).comment(text(
        "comment.launch-template",
        "IMDSv2 keeps a forged request from reading the role's credentials; the volume is encrypted.",
    ));
    adjustables(design, to);
    readiness::expand(design, to);
    let node = to.add(APP, GROUP, group(design)).comment(text(
        "comment.group",
        "Left to the default, the group would ignore the load balancer's health check (EC2) and give no grace period (0 s).",
    ));
    node.attributes = pattern::rolling(fleet.in_service());
    if fleet.min >= fleet.max {
        // There is nothing to scale, and AWS refuses target tracking for such a group.
        return;
    }
    sale::expand(design, to);
    match fleet.scaling {
        Scaling::TargetTracking => target_tracking(fleet, to),
        Scaling::Step => step_policies(fleet, to),
    }
}

/// What the server asks, with RDS Proxy before the database: the proxy, which has a name but no attribute for its port.
fn user_data(design: &Design) -> String {
    let holder = database::holder(design);
    let mut program = format!("{USER_DATA}{}", design.delivery.user_data());
    // Last: the group may stop an instance as soon as it is ready.
    if design.fleet.keeps_warm() {
        program.push_str(readiness::PROGRAM);
    }
    if let Some(words) = design.edge.cache_control() {
        let line = "        self.send_header(\"Content-Type\"";
        let kept = format!("        self.send_header(\"Cache-Control\", \"{words}\")\n{line}");
        program = program.replace(line, &kept);
    }
    let secret = format!("${{{}.{}}}", database::DATABASE, credentials::SECRET);
    let program = program.replace(&secret, &credentials::placeholder(design));
    let own = format!("${{{}.", database::DATABASE);
    let program = program.replace(&own, &format!("${{{holder}."));
    if !design.database.proxy {
        return program;
    }
    let address = format!("${{{}.Endpoint}}", super::proxy::PROXY);
    program
        .replace(&format!("${{{holder}.Endpoint.Address}}"), &address)
        .replace(
            &format!("${{{holder}.Endpoint.Port}}"),
            &design.database.engine.port().to_string(),
        )
        .replace("The database {", "The proxy of the database {")
}

impl Fleet {
    /// Whether instances stand by, stopped.
    pub(super) fn keeps_warm(&self) -> bool {
        self.warm_pool.get() > 0
    }

    /// Instances that a rolling update leaves alone: CloudFormation wants fewer than the group may have.
    fn in_service(&self) -> u32 {
        self.min.get().min(self.max.get().saturating_sub(1))
    }
}

fn adjustables(design: &Design, to: &mut Expansion<'_>) {
    let fleet = &design.fleet;
    let path = "LaunchTemplateData.InstanceType";
    let instance = to.adjust(
        APP,
        "InstanceType",
        "fleet.instance_type",
        [(TEMPLATE, path)],
    );
    if let Some(it) = instance {
        // The machine image is for one architecture.
        let is_arm = fleet.instance_type.is_arm();
        let fits = INSTANCE_TYPES
            .into_iter()
            .filter(|it| InstanceType(it).is_arm() == is_arm);
        it.takes = Takes::OneOf(fits.collect());
    }
    // Each within the design's other two: Auto Scaling refuses what is out of order.
    let (min, desired, max) = (fleet.min.get(), fleet.desired.get(), fleet.max.get());
    let within = |min, max: u32| Takes::Whole {
        min,
        max: max.max(min),
    };
    if let Some(it) = to.adjust(APP, "MinSize", "fleet.min", [(GROUP, "MinSize")]) {
        it.takes = within(0, desired);
    }
    let places = [(GROUP, "DesiredCapacity")];
    if let Some(it) = to.adjust(APP, "DesiredCapacity", "fleet.desired", places) {
        it.takes = within(min, max);
    }
    if let Some(it) = to.adjust(APP, "MaxSize", "fleet.max", [(GROUP, "MaxSize")]) {
        it.takes = within(desired.max(fleet.in_service() + 1), 100);
    }
    let volume = "LaunchTemplateData.BlockDeviceMappings.0.Ebs.VolumeSize";
    to.adjust(APP, "VolumeSize", "fleet.volume_gb", [(TEMPLATE, volume)]);
    let places = [
        ("WebCpuPolicy", "TargetTrackingConfiguration.TargetValue"),
        ("WebScaleOutAlarm", "Threshold"),
    ];
    to.adjust(APP, "ScaleOutCpu", "fleet.scale_out_cpu", places);
}

fn launch_template(design: &Design) -> LaunchTemplate {
    let fleet = &design.fleet;
    pattern::launch_template(Pattern {
        image: "ImageId",
        instance_type: fleet.instance_type,
        profile: PROFILE,
        security_group: SECURITY_GROUP,
        session_tokens: fleet.session_tokens,
        volume_gb: fleet.volume.get(),
        user_data: user_data(design),
        monitored: true,
        tag: "web",
    })
}

fn group(design: &Design) -> AutoScalingGroup {
    let fleet = &design.fleet;
    let listens = fleet.health_check == HealthCheck::Elb;
    let mut rest = properties([
        ("DefaultInstanceWarmup", 120.into()),
        (
            "MetricsCollection",
            list([map([("Granularity", "1Minute".into())])]),
        ),
    ]);
    rest.extend(readiness::hooks(fleet));
    rest.extend(properties([(
        "Tags",
        list([map([
            ("Key", "Name".into()),
            ("Value", Value::sub("${AWS::StackName}-web")),
            ("PropagateAtLaunch", true.into()),
        ])]),
    )]));
    AutoScalingGroup {
        min: Quoted(fleet.min.get()),
        max: Quoted(fleet.max.get()),
        desired: Some(Quoted(fleet.desired.get())),
        subnets: subnets(design, Tier::Private),
        target_groups: vec![super::balancer::TARGETS.into()],
        health_check: Some(if listens { "ELB" } else { "EC2" }.to_owned()),
        grace: Some(fleet.grace.get()),
        launch_template: Some(LaunchTemplateReference {
            template: TEMPLATE.into(),
            version: Value::att(TEMPLATE, "LatestVersionNumber"),
            rest: Vec::new(),
        }),
        mixed: None,
        rebalances: None,
        distribution: Some(map([(
            "CapacityDistributionStrategy",
            "balanced-best-effort".into(),
        )])),
        impairment: impairment(&design.balancer),
        rest,
    }
}

/// Auto Scaling refuses zonal shift behind a load balancer that does not cross zones: the zones would end up with unequal
/// capacity (EC2 Auto Scaling user guide, zonal shift).
fn impairment(balancer: &Balancer) -> Option<Value> {
    let wanted = balancer.zonal_shift && balancer.cross_zone;
    wanted.then(|| {
        map([
            ("ZonalShiftEnabled", true.into()),
            ("ImpairedZoneHealthCheckBehavior", "ReplaceUnhealthy".into()),
        ])
    })
}

fn target_tracking(fleet: &Fleet, to: &mut Expansion<'_>) {
    to.add(
        APP,
        "WebCpuPolicy",
        ScalingPolicy {
            group: GROUP.into(),
            kind: "TargetTrackingScaling".into(),
            prediction: None,
            tracking: Some(map([
                (
                    "PredefinedMetricSpecification",
                    map([("PredefinedMetricType", "ASGAverageCPUUtilization".into())]),
                ),
                ("TargetValue", fleet.scale_out.get().into()),
            ])),
            rest: Vec::new(),
        },
    );
}

fn step_policies(fleet: &Fleet, to: &mut Expansion<'_>) {
    let steps = [
        (
            "ScaleOut",
            1,
            "GreaterThanThreshold",
            fleet.scale_out.get(),
            "MetricIntervalLowerBound",
        ),
        (
            "ScaleIn",
            -1,
            "LessThanThreshold",
            fleet.scale_in.get(),
            "MetricIntervalUpperBound",
        ),
    ];
    for (name, change, comparison, threshold, bound) in steps {
        let policy = format!("Web{name}Policy");
        to.add(
            APP,
            policy.as_str(),
            ScalingPolicy {
                group: GROUP.into(),
                kind: "StepScaling".into(),
                tracking: None,
                prediction: None,
                rest: properties([
                    ("AdjustmentType", "ChangeInCapacity".into()),
                    ("EstimatedInstanceWarmup", 120.into()),
                    (
                        "StepAdjustments",
                        list([map([
                            (bound, 0.into()),
                            ("ScalingAdjustment", change.into()),
                        ])]),
                    ),
                ]),
            },
        );
        let alarm = format!("Web{name}Alarm");
        let tags = to.tags(&alarm);
        to.add(
            APP,
            alarm,
            Alarm {
                description: Some(format!("Average CPU of the web instances: {name}")),
                namespace: Some("AWS/EC2".into()),
                metric: Some("CPUUtilization".into()),
                actions: vec![Value::reference(policy)],
                tags,
                rest: properties([
                    ("Statistic", "Average".into()),
                    ("Period", 60.into()),
                    ("EvaluationPeriods", 3.into()),
                    ("ComparisonOperator", comparison.into()),
                    ("Threshold", threshold.into()),
                    (
                        "Dimensions",
                        list([map([
                            ("Name", "AutoScalingGroupName".into()),
                            ("Value", Value::reference(GROUP)),
                        ])]),
                    ),
                ]),
            },
        );
    }
}
