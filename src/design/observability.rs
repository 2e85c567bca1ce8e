//! Alarms, a dashboard, flow logs and an API trail.

use super::cluster::{CLUSTER, WRITER};
use super::option::{Whole, Words, choice, component};
use super::policy::policy;
use super::{
    Design, Edit, Expansion, OBSERVABILITY, Section, api, balancer, burst, dashboard, database,
    endpoints, fleet, logs, network, thresholds,
};
use crate::aws::{
    Alarm, CacheGroup, Dashboard, DbCluster, DbInstance, FlowLog, NatGateway, Tags, Topic,
    TopicPolicy, Trail, Value, list, map, properties,
};
use crate::text::text;
use crate::topology::Takes;

choice! {
    /// Which connections flow logs record.
    FlowFilter {
        All = "all",
        /// Those that a security group refused.
        Reject = "reject",
        /// Those that were let through.
        Accept = "accept",
    }
}

impl FlowFilter {
    /// EC2's word.
    fn traffic(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Reject => "REJECT",
            Self::Accept => "ACCEPT",
        }
    }
}

choice! {
    /// How long CloudWatch keeps log lines: some of the periods that it knows (CloudWatch Logs API reference,
    /// PutRetentionPolicy).
    LogDays {
        /// As each log group comes.
        Own = "own",
        One = "1",
        Three = "3",
        Seven = "7",
        Fourteen = "14",
        Thirty = "30",
        Ninety = "90",
        Year = "365",
    }
}

impl LogDays {
    pub(super) fn days(self) -> Option<u32> {
        match self {
            Self::Own => None,
            Self::One => Some(1),
            Self::Three => Some(3),
            Self::Seven => Some(7),
            Self::Fourteen => Some(14),
            Self::Thirty => Some(30),
            Self::Ninety => Some(90),
            Self::Year => Some(365),
        }
    }
}

impl Observability {
    /// Whether the trail has a bucket of its own, whose objects are locked.
    pub(super) fn locks_trail(&self) -> bool {
        self.trail && self.trail_lock.get() > 0
    }
}

component! {
    /// What watches the system.
    Observability at observability in Observability {
        "observability.alarms" "oa" alarms: bool = true, "Alarms", "CloudWatch alarms on load balancer, instances, NAT gateways and database";
        "observability.email" "oe" email: Words<100> = Words::default(), "Alarm e-mail", "Address that alarms are sent to; empty sends none";
        "observability.dashboard" "od" dashboard: bool = true, "Dashboard", "A CloudWatch dashboard over the same metrics";
        "observability.flow_logs" "of" flow_logs: bool = true, "VPC Flow Logs", "A record of every connection, in the log bucket";
        "observability.trail" "ot" trail: bool = true, "CloudTrail", "A record of every AWS API call, in the log bucket";
        "observability.flow_log_filter" "oq" flow_filter: FlowFilter = FlowFilter::All, "Flow logs of", "Which connections VPC Flow Logs record: all, those that were refused, or those that were let through";
        "observability.trail_lock_days" "ol" trail_lock: Whole<0, 3650> = Whole::new(0), "Lock the trail for (days)", "Days that nobody can change or delete a record of CloudTrail: a bucket of its own with Object Lock, in governance mode; 0 leaves it in the log bucket";
        "observability.log_days" "or" log_days: LogDays = LogDays::Own, "CloudWatch logs kept (days)", "Days that CloudWatch keeps the lines of every log group; own leaves each at what it comes with";
        "observability.archive_days" "ox" archive_days: Whole<0, 3650> = Whole::new(0), "Archive logs after (days)", "Days after which logs in buckets move to S3 Glacier Flexible Retrieval, which keeps them 90 days at least; 0 never";
    }
}

const TOPIC: &str = "AlarmTopic";
const CONNECTIONS_ALARM: &str = "DatabaseConnectionsAlarm";
const EMAIL: &str = "AlarmEmail";

/// One alarm: name, namespace, metric, statistic, comparison, threshold, minutes, dimensions.
pub(super) struct Watch {
    pub name: String,
    pub description: &'static str,
    pub namespace: &'static str,
    pub metric: &'static str,
    pub statistic: &'static str,
    pub comparison: &'static str,
    pub threshold: i64,
    /// Minutes in a row.
    pub minutes: i64,
    pub dimensions: Vec<(&'static str, Value)>,
}

/// What lasts is worth an alarm.
const MINUTES: i64 = 3;

pub(super) const ABOVE: &str = "GreaterThanOrEqualToThreshold";
const BELOW: &str = "LessThanOrEqualToThreshold";

/// Where alarms stand, and whom they tell: a topic of their own Region.
pub(super) struct Told<'a> {
    pub stack: usize,
    pub topic: &'a str,
    /// Name of the parameter with the address.
    pub email: &'static str,
}

const HERE: Told<'static> = Told {
    stack: OBSERVABILITY,
    topic: TOPIC,
    email: EMAIL,
};

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let observability = &design.observability;
    if observability.alarms {
        let watches = watches(design, to);
        if !watches.is_empty() {
            topic(design, &HERE, to);
        }
        for watch in watches {
            alarm(watch, &HERE, to);
        }
    }
    if observability.alarms && design.has_application() {
        // Another class at deployment has other memory.
        to.adjust_as(
            OBSERVABILITY,
            "ConnectionsThreshold",
            Section::Observability.title(),
            (
                text("parameter.connections", "Database connections that raise an alarm"),
                text(
                    "parameter.connections.help",
                    "60 % of what the engine's formula gives for the memory of the class; change it with the class",
                ),
            ),
            Takes::Whole {
                min: 1,
                max: 100_000,
            },
            [(CONNECTIONS_ALARM, "Threshold")],
        );
    }
    let body = dashboard::body(to.topology).filter(|_| observability.dashboard);
    if let Some(body) = body {
        to.add(
            OBSERVABILITY,
            "Dashboard",
            Dashboard {
                body: Value::sub(body),
                tags: to.tags("dashboard"),
                rest: Vec::new(),
            },
        );
    }
    if observability.flow_logs {
        let log = flow_log(network::VPC, observability.flow_filter, to.tags("vpc"));
        to.add(OBSERVABILITY, "FlowLog", log).after(logs::POLICY);
    }
    if observability.trail {
        let (bucket, policy) = if observability.locks_trail() {
            (logs::TRAIL_BUCKET, logs::TRAIL_POLICY)
        } else {
            (logs::BUCKET, logs::POLICY)
        };
        to.add(
            OBSERVABILITY,
            "Trail",
            Trail {
                bucket: bucket.into(),
                logging: true,
                multi_region: true,
                tags: to.tags("trail"),
                rest: properties([
                    ("S3KeyPrefix", "trail".into()),
                    ("IncludeGlobalServiceEvents", true.into()),
                    ("EnableLogFileValidation", true.into()),
                ]),
            },
        )
        .after(policy);
    }
}

/// The record of a VPC's connections, in the log bucket.
pub(super) fn flow_log(vpc: &str, filter: FlowFilter, tags: Tags) -> FlowLog {
    FlowLog {
        vpc: vpc.into(),
        resource_type: "VPC".into(),
        traffic: filter.traffic().into(),
        destination: Value::sub("${LogBucket.Arn}/flow/"),
        tags,
        rest: properties([
            ("LogDestinationType", "s3".into()),
            ("MaxAggregationInterval", 60.into()),
            (
                "DestinationOptions",
                map([
                    ("FileFormat", "parquet".into()),
                    ("HiveCompatiblePartitions", true.into()),
                    ("PerHourPartition", true.into()),
                ]),
            ),
        ]),
    }
}

pub(super) fn topic(design: &Design, told: &Told<'_>, to: &mut Expansion<'_>) {
    let email = design.observability.email.as_str();
    let to_email =
        |address: Value| list([map([("Protocol", "email".into()), ("Endpoint", address)])]);
    let rest = if email.is_empty() {
        Vec::new()
    } else {
        properties([("Subscription", to_email(email.into()))])
    };
    let places = [(told.topic, "Subscription.0.Endpoint")];
    if let Some(it) = to.adjust(told.stack, told.email, "observability.email", places) {
        it.takes = Takes::Like("^$|[^@, ]+@[^@, ]+[.][^@, ]+");
        it.filled = Some(to_email(Value::reference(told.email)));
    }
    to.add(
        told.stack,
        told.topic,
        Topic {
            tags: to.tags("alarms"),
            rest,
        },
    );
    to.add(
        told.stack,
        format!("{}Policy", told.topic),
        TopicPolicy {
            topics: vec![told.topic.into()],
            document: policy([map([
                ("Sid", "AlarmsOfThisAccount".into()),
                ("Effect", "Allow".into()),
                (
                    "Principal",
                    map([("Service", "cloudwatch.amazonaws.com".into())]),
                ),
                ("Action", "sns:Publish".into()),
                ("Resource", Value::reference(told.topic)),
                (
                    "Condition",
                    map([(
                        "StringEquals",
                        map([("aws:SourceAccount", Value::reference("AWS::AccountId"))]),
                    )]),
                ),
            ])]),
            rest: Vec::new(),
        },
    );
}

/// Metric of a cache node, description, threshold in percent.
const CACHE_WATCHES: [(&str, &str, i64); 2] = [
    ("EngineCPUUtilization", "The cache is busy", 90),
    (
        "DatabaseMemoryUsagePercentage",
        "The cache is nearly full and will evict",
        80,
    ),
];

/// What the main Region's alarms watch.
fn watches(design: &Design, to: &Expansion<'_>) -> Vec<Watch> {
    let mut watches = Vec::new();
    if design.has_application() {
        watches.extend(of_application(to));
    }
    if design.api.enabled {
        watches.extend(of_api());
    }
    watches.extend(of_burst(design));
    watches.extend(of_gateways(to));
    watches
}

/// Seconds that the oldest order may wait before somebody is told.
const OLD_S: i64 = 300;

/// Those of the burst path (SQS developer guide, CloudWatch metrics; Lambda developer guide, metrics).
fn of_burst(design: &Design) -> Vec<Watch> {
    if !design.burst.enabled {
        return Vec::new();
    }
    let watch = |name: &str,
                 description,
                 metric: (&'static str, &'static str),
                 statistic,
                 threshold,
                 dimensions| Watch {
        name: name.to_owned(),
        description,
        namespace: metric.0,
        metric: metric.1,
        statistic,
        comparison: ABOVE,
        threshold,
        minutes: MINUTES,
        dimensions,
    };
    let queue = |name: &str| vec![("QueueName", Value::att(name, "QueueName"))];
    let api = vec![
        ("ApiName", Value::sub(burst::API_NAME)),
        ("Stage", Value::reference(burst::STAGE)),
    ];
    let mut watches = vec![watch(
        "OrdersServerErrorAlarm",
        "The API of orders answers with 5xx",
        ("AWS/ApiGateway", "5XXError"),
        "Sum",
        1,
        api,
    )];
    if design.burst.queue {
        watches.extend([
            watch(
                "OrdersAgeAlarm",
                "The oldest order waits for 5 minutes or longer",
                ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
                "Maximum",
                OLD_S,
                queue(burst::QUEUE),
            ),
            Watch {
                minutes: 1,
                ..watch(
                    "OrdersDeadLettersAlarm",
                    "An order could not be worked off",
                    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
                    "Maximum",
                    1,
                    queue(burst::DEAD_LETTERS),
                )
            },
        ]);
    }
    let functions = [
        (design.burst.has_taker(), burst::TAKER),
        (design.burst.has_functions(), burst::CONSUMER),
    ];
    for (_, name) in functions.into_iter().filter(|(is_there, _)| *is_there) {
        watches.push(watch(
            &format!("{name}ErrorAlarm"),
            "A function of orders fails",
            ("AWS/Lambda", "Errors"),
            "Sum",
            1,
            vec![("FunctionName", Value::reference(name))],
        ));
    }
    watches
}

/// The API's answers, and the endpoint that they leave by (API Gateway developer guide, metrics; AWS PrivateLink guide,
/// CloudWatch metrics).
fn of_api() -> [Watch; 3] {
    let api = || {
        vec![
            ("ApiName", Value::sub(api::NAME)),
            ("Stage", Value::reference(api::STAGE)),
        ]
    };
    let watch = |name: &str, description, metric, threshold| Watch {
        name: name.to_owned(),
        description,
        namespace: "AWS/ApiGateway",
        metric,
        statistic: "Sum",
        comparison: ABOVE,
        threshold,
        minutes: MINUTES,
        dimensions: api(),
    };
    [
        watch(
            "ApiServerErrorAlarm",
            "The API answers with 5xx",
            "5XXError",
            1,
        ),
        watch(
            "ApiRefusedAlarm",
            "The API refuses calls: signature, policy or rate",
            "4XXError",
            10,
        ),
        Watch {
            name: "EndpointDropAlarm".to_owned(),
            description: "The endpoint of the API drops packets",
            namespace: "AWS/PrivateLinkEndpoints",
            metric: "PacketsDropped",
            statistic: "Sum",
            comparison: ABOVE,
            threshold: 1,
            minutes: MINUTES,
            dimensions: vec![
                ("Endpoint Type", "Interface".into()),
                (
                    "Service Name",
                    Value::sub("com.amazonaws.${AWS::Region}.execute-api"),
                ),
                ("VPC Endpoint Id", Value::reference(endpoints::EXECUTE_API)),
                ("VPC Id", Value::reference(network::VPC)),
            ],
        },
    ]
}

/// Those of the NAT gateways.
fn of_gateways(to: &Expansion<'_>) -> Vec<Watch> {
    let all = to.topology.all::<NatGateway>();
    all.map(|(name, _)| Watch {
        name: format!("{name}PortAlarm"),
        description: "The NAT gateway runs out of source ports",
        namespace: "AWS/NATGateway",
        metric: "ErrorPortAllocation",
        statistic: "Sum",
        comparison: ABOVE,
        threshold: 1,
        minutes: MINUTES,
        dimensions: vec![("NatGatewayId", Value::reference(name.clone()))],
    })
    .collect()
}

fn of_application(to: &Expansion<'_>) -> Vec<Watch> {
    let balancer = || {
        (
            "LoadBalancer",
            Value::att(balancer::BALANCER, "LoadBalancerFullName"),
        )
    };
    let targets = || {
        (
            "TargetGroup",
            Value::att(balancer::TARGETS, "TargetGroupFullName"),
        )
    };
    let group = || ("AutoScalingGroupName", Value::reference(fleet::GROUP));
    // Whichever instance writes: after a failover that is another one.
    let cluster = to.topology.named::<DbCluster>(CLUSTER);
    let instance = || match cluster {
        None => vec![("DBInstanceIdentifier", Value::reference(database::DATABASE))],
        Some(_) => vec![
            ("DBClusterIdentifier", Value::reference(CLUSTER)),
            ("Role", "WRITER".into()),
        ],
    };
    let watch = |name: &str,
                 description,
                 metric: (&'static str, &'static str),
                 statistic,
                 comparison,
                 threshold,
                 dimensions| Watch {
        name: name.to_owned(),
        description,
        namespace: metric.0,
        metric: metric.1,
        statistic,
        comparison,
        threshold,
        minutes: MINUTES,
        dimensions,
    };
    const ALB: &str = "AWS/ApplicationELB";
    const RDS: &str = "AWS/RDS";
    let mut instances = [database::DATABASE, WRITER].into_iter();
    let database = instances.find_map(|it| to.topology.named::<DbInstance>(it));
    let (storage, bytes) = thresholds::free_storage(database);
    let mut watches = vec![
        watch(
            "UnhealthyHostAlarm",
            "A target fails its health check",
            (ALB, "UnHealthyHostCount"),
            "Maximum",
            ABOVE,
            1,
            vec![balancer(), targets()],
        ),
        watch(
            "ServerErrorAlarm",
            "The load balancer answers with 5xx",
            (ALB, "HTTPCode_ELB_5XX_Count"),
            "Sum",
            ABOVE,
            10,
            vec![balancer()],
        ),
        watch(
            "LatencyAlarm",
            "Targets answer slowly",
            (ALB, "TargetResponseTime"),
            "Average",
            ABOVE,
            1,
            vec![balancer()],
        ),
        watch(
            "WebCpuAlarm",
            "Web instances are busy",
            ("AWS/EC2", "CPUUtilization"),
            "Average",
            ABOVE,
            85,
            vec![group()],
        ),
        watch(
            "DatabaseCpuAlarm",
            "The database is busy",
            (RDS, "CPUUtilization"),
            "Average",
            ABOVE,
            85,
            instance(),
        ),
        watch(
            CONNECTIONS_ALARM,
            "The database nears the connections that its memory allows",
            (RDS, "DatabaseConnections"),
            "Average",
            ABOVE,
            thresholds::connections(database, cluster),
            instance(),
        ),
    ];
    if cluster.is_none() {
        let free = watch(
            "DatabaseStorageAlarm",
            storage,
            (RDS, "FreeStorageSpace"),
            "Minimum",
            BELOW,
            bytes,
            instance(),
        );
        // Between the other two of the database.
        watches.insert(watches.len() - 1, free);
    }
    if cluster.is_some_and(|it| it.capacity.is_some()) {
        watches.push(watch(
            "DatabaseCapacityAlarm",
            "The database is at the most capacity that it may have",
            (RDS, "ACUUtilization"),
            "Average",
            ABOVE,
            90,
            instance(),
        ));
    }
    for name in to.topology.readers() {
        watches.push(watch(
            &format!("{name}LagAlarm"),
            "The reader lags 2 s or more behind",
            (RDS, "AuroraReplicaLag"),
            "Average",
            ABOVE,
            2_000,
            vec![("DBInstanceIdentifier", Value::reference(name.clone()))],
        ));
    }
    for (name, _) in to
        .topology
        .all::<DbInstance>()
        .filter(|(_, it)| it.is_replica())
    {
        watches.push(watch(
            &format!("{name}LagAlarm"),
            "The read replica lags 30 s or more behind",
            (RDS, "ReplicaLag"),
            "Average",
            ABOVE,
            30,
            vec![("DBInstanceIdentifier", Value::reference(name.clone()))],
        ));
    }
    for (name, _) in to.topology.all::<CacheGroup>() {
        for (metric, description, threshold) in CACHE_WATCHES {
            watches.push(watch(
                &format!("{name}{metric}Alarm"),
                description,
                ("AWS/ElastiCache", metric),
                "Average",
                ABOVE,
                threshold,
                // ElastiCache numbers the nodes of a group; the first is the primary until it fails over.
                vec![("CacheClusterId", Value::sub(format!("${{{name}}}-001")))],
            ));
        }
    }
    watches
}

pub(super) fn alarm(watch: Watch, told: &Told<'_>, to: &mut Expansion<'_>) {
    let dimensions = watch
        .dimensions
        .into_iter()
        .map(|(name, value)| map([("Name", name.into()), ("Value", value)]))
        .collect();
    let tags = to.tags(watch.name.as_str());
    to.add(
        told.stack,
        watch.name,
        Alarm {
            description: Some(watch.description.into()),
            namespace: Some(watch.namespace.into()),
            metric: Some(watch.metric.into()),
            actions: vec![Value::reference(told.topic)],
            tags,
            rest: properties([
                ("Statistic", watch.statistic.into()),
                ("Period", 60.into()),
                ("EvaluationPeriods", watch.minutes.into()),
                ("ComparisonOperator", watch.comparison.into()),
                ("Threshold", watch.threshold.into()),
                ("TreatMissingData", "notBreaching".into()),
                ("Dimensions", Value::List(dimensions)),
            ]),
        },
    );
}
