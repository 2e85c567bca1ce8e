//! A database with read replicas cannot be stopped.

use super::cut_off_between_windows::rests;
use super::site::schedule_calls;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, DbInstance, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-023",
    severity: Severity::Low,
    title: text(
        "check.db-023.title",
        "Database that goes on while the instances rest",
    ),
    why: text(
        "check.db-023.why",
        "RDS stops no instance that has a read replica, and no replica: both are billed in full while nobody asks them.",
    ),
    advice: text(
        "check.db-023.advice",
        "Do without replicas where the system rests, or accept what they cost.",
    ),
    reference: "COST09-BP03; RDS user guide, stopping a DB instance",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut groups = topology.all::<AutoScalingGroup>();
    if !groups.any(|(name, _)| rests(topology, name)) {
        return;
    }
    for (name, database) in topology.all::<DbInstance>() {
        let replicas = topology
            .all::<DbInstance>()
            .filter(|(_, it)| it.source_name() == Some(name));
        let replicas: Vec<&Name> = replicas.map(|(name, _)| name).collect();
        if database.is_replica()
            || replicas.is_empty()
            || schedule_calls(topology, "rds:stopDBInstance", name)
        {
            continue;
        }
        let message = text("check.db-023.message", "The instances rest between the windows, but {database} with its {count} read replicas cannot.")
            .with("database", name.as_str())
            .with("count", replicas.len());
        let title = text("check.db-023.fix", "Use no read replicas");
        let claims: Vec<_> = replicas.iter().map(|it| (*it, "")).collect();
        let fix = subject.fix(&claims, title, &[("database.read_replicas", &0)]);
        findings
            .push(Finding::new(&CHECK, [name].into_iter().chain(replicas), message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled};

    #[test]
    fn flags_a_database_that_its_replicas_keep_awake() {
        assert_eq!(
            findings(
                &CHECK,
                &scheduled("schedule.rest=true database.read_replicas=1"),
                &[]
            ),
            "Database, DatabaseReplica1: The instances rest between the windows, but Database with its 1 read replicas cannot."
        );
        for settings in ["schedule.rest=true", "database.read_replicas=1"] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
    }
}
