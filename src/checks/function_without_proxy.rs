//! Functions that write to a database share its connections.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbCluster, DbInstance, Function};
use crate::text::text;
use crate::topology::store;

pub static CHECK: Check = Check {
    code: "SV-006",
    severity: Severity::Low,
    title: text(
        "check.sv-006.title",
        "Functions that connect to the database without a proxy",
    ),
    why: text(
        "check.sv-006.why",
        "Each run at once has a connection of its own. A burst takes as many as there are runs, and the database refuses everybody once its memory's worth is used up.",
    ),
    advice: text(
        "check.sv-006.advice",
        "Put RDS Proxy before the database, and cap the runs.",
    ),
    reference: "REL05-BP02; RDS user guide, RDS Proxy",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<Function>() {
        let Some(database) = store(topology, name) else {
            continue;
        };
        let is_instance = topology.named::<DbInstance>(&database).is_some();
        if !is_instance && topology.named::<DbCluster>(&database).is_none() {
            continue;
        }
        let message = text(
            "check.sv-006.message",
            "Each run of {function} connects to {database} by itself.",
        )
        .with("function", name.as_str())
        .with("database", database.as_str());
        let fix = subject.fix(
            &[(name, "Environment")],
            text("check.sv-006.fix", "Put RDS Proxy before the database"),
            &[("database.proxy", &true)],
        );
        findings.push(Finding::new(&CHECK, [name, &database], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_function_that_writes_to_the_database_itself() {
        let settings = "burst.enabled=true burst.store=database";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            "OrdersConsumer, Database: Each run of OrdersConsumer connects to Database by itself."
        );
        let aurora = format!("{settings} database.kind=aurora database.class=db.t4g.medium");
        assert_eq!(
            findings(&CHECK, &aurora, &[]),
            "OrdersConsumer, DatabaseCluster: Each run of OrdersConsumer connects to DatabaseCluster by itself."
        );
        for settings in [settings, &aurora] {
            let settings = format!("{settings} database.proxy=true");
            assert_eq!(findings(&CHECK, &settings, &[]), "");
        }
    }
}
