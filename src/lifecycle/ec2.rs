//! The calls of EC2 in use, by the names and shapes of its API, with what it refuses.
//!
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/> and `errors-overview.html` there. Not AWS's: which calls a pending
//! gateway takes is written down nowhere (here it can be deleted and routed to), and what was changed is seen at once by the
//! next call, which EC2 does not promise.

use serde_json::{Value, json};

use super::account::{Account, Address, Gateway, Stage, Tags, Target};

/// What EC2 refuses, by its own code and in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    pub message: String,
}

type Answer = Result<Value, Refusal>;

fn refuse<T>(code: &'static str, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal {
        code,
        message: message.into(),
    })
}

impl Account {
    /// One call: `action` as in `aws-sdk:ec2:createRoute`.
    ///
    /// # Errors
    /// What EC2 answers instead, also to a parameter or filter that is not in use here.
    pub fn call(&mut self, action: &str, given: &Value) -> Answer {
        let known: &[&str] = match action {
            "allocateAddress" => &["Domain", "TagSpecifications"],
            "createNatGateway" => &[
                "SubnetId",
                "AllocationId",
                "ClientToken",
                "TagSpecifications",
            ],
            "createRoute" | "replaceRoute" => {
                &["RouteTableId", "DestinationCidrBlock", "NatGatewayId"]
            }
            "deleteRoute" => &["RouteTableId", "DestinationCidrBlock"],
            "deleteNatGateway" => &["NatGatewayId"],
            "describeAddresses" => &["Filters", "AllocationIds"],
            "describeNatGateways" => &["Filter", "NatGatewayIds"],
            "describeRouteTables" => &["RouteTableIds"],
            "releaseAddress" => &["AllocationId"],
            _ => return refuse("InvalidAction", format!("The action {action} is not valid")),
        };
        let fields = given.as_object();
        let mut names = fields.into_iter().flat_map(|it| it.keys());
        if let Some(unknown) = names.find(|it| !known.contains(&it.as_str())) {
            return refuse(
                "UnknownParameter",
                format!("The parameter {unknown} is not recognized"),
            );
        }
        match action {
            "allocateAddress" => Ok(self.allocate(given)),
            "createNatGateway" => self.create(given),
            "createRoute" => self.route(given, Change::Create),
            "replaceRoute" => self.route(given, Change::Replace),
            "deleteRoute" => self.route(given, Change::Delete),
            "deleteNatGateway" => self.delete(given),
            "describeAddresses" => self.addresses(given),
            "describeNatGateways" => self.gateways(given),
            "describeRouteTables" => self.tables(given),
            _ => self.release(given),
        }
    }

    fn allocate(&mut self, given: &Value) -> Value {
        let id = self.new_id("eipalloc");
        let tags = tags_given(given);
        self.addresses.insert(id.clone(), Address { tags });
        json!({"AllocationId": id, "Domain": "vpc"})
    }

    fn create(&mut self, given: &Value) -> Answer {
        let subnet = text(given, "SubnetId")?;
        let allocation = text(given, "AllocationId")?;
        let token = given["ClientToken"].as_str().map(str::to_owned);
        let tags = tags_given(given);
        if token.as_ref().is_some_and(|it| it.len() > 64) {
            return refuse(
                "InvalidParameterValue",
                "ClientToken is longer than 64 characters",
            );
        }
        let earlier = self.gateways.iter();
        let mut earlier = earlier.filter(|(_, it)| token.is_some() && it.token == token);
        if let Some((id, gateway)) = earlier.next() {
            let is_same = gateway.subnet == subnet
                && gateway.allocation == allocation
                && gateway.tags == tags;
            if !is_same {
                return refuse(
                    "IdempotentParameterMismatch",
                    "The client token was used with other parameters",
                );
            }
            return Ok(json!({"NatGateway": self.gateway(id, gateway)}));
        }
        let Some(zone) = self.subnets.get(&subnet) else {
            return refuse(
                "InvalidSubnetID.NotFound",
                format!("The subnet ID '{subnet}' does not exist"),
            );
        };
        if !self.addresses.contains_key(&allocation) {
            return no_allocation(&allocation);
        }
        let fails =
            self.dark.contains(zone) || self.next_fails || self.user_of(&allocation).is_some();
        let gateway = Gateway {
            subnet,
            allocation,
            state: Stage::Pending,
            tags,
            token,
            created_s: self.now_s,
            fails,
        };
        self.next_fails = false;
        let id = self.new_id("nat");
        let answer = json!({"NatGateway": self.gateway(&id, &gateway)});
        self.gateways.insert(id, gateway);
        Ok(answer)
    }

    fn delete(&mut self, given: &Value) -> Answer {
        let id = text(given, "NatGatewayId")?;
        match self.gateways.get_mut(&id) {
            Some(it) if it.state != Stage::Deleted => {
                it.state = match it.state {
                    Stage::Failed | Stage::Deleted => Stage::Deleted,
                    Stage::Pending | Stage::Available | Stage::Deleting => Stage::Deleting,
                };
                Ok(json!({"NatGatewayId": id}))
            }
            Some(_) | None => no_gateway(&id),
        }
    }

    fn release(&mut self, given: &Value) -> Answer {
        let id = text(given, "AllocationId")?;
        if self.user_of(&id).is_some() {
            return refuse(
                "InvalidIPAddress.InUse",
                format!("The address '{id}' is in use."),
            );
        }
        match self.addresses.remove(&id) {
            Some(_) => Ok(json!({})),
            None => no_allocation(&id),
        }
    }

    fn route(&mut self, given: &Value, change: Change) -> Answer {
        let table = text(given, "RouteTableId")?;
        let range = text(given, "DestinationCidrBlock")?;
        if range != "0.0.0.0/0" {
            return refuse("InvalidParameterValue", "Only default routes are modelled");
        }
        let Some(route) = self.tables.get(&table) else {
            return no_table(&table);
        };
        let target = match change {
            Change::Delete => None,
            Change::Create | Change::Replace => Some(text(given, "NatGatewayId")?),
        };
        if let Some(id) = &target
            && !self
                .gateways
                .get(id)
                .is_some_and(|it| it.state != Stage::Deleted)
        {
            return no_gateway(id);
        }
        match (change, route) {
            (Change::Create, Some(_)) => {
                return refuse(
                    "RouteAlreadyExists",
                    format!("The route identified by {range} already exists."),
                );
            }
            (Change::Replace, None) => {
                let message = format!(
                    "There is no route defined for '{range}' in the route table. Use CreateRoute instead."
                );
                return refuse("InvalidParameterValue", message);
            }
            (Change::Delete, None) => {
                let message =
                    format!("no route with destination-cidr-block {range} in route table {table}");
                return refuse("InvalidRoute.NotFound", message);
            }
            (Change::Create, None) | (Change::Replace | Change::Delete, Some(_)) => (),
        }
        self.tables.insert(table, target.map(Target::Nat));
        Ok(match change {
            Change::Create => json!({"Return": true}),
            Change::Replace | Change::Delete => json!({}),
        })
    }

    fn gateways(&self, given: &Value) -> Answer {
        let wanted = ids(given, "NatGatewayIds");
        if let Some(id) = wanted.iter().find(|it| !self.gateways.contains_key(**it)) {
            return no_gateway(id);
        }
        let mut found = Vec::new();
        for (id, it) in &self.gateways {
            let is_named = wanted.is_empty() || wanted.contains(&id.as_str());
            let fits = filtered(given, "Filter", |name, values| match name {
                "subnet-id" => Some(values.contains(&it.subnet.as_str())),
                "nat-gateway-id" => Some(values.contains(&id.as_str())),
                "state" => Some(values.contains(&it.state.word())),
                _ => tagged(&it.tags, name, values),
            })?;
            if is_named && fits {
                found.push(self.gateway(id, it));
            }
        }
        Ok(json!({"NatGateways": found}))
    }

    fn addresses(&self, given: &Value) -> Answer {
        let wanted = ids(given, "AllocationIds");
        if let Some(id) = wanted.iter().find(|it| !self.addresses.contains_key(**it)) {
            return no_allocation(id);
        }
        let mut found = Vec::new();
        for (id, it) in &self.addresses {
            let is_named = wanted.is_empty() || wanted.contains(&id.as_str());
            let fits = filtered(given, "Filters", |name, values| match name {
                "allocation-id" => Some(values.contains(&id.as_str())),
                _ => tagged(&it.tags, name, values),
            })?;
            if is_named && fits {
                let mut address =
                    json!({"AllocationId": id, "Domain": "vpc", "Tags": tags_told(&it.tags)});
                if let Some(gateway) = self.user_of(id) {
                    address["AssociationId"] = json!(format!("eipassoc-{gateway}"));
                }
                found.push(address);
            }
        }
        Ok(json!({"Addresses": found}))
    }

    fn tables(&self, given: &Value) -> Answer {
        let mut found = Vec::new();
        for id in ids(given, "RouteTableIds") {
            let Some(route) = self.tables.get(id) else {
                return no_table(id);
            };
            let mut routes = vec![
                json!({"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"}),
            ];
            if let Some(target) = route {
                let state = if self.is_blackhole(target) {
                    "blackhole"
                } else {
                    "active"
                };
                let (key, id) = match target {
                    Target::Nat(id) => ("NatGatewayId", id),
                    Target::Other(id) => ("TransitGatewayId", id),
                };
                routes.push(json!({"DestinationCidrBlock": "0.0.0.0/0", key: id, "State": state}));
            }
            found.push(json!({"RouteTableId": id, "Routes": routes}));
        }
        Ok(json!({"RouteTables": found}))
    }

    fn gateway(&self, id: &str, it: &Gateway) -> Value {
        json!({
            "NatGatewayId": id,
            "SubnetId": it.subnet,
            "State": it.state.word(),
            "CreateTime": super::time::iso(it.created_s),
            "NatGatewayAddresses": [{"AllocationId": it.allocation}],
            "Tags": tags_told(&it.tags),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Create,
    Replace,
    Delete,
}

fn no_gateway<T>(id: &str) -> Result<T, Refusal> {
    refuse(
        "NatGatewayNotFound",
        format!("The Nat Gateway {id} was not found"),
    )
}

fn no_allocation<T>(id: &str) -> Result<T, Refusal> {
    refuse(
        "InvalidAllocationID.NotFound",
        format!("The allocation ID '{id}' does not exist"),
    )
}

fn no_table<T>(id: &str) -> Result<T, Refusal> {
    refuse(
        "InvalidRouteTableID.NotFound",
        format!("The routeTable ID '{id}' does not exist"),
    )
}

fn text(given: &Value, name: &str) -> Result<String, Refusal> {
    match given[name].as_str() {
        Some(it) if !it.is_empty() => Ok(it.to_owned()),
        _ => refuse(
            "MissingParameter",
            format!("The request must contain the parameter {name}"),
        ),
    }
}

fn ids<'a>(given: &'a Value, name: &str) -> Vec<&'a str> {
    let all = given[name].as_array().into_iter().flatten();
    all.filter_map(Value::as_str).collect()
}

/// Whether every filter lets something through; `fits` knows no filter that it answers with `None`.
fn filtered(
    given: &Value,
    key: &str,
    fits: impl Fn(&str, &[&str]) -> Option<bool>,
) -> Result<bool, Refusal> {
    for filter in given[key].as_array().into_iter().flatten() {
        let name = filter["Name"].as_str().unwrap_or_default();
        match fits(name, &ids(filter, "Values")) {
            Some(true) => (),
            Some(false) => return Ok(false),
            None => {
                return refuse(
                    "InvalidParameterValue",
                    format!("The filter '{name}' is invalid"),
                );
            }
        }
    }
    Ok(true)
}

fn tagged(tags: &Tags, name: &str, values: &[&str]) -> Option<bool> {
    let key = name.strip_prefix("tag:")?;
    Some(
        tags.get(key)
            .is_some_and(|it| values.contains(&it.as_str())),
    )
}

fn tags_given(given: &Value) -> Tags {
    let specifications = given["TagSpecifications"].as_array().into_iter().flatten();
    let tags = specifications.flat_map(|it| it["Tags"].as_array().into_iter().flatten());
    tags.filter_map(|it| {
        Some((
            it["Key"].as_str()?.to_owned(),
            it["Value"].as_str()?.to_owned(),
        ))
    })
    .collect()
}

fn tags_told(tags: &Tags) -> Value {
    tags.iter()
        .map(|(key, value)| json!({"Key": key, "Value": value}))
        .collect()
}
