//! The functions of the page's model answer as the programs of the NAT schedule do: the table of cases is the one that
//! `tests/schedule.py` holds the programs to, against another model of AWS.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use azimuth::lifecycle::{Account, Address, Function, Gateway, Stage, Tags, Target};
use serde_json::{Value, json};

const STACK: &str = "demo";

fn text(it: &Value) -> String {
    it.as_str().unwrap_or_default().to_owned()
}

/// The tags that a run gives.
fn tags(about: &Value) -> Tags {
    let given = |key: &str| Some((format!("azimuth:{key}"), about[key].as_str()?.to_owned()));
    ["stack", "zone"].into_iter().filter_map(given).collect()
}

fn own(tags: &Tags, about: &mut Value) {
    for key in ["stack", "zone"] {
        if let Some(value) = tags.get(&format!("azimuth:{key}")) {
            about[key] = value.as_str().into();
        }
    }
}

const STAGES: [Stage; 5] = [
    Stage::Pending,
    Stage::Available,
    Stage::Failed,
    Stage::Deleting,
    Stage::Deleted,
];

fn account(about: &Value) -> Account {
    let entries = |kind: &str| about[kind].as_array().cloned().unwrap_or_default();
    let mut account = Account {
        // Above every id of the table.
        made: 1000,
        ..Account::default()
    };
    for zone in ["a", "b", "c"] {
        account
            .subnets
            .insert(format!("subnet-{zone}"), zone.into());
    }
    for it in entries("addresses") {
        account
            .addresses
            .insert(text(&it["id"]), Address { tags: tags(&it) });
    }
    for it in entries("gateways") {
        let state = STAGES.into_iter().find(|stage| it["state"] == stage.word());
        let gateway = Gateway {
            subnet: text(&it["subnet"]),
            allocation: text(&it["address"]),
            state: state.unwrap(),
            tags: tags(&it),
            token: None,
            created_s: 0,
            fails: false,
        };
        account.gateways.insert(text(&it["id"]), gateway);
    }
    for it in entries("tables") {
        let target = it["route"].as_str().map(|to| match to {
            "igw" => Target::Other("igw".into()),
            nat => Target::Nat(nat.into()),
        });
        account.tables.insert(text(&it["id"]), target);
    }
    account
}

/// An id that the model has made goes by the name that the table has for it.
fn named(id: &str) -> String {
    match id.split_once('-') {
        Some(("nat", made)) if made.len() > 3 => "nat-new".into(),
        Some(("eipalloc", _)) => "eip-new".into(),
        _ => id.into(),
    }
}

fn world(account: &Account) -> Value {
    let gateways = account.gateways.iter().map(|(id, it)| {
        let mut about = json!({"id": named(id), "subnet": it.subnet, "state": it.state.word()});
        own(&it.tags, &mut about);
        if !it.allocation.is_empty() {
            about["address"] = named(&it.allocation).into();
        }
        about
    });
    let addresses = account.addresses.iter().map(|(id, it)| {
        let mut about = json!({"id": named(id)});
        own(&it.tags, &mut about);
        about
    });
    let tables = account.tables.iter().map(|(id, target)| match target {
        Some(Target::Nat(to) | Target::Other(to)) => json!({"id": id, "route": to}),
        None => json!({"id": id}),
    });
    let mut all: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    all.insert("gateways", gateways.collect());
    all.insert("addresses", addresses.collect());
    all.insert("tables", tables.collect());
    all.retain(|_, it| !it.is_empty());
    serde_json::to_value(all).unwrap()
}

/// An answer with the names of the table; an association goes by its address.
fn told(answer: &Value) -> Value {
    match answer {
        Value::String(id) => named(id).into(),
        Value::Array(items) => items.iter().map(told).collect(),
        Value::Object(fields) => {
            let of = |key: &str, it: &Value| match key {
                "AssociationId" => json!(format!("of {}", text(&fields["AllocationId"]))),
                _ => told(it),
            };
            let fields = fields.iter().map(|(key, it)| (key.clone(), of(key, it)));
            Value::Object(fields.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => answer.clone(),
    }
}

#[test]
fn the_functions_of_the_model_answer_as_the_programs_do() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("schedule.json")).unwrap();
    for case in &cases {
        let function = match case["program"].as_str().unwrap() {
            "addresses" => Function::Addresses,
            "gateways" => Function::Gateways,
            "routes" => Function::Routes,
            other => panic!("no program {other}"),
        };
        let mut account = account(&case["world"]);
        match function.answer(STACK, &mut account, &case["event"]) {
            Ok(answer) => assert_eq!(told(&answer), case["answer"], "{}", case["name"]),
            Err(failure) => assert_eq!(failure.error, case["error"], "{}", case["name"]),
        }
        let after = case.get("after").unwrap_or(&case["world"]);
        assert_eq!(&world(&account), after, "{}", case["name"]);
    }
    assert!(cases.len() >= 30);
}
