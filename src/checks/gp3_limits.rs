//! gp3 has its IOPS included until storage is large.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbInstance, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-018",
    severity: Severity::Error,
    title: text(
        "check.db-018.title",
        "Performance that gp3 does not come in",
    ),
    why: text(
        "check.db-018.why",
        "Below 400 GiB, RDS for MySQL and PostgreSQL refuses IOPS or throughput with gp3: 3,000 IOPS and 125 MiB/s are included. From 400 GiB on it takes 12,000 to 64,000 IOPS.",
    ),
    advice: text(
        "check.db-018.advice",
        "Leave them out, use more storage, or use io1.",
    ),
    reference: "RDS user guide, gp3 storage",
    run,
};

/// GiB from which RDS stripes over four volumes, so that more can be asked for.
const LARGE: f64 = 400.0;
const IOPS: std::ops::RangeInclusive<u32> = 12_000..=64_000;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        if database.storage_type.as_deref() != Some("gp3") {
            continue;
        }
        let throughput = lookup(&database.rest, "StorageThroughput").is_some();
        let refused = if database.gigabytes() < LARGE {
            throughput || database.iops.is_some()
        } else {
            database.iops.is_some_and(|it| !IOPS.contains(&it))
        };
        if !refused {
            continue;
        }
        let message = text(
            "check.db-018.message",
            "{database} asks for IOPS or throughput that RDS does not give to {storage} GiB of gp3.",
        )
        .with("database", name.as_str())
        .with("storage", database.gigabytes());
        let claims = [
            (name, "Iops"),
            (name, "StorageThroughput"),
            (name, "StorageType"),
        ];
        let fix = subject.release(&claims);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn with(settings: &str, iops: u32) -> String {
        findings(&CHECK, settings, &[set("Database", "Iops", json!(iops))])
    }

    #[test]
    fn flags_iops_of_small_storage_and_too_few_of_large() {
        let words = "asks for IOPS or throughput that RDS does not give to";
        assert_eq!(
            with("", 4000),
            format!("Database: Database {words} 20 GiB of gp3.")
        );
        assert_eq!(
            with("database.storage_gb=500", 4000),
            format!("Database: Database {words} 500 GiB of gp3.")
        );
    }

    #[test]
    fn accepts_enough_iops_of_large_storage() {
        assert_eq!(with("database.storage_gb=500", 16_000), "");
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
