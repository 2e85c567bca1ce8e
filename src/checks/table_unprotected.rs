//! A table does not go by accident.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{GlobalTable, StateMachine, Table, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DDB-002",
    severity: Severity::Low,
    title: text("check.ddb-002.title", "Table without deletion protection"),
    why: text(
        "check.ddb-002.why",
        "A stack deletion, a replacement or a click deletes the table with all that is in it; what point-in-time recovery keeps of a deleted table is a backup that somebody has to find and restore within 35 days.",
    ),
    advice: text(
        "check.ddb-002.advice",
        "Turn deletion protection on for production; off is right for a workshop that cleans up after itself.",
    ),
    reference: "REL09; DynamoDB developer guide, using deletion protection",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    // What a state machine notes for itself is made anew.
    let noted: Vec<_> = topology
        .all::<StateMachine>()
        .filter_map(|(name, _)| topology.node(name))
        .flat_map(|it| it.references())
        .collect();
    let single = topology.all::<Table>();
    let single = single.map(|(name, it)| (name, it.protected == Some(true)));
    let global = topology.all::<GlobalTable>().map(|(name, it)| {
        let mut replicas = it.replicas.iter();
        let on = replicas.all(|it| it.get("DeletionProtectionEnabled") == Some(&Value::Bool(true)));
        (name, on)
    });
    for (name, _) in single.chain(global).filter(|(_, on)| !on) {
        if noted.contains(name) {
            continue;
        }
        let message = text(
            "check.ddb-002.message",
            "{table} can be deleted in one step.",
        )
        .with("table", name.as_str());
        let claims = [(name, "DeletionProtectionEnabled"), (name, "Replicas")];
        let fix = subject.fix(
            &claims,
            text("check.ddb-002.fix", "Protect everything as in production"),
            &[("protection", &"production")],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_table_that_one_step_deletes() {
        for (replica, table) in [("none", "OrdersTable"), ("us-west-2", "OrdersGlobalTable")] {
            let found = format!("{table}: {table} can be deleted in one step.");
            let settings = format!("burst.enabled=true burst.table_replica={replica}");
            assert_eq!(findings(&CHECK, &settings, &[]), found);
            let kept = format!("{settings} protection=production");
            assert_eq!(findings(&CHECK, &kept, &[]), "");
        }
    }

    #[test]
    fn accepts_what_a_state_machine_notes_for_itself() {
        assert_eq!(findings(&CHECK, "network.nat=scheduled", &[]), "");
    }
}
