//! What holds data should not go by accident.

use super::holder::holders;
use super::{Check, Finding, Severity, Subject};
use crate::text::text;
use crate::topology::Keep;

pub static CHECK: Check = Check {
    code: "DB-006",
    severity: Severity::Medium,
    title: text("check.db-006.title", "Database without deletion protection"),
    why: text(
        "check.db-006.why",
        "A stack deletion, a replacement or a click deletes the database; a snapshot has to be restored under a new endpoint, and automatic backups go with the instance.",
    ),
    advice: text(
        "check.db-006.advice",
        "Turn deletion protection on for production; off is right for a workshop that cleans up after itself.",
    ),
    reference: "REL09; RDS user guide, deleting a DB instance",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for database in holders(topology) {
        let name = database.name;
        if database.protected {
            continue;
        }
        // Left to CloudFormation's default, a DB instance outside of a cluster, and a cluster, leave a snapshot.
        let keeps = topology
            .node(name)
            .is_some_and(|it| it.keep != Some(Keep::Delete));
        let message = if keeps {
            text(
                "check.db-006.message",
                "{database} can be deleted in one step; a last snapshot is all that stays.",
            )
        } else {
            text(
                "check.db-006.gone",
                "{database} can be deleted in one step, and nothing of it stays.",
            )
        };
        let fix = subject.fix(
            &[(name, "DeletionProtection")],
            text("check.db-006.fix", "Turn deletion protection on"),
            &[("database.deletion_protection", &true)],
        );
        let production = subject.fix(
            &[(name, "DeletionProtection")],
            text(
                "check.db-006.production",
                "Protect everything as in production",
            ),
            &[("protection", &"production")],
        );
        let message = message.with("database", name.as_str());
        findings.push(
            Finding::new(&CHECK, [name], message)
                .with_fix(fix)
                .with_fix(production),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_the_default() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "Database: Database can be deleted in one step, and nothing of it stays."
        );
    }

    #[test]
    fn accepts_production() {
        assert_eq!(findings(&CHECK, "protection=production", &[]), "");
    }

    #[test]
    fn accepts_protection() {
        assert_eq!(
            findings(&CHECK, "database.deletion_protection=true", &[]),
            ""
        );
    }
}
