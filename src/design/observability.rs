//! Alarms, a dashboard, flow logs and an API trail.

use super::Edit;
use super::option::{Words, component};
use super::policy::policy;
use super::{
    Design, Expansion, OBSERVABILITY, Section, api, balancer, dashboard, database, endpoints,
    fleet, logs, network, thresholds,
};
use crate::aws::{
    Alarm, CacheGroup, Dashboard, DbInstance, FlowLog, NatGateway, Tags, Topic, TopicPolicy, Trail,
    Value, list, map, properties,
};
use crate::text::text;
use crate::topology::Takes;

component! {
    /// What watches the system.
    Observability at observability in Observability {
        "observability.alarms" "oa" alarms: bool = true, "Alarms", "CloudWatch alarms on load balancer, instances, NAT gateways and database";
        "observability.email" "oe" email: Words<100> = Words::default(), "Alarm e-mail", "Address that alarms are sent to; empty sends none";
        "observability.dashboard" "od" dashboard: bool = true, "Dashboard", "A CloudWatch dashboard over the same metrics";
        "observability.flow_logs" "of" flow_logs: bool = true, "VPC Flow Logs", "A record of every connection, in the log bucket";
        "observability.trail" "ot" trail: bool = true, "CloudTrail", "A record of every AWS API call, in the log bucket";
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
        let log = flow_log(network::VPC, to.tags("vpc"));
        to.add(OBSERVABILITY, "FlowLog", log).after(logs::POLICY);
    }
    if observability.trail {
        to.add(
            OBSERVABILITY,
            "Trail",
            Trail {
                bucket: logs::BUCKET.into(),
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
        .after(logs::POLICY);
    }
}

/// The record of a VPC's connections, in the log bucket.
pub(super) fn flow_log(vpc: &str, tags: Tags) -> FlowLog {
    FlowLog {
        vpc: vpc.into(),
        resource_type: "VPC".into(),
        traffic: "ALL".into(),
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
    watches.extend(of_gateways(to));
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
    let instance = || ("DBInstanceIdentifier", Value::reference(database::DATABASE));
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
    let database = to.topology.named::<DbInstance>(database::DATABASE);
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
            vec![instance()],
        ),
        watch(
            "DatabaseStorageAlarm",
            storage,
            (RDS, "FreeStorageSpace"),
            "Minimum",
            BELOW,
            bytes,
            vec![instance()],
        ),
        watch(
            CONNECTIONS_ALARM,
            "The database nears the connections that its memory allows",
            (RDS, "DatabaseConnections"),
            "Average",
            ABOVE,
            thresholds::connections(database),
            vec![instance()],
        ),
    ];
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
