//! What was meant for one o'clock is not wanted at midnight.

use super::schedules::lacking;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Schedule;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-019",
    severity: Severity::Medium,
    title: text("check.sv-019.title", "Schedule that tries for a day"),
    why: text(
        "check.sv-019.why",
        "Left alone, EventBridge Scheduler tries for 24 hours to deliver a start: a window may open long after it should have closed.",
    ),
    advice: text(
        "check.sv-019.advice",
        "Set MaximumEventAgeInSeconds to some minutes.",
    ),
    reference: "EventBridge Scheduler API reference, RetryPolicy",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let message = text(
        "check.sv-019.message",
        "{schedule} may be delivered up to 24 hours late.",
    );
    lacking(&CHECK, message, has_no_limit, subject, findings);
}

fn has_no_limit(schedule: &Schedule) -> bool {
    let policy = schedule.target.get("RetryPolicy");
    policy
        .and_then(|it| it.get("MaximumEventAgeInSeconds"))
        .is_none()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_a_schedule_without_a_limit() {
        let stale = set("OpenWindow1Schedule", "Target.RetryPolicy", json!(null));
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[stale]),
            "OpenWindow1Schedule: OpenWindow1Schedule may be delivered up to 24 hours late."
        );
        assert_eq!(findings(&CHECK, &scheduled(""), &[]), "");
    }
}
