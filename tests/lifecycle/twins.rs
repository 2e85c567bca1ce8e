//! The model's functions are held to the very table that the programs are held to: `tests/schedule.json`.

use azimuth::lifecycle::{Account, Address, Function, Gateway, Stage, Tags, Target};
use serde_json::{Value, json};

const STACK: &str = "demo";

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn tags(it: &Value) -> Tags {
    let tag = |key: &str, name: &str| Some((format!("azimuth:{key}"), text(&it[name])?));
    [tag("stack", "stack"), tag("zone", "zone")]
        .into_iter()
        .flatten()
        .collect()
}

fn stage(word: &Value) -> Stage {
    let all = [
        Stage::Pending,
        Stage::Available,
        Stage::Failed,
        Stage::Deleting,
        Stage::Deleted,
    ];
    all.into_iter().find(|it| *word == it.word()).unwrap()
}

fn each(world: &Value, name: &str) -> Vec<Value> {
    world[name].as_array().cloned().unwrap_or_default()
}

fn account(world: &Value) -> Account {
    let mut account = Account::default();
    for subnet in ["subnet-a", "subnet-b"] {
        account
            .subnets
            .insert(subnet.to_owned(), subnet[7..].to_owned());
    }
    for it in each(world, "addresses") {
        account
            .addresses
            .insert(text(&it["id"]).unwrap(), Address { tags: tags(&it) });
    }
    for it in each(world, "gateways") {
        let gateway = Gateway {
            subnet: text(&it["subnet"]).unwrap(),
            allocation: text(&it["address"]).unwrap_or_default(),
            state: stage(&it["state"]),
            tags: tags(&it),
            token: None,
            created_s: 0,
            fails: false,
        };
        account.gateways.insert(text(&it["id"]).unwrap(), gateway);
    }
    for it in each(world, "tables") {
        let target = text(&it["route"]).map(|id| match id.starts_with("nat-") {
            true => Target::Nat(id),
            false => Target::Other(id),
        });
        account.tables.insert(text(&it["id"]).unwrap(), target);
    }
    account
}

/// An account in the words of the table; what has just been made is called new.
fn about(account: &Account) -> Value {
    let mut world = json!({});
    let tagged = |mut it: Value, tags: &Tags| {
        for name in ["stack", "zone"] {
            if let Some(value) = tags.get(&format!("azimuth:{name}")) {
                it[name] = json!(value);
            }
        }
        it
    };
    let addresses = account
        .addresses
        .iter()
        .map(|(id, it)| tagged(json!({"id": id}), &it.tags));
    let gateways = account.gateways.iter().map(|(id, it)| {
        let mut gateway = json!({"id": id, "subnet": it.subnet, "state": it.state.word()});
        if !it.allocation.is_empty() {
            gateway["address"] = json!(it.allocation);
        }
        tagged(gateway, &it.tags)
    });
    let tables = account.tables.iter().map(|(id, target)| match target {
        Some(Target::Nat(to) | Target::Other(to)) => json!({"id": id, "route": to}),
        None => json!({"id": id}),
    });
    for (name, all) in [
        ("addresses", addresses.collect::<Vec<_>>()),
        ("gateways", gateways.collect()),
        ("tables", tables.collect()),
    ] {
        if !all.is_empty() {
            world[name] = json!(all);
        }
    }
    named(&world)
}

fn named(value: &Value) -> Value {
    let text = value.to_string();
    let new = text.replace("eipalloc-1", "eip-new");
    let new = new.replace("eipassoc-nat-1", "of eip-1");
    serde_json::from_str(&new).unwrap()
}

#[test]
fn the_functions_of_the_model_answer_as_the_programs_do() {
    let cases: Value = serde_json::from_str(include_str!("../schedule.json")).unwrap();
    let cases = cases.as_array().unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let function = match case["program"].as_str().unwrap() {
            "addresses" => Function::Addresses,
            "gateways" => Function::Gateways,
            _ => Function::Routes,
        };
        let mut account = account(&case["world"]);
        let answer = function.answer(STACK, &mut account, &case["event"]);
        let name = &case["name"];
        match answer {
            Ok(it) => assert_eq!(named(&it), rename(&case["answer"]), "{name}"),
            Err(it) => assert_eq!(Value::from(it.error), case["error"], "{name}: {}", it.cause),
        }
        let after = case.get("after").unwrap_or(&case["world"]);
        assert_eq!(about(&account), rename(after), "{name}");
    }
}

/// The model numbers what it makes: the first gateway of an empty account is `nat-1`.
fn rename(value: &Value) -> Value {
    serde_json::from_str(&value.to_string().replace("nat-new", "nat-1")).unwrap()
}
