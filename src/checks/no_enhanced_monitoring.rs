//! CloudWatch sees the hypervisor, enhanced monitoring the operating system.

use super::{Check, Finding, Severity, Subject};
use crate::aws::DbInstance;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DB-007",
    severity: Severity::Low,
    title: text("check.db-007.title", "Enhanced monitoring is off"),
    why: text(
        "check.db-007.why",
        "Without it nobody sees which process takes memory or waits for the disk, and a minute's average hides short peaks.",
    ),
    advice: text("check.db-007.advice", "Sample every 60 s or more often."),
    reference: "REL06-BP01; RDS user guide, Enhanced Monitoring",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, database) in subject.topology.all::<DbInstance>() {
        if database.monitoring.unwrap_or(0) > 0 {
            continue;
        }
        let message = text(
            "check.db-007.message",
            "{database} shows no metrics of its operating system.",
        )
        .with("database", name.as_str());
        let fix = subject.fix(
            &[(name, "MonitoringInterval")],
            text("check.db-007.fix", "Sample every 60 s"),
            &[("database.monitoring_seconds", &60)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_monitoring_that_is_off() {
        assert_eq!(
            findings(&CHECK, "database.monitoring_seconds=0", &[]),
            "Database: Database shows no metrics of its operating system."
        );
    }

    #[test]
    fn accepts_every_minute() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
