//! A schedule's machine with everything that it is deployed beside, read off the definition that is exported.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::account::{Account, Address, Tags};
use super::twin::Function;
use super::world::{Names, World};
use crate::states::{Machine, placeholders, read, substitute};

/// What is played: a machine and the account that its stack stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    pub machine: Machine,
    /// The gateways of the plan, in its order.
    pub plan: Vec<Planned>,
    /// The account after the stack is deployed and before the first run.
    pub world: World,
}

/// A gateway of the plan, by the ids of the modelled account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub zone: String,
    pub subnet: String,
    pub tables: Vec<String>,
    /// The Elastic IP that the stack keeps for it.
    pub kept: Option<String>,
}

impl Scene {
    /// Reads a definition with its `${Name}`s. An id of the account is its kind and the name: `subnet-PublicSubnetA`.
    ///
    /// # Errors
    /// What the definition says that is not known, or a plan that is not where it should be.
    pub fn new(definition: &Value) -> Result<Self, String> {
        let gateways = definition
            .pointer("/States/Plan/Parameters/gateways")
            .or_else(|| definition.pointer("/States/Plan/Result/gateways"))
            .ok_or("/States/Plan: no gateways are planned")?;
        let names = values(definition, gateways);
        let plan: Vec<Planned> = substitute(gateways, &names)?
            .as_array()
            .into_iter()
            .flatten()
            .map(planned)
            .collect();
        let machine = read(&substitute(definition, &names)?)?;
        Ok(Self {
            machine,
            world: world(&plan, &names),
            plan,
        })
    }
}

fn planned(gateway: &Value) -> Planned {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    Planned {
        zone: text(&gateway["zone"]),
        subnet: text(&gateway["subnet"]),
        tables: gateway["tables"]
            .as_array()
            .into_iter()
            .flatten()
            .map(text)
            .collect(),
        kept: gateway.get("allocation").map(text),
    }
}

const ACCOUNT: &str = "ap-northeast-1:111122223333";

/// Something for each `${Name}`, by the place that it stands in.
fn values(definition: &Value, gateways: &Value) -> BTreeMap<String, String> {
    let is_at = |key: &str, name: &str| {
        let written = format!("${{{name}}}");
        let mut all = gateways.as_array().into_iter().flatten();
        all.any(|it| {
            it[key] == written
                || it[key]
                    .as_array()
                    .is_some_and(|it| it.contains(&written.clone().into()))
        })
    };
    let value = |name: &str| match name {
        "Stack" => "scheduled-nat".to_owned(),
        "Ledger" => "scheduled-nat-NatLedger".to_owned(),
        "Topic" => format!("arn:aws:sns:{ACCOUNT}:scheduled-nat"),
        it if it.ends_with("Function") => format!("arn:aws:lambda:{ACCOUNT}:function:{it}"),
        it if is_at("subnet", it) => format!("subnet-{it}"),
        it if is_at("tables", it) => format!("rtb-{it}"),
        it if is_at("allocation", it) => format!("eipalloc-{it}"),
        it => it.to_owned(),
    };
    let names = placeholders(definition).into_iter();
    names.map(|name| (name.clone(), value(&name))).collect()
}

fn world(plan: &[Planned], names: &BTreeMap<String, String>) -> World {
    let mut account = Account::default();
    for it in plan {
        account.subnets.insert(it.subnet.clone(), it.zone.clone());
        account
            .tables
            .extend(it.tables.iter().map(|table| (table.clone(), None)));
        if let Some(id) = &it.kept {
            let tags = Tags::from([(
                "aws:cloudformation:stack-name".to_owned(),
                name(names, "Stack"),
            )]);
            account.addresses.insert(id.clone(), Address { tags });
        }
    }
    let functions = [
        ("AddressesFunction", Function::Addresses),
        ("GatewaysFunction", Function::Gateways),
        ("RoutesFunction", Function::Routes),
    ];
    World {
        account,
        ledger: Map::new(),
        runs: BTreeMap::new(),
        topic: Vec::new(),
        names: Arc::new(Names {
            stack: name(names, "Stack"),
            ledger: name(names, "Ledger"),
            topic: name(names, "Topic"),
            functions: functions
                .into_iter()
                .map(|(key, it)| (name(names, key), it))
                .collect(),
        }),
    }
}

fn name(names: &BTreeMap<String, String>, key: &str) -> String {
    names.get(key).cloned().unwrap_or_default()
}
