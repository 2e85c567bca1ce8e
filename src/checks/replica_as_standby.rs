//! A read replica is no standby.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbInstance, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-009",
    severity: Severity::Medium,
    title: text("check.db-009.title", "Read replica in place of a standby"),
    why: text(
        "check.db-009.why",
        "RDS never fails over to a read replica: promoting one is done by hand, takes minutes, gives a new endpoint and loses the writes that had not arrived.",
    ),
    advice: text(
        "check.db-009.advice",
        "Turn Multi-AZ on for the source; keep replicas for reads.",
    ),
    reference: "REL10-BP01; RDS user guide, working with read replicas",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, database) in topology.all::<DbInstance>() {
        let replicas: Vec<&Name> = topology
            .all::<DbInstance>()
            .filter(|(_, it)| it.source_name() == Some(name))
            .map(|(name, _)| name)
            .collect();
        if database.has_standby() || replicas.is_empty() {
            continue;
        }
        let message = text(
            "check.db-009.message",
            "{database} has no standby, and {replicas} cannot take over from it.",
        )
        .with("database", name.as_str())
        .with("replicas", list(&replicas));
        let fix = subject.fix(
            &[(name, "MultiAZ"), (name, "AvailabilityZone")],
            text("check.db-009.fix", "Turn Multi-AZ on"),
            &[("database.multi_az", &true)],
        );
        let at = [name].into_iter().chain(replicas);
        findings.push(Finding::new(&CHECK, at, message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_replicas_of_a_single_instance() {
        assert_eq!(
            findings(
                &CHECK,
                "database.multi_az=false database.read_replicas=2",
                &[]
            ),
            "Database, DatabaseReplica1, DatabaseReplica2: Database has no standby, and DatabaseReplica1, DatabaseReplica2 cannot take over from it."
        );
    }

    #[test]
    fn accepts_replicas_beside_a_standby_and_none_at_all() {
        for settings in ["database.read_replicas=2", "database.multi_az=false"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
