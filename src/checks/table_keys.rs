//! Keys of tables and indexes are attributes that the table declares, and no others are.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{GlobalTable, Table, Value, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DDB-003",
    severity: Severity::Error,
    title: text(
        "check.ddb-003.title",
        "Keys and attributes that do not match",
    ),
    why: text(
        "check.ddb-003.why",
        "DynamoDB refuses a table whose keys, or whose indexes' keys, are not declared as attributes, and one that declares an attribute which is no key.",
    ),
    advice: text(
        "check.ddb-003.advice",
        "Declare each key attribute once in AttributeDefinitions, and nothing else.",
    ),
    reference: "DynamoDB API reference, CreateTable: AttributeDefinitions",
    run,
};

fn named(entries: &[Value]) -> Vec<&str> {
    let names = entries.iter().filter_map(|it| it.get("AttributeName"));
    names.filter_map(Value::as_str).collect()
}

/// Attributes that are key here and not declared, and the other way round.
fn mismatched<'a>(
    keys: &'a [Value],
    indexes: &[&'a [Value]],
    declared: &'a [Value],
) -> Vec<&'a str> {
    let mut used = named(keys);
    for index in indexes.iter().copied().flatten() {
        let keys = index.get("KeySchema").and_then(Value::as_list);
        used.extend(named(keys.unwrap_or_default()));
    }
    let declared = named(declared);
    let missing = used.iter().filter(|it| !declared.contains(it));
    let idle = declared.iter().filter(|it| !used.contains(it));
    let mut wrong: Vec<&str> = missing.chain(idle).copied().collect();
    wrong.sort_unstable();
    wrong.dedup();
    wrong
}

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let local = |it: &'_ Table| lookup(&it.rest, "LocalSecondaryIndexes").cloned();
    for (name, it) in topology.all::<Table>() {
        let local = local(it);
        let local = local.as_ref().and_then(Value::as_list).unwrap_or_default();
        let wrong = mismatched(&it.keys, &[&it.indexes, local], &it.attributes);
        tell(subject, name, &wrong, findings);
    }
    for (name, it) in topology.all::<GlobalTable>() {
        let local = lookup(&it.rest, "LocalSecondaryIndexes").and_then(Value::as_list);
        let indexes = [it.indexes.as_slice(), local.unwrap_or_default()];
        let wrong = mismatched(&it.keys, &indexes, &it.attributes);
        tell(subject, name, &wrong, findings);
    }
}

fn tell(
    subject: &Subject<'_>,
    name: &crate::aws::Name,
    wrong: &[&str],
    findings: &mut Vec<Finding>,
) {
    if wrong.is_empty() {
        return;
    }
    let message = text(
        "check.ddb-003.message",
        "{attributes} of {table}: a key without a declaration, or a declaration without a key.",
    )
    .with("attributes", list(wrong))
    .with("table", name.as_str());
    let claims = [
        "AttributeDefinitions",
        "GlobalSecondaryIndexes",
        "KeySchema",
    ];
    let fix = subject.release(&claims.map(|it| (name, it)));
    findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_key_without_a_declaration_and_the_other_way_round() {
        let told = "a key without a declaration, or a declaration without a key.";
        let declared = json!([{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "total", "AttributeType": "N"}]);
        for (replica, table) in [("none", "OrdersTable"), ("us-west-2", "OrdersGlobalTable")] {
            let settings = format!("burst.enabled=true burst.table_replica={replica}");
            let edits = [set(table, "AttributeDefinitions", declared.clone())];
            assert_eq!(
                findings(&CHECK, &settings, &edits),
                format!("{table}: customer, placed, total of {table}: {told}")
            );
            assert_eq!(findings(&CHECK, &settings, &[]), "");
        }
    }
}
