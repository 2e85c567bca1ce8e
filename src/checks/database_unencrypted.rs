//! Encryption at rest is chosen once.

use super::holder::holders;
use super::{Check, Finding, Severity, Subject};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-005",
    severity: Severity::High,
    title: text("check.db-005.title", "Database that is not encrypted"),
    why: text(
        "check.db-005.why",
        "Storage, snapshots and backups stay readable, and encryption cannot be switched on later: it takes a snapshot copy and a new database.",
    ),
    advice: text(
        "check.db-005.advice",
        "Turn encryption on before the first deployment; it costs nothing.",
    ),
    reference: "SEC08-BP02; RDS user guide, encrypting Amazon RDS resources",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for database in holders(subject.topology) {
        let name = database.name;
        if database.encrypted {
            continue;
        }
        let message = text(
            "check.db-005.message",
            "{database} is stored in plain text.",
        )
        .with("database", name.as_str());
        let fix = subject.fix(
            &[(name, "StorageEncrypted")],
            text("check.db-005.fix", "Encrypt the database"),
            &[("database.encrypted", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_plain_storage() {
        assert_eq!(
            findings(&CHECK, "database.encrypted=false", &[]),
            "Database: Database is stored in plain text."
        );
    }

    #[test]
    fn accepts_encrypted_storage() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
