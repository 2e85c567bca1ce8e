//! A table can be brought back as it was.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{GlobalTable, Table, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DDB-001",
    severity: Severity::Medium,
    title: text(
        "check.ddb-001.title",
        "Table without point-in-time recovery",
    ),
    why: text(
        "check.ddb-001.why",
        "Copies in three zones copy a mistake as well: a faulty program or a wrong deletion is in all of them at once, and without recovery nothing is older than the mistake.",
    ),
    advice: text(
        "check.ddb-001.advice",
        "Turn point-in-time recovery on: it reaches back up to 35 days, to the second.",
    ),
    reference: "REL09-BP03; DynamoDB developer guide, point-in-time recovery",
    run,
};

fn is_on(specification: Option<&Value>) -> bool {
    let enabled = specification.and_then(|it| it.get("PointInTimeRecoveryEnabled"));
    enabled == Some(&Value::Bool(true))
}

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let tables = topology.all::<Table>();
    let single = tables.map(|(name, it)| (name, is_on(it.recovery.as_ref())));
    let global = topology.all::<GlobalTable>().map(|(name, it)| {
        let mut replicas = it.replicas.iter();
        let on = replicas.all(|it| is_on(it.get("PointInTimeRecoverySpecification")));
        (name, on)
    });
    for (name, _) in single.chain(global).filter(|(_, on)| !on) {
        let message = text(
            "check.ddb-001.message",
            "Nothing brings {table} back as it was before a mistake.",
        )
        .with("table", name.as_str());
        let claims = [
            (name, "PointInTimeRecoverySpecification"),
            (name, "Replicas"),
        ];
        let fix = subject.fix(
            &claims,
            text("check.ddb-001.fix", "Turn point-in-time recovery on"),
            &[("burst.recovery", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_table_in_one_region_or_in_several() {
        for (replica, table) in [("none", "OrdersTable"), ("us-west-2", "OrdersGlobalTable")] {
            let found = format!("{table}: Nothing brings {table} back as it was before a mistake.");
            let settings = format!("burst.enabled=true burst.table_replica={replica}");
            assert_eq!(findings(&CHECK, &settings, &[]), "");
            let off = format!("{settings} burst.recovery=false");
            assert_eq!(findings(&CHECK, &off, &[]), found);
        }
    }
}
