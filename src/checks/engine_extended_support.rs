//! RDS supports a major version for some years, and for money some more.

use super::holder::holders;
use super::{Check, Finding, Severity, Subject};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-012",
    severity: Severity::Medium,
    title: text(
        "check.db-012.title",
        "Database engine past its standard support",
    ),
    why: text(
        "check.db-012.why",
        "RDS enrolls such a version in Extended Support, billed by the vCPU and hour, or upgrades it on a day of its own choice.",
    ),
    advice: text(
        "check.db-012.advice",
        "Upgrade: MySQL 8.4, PostgreSQL 14 or newer.",
    ),
    reference: "RDS user guide, Extended Support; RDS for MySQL and RDS for PostgreSQL release calendars",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for database in holders(subject.topology) {
        let name = database.name;
        let (Some(oldest), Some(version)) = (oldest(database.engine), database.version) else {
            continue;
        };
        let mut numbers = version.split('.').map(|it| it.parse::<u32>().ok());
        let Some(major) = numbers.next().flatten() else {
            continue;
        };
        let minor = numbers.next().flatten().unwrap_or(0);
        if (major, minor) >= oldest {
            continue;
        }
        let message = text(
            "check.db-012.message",
            "{database} runs {engine} {version}, which has no standard support any more.",
        )
        .with("database", name.as_str())
        .with("engine", database.engine)
        .with("version", version);
        let fix = subject.release(&[(name, "EngineVersion"), (name, "Engine")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// The oldest version with standard support: RDS for MySQL 8.0 had it until 2026-07-31, PostgreSQL 13 until 2026-02-28. Aurora
/// MySQL 2 (5.7) had it until 2024-10-31.
fn oldest(engine: &str) -> Option<(u32, u32)> {
    match engine {
        "mysql" => Some((8, 4)),
        "postgres" | "aurora-postgresql" => Some((14, 0)),
        "aurora-mysql" => Some((8, 0)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_old_versions() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Database", "EngineVersion", json!("8.0.40"))]
            ),
            "Database: Database runs mysql 8.0.40, which has no standard support any more."
        );
        assert_eq!(
            findings(
                &CHECK,
                "database.engine=postgres",
                &[set("Database", "EngineVersion", json!("13.20"))]
            ),
            "Database: Database runs postgres 13.20, which has no standard support any more."
        );
    }

    #[test]
    fn accepts_current_versions() {
        for settings in ["", "database.engine=postgres"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
