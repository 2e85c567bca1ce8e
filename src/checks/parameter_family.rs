//! A parameter group fits one major version.

use super::holder::{Holder, holders};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbClusterParameterGroup, DbParameterGroup, Value, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-019",
    severity: Severity::Error,
    title: text("check.db-019.title", "Parameter group of another version"),
    why: text(
        "check.db-019.why",
        "RDS refuses a database whose parameter group belongs to another engine or major version.",
    ),
    advice: text(
        "check.db-019.advice",
        "Change engine version and parameter group family together.",
    ),
    reference: "RDS user guide, working with DB parameter groups",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for database in holders(topology) {
        let name = database.name;
        let mut named = ["DBParameterGroupName", "DBClusterParameterGroupName"].into_iter();
        let Some(Value::Ref(group)) = named.find_map(|it| lookup(database.rest, it)) else {
            continue;
        };
        let of_instance = topology
            .named::<DbParameterGroup>(group)
            .map(|it| &it.family);
        let of_cluster = topology.named::<DbClusterParameterGroup>(group);
        let Some(family) = of_instance.or(of_cluster.map(|it| &it.family)) else {
            continue;
        };
        let Some(needed) = family_of(&database).filter(|it| it != family) else {
            continue;
        };
        let message = text(
            "check.db-019.message",
            "{database} needs parameters of {needed}; {group} has those of {family}.",
        )
        .with("database", name.as_str())
        .with("needed", needed)
        .with("group", group.as_str())
        .with("family", family.as_str());
        let claims = [(name, "EngineVersion"), (name, "Engine"), (group, "Family")];
        let fix = subject.release(&claims);
        findings.push(Finding::new(&CHECK, [name, group], message).with_fix(fix));
    }
}

/// `mysql8.4`, `postgres17`; `None` for an engine or a version that is not known.
fn family_of(database: &Holder<'_>) -> Option<String> {
    let version = database.version?;
    let parts: Vec<&str> = version.split('.').collect();
    match (database.engine, parts.as_slice()) {
        ("mysql", [major, minor, ..]) => Some(format!("mysql{major}.{minor}")),
        ("postgres", [major, ..]) => Some(format!("postgres{major}")),
        ("aurora-mysql", [major, minor, ..]) => Some(format!("aurora-mysql{major}.{minor}")),
        ("aurora-postgresql", [major, ..]) => Some(format!("aurora-postgresql{major}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_version_that_the_parameters_are_not_for() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Database", "EngineVersion", json!("8.0.40"))]
            ),
            "Database, DatabaseParameterGroup: Database needs parameters of mysql8.0; DatabaseParameterGroup has those of mysql8.4."
        );
    }

    #[test]
    fn accepts_both_engines() {
        for engine in ["database.engine=mysql", "database.engine=postgres"] {
            assert_eq!(findings(&CHECK, engine, &[]), "");
        }
    }
}
