//! A Multi-AZ database has no zone of its own.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-008",
    severity: Severity::Error,
    title: text("check.db-008.title", "Zone given for a Multi-AZ database"),
    why: text(
        "check.db-008.why",
        "RDS picks the zones of primary and standby itself; CreateDBInstance refuses a zone beside Multi-AZ.",
    ),
    advice: text("check.db-008.advice", "Leave AvailabilityZone out."),
    reference: "CloudFormation reference, AWS::RDS::DBInstance",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        if !database.has_standby() || database.zone.is_none() {
            continue;
        }
        let message = text(
            "check.db-008.message",
            "{database} is Multi-AZ and names a zone.",
        )
        .with("database", name.as_str());
        let fix = subject.release(&[(name, "AvailabilityZone")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_both() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "Database",
                    "AvailabilityZone",
                    json!({"Fn::Select": [0, {"Fn::GetAZs": ""}]})
                )]
            ),
            "Database: Database is Multi-AZ and names a zone."
        );
    }

    #[test]
    fn accepts_a_zone_for_a_single_instance() {
        assert_eq!(
            findings(
                &CHECK,
                "database.multi_az=false",
                &[set(
                    "Database",
                    "AvailabilityZone",
                    json!({"Fn::Select": [0, {"Fn::GetAZs": ""}]})
                )]
            ),
            ""
        );
    }
}
