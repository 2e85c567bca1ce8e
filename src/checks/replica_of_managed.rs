//! RDS makes no replica of a database whose password it manages.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-028",
    severity: Severity::Error,
    title: text(
        "check.db-028.title",
        "Read replica of a database whose password RDS manages",
    ),
    why: text(
        "check.db-028.why",
        "RDS makes read replicas of a database with ManageMasterUserPassword for SQL Server alone; the stack fails at the first replica.",
    ),
    advice: text(
        "check.db-028.advice",
        "Make a secret in the template and give its password by a dynamic reference.",
    ),
    reference: "RDS user guide, password management with Secrets Manager, limitations",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, replica) in topology.all::<DbInstance>() {
        let Some(source) = replica.source_name() else {
            continue;
        };
        let refuses = |it: &DbInstance| it.has_secret() && !it.engine.starts_with("sqlserver");
        if !topology.named::<DbInstance>(source).is_some_and(refuses) {
            continue;
        }
        let message = text(
            "check.db-028.message",
            "{replica} follows {database}, whose password RDS manages.",
        )
        .with("replica", name.as_str())
        .with("database", source.as_str());
        let claims = [
            (source, "ManageMasterUserPassword"),
            (source, "MasterUserPassword"),
        ];
        let fix = subject.release(&claims);
        findings.push(Finding::new(&CHECK, [name, source], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_each_replica() {
        let edits = [set("Database", "ManageMasterUserPassword", json!(true))];
        assert_eq!(
            findings(&CHECK, "database.read_replicas=1", &edits),
            "DatabaseReplica1, Database: DatabaseReplica1 follows Database, whose password RDS manages."
        );
    }

    #[test]
    fn accepts_a_secret_of_the_template_and_readers_of_aurora() {
        for settings in [
            "database.read_replicas=2",
            "database.kind=aurora database.read_replicas=2",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
