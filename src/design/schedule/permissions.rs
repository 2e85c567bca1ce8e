//! What each program of the schedule may do, and the state machine itself: no more than its calls, on no more than what
//! carries the stack's tag or stands in the plan.
//!
//! Sources: service authorization reference, "Actions, resources, and condition keys for Amazon EC2" (`Describe…` know no
//! resources; a creation is allowed by the tags that it asks for, and tagging as a part of one by `ec2:CreateAction`),
//! "… for AWS Step Functions", "… for Amazon DynamoDB"; Step Functions developer guide, "Using CloudWatch Logs".

use super::definition::{Calls, Parts, Planned, STACK_TAG};
use crate::aws::{Name, Properties, Value, list, map, properties};

/// Who needs permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgramRole {
    /// The function that allocates and releases addresses.
    Addresses,
    /// The function that creates and deletes gateways.
    Gateways,
    /// The function that adds and removes routes.
    Routes,
    /// The state machine, with who makes its calls to EC2.
    Machine(Calls),
    /// The state machine once more, in a policy of its own that stands after the machine: it asks after its own runs.
    Holder,
    /// The function that looks for strays.
    Sweeper,
    /// The function that closes before the stack is deleted.
    Teardown,
}

/// The policy statements of a role; a function's own log is not among them.
///
/// `machine` is the logical id of the state machine. Only [`ProgramRole::Holder`], [`ProgramRole::Sweeper`] and
/// [`ProgramRole::Teardown`] name it, so that the machine's role can stand before the machine.
pub fn statements(
    role: ProgramRole,
    planned: &[Planned],
    parts: &Parts,
    machine: &Name,
) -> Vec<Value> {
    match role {
        ProgramRole::Addresses => addresses(),
        ProgramRole::Gateways => gateways(planned),
        ProgramRole::Routes => routes(planned),
        ProgramRole::Machine(calls) => of_machine(calls, planned, parts),
        ProgramRole::Holder => vec![ask(machine)],
        ProgramRole::Sweeper => vec![
            allow(
                list(["ec2:DescribeNatGateways", "ec2:DescribeAddresses"]),
                "*".into(),
            ),
            allow("dynamodb:GetItem".into(), arn_of(&parts.ledger)),
            ask(machine),
            start(machine),
        ],
        ProgramRole::Teardown => vec![ask(machine), start(machine)],
    }
}

fn statement<const N: usize>(
    action: Value,
    resource: Value,
    rest: [(&'static str, Value); N],
) -> Value {
    let mut all = properties([
        ("Effect", "Allow".into()),
        ("Action", action),
        ("Resource", resource),
    ]);
    all.extend(properties(rest));
    Value::Map(all)
}

fn allow(action: Value, resource: Value) -> Value {
    statement(action, resource, [])
}

fn allow_where(action: Value, resource: Value, equal: Properties) -> Value {
    let condition = map([("StringEquals", Value::Map(equal))]);
    statement(action, resource, [("Condition", condition)])
}

fn stack() -> Value {
    Value::reference("AWS::StackName")
}

/// The request asks for the stack's tag.
fn asked() -> Properties {
    vec![(format!("aws:RequestTag/{STACK_TAG}").into(), stack())]
}

/// The resource carries the stack's tag.
fn carried() -> Properties {
    vec![(format!("aws:ResourceTag/{STACK_TAG}").into(), stack())]
}

/// A resource of EC2, such as `elastic-ip/*`.
fn ec2(resource: &str) -> Value {
    Value::sub(format!(
        "arn:${{AWS::Partition}}:ec2:${{AWS::Region}}:${{AWS::AccountId}}:{resource}"
    ))
}

fn arn_of(name: &Name) -> Value {
    Value::Att(name.clone(), "Arn".into())
}

/// Tags only as a part of that creation, and only with the stack's own.
fn tagging(resource: &str, creation: &str) -> Value {
    let mut equal = properties([("ec2:CreateAction", creation.into())]);
    equal.extend(asked());
    allow_where("ec2:CreateTags".into(), ec2(resource), equal)
}

fn addresses() -> Vec<Value> {
    let all = "elastic-ip/*";
    vec![
        allow("ec2:DescribeAddresses".into(), "*".into()),
        allow_where("ec2:AllocateAddress".into(), ec2(all), asked()),
        tagging(all, "AllocateAddress"),
        allow_where("ec2:ReleaseAddress".into(), ec2(all), carried()),
    ]
}

fn gateways(planned: &[Planned]) -> Vec<Value> {
    let all = "natgateway/*";
    let create = || Value::from("ec2:CreateNatGateway");
    let subnets = planned
        .iter()
        .map(|it| ec2(&format!("subnet/${{{}}}", it.subnet)));
    let kept = planned.iter().filter_map(|it| it.allocation.as_ref());
    let kept: Vec<Value> = kept
        .map(|it| ec2(&format!("elastic-ip/${{{it}.AllocationId}}")))
        .collect();
    let mut statements = vec![
        allow("ec2:DescribeNatGateways".into(), "*".into()),
        allow_where(create(), ec2(all), asked()),
        allow(
            create(),
            Value::List(subnets.chain([ec2("vpc/*")]).collect()),
        ),
        tagging(all, "CreateNatGateway"),
        allow_where("ec2:DeleteNatGateway".into(), ec2(all), carried()),
    ];
    if planned.iter().any(|it| it.allocation.is_none()) {
        statements.push(allow_where(create(), ec2("elastic-ip/*"), carried()));
    }
    if !kept.is_empty() {
        statements.push(allow(create(), Value::List(kept)));
    }
    statements
}

fn routes(planned: &[Planned]) -> Vec<Value> {
    let mut tables: Vec<&Name> = Vec::new();
    for table in planned.iter().flat_map(|it| &it.tables) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    // Joined, since a table may come from a list of another stack, which `Fn::Sub` cannot pick from.
    let tables = tables.iter().map(|it| {
        let parts = list([ec2("route-table"), Value::Ref((*it).clone())]);
        Value::Fn("Join".into(), Box::new(list(["/".into(), parts])))
    });
    vec![
        allow("ec2:DescribeRouteTables".into(), "*".into()),
        allow(
            list(["ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute"]),
            Value::List(tables.collect()),
        ),
    ]
}

/// What a state machine needs to write its log: these know no resources.
const LOG: [&str; 8] = [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
];

/// What it needs to write its traces: these know no resources (Step Functions developer guide, X-Ray).
const TRACING: [&str; 4] = [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
];

fn of_machine(calls: Calls, planned: &[Planned], parts: &Parts) -> Vec<Value> {
    let mut statements = match calls {
        Calls::Functions => vec![allow(
            "lambda:InvokeFunction".into(),
            list([&parts.addresses, &parts.gateways, &parts.routes].map(arn_of)),
        )],
        Calls::Sdk => [addresses(), gateways(planned), routes(planned)].concat(),
    };
    statements.extend([
        allow(
            list(["dynamodb:GetItem", "dynamodb:UpdateItem"]),
            arn_of(&parts.ledger),
        ),
        allow("sns:Publish".into(), Value::Ref(parts.topic.clone())),
        allow(list(LOG), "*".into()),
        allow(list(TRACING), "*".into()),
    ]);
    statements
}

/// Runs of the state machine.
fn ask(machine: &Name) -> Value {
    let runs = format!(
        "arn:${{AWS::Partition}}:states:${{AWS::Region}}:${{AWS::AccountId}}:execution:${{{machine}.Name}}:*"
    );
    allow("states:DescribeExecution".into(), Value::sub(runs))
}

fn start(machine: &Name) -> Value {
    allow("states:StartExecution".into(), Value::Ref(machine.clone()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{ProgramRole, statements};
    use crate::design::schedule::definition::{Calls, Parts, Planned};

    fn json(role: ProgramRole, kept: bool) -> String {
        let planned = [Planned {
            zone: "a".into(),
            subnet: "PublicSubnetA".into(),
            tables: vec!["PrivateRouteTableA".into()],
            allocation: kept.then(|| "NatAddressA".into()),
        }];
        let parts = Parts {
            ledger: "NatLedger".into(),
            topic: "NatTopic".into(),
            addresses: "AddressesFunction".into(),
            gateways: "GatewaysFunction".into(),
            routes: "RoutesFunction".into(),
        };
        serde_json::to_string(&statements(role, &planned, &parts, &"NatSchedule".into())).unwrap()
    }

    const ALL: [ProgramRole; 8] = [
        ProgramRole::Addresses,
        ProgramRole::Gateways,
        ProgramRole::Routes,
        ProgramRole::Machine(Calls::Functions),
        ProgramRole::Machine(Calls::Sdk),
        ProgramRole::Holder,
        ProgramRole::Sweeper,
        ProgramRole::Teardown,
    ];

    #[test]
    fn only_what_knows_no_resources_is_allowed_on_all() {
        for role in ALL {
            let statements: Vec<serde_json::Value> =
                serde_json::from_str(&json(role, false)).unwrap();
            for it in statements.iter().filter(|it| it["Resource"] == "*") {
                let actions = it["Action"].to_string();
                assert!(
                    ["ec2:Describe", "logs:", "xray:"]
                        .iter()
                        .any(|it| actions.contains(it)),
                    "{role:?} {actions}"
                );
            }
            let patterns = statements
                .iter()
                .filter(|it| it["Action"].to_string().contains('*'));
            assert_eq!(patterns.count(), 0, "{role:?}");
        }
    }

    #[test]
    fn what_is_made_or_removed_carries_the_tag_of_the_stack() {
        for role in ALL {
            let statements: Vec<serde_json::Value> =
                serde_json::from_str(&json(role, false)).unwrap();
            for it in &statements {
                let (action, resource) = (it["Action"].to_string(), it["Resource"].to_string());
                if resource.contains("natgateway/*") || resource.contains("elastic-ip/*") {
                    let condition = it["Condition"]["StringEquals"].to_string();
                    assert!(condition.contains("Tag/azimuth:stack"), "{role:?} {action}");
                }
            }
        }
    }

    #[test]
    fn a_kept_address_is_used_but_never_released() {
        let gateways = json(ProgramRole::Gateways, true);
        assert!(gateways.contains("elastic-ip/${NatAddressA.AllocationId}"));
        assert!(!json(ProgramRole::Addresses, true).contains("NatAddressA"));
    }

    #[test]
    fn the_role_of_the_machine_does_not_name_the_machine() {
        for calls in [Calls::Functions, Calls::Sdk] {
            assert!(!json(ProgramRole::Machine(calls), true).contains("NatSchedule"));
        }
    }
}
