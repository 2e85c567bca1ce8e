//! Latency records leave out what fails.

use super::{Check, Finding, Severity, Subject};
use crate::aws::RecordSet;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DNS-008",
    severity: Severity::Medium,
    title: text("check.dns-008.title", "Latency record that nobody checks"),
    why: text(
        "check.dns-008.why",
        "Route 53 goes on answering with the nearer Region while it is down: half of the users see nothing.",
    ),
    advice: text(
        "check.dns-008.advice",
        "Give each latency record a health check, or have its alias evaluate the health of its target.",
    ),
    reference: "REL11-BP02; Route 53 developer guide, latency-based routing",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, record) in subject.topology.all::<RecordSet>() {
        if record.region.is_none() || record.goes_by_health() {
            continue;
        }
        let message = text(
            "check.dns-008.message",
            "{record} is answered by latency, whatever the health of what it stands for.",
        )
        .with("record", name.as_str());
        let fix = subject.release(&[(name, "HealthCheckId"), (name, "AliasTarget")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const ON: &str =
        "dns.routing=latency dns.second_target=203.0.113.10 balancer.domain=www.example.com";

    #[test]
    fn flags_a_record_without_a_health_check() {
        let edit = set("SecondRecord", "HealthCheckId", json!(null));
        assert_eq!(
            findings(&CHECK, ON, &[edit]),
            "SecondRecord: SecondRecord is answered by latency, whatever the health of what it stands for."
        );
    }

    #[test]
    fn accepts_health_checks_and_aliases_that_go_by_health() {
        let edit = set("FirstRecord", "HealthCheckId", json!(null));
        assert_eq!(findings(&CHECK, ON, &[edit]), "");
        assert_eq!(findings(&CHECK, ON, &[]), "");
    }
}
