//! Templates are read by many.

use super::holder::holders;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Value;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-010",
    severity: Severity::High,
    title: text("check.db-010.title", "Password in the template"),
    why: text(
        "check.db-010.why",
        "Whoever reads the template, its history or the stack's events has the password, and nobody rotates it.",
    ),
    advice: text(
        "check.db-010.advice",
        "Let RDS make the password and keep it in Secrets Manager (ManageMasterUserPassword).",
    ),
    reference: "SEC02-BP03",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for database in holders(subject.topology) {
        let name = database.name;
        let is_literal = |it: &str| !it.starts_with("{{resolve:");
        let given = database.password.and_then(Value::as_str);
        if !given.is_some_and(is_literal) {
            continue;
        }
        let message = text(
            "check.db-010.message",
            "The master password of {database} stands in the template.",
        )
        .with("database", name.as_str());
        let fix = subject.release(&[(name, "MasterUserPassword")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_literal() {
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
            "Database: The master password of Database stands in the template."
        );
    }

    #[test]
    fn accepts_secrets_manager() {
        for settings in ["", "database.read_replicas=2"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "Database",
                    "MasterUserPassword",
                    json!("{{resolve:secretsmanager:db:SecretString:password}}")
                )]
            ),
            ""
        );
    }
}
