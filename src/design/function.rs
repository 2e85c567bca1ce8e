//! The client's function: it calls the private API over the peering, and says in words what is wrong when it cannot.

use super::api;
use super::client::{self, Client};
use super::observability::{ABOVE, Told, Watch, alarm, topic};
use super::option::{Whole, component};
use super::policy::{policy, trust};
use super::rest_api::LOG_DAYS;
use super::{Design, Edit, Expansion};
use crate::aws::{
    FlowLog, Function, FunctionNetwork, Id, LogGroup, Role, Subnet, Value, list, map, properties,
};
use crate::text::text;
use crate::topology::Keep;

component! {
    /// The function that calls the private API from a client's VPC.
    Functions at function in Clients {
        "function.timeout" "lt" timeout: Whole<3, 900> = Whole::new(15), "Function timeout (s)", "Seconds that a run of the function may take; it waits for the API two seconds less";
        "function.memory" "lm" memory: Whole<128, 10240> = Whole::new(256), "Function memory (MB)", "Memory of the function; its share of a processor grows with it";
        "function.concurrency" "lk" concurrency: Whole<0, 1000> = Whole::new(0), "Runs at once", "Runs at once that are kept for the function and that it never exceeds; 0 leaves both to the account, whose quota may be too small to keep any";
    }
}

const PROGRAM: &str = include_str!("function.py");

/// Seconds that the function keeps for itself, to say what went wrong.
const SAYING_S: u32 = 2;

/// The namespace of the metrics that the program writes by its log.
pub(super) const METRICS: &str = "PrivateCall";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>, it: &Client) {
    if design.clients.flow_logs {
        flow_log(to, it);
    }
    if !design.api.enabled {
        return;
    }
    let stack = it.stack();
    log_group(to, it, "FunctionLogGroup", "function");
    role(design, to, it);
    let group = client::group(design, to, it);
    let subnets = it.subnets(design.clients.zones.get()).into_iter();
    let subnets = subnets.filter(|(_, _, range)| range.is_some());
    let timeout = design.function.timeout.get();
    let concurrency = Some(design.function.concurrency.get()).filter(|it| *it > 0);
    let variables = map([
        ("API_URL", url(design, it)),
        ("API_REGION", it.main_region(design)),
        ("SIGNED", design.api.is_signed().to_string().into()),
        ("WAIT_S", (timeout - SAYING_S).to_string().into()),
    ]);
    let name = it.node("Function");
    let tags = to.tags(&it.tag("function"));
    to.add(
        stack,
        name.as_str(),
        Function {
            handler: Some("index.handler".into()),
            runtime: Some("python3.14".into()),
            code: map([("ZipFile", PROGRAM.into())]),
            role: Value::att(it.node("FunctionRole"), "Arn"),
            timeout: Some(timeout),
            memory: Some(design.function.memory.get()),
            concurrency,
            network: Some(FunctionNetwork {
                subnets: subnets
                    .map(|(_, name, _)| Id::<Subnet>::from(name))
                    .collect(),
                security_groups: vec![(&group).into()],
                rest: Vec::new(),
            }),
            logging: Some(map([
                ("LogGroup", Value::reference(it.node("FunctionLogGroup"))),
                ("LogFormat", "JSON".into()),
            ])),
            environment: Some(map([("Variables", variables)])),
            architectures: vec!["arm64".into()],
            tags,
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.function",
        "Its name is CloudFormation's, so that two copies fit into one account. AWS's default of 3 s would be too short to tell a slow answer from none.",
    ));
    if design.observability.alarms {
        watch(design, to, it);
    }
}

/// The address that it calls: the API's own name.
fn url(design: &Design, it: &Client) -> Value {
    Value::sub(format!(
        "https://${{{}}}.execute-api.{}.${{AWS::URLSuffix}}/{}/{}",
        api::API,
        it.main(design),
        api::STAGE_NAME,
        api::PATH
    ))
}

fn log_group(to: &mut Expansion<'_>, it: &Client, name: &str, tag: &str) {
    let tags = to.tags(&it.tag(tag));
    let node = to.add(
        it.stack(),
        it.node(name),
        LogGroup {
            name: None,
            retention: Some(LOG_DAYS),
            tags,
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
}

/// What Lambda does with the role for its network interfaces, whose ids nobody knows before (Lambda developer guide, required
/// IAM permissions of functions in a VPC).
const INTERFACES: [&str; 6] = [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
];

/// May have network interfaces, write its own log, and call that one method.
fn role(design: &Design, to: &mut Expansion<'_>, it: &Client) {
    let log = Value::att(it.node("FunctionLogGroup"), "Arn");
    let mut statements = vec![
        map([
            ("Effect", "Allow".into()),
            ("Action", list(INTERFACES)),
            ("Resource", "*".into()),
        ]),
        map([
            ("Effect", "Allow".into()),
            (
                "Action",
                list(["logs:CreateLogStream", "logs:PutLogEvents"]),
            ),
            ("Resource", log),
        ]),
    ];
    if design.api.is_signed() {
        let method = format!(
            "arn:${{AWS::Partition}}:execute-api:{}:${{AWS::AccountId}}:${{{}}}/{}/GET/{}",
            it.main(design),
            api::API,
            api::STAGE_NAME,
            api::PATH
        );
        statements.push(map([
            ("Effect", "Allow".into()),
            ("Action", "execute-api:Invoke".into()),
            ("Resource", Value::sub(method)),
        ]));
    }
    let own = map([
        ("PolicyName", "call".into()),
        (
            "PolicyDocument",
            map([
                ("Version", "2012-10-17".into()),
                ("Statement", Value::List(statements)),
            ]),
        ),
    ]);
    let tags = to.tags(&it.tag("function"));
    to.add(
        it.stack(),
        it.node("FunctionRole"),
        Role {
            trust: trust("lambda.amazonaws.com", []),
            managed_policies: Vec::new(),
            tags,
            rest: properties([("Policies", list([own]))]),
        },
    );
}

/// The record of the client VPC's connections, in its own Region, where it can be asked at once.
fn flow_log(to: &mut Expansion<'_>, it: &Client) {
    log_group(to, it, "FlowLogGroup", "flow");
    let account = map([(
        "StringEquals",
        map([("aws:SourceAccount", Value::reference("AWS::AccountId"))]),
    )]);
    let group = Value::att(it.node("FlowLogGroup"), "Arn");
    let write = map([
        ("PolicyName", "write".into()),
        (
            "PolicyDocument",
            policy([
                map([
                    ("Effect", "Allow".into()),
                    (
                        "Action",
                        list([
                            "logs:CreateLogStream",
                            "logs:PutLogEvents",
                            "logs:DescribeLogStreams",
                        ]),
                    ),
                    ("Resource", group),
                ]),
                map([
                    ("Effect", "Allow".into()),
                    ("Action", "logs:DescribeLogGroups".into()),
                    ("Resource", "*".into()),
                ]),
            ]),
        ),
    ]);
    let tags = to.tags(&it.tag("flow"));
    to.add(
        it.stack(),
        it.node("FlowLogRole"),
        Role {
            trust: trust("vpc-flow-logs.amazonaws.com", [("Condition", account)]),
            managed_policies: Vec::new(),
            tags,
            rest: properties([("Policies", list([write]))]),
        },
    );
    let tags = to.tags(&it.tag("vpc"));
    to.add(
        it.stack(),
        it.node("FlowLog"),
        FlowLog {
            vpc: it.node("Vpc").into(),
            resource_type: "VPC".into(),
            traffic: "ALL".into(),
            // The group's own ARN ends in `:*`, with which delivery is refused.
            destination: Value::sub(format!(
                "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{}}}",
                it.node("FlowLogGroup")
            )),
            tags,
            rest: properties([
                ("LogDestinationType", "cloud-watch-logs".into()),
                (
                    "DeliverLogsPermissionArn",
                    Value::att(it.node("FlowLogRole"), "Arn"),
                ),
                ("MaxAggregationInterval", 60.into()),
            ]),
        },
    );
}

/// Alarms of the function, and the topic of its own Region that they tell.
fn watch(design: &Design, to: &mut Expansion<'_>, it: &Client) {
    let topic_name = it.node("AlarmTopic");
    let told = Told {
        stack: it.stack(),
        topic: &topic_name,
        email: if it.place == 0 {
            "ClientAlarmEmail"
        } else {
            "SecondClientAlarmEmail"
        },
    };
    topic(design, &told, to);
    let function = || vec![("FunctionName", Value::reference(it.node("Function")))];
    let watch = |name: &str, description, namespace, metric| Watch {
        name: it.node(name),
        description,
        namespace,
        metric,
        statistic: "Sum",
        comparison: ABOVE,
        threshold: 1,
        // One failure is worth an alarm: nobody calls every minute.
        minutes: 1,
        dimensions: function(),
    };
    for it in [
        watch(
            "CallFailedAlarm",
            "The function does not get an answer from the private API",
            METRICS,
            "FailedCalls",
        ),
        watch(
            "FunctionErrorAlarm",
            "The function itself fails",
            "AWS/Lambda",
            "Errors",
        ),
        watch(
            "FunctionThrottleAlarm",
            "Runs of the function are refused: too many at once",
            "AWS/Lambda",
            "Throttles",
        ),
    ] {
        alarm(it, &told, to);
    }
}
