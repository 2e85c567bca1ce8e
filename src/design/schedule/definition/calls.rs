//! The calls of the machine, by a function or by Step Functions itself; what comes back has the same form either way.
//!
//! Sources: parameters and results of a direct call are those of the API, in PascalCase, and an error is named after the
//! service, as Step Functions writes it, and the exception of AWS's SDK (Step Functions developer guide, "Learning to use
//! AWS service SDK integrations"). That SDK knows no exceptions of EC2, so that each of its errors is `Ec2.Ec2Exception`,
//! with EC2's words in its cause. `DescribeNatGateways` calls its filters `Filter` (EC2 API model), the others `Filters`.

use super::{LEDGER_ID, STACK_TAG, ZONE_TAG};
use crate::aws::{Properties, Value, list, map};
use crate::design::option::choice;

choice! {
    /// Who makes the calls to EC2.
    Calls {
        /// Lambda functions, each with a role of its own.
        Functions = "functions",
        /// Step Functions itself, with the state machine's role.
        Sdk = "sdk",
    }
}

/// A call of any service.
pub(super) struct Call {
    pub resource: String,
    pub parameters: Value,
    pub selector: Value,
    /// Errors that another attempt cannot change.
    pub lasting: Vec<&'static str>,
}

/// A call of EC2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ec2 {
    /// The stack's gateways in the subnet, in these states.
    FindGateways(&'static [&'static str]),
    CheckGateway,
    CreateGateway,
    DeleteGateway,
    AllocateAddress,
    FindAddresses,
    ReleaseAddress,
    ReadTable,
    CreateRoute,
    ReplaceRoute,
    DeleteRoute,
}

/// What an answer without content leaves.
fn done() -> Value {
    map([("done", true.into())])
}

impl Ec2 {
    pub fn call(self, calls: Calls) -> Call {
        match calls {
            Calls::Functions => self.by_function(),
            Calls::Sdk => self.by_sdk(),
        }
    }

    fn by_function(self) -> Call {
        let (function, call, rest) = self.payload();
        let mut payload: Properties = vec![("call".into(), call.into())];
        payload.extend(rest.as_map().unwrap_or_default().iter().cloned());
        Call {
            resource: "arn:aws:states:::lambda:invoke".into(),
            parameters: map([
                ("FunctionName", function.into()),
                ("Payload", Value::Map(payload)),
            ]),
            selector: self.selector("$.Payload.", ["gateways", "addresses", "routes"]),
            lasting: match self {
                Self::CreateRoute => vec!["RouteAlreadyExists"],
                Self::DeleteGateway
                | Self::ReleaseAddress
                | Self::ReplaceRoute
                | Self::DeleteRoute => vec!["NotOurs"],
                Self::FindGateways(_)
                | Self::CheckGateway
                | Self::CreateGateway
                | Self::AllocateAddress
                | Self::FindAddresses
                | Self::ReadTable => Vec::new(),
            },
        }
    }

    /// The function, the name of the call, and what goes with it.
    fn payload(self) -> (&'static str, &'static str, Value) {
        let addresses = "${AddressesFunction}";
        let gateways = "${GatewaysFunction}";
        let routes = "${RoutesFunction}";
        let table = ("table.$", "$.table".into());
        let target = ("gateway.$", "$.gateway".into());
        match self {
            Self::FindGateways(states) => (
                gateways,
                "find",
                map([
                    ("subnet.$", "$.plan.subnet".into()),
                    ("states", texts(states)),
                ]),
            ),
            Self::CheckGateway => (
                gateways,
                "check",
                map([("gateway.$", "$.gateway.NatGatewayId".into())]),
            ),
            Self::CreateGateway => (
                gateways,
                "create",
                map([
                    ("subnet.$", "$.plan.subnet".into()),
                    ("zone.$", "$.plan.zone".into()),
                    ("allocation.$", "$.address.AllocationId".into()),
                    ("token.$", TOKEN.into()),
                ]),
            ),
            Self::DeleteGateway => (
                gateways,
                "delete",
                map([("gateway.$", "$.gateway.NatGatewayId".into())]),
            ),
            Self::AllocateAddress => (
                addresses,
                "allocate",
                map([("zone.$", "$.plan.zone".into())]),
            ),
            Self::FindAddresses => (addresses, "find", map([("zone.$", "$.plan.zone".into())])),
            Self::ReleaseAddress => (
                addresses,
                "release",
                map([("address.$", "$.address.AllocationId".into())]),
            ),
            Self::ReadTable => (routes, "read", map([table])),
            Self::CreateRoute => (routes, "create", map([table, target])),
            Self::ReplaceRoute => (routes, "replace", map([table, target])),
            Self::DeleteRoute => (routes, "delete", map([table])),
        }
    }

    fn by_sdk(self) -> Call {
        let (action, parameters) = self.request();
        let routes = "RouteTables[*].Routes[?(@.DestinationCidrBlock=='0.0.0.0/0')]";
        Call {
            resource: format!("arn:aws:states:::aws-sdk:ec2:{action}"),
            parameters,
            selector: match self {
                Self::CreateGateway => {
                    map([("NatGatewayId.$", "$.NatGateway.NatGatewayId".into())])
                }
                Self::FindGateways(_)
                | Self::CheckGateway
                | Self::DeleteGateway
                | Self::AllocateAddress
                | Self::FindAddresses
                | Self::ReleaseAddress
                | Self::ReadTable
                | Self::CreateRoute
                | Self::ReplaceRoute
                | Self::DeleteRoute => self.selector("$.", ["NatGateways", "Addresses", routes]),
            },
            lasting: Vec::new(),
        }
    }

    /// The action of the API and its parameters.
    fn request(self) -> (&'static str, Value) {
        let table = ("RouteTableId.$", "$.table".into());
        let everywhere = ("DestinationCidrBlock", "0.0.0.0/0".into());
        let target = ("NatGatewayId.$", "$.gateway".into());
        match self {
            Self::FindGateways(states) => (
                "describeNatGateways",
                map([(
                    "Filter",
                    list([
                        ours(),
                        filter(
                            "subnet-id",
                            "Values.$",
                            "States.Array($.plan.subnet)".into(),
                        ),
                        filter("state", "Values", texts(states)),
                    ]),
                )]),
            ),
            Self::CheckGateway => (
                "describeNatGateways",
                map([(
                    "NatGatewayIds.$",
                    "States.Array($.gateway.NatGatewayId)".into(),
                )]),
            ),
            Self::CreateGateway => (
                "createNatGateway",
                map([
                    ("SubnetId.$", "$.plan.subnet".into()),
                    ("AllocationId.$", "$.address.AllocationId".into()),
                    ("ClientToken.$", TOKEN.into()),
                    ("TagSpecifications", tags("natgateway")),
                ]),
            ),
            Self::DeleteGateway => (
                "deleteNatGateway",
                map([("NatGatewayId.$", "$.gateway.NatGatewayId".into())]),
            ),
            Self::AllocateAddress => (
                "allocateAddress",
                map([
                    ("Domain", "vpc".into()),
                    ("TagSpecifications", tags("elastic-ip")),
                ]),
            ),
            Self::FindAddresses => (
                "describeAddresses",
                map([(
                    "Filters",
                    list([
                        ours(),
                        filter(
                            &format!("tag:{ZONE_TAG}"),
                            "Values.$",
                            "States.Array($.plan.zone)".into(),
                        ),
                    ]),
                )]),
            ),
            Self::ReleaseAddress => (
                "releaseAddress",
                map([("AllocationId.$", "$.address.AllocationId".into())]),
            ),
            Self::ReadTable => (
                "describeRouteTables",
                map([("RouteTableIds.$", "States.Array($.table)".into())]),
            ),
            Self::CreateRoute => ("createRoute", map([table, everywhere, target])),
            Self::ReplaceRoute => ("replaceRoute", map([table, everywhere, target])),
            Self::DeleteRoute => ("deleteRoute", map([table, everywhere])),
        }
    }

    /// What is kept of an answer: lists of gateways, addresses and routes stand at these paths under the root.
    fn selector(self, root: &str, [gateways, addresses, routes]: [&str; 3]) -> Value {
        let at = |path: &str| Value::from(format!("{root}{path}"));
        match self {
            Self::FindGateways(_) => map([
                ("gateways.$", at(gateways)),
                ("ids.$", at(&format!("{gateways}[*].NatGatewayId"))),
            ]),
            Self::CheckGateway => map([("gateways.$", at(gateways))]),
            Self::CreateGateway => map([("NatGatewayId.$", at("NatGatewayId"))]),
            Self::AllocateAddress => map([("AllocationId.$", at("AllocationId"))]),
            Self::FindAddresses => map([("addresses.$", at(addresses))]),
            Self::ReadTable => map([("routes.$", at(routes))]),
            Self::DeleteGateway
            | Self::ReleaseAddress
            | Self::CreateRoute
            | Self::ReplaceRoute
            | Self::DeleteRoute => done(),
        }
    }
}

/// What makes a repeated `CreateNatGateway` the same one: a subnet and a scheduled time are never opened twice, and both fit
/// into the 64 characters of a client token, which the name of an execution need not.
const TOKEN: &str = "States.Format('{}-{}', $.plan.subnet, $.scheduled)";

fn texts(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|it| (*it).into()).collect())
}

fn filter(name: &str, key: &'static str, values: Value) -> Value {
    map([("Name", name.into()), (key, values)])
}

/// What a run of this stack has made.
fn ours() -> Value {
    filter(&format!("tag:{STACK_TAG}"), "Values", list(["${Stack}"]))
}

fn tags(resource: &str) -> Value {
    let stack = map([("Key", STACK_TAG.into()), ("Value", "${Stack}".into())]);
    let zone = map([("Key", ZONE_TAG.into()), ("Value.$", "$.plan.zone".into())]);
    list([map([
        ("ResourceType", resource.into()),
        ("Tags", list([stack, zone])),
    ])])
}

/// Another attempt changes nothing where the item is not as the condition wants it. AWS writes the service as `DynamoDb` for a
/// direct call, and as `DynamoDB` for the integration that it made by hand.
pub(super) const CONDITION_FAILED: [&str; 2] = [
    "DynamoDb.ConditionalCheckFailedException",
    "DynamoDB.ConditionalCheckFailedException",
];

/// Standard executions are kept for 90 days after their end.
pub(super) const NO_EXECUTION: &str = "Sfn.ExecutionDoesNotExistException";

fn ledger() -> [(&'static str, Value); 2] {
    [
        ("TableName", "${Ledger}".into()),
        ("Key", map([("id", map([("S", LEDGER_ID.into())]))])),
    ]
}

/// A change of the ledger's item where a condition holds.
pub(super) fn update<const N: usize>(
    expression: &str,
    condition: &str,
    values: [(&'static str, &'static str); N],
) -> Call {
    let [table, key] = ledger();
    let values = values.map(|(name, path)| (name, map([("S.$", path.into())])));
    Call {
        resource: "arn:aws:states:::aws-sdk:dynamodb:updateItem".into(),
        parameters: map([
            table,
            key,
            ("UpdateExpression", expression.into()),
            ("ConditionExpression", condition.into()),
            ("ExpressionAttributeValues", map(values)),
        ]),
        selector: done(),
        lasting: CONDITION_FAILED.to_vec(),
    }
}

pub(super) fn read_ledger() -> Call {
    let [table, key] = ledger();
    Call {
        resource: "arn:aws:states:::aws-sdk:dynamodb:getItem".into(),
        parameters: map([table, key, ("ConsistentRead", true.into())]),
        selector: Value::Map(vec![("answer.$".into(), "$".into())]),
        lasting: Vec::new(),
    }
}

pub(super) fn describe_execution(path: &str) -> Call {
    Call {
        resource: "arn:aws:states:::aws-sdk:sfn:describeExecution".into(),
        parameters: map([("ExecutionArn.$", path.into())]),
        selector: map([("status.$", "$.Status".into())]),
        lasting: vec![NO_EXECUTION],
    }
}

/// At most 100 characters of ASCII for the subject (SNS API reference, Publish).
pub(super) fn publish(subject: &str, message: &str) -> Call {
    Call {
        resource: "arn:aws:states:::aws-sdk:sns:publish".into(),
        parameters: map([
            ("TopicArn", "${Topic}".into()),
            ("Subject", subject.into()),
            ("Message.$", message.into()),
        ]),
        selector: done(),
        lasting: Vec::new(),
    }
}
