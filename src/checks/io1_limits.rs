//! Provisioned IOPS come with limits of size and ratio.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-013",
    severity: Severity::Error,
    title: text("check.db-013.title", "Storage that io1 does not come in"),
    why: text(
        "check.db-013.why",
        "RDS takes io1 of 100 to 65,536 GiB with 0.5 to 50 IOPS a GiB, 1,000 at least; CreateDBInstance refuses anything else.",
    ),
    advice: text(
        "check.db-013.advice",
        "Size storage and IOPS together, or use gp3, which has 3,000 IOPS included.",
    ),
    reference: "RDS user guide, Provisioned IOPS SSD storage",
    run,
};

/// GiB of io1 storage for MySQL and PostgreSQL.
const SIZES: std::ops::RangeInclusive<u64> = 100..=65_536;
/// IOPS at least.
const LEAST: u64 = 1_000;
/// IOPS for a GiB at most.
const DENSEST: u64 = 50;
/// GiB for one IOPS at most: 0.5 IOPS a GiB.
const SPARSEST: u64 = 2;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        if database.is_replica() {
            continue;
        }
        let storage = database
            .storage
            .as_ref()
            .and_then(|it| it.parse::<u64>().ok());
        let Some(storage) = storage else {
            continue;
        };
        let iops = database.iops.map_or(0, u64::from);
        if database.storage_type.as_deref() != Some("io1") || fits(storage, iops) {
            continue;
        }
        let message = text("check.db-013.message", "{database} asks for {storage} GiB of io1 with {iops} IOPS; RDS takes 100 to 65,536 GiB and 0.5 to 50 IOPS a GiB.")
            .with("database", name.as_str())
            .with("storage", storage)
            .with("iops", iops);
        let large = storage
            .max(iops.div_ceil(DENSEST))
            .clamp(*SIZES.start(), *SIZES.end());
        let fast = iops.max(large.div_ceil(SPARSEST)).max(LEAST);
        let sizes = [(name, "AllocatedStorage"), (name, "Iops")];
        let title = text("check.db-013.fix", "Use {storage} GiB with {iops} IOPS")
            .with("storage", large)
            .with("iops", fast);
        let options = subject.blame(&sizes, &["database.storage_gb", "database.iops"]);
        let grown = subject.fix(
            &sizes,
            title,
            &[("database.storage_gb", &large), ("database.iops", &fast)],
        );
        let gp3 = subject.fix(
            &[(name, "StorageType"), (name, "Iops")],
            text("check.db-013.fix-gp3", "Use gp3"),
            &[("database.storage_type", &"gp3")],
        );
        findings.push(
            Finding::new(&CHECK, [name], message)
                .at_options(options)
                .with_fix(grown)
                .with_fix(gp3),
        );
    }
}

fn fits(storage: u64, iops: u64) -> bool {
    SIZES.contains(&storage)
        && iops >= LEAST
        && iops <= storage * DENSEST
        && iops * SPARSEST >= storage
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_too_little_storage_too_many_iops_and_too_few() {
        assert_eq!(
            findings(&CHECK, "database.storage_type=io1", &[]),
            "Database: Database asks for 20 GiB of io1 with 1000 IOPS; RDS takes 100 to 65,536 GiB and 0.5 to 50 IOPS a GiB."
        );
        assert_eq!(
            findings(
                &CHECK,
                "database.storage_type=io1 database.storage_gb=100 database.iops=6000",
                &[]
            ),
            "Database: Database asks for 100 GiB of io1 with 6000 IOPS; RDS takes 100 to 65,536 GiB and 0.5 to 50 IOPS a GiB."
        );
        assert_eq!(
            findings(
                &CHECK,
                "database.storage_type=io1 database.storage_gb=4000",
                &[]
            ),
            "Database: Database asks for 4000 GiB of io1 with 1000 IOPS; RDS takes 100 to 65,536 GiB and 0.5 to 50 IOPS a GiB."
        );
    }

    #[test]
    fn accepts_a_fitting_pair_and_gp3() {
        for settings in [
            "database.storage_type=io1 database.storage_gb=100 database.iops=5000",
            "",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
