//! Values that RDS takes none but some of.

use super::remedy::Claim;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbCluster, DbInstance, lookup};
use crate::text::{Message, text};

pub static CHECK: Check = Check {
    code: "DB-017",
    severity: Severity::Error,
    title: text("check.db-017.title", "Setting that RDS refuses"),
    why: text(
        "check.db-017.why",
        "CreateDBInstance takes backups of 0 to 35 days, monitoring every 0, 1, 5, 10, 15, 30 or 60 s, and a monitoring role with an interval or neither.",
    ),
    advice: text("check.db-017.advice", "Use one of these values."),
    reference: "RDS API reference, CreateDBInstance",
    run,
};

/// Seconds between samples of enhanced monitoring.
const INTERVALS: [u32; 7] = [0, 1, 5, 10, 15, 30, 60];
/// Days that backups are kept at most.
const LONGEST: u32 = 35;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    clusters(subject, findings);
    for (name, database) in subject.topology.all::<DbInstance>() {
        let claims: [Claim<'_>; 3] = [
            (name, "MonitoringInterval"),
            (name, "MonitoringRoleArn"),
            (name, "BackupRetentionPeriod"),
        ];
        for message in problems(database) {
            let message = message.with("database", name.as_str());
            let fix = subject.release(&claims);
            findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
        }
    }
}

/// Days that backups of a cluster are kept at least: they cannot be turned off.
const SHORTEST: u32 = 1;

fn clusters(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, cluster) in subject.topology.all::<DbCluster>() {
        let takes = SHORTEST..=LONGEST;
        let Some(days) = cluster.retention.filter(|it| !takes.contains(it)) else {
            continue;
        };
        let message = text(
            "check.db-017.cluster",
            "Backups of {cluster} are to be kept for {days} days; Aurora keeps them for 1 to 35.",
        )
        .with("cluster", name.as_str())
        .with("days", days);
        let fix = subject.release(&[(name, "BackupRetentionPeriod")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

fn problems(database: &DbInstance) -> Vec<Message> {
    let mut found = Vec::new();
    let seconds = database.monitoring.unwrap_or(0);
    let has_role = lookup(&database.rest, "MonitoringRoleArn").is_some();
    if !INTERVALS.contains(&seconds) {
        let words = text(
            "check.db-017.interval",
            "{database} is to be monitored every {seconds} s.",
        );
        found.push(words.with("seconds", seconds));
    } else if has_role != (seconds > 0) {
        let words = text(
            "check.db-017.role",
            "{database} has a monitoring interval without a role, or a role without an interval.",
        );
        found.push(words.into());
    }
    if let Some(days) = database.retention.filter(|it| *it > LONGEST) {
        let words = text(
            "check.db-017.retention",
            "Backups of {database} are to be kept for {days} days; RDS keeps them for 35 at most.",
        );
        found.push(words.with("days", days));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::{Value as Json, json};

    fn with(property: &str, value: Json) -> String {
        findings(&CHECK, "", &[set("Database", property, value)])
    }

    #[test]
    fn flags_intervals_retention_and_halves_of_a_pair() {
        assert_eq!(
            with("MonitoringInterval", json!(20)),
            "Database: Database is to be monitored every 20 s."
        );
        let half = "Database: Database has a monitoring interval without a role, or a role without an interval.";
        assert_eq!(with("MonitoringInterval", json!(0)), half);
        assert_eq!(with("MonitoringRoleArn", json!(null)), half);
        assert_eq!(
            with("BackupRetentionPeriod", json!(90)),
            "Database: Backups of Database are to be kept for 90 days; RDS keeps them for 35 at most."
        );
    }

    #[test]
    fn accepts_what_the_options_offer() {
        for settings in [
            "database.monitoring_seconds=0",
            "database.retention_days=35 database.read_replicas=1",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
