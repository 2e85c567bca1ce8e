//! Storage grows by itself, but never shrinks.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-011",
    severity: Severity::Low,
    title: text(
        "check.db-011.title",
        "Storage autoscaling without a real cap",
    ),
    why: text(
        "check.db-011.why",
        "A table that runs away grows the bill up to the maximum, and RDS storage cannot be made smaller again.",
    ),
    advice: text(
        "check.db-011.advice",
        "Set the maximum to what the data may take in the next year; an alarm on free storage tells when it is near.",
    ),
    reference: "COST; RDS user guide, managing capacity automatically with storage autoscaling",
    run,
};

/// More than so many times the allocated storage holds nothing back (our own figure).
const MANY: u32 = 10;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        let storage = database.gigabytes();
        let cap = storage * f64::from(MANY);
        let Some(most) = database.max_storage.filter(|it| f64::from(*it) > cap) else {
            continue;
        };
        let message = text(
            "check.db-011.message",
            "Storage of {database} may grow from {storage} to {most} GiB, more than {times} times as much.",
        )
        .with("database", name.as_str())
        .with("storage", storage)
        .with("most", most)
        .with("times", MANY);
        let fix = subject.fix(
            &[(name, "MaxAllocatedStorage"), (name, "AllocatedStorage")],
            text("check.db-011.fix", "Let storage grow to {most} GiB").with("most", storage * 2.0),
            &[("database.max_storage_gb", &(storage * 2.0))],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_maximum_that_holds_nothing_back() {
        assert_eq!(
            findings(&CHECK, "database.max_storage_gb=65536", &[]),
            "Database: Storage of Database may grow from 20 to 65536 GiB, more than 10 times as much."
        );
    }

    #[test]
    fn accepts_a_cap_in_reach_and_storage_that_does_not_grow() {
        for settings in ["", "database.max_storage_gb=100"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
