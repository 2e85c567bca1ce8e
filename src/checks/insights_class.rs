//! Database Insights needs memory that the smallest classes of MySQL do not have.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{DbInstance, Value, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-016",
    severity: Severity::Error,
    title: text(
        "check.db-016.title",
        "Database Insights on a class without it",
    ),
    why: text(
        "check.db-016.why",
        "RDS refuses Performance Insights, and Database Insights with it, for MySQL on the micro and small classes.",
    ),
    advice: text(
        "check.db-016.advice",
        "Use a medium class or a larger one, or leave it out.",
    ),
    reference: "RDS user guide, DB engine, Region and instance class support for Database Insights",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        let on = lookup(&database.rest, "EnablePerformanceInsights") == Some(&Value::Bool(true));
        if !on || DbInstance::has_insights(&database.engine, &database.class) {
            continue;
        }
        let message = text(
            "check.db-016.message",
            "{database} asks for Database Insights, which {engine} does not have on {class}.",
        )
        .with("database", name.as_str())
        .with("engine", database.engine.as_str())
        .with("class", database.class.as_str());
        let claims = [
            (name, "EnablePerformanceInsights"),
            (name, "DBInstanceClass"),
            (name, "Engine"),
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
    fn flags_mysql_on_a_micro_class() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set("Database", "EnablePerformanceInsights", json!(true))]
            ),
            "Database: Database asks for Database Insights, which mysql does not have on db.t3.micro."
        );
    }

    #[test]
    fn accepts_what_the_design_makes_of_any_class() {
        for settings in [
            "",
            "database.engine=postgres",
            "database.class=db.t4g.medium database.read_replicas=1",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
