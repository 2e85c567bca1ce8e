//! A master password comes from one place.

use super::holder::holders;
use super::{Check, Finding, Severity, Subject};
use crate::aws::lookup;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-020",
    severity: Severity::Error,
    title: text("check.db-020.title", "Two master passwords, or none"),
    why: text(
        "check.db-020.why",
        "RDS refuses a database with a password of its own beside a managed one, and a new one without any.",
    ),
    advice: text(
        "check.db-020.advice",
        "Let RDS manage the password, and give none.",
    ),
    reference: "RDS user guide, password management with Secrets Manager",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for database in holders(subject.topology) {
        let name = database.name;
        let restored = ["DBSnapshotIdentifier", "SnapshotIdentifier"];
        let restored = restored
            .iter()
            .any(|it| lookup(database.rest, it).is_some());
        let message = match (database.has_secret, database.password.is_some()) {
            (true, true) => text(
                "check.db-020.message",
                "{database} has a password of its own and asks RDS for another.",
            ),
            (false, false) if !restored => {
                text("check.db-020.none", "{database} has no master password.")
            }
            (true, false) | (false, true) | (false, false) => continue,
        };
        let message = message.with("database", name.as_str());
        let claims = [
            (name, "ManageMasterUserPassword"),
            (name, "MasterUserPassword"),
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

    #[test]
    fn flags_none_and_two() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Database", "ManageMasterUserPassword", json!(null))]
            ),
            "Database: Database has no master password."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "Database",
                    "MasterUserPassword",
                    json!("correct-horse")
                )]
            ),
            "Database: Database has a password of its own and asks RDS for another."
        );
    }

    #[test]
    fn accepts_a_managed_one_and_replicas_without() {
        assert_eq!(findings(&CHECK, "database.read_replicas=2", &[]), "");
    }
}
