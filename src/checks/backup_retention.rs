//! Backups go back as far as they are kept.

use super::holder::holders;
use super::{Check, Finding, Severity, Subject};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-004",
    severity: Severity::High,
    title: text("check.db-004.title", "Backups kept for less than a week"),
    why: text(
        "check.db-004.why",
        "A bad deployment or a deleted table is often noticed days later; a standby has copied it faithfully by then. Without automatic backups there is no point-in-time recovery at all.",
    ),
    advice: text(
        "check.db-004.advice",
        "Keep automatic backups for 7 to 35 days.",
    ),
    reference: "REL09-BP03; RDS user guide, working with backups",
    run,
};

/// Days, where the template says nothing (CloudFormation reference, BackupRetentionPeriod).
const DEFAULT: u32 = 1;
const WEEK: u32 = 7;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for database in holders(subject.topology) {
        let name = database.name;
        let days = database.retention.unwrap_or(DEFAULT);
        if days >= WEEK {
            continue;
        }
        let message = if days == 0 {
            text("check.db-004.off", "{database} has no automatic backups.").into()
        } else {
            text(
                "check.db-004.message",
                "Backups of {database} are kept for {days} of the 7 days that they should be.",
            )
            .with("days", days)
        };
        let fix = subject.fix(
            &[(name, "BackupRetentionPeriod")],
            text("check.db-004.fix", "Keep backups for 7 days"),
            &[("database.retention_days", &WEEK)],
        );
        let message = message.with("database", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_few_days_and_none() {
        assert_eq!(
            findings(&CHECK, "database.retention_days=3", &[]),
            "Database: Backups of Database are kept for 3 of the 7 days that they should be."
        );
        assert_eq!(
            findings(&CHECK, "database.retention_days=0", &[]),
            "Database: Database has no automatic backups."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Database", "BackupRetentionPeriod", json!(null))]
            ),
            "Database: Backups of Database are kept for 1 of the 7 days that they should be."
        );
    }

    #[test]
    fn accepts_a_week() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
