//! A single database instance lives in one zone.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbCluster, DbInstance, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-001",
    severity: Severity::High,
    title: text("check.db-001.title", "Database without a standby"),
    why: text(
        "check.db-001.why",
        "The loss of its zone is the loss of the database until the zone is back or a backup is restored elsewhere: tens of minutes to hours, and the minutes since the last log upload are gone. A standby takes over in 60 to 120 s and loses nothing.",
    ),
    advice: text(
        "check.db-001.advice",
        "Turn Multi-AZ on; it doubles the price of the database.",
    ),
    reference: "REL10-BP01; RDS user guide, Multi-AZ DB instance deployments",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        if database.has_standby() || !database.stands_alone() {
            continue;
        }
        let message = text(
            "check.db-001.message",
            "{database} is a single instance in one zone.",
        )
        .with("database", name.as_str());
        let fix = subject.fix(
            &[(name, "MultiAZ"), (name, "AvailabilityZone")],
            text("check.db-001.fix", "Turn Multi-AZ on"),
            &[("database.multi_az", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
    for (name, _) in subject.topology.all::<DbCluster>() {
        let members: Vec<&Name> = subject.topology.members(name).map(|(it, _)| it).collect();
        let [writer] = members.as_slice() else {
            continue;
        };
        let message = text(
            "check.db-001.cluster",
            "{cluster} has no reader: Aurora makes {writer} anew after a failure, which takes up to 10 min, and in the same zone, so not while that zone is lost.",
        )
        .with("cluster", name.as_str())
        .with("writer", writer.as_str());
        let fix = subject.fix(
            &[],
            text("check.db-001.reader", "Add a reader in another zone"),
            &[("database.multi_az", &true)],
        );
        findings.push(Finding::new(&CHECK, [name, *writer], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_single_instance() {
        assert_eq!(
            findings(&CHECK, "database.multi_az=false", &[]),
            "Database: Database is a single instance in one zone."
        );
    }

    #[test]
    fn accepts_a_standby_and_replicas() {
        assert_eq!(findings(&CHECK, "", &[]), "");
        assert_eq!(
            findings(
                &CHECK,
                "database.multi_az=false",
                &[set(
                    "Database",
                    "SourceDBInstanceIdentifier",
                    json!("source")
                )]
            ),
            ""
        );
    }
}
