//! The three functions of a schedule, as their programs (`addresses.py`, `gateways.py`, `routes.py`) behave.

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

type Answer = Result<Value, Failure>;

impl Function {
    /// Answers a payload such as `{"call": "find", …}` for a stack.
    ///
    /// # Errors
    /// The exception that its program raises.
    pub fn answer(self, stack: &str, account: &mut Account, event: &Value) -> Answer {
        let call = event["call"].as_str().unwrap_or_default();
        let mut ec2 = Caller { stack, account };
        match (self, call) {
            (Self::Addresses, "allocate") => ec2.allocate(event),
            (Self::Addresses, "find") => ec2.find_addresses(event),
            (Self::Addresses, "release") => ec2.release(event),
            (Self::Gateways, "find") => ec2.find_gateways(event),
            (Self::Gateways, "check") => ec2.check(event),
            (Self::Gateways, "create") => ec2.create(event),
            (Self::Gateways, "delete") => ec2.delete(event),
            (Self::Routes, "read") => {
                let routes = kept(&ec2.defaults(event)?, &["NatGatewayId", "State"]);
                Ok(json!({"routes": routes}))
            }
            (Self::Routes, "create") => ec2.done("createRoute", &route(event, true)),
            (Self::Routes, "replace") => ec2.replace(event),
            (Self::Routes, "delete") => ec2.remove(event),
            (Self::Addresses | Self::Gateways | Self::Routes, call) => {
                Err(Failure::new("KeyError", format!("'{call}'")))
            }
        }
    }
}

struct Caller<'a> {
    stack: &'a str,
    account: &'a mut Account,
}

impl Caller<'_> {
    fn call(&mut self, action: &str, given: &Value) -> Answer {
        self.account.call(action, given).map_err(|it| raised(&it))
    }

    /// Of this call's answer nothing is handed on.
    fn done(&mut self, action: &str, given: &Value) -> Answer {
        self.call(action, given)?;
        Ok(json!({}))
    }

    fn list(&mut self, action: &str, given: &Value, name: &str) -> Result<Vec<Value>, Failure> {
        let answer = self.call(action, given)?;
        Ok(answer[name].as_array().cloned().unwrap_or_default())
    }

    fn ours(&self) -> Value {
        filter("tag:azimuth:stack", &json!([self.stack]))
    }

    fn tags(&self, kind: &str, event: &Value) -> Value {
        json!([{"ResourceType": kind, "Tags": [
            {"Key": "azimuth:stack", "Value": self.stack},
            {"Key": "azimuth:zone", "Value": event["zone"]},
        ]}])
    }

    fn is_ours(&self, found: &Value, id: &Value) -> Result<(), Failure> {
        let tag = json!({"Key": "azimuth:stack", "Value": self.stack});
        let mut tags = found["Tags"].as_array().into_iter().flatten();
        if tags.any(|it| *it == tag) {
            return Ok(());
        }
        Err(Failure::new(
            "NotOurs",
            format!("{id} does not carry the tag of stack {}.", self.stack),
        ))
    }

    fn allocate(&mut self, event: &Value) -> Answer {
        let tags = self.tags("elastic-ip", event);
        let given = json!({"Domain": "vpc", "TagSpecifications": tags});
        let answer = self.call("allocateAddress", &given)?;
        Ok(json!({"AllocationId": answer["AllocationId"]}))
    }

    fn find_addresses(&mut self, event: &Value) -> Answer {
        let zone = filter("tag:azimuth:zone", &json!([event["zone"]]));
        let given = json!({"Filters": [self.ours(), zone]});
        let found = self.list("describeAddresses", &given, "Addresses")?;
        Ok(json!({"addresses": kept(&found, &["AllocationId", "AssociationId"])}))
    }

    fn release(&mut self, event: &Value) -> Answer {
        let id = &event["address"];
        let given = json!({"Filters": [filter("allocation-id", &json!([id]))]});
        for address in self.list("describeAddresses", &given, "Addresses")? {
            self.is_ours(&address, id)?;
            self.call("releaseAddress", &json!({"AllocationId": id}))?;
        }
        Ok(json!({}))
    }

    fn gateways(&mut self, filters: &Value) -> Result<Vec<Value>, Failure> {
        self.list(
            "describeNatGateways",
            &json!({"Filter": filters}),
            "NatGateways",
        )
    }

    fn find_gateways(&mut self, event: &Value) -> Answer {
        let subnet = filter("subnet-id", &json!([event["subnet"]]));
        let found = self.gateways(&json!([
            subnet,
            filter("state", &event["states"]),
            self.ours()
        ]))?;
        Ok(json!({"gateways": kept(&found, &["NatGatewayId", "State"])}))
    }

    fn check(&mut self, event: &Value) -> Answer {
        let found = self.gateways(&json!([filter(
            "nat-gateway-id",
            &json!([event["gateway"]])
        )]))?;
        Ok(json!({"gateways": kept(&found, &["NatGatewayId", "State"])}))
    }

    fn create(&mut self, event: &Value) -> Answer {
        let given = json!({
            "SubnetId": event["subnet"],
            "AllocationId": event["allocation"],
            "ClientToken": event["token"],
            "TagSpecifications": self.tags("natgateway", event),
        });
        let answer = self.call("createNatGateway", &given)?;
        Ok(json!({"NatGatewayId": answer["NatGateway"]["NatGatewayId"]}))
    }

    fn delete(&mut self, event: &Value) -> Answer {
        let id = &event["gateway"];
        for gateway in self.gateways(&json!([filter("nat-gateway-id", &json!([id]))]))? {
            self.is_ours(&gateway, id)?;
            if gateway["State"] != "deleting" && gateway["State"] != "deleted" {
                self.call("deleteNatGateway", &json!({"NatGatewayId": id}))?;
            }
        }
        Ok(json!({}))
    }

    fn defaults(&mut self, event: &Value) -> Result<Vec<Value>, Failure> {
        let given = json!({"RouteTableIds": [event["table"]]});
        let tables = self.list("describeRouteTables", &given, "RouteTables")?;
        let routes = tables
            .iter()
            .flat_map(|it| it["Routes"].as_array().into_iter().flatten());
        Ok(routes
            .filter(|it| it["DestinationCidrBlock"] == "0.0.0.0/0")
            .cloned()
            .collect())
    }

    fn replace(&mut self, event: &Value) -> Answer {
        for it in self.defaults(event)? {
            if it["NatGatewayId"] == event["gateway"] {
                return Ok(json!({}));
            }
            if it.get("NatGatewayId").is_none() || it["State"] != "blackhole" {
                return elsewhere(event);
            }
        }
        self.done("replaceRoute", &route(event, true))
    }

    fn remove(&mut self, event: &Value) -> Answer {
        for it in self.defaults(event)? {
            if it.get("NatGatewayId").is_none() {
                return elsewhere(event);
            }
            self.call("deleteRoute", &route(event, false))?;
        }
        Ok(json!({}))
    }
}

fn filter(name: &str, values: &Value) -> Value {
    json!({"Name": name, "Values": values})
}

fn kept(found: &[Value], names: &[&str]) -> Value {
    let pick = |it: &Value| {
        let fields = names
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), it.get(*name)?.clone())));
        Value::Object(fields.collect())
    };
    found.iter().map(pick).collect()
}

fn route(event: &Value, with_target: bool) -> Value {
    let mut route = json!({"RouteTableId": event["table"], "DestinationCidrBlock": "0.0.0.0/0"});
    if with_target {
        route["NatGatewayId"] = event["gateway"].clone();
    }
    route
}

fn elsewhere<T>(event: &Value) -> Result<T, Failure> {
    let table = &event["table"];
    Err(Failure::new(
        "NotOurs",
        format!("The default route of {table} leads elsewhere, and it stays as it is."),
    ))
}

/// Step Functions knows an error by the name of its class: EC2's code without dots.
fn raised(refusal: &Refusal) -> Failure {
    Failure::new(refusal.code.replace('.', ""), &refusal.message)
}
