//! The three functions of a schedule, as their programs behave: each makes one kind of call to EC2.

use serde_json::{Value, json};

use super::account::Account;
use super::ec2::Refusal;
use crate::states::Failure;

/// A function, by what it looks after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    Addresses,
    Gateways,
    Routes,
}

impl Function {
    /// Answers a payload such as `{"call": "find", …}` for a stack.
    ///
    /// # Errors
    /// The exception that its program raises.
    pub fn answer(
        self,
        stack: &str,
        account: &mut Account,
        payload: &Value,
    ) -> Result<Value, Failure> {
        let call = payload["call"].as_str().unwrap_or_default();
        let request = match (self, call) {
            (Self::Gateways, "delete") => {
                owned(account, "describeNatGateways", ("NatGatewayIds", &payload["gateway"]), stack)?;
                ("deleteNatGateway", json!({"NatGatewayId": payload["gateway"]}))
            }
            (Self::Addresses, "release") => {
                owned(account, "describeAddresses", ("AllocationIds", &payload["address"]), stack)?;
                ("releaseAddress", json!({"AllocationId": payload["address"]}))
            }
            (function, call) => match request(function, call, stack, payload) {
                Some(it) => it,
                None => return Err(Failure::new("ValueError", format!("no such call: {call}"))),
            },
        };
        let (action, parameters) = request;
        let answer = account.call(action, &parameters).map_err(|it| raised(action, &it))?;
        Ok(normalized(action, &answer))
    }
}

/// The action of EC2 and its parameters.
fn request(
    function: Function,
    call: &str,
    stack: &str,
    payload: &Value,
) -> Option<(&'static str, Value)> {
    let ours = json!({"Name": "tag:azimuth:stack", "Values": [stack]});
    let zone = || json!({"Name": "tag:azimuth:zone", "Values": [payload["zone"]]});
    let tags = |kind: &str| {
        json!([{"ResourceType": kind, "Tags": [
            {"Key": "azimuth:stack", "Value": stack},
            {"Key": "azimuth:zone", "Value": payload["zone"]},
        ]}])
    };
    let route = |with_target: bool| {
        let mut route = json!({"RouteTableId": payload["table"], "DestinationCidrBlock": "0.0.0.0/0"});
        if with_target {
            route["NatGatewayId"] = payload["gateway"].clone();
        }
        route
    };
    Some(match (function, call) {
        (Function::Addresses, "allocate") => (
            "allocateAddress",
            json!({"Domain": "vpc", "TagSpecifications": tags("elastic-ip")}),
        ),
        (Function::Addresses, "find") => ("describeAddresses", json!({"Filters": [ours, zone()]})),
        (Function::Gateways, "find") => (
            "describeNatGateways",
            json!({"Filter": [
                ours,
                {"Name": "subnet-id", "Values": [payload["subnet"]]},
                {"Name": "state", "Values": payload["states"]},
            ]}),
        ),
        (Function::Gateways, "check") => (
            "describeNatGateways",
            json!({"NatGatewayIds": [payload["gateway"]]}),
        ),
        (Function::Gateways, "create") => (
            "createNatGateway",
            json!({
                "SubnetId": payload["subnet"],
                "AllocationId": payload["allocation"],
                "ClientToken": payload["token"],
                "TagSpecifications": tags("natgateway"),
            }),
        ),
        (Function::Routes, "read") => (
            "describeRouteTables",
            json!({"RouteTableIds": [payload["table"]]}),
        ),
        (Function::Routes, "create") => ("createRoute", route(true)),
        (Function::Routes, "replace") => ("replaceRoute", route(true)),
        (Function::Routes, "delete") => ("deleteRoute", route(false)),
        (Function::Addresses | Function::Gateways | Function::Routes, _) => return None,
    })
}

/// Refuses what does not carry the stack's tag; the function's role would not be let to touch it either.
fn owned(
    account: &mut Account,
    action: &str,
    (key, id): (&str, &Value),
    stack: &str,
) -> Result<(), Failure> {
    let found = account.call(action, &json!({key: [id]})).map_err(|it| raised(action, &it))?;
    let tag = json!({"Key": "azimuth:stack", "Value": stack});
    let lists = found.as_object().into_iter().flat_map(|it| it.values());
    let mut tags = lists.filter_map(|it| it[0]["Tags"].as_array());
    if tags.any(|it| it.contains(&tag)) {
        return Ok(());
    }
    Err(Failure::new("NotOurs", format!("{id} does not carry the tag of stack {stack}")))
}

/// The part of an answer that a function hands on.
fn normalized(action: &str, answer: &Value) -> Value {
    match action {
        "describeNatGateways" => json!({"gateways": answer["NatGateways"]}),
        "describeAddresses" => json!({"addresses": answer["Addresses"]}),
        "createNatGateway" => json!({"NatGatewayId": answer["NatGateway"]["NatGatewayId"]}),
        "allocateAddress" => json!({"AllocationId": answer["AllocationId"]}),
        "describeRouteTables" => {
            let all = answer["RouteTables"][0]["Routes"].as_array().into_iter().flatten();
            let defaults: Vec<&Value> = all.filter(|it| it["DestinationCidrBlock"] == "0.0.0.0/0").collect();
            json!({"routes": defaults})
        }
        _ => json!({}),
    }
}

fn raised(action: &str, refusal: &Refusal) -> Failure {
    let message = format!(
        "An error occurred ({}) when calling the {action} operation: {}",
        refusal.code, refusal.message
    );
    let error = if refusal.code == "RouteAlreadyExists" { refusal.code } else { "ClientError" };
    Failure::new(error, message)
}
