//! A read replica starts from a backup of its source.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-014",
    severity: Severity::Error,
    title: text(
        "check.db-014.title",
        "Read replica of a database without backups",
    ),
    why: text(
        "check.db-014.why",
        "RDS makes replicas only of databases whose automatic backups are on; the stack fails at the first replica.",
    ),
    advice: text(
        "check.db-014.advice",
        "Keep backups for a day at least, or leave the replicas out.",
    ),
    reference: "RDS API reference, CreateDBInstanceReadReplica; RDS user guide, working with read replicas",
    run,
};

const WEEK: u32 = 7;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, replica) in topology.all::<DbInstance>() {
        let Some(source) = replica.source_name() else {
            continue;
        };
        let database = topology.named::<DbInstance>(source);
        if database.is_none_or(|it| it.retention != Some(0)) {
            continue;
        }
        let message = text(
            "check.db-014.message",
            "{replica} follows {database}, whose automatic backups are off.",
        )
        .with("replica", name.as_str())
        .with("database", source.as_str());
        let fix = subject.fix(
            &[(source, "BackupRetentionPeriod")],
            text("check.db-014.fix", "Keep backups for 7 days"),
            &[("database.retention_days", &WEEK)],
        );
        findings.push(Finding::new(&CHECK, [name, source], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_each_replica_of_a_database_without_backups() {
        assert_eq!(
            findings(
                &CHECK,
                "database.retention_days=0 database.read_replicas=1",
                &[]
            ),
            "DatabaseReplica1, Database: DatabaseReplica1 follows Database, whose automatic backups are off."
        );
    }

    #[test]
    fn accepts_a_day_of_backups() {
        assert_eq!(
            findings(
                &CHECK,
                "database.retention_days=1 database.read_replicas=5",
                &[]
            ),
            ""
        );
    }
}
