//! Storage that grows by itself needs room to grow.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-015",
    severity: Severity::Error,
    title: text("check.db-015.title", "No room for storage to grow"),
    why: text(
        "check.db-015.why",
        "RDS refuses a maximum that is not at least 10 % above the allocated storage.",
    ),
    advice: text(
        "check.db-015.advice",
        "Raise the maximum: RDS grows storage by 10 % or more at a time, and 26 % above is what it advises at least.",
    ),
    reference: "RDS user guide, managing capacity automatically with storage autoscaling",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        let Some(most) = database.max_storage else {
            continue;
        };
        let storage = database.gigabytes();
        if f64::from(most) * 10.0 >= storage * 11.0 {
            continue;
        }
        let message = text(
            "check.db-015.message",
            "Storage of {database} may grow to {most} GiB, but starts at {storage} GiB.",
        )
        .with("database", name.as_str())
        .with("most", most)
        .with("storage", storage);
        let fix = subject.fix(
            &[(name, "MaxAllocatedStorage"), (name, "AllocatedStorage")],
            text("check.db-015.fix", "Let storage double"),
            &[("database.max_storage_gb", &(storage * 2.0).min(65_536.0))],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_maximum_below_and_right_above_the_storage() {
        for most in ["50", "109"] {
            assert_eq!(
                findings(
                    &CHECK,
                    &format!("database.storage_gb=100 database.max_storage_gb={most}"),
                    &[]
                ),
                format!(
                    "Database: Storage of Database may grow to {most} GiB, but starts at 100 GiB."
                )
            );
        }
    }

    #[test]
    fn accepts_headroom_and_storage_that_does_not_grow() {
        for settings in [
            "",
            "database.storage_gb=100 database.max_storage_gb=110",
            "database.storage_gb=20 database.max_storage_gb=1000",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
