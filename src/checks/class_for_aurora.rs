//! Aurora comes on some instance classes.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-024",
    severity: Severity::Error,
    title: text("check.db-024.title", "Class that Aurora does not come on"),
    why: text(
        "check.db-024.why",
        "Aurora takes medium classes and larger ones of the t3, t4g and r families, and db.serverless; CreateDBInstance refuses the others.",
    ),
    advice: text(
        "check.db-024.advice",
        "Use db.t4g.medium for tests and an r class for production.",
    ),
    reference: "Aurora user guide, DB instance classes",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, instance) in subject.topology.all::<DbInstance>() {
        if !instance.is_member() || DbInstance::is_for_aurora(&instance.class) {
            continue;
        }
        let message = text(
            "check.db-024.message",
            "{database} is an instance of Aurora on {class}.",
        )
        .with("database", name.as_str())
        .with("class", instance.class.as_str());
        let claims = [(name, "DBInstanceClass")];
        let smallest = subject.fix(
            &claims,
            text("check.db-024.fix", "Use db.t4g.medium"),
            &[("database.class", &"db.t4g.medium")],
        );
        let serverless = subject.fix(
            &claims,
            text(
                "check.db-024.serverless",
                "Let the capacity follow the load",
            ),
            &[("database.kind", &"aurora-serverless")],
        );
        let finding = Finding::new(&CHECK, [name], message);
        findings.push(finding.with_fix(smallest).with_fix(serverless));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_the_smallest_classes_of_every_member() {
        assert_eq!(
            findings(&CHECK, "database.kind=aurora", &[]),
            "DatabaseWriter: DatabaseWriter is an instance of Aurora on db.t3.micro.\nDatabaseReader1: DatabaseReader1 is an instance of Aurora on db.t3.micro."
        );
        let general = "database.kind=aurora database.class=db.m6g.large database.multi_az=false";
        assert_eq!(
            findings(&CHECK, general, &[]),
            "DatabaseWriter: DatabaseWriter is an instance of Aurora on db.m6g.large."
        );
    }

    #[test]
    fn accepts_what_aurora_takes_and_rds_as_it_is() {
        for settings in [
            "",
            "database.kind=aurora-serverless",
            "database.kind=aurora database.class=db.t4g.medium",
            "database.kind=aurora database.class=db.r6g.xlarge",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
