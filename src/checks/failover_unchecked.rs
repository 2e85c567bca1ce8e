//! Route 53 fails over from a record whose health it knows.

use super::{Check, Finding, Severity, Subject};
use crate::aws::RecordSet;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-003",
    severity: Severity::Low,
    title: text(
        "check.ed-003.title",
        "Failover record without a health check",
    ),
    why: text(
        "check.ed-003.why",
        "A primary record without a health check is always healthy for Route 53: it never fails over, or only when the load balancer itself has no healthy target.",
    ),
    advice: text(
        "check.ed-003.advice",
        "Give the primary record a health check of what users ask for.",
    ),
    reference: "REL11-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, record) in subject.topology.all::<RecordSet>() {
        if !record.is_primary() || record.health.is_some() {
            continue;
        }
        let message = text(
            "check.ed-003.message",
            "{record} is the primary record of a failover pair and has no health check.",
        )
        .with("record", name.as_str());
        let fix = subject.release(&[(name, "HealthCheckId")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const ON: &str = "dns.failover=true balancer.domain=www.example.com";

    #[test]
    fn flags_a_primary_record_that_nothing_checks() {
        assert_eq!(
            findings(
                &CHECK,
                ON,
                &[set("PrimaryRecord", "HealthCheckId", json!(null))]
            ),
            "PrimaryRecord: PrimaryRecord is the primary record of a failover pair and has no health check."
        );
    }

    #[test]
    fn accepts_one_with_a_health_check_and_a_plain_alias() {
        for settings in [ON, "balancer.domain=www.example.com"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
