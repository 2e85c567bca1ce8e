//! A start that cannot be delivered must not vanish.

use super::schedules::lacking;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Schedule;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-018",
    severity: Severity::Medium,
    title: text("check.sv-018.title", "Schedule without a dead-letter queue"),
    why: text(
        "check.sv-018.why",
        "A start that EventBridge Scheduler cannot deliver is thrown away: the window does not open, or worse, does not close, and nothing says so.",
    ),
    advice: text(
        "check.sv-018.advice",
        "Give the schedule a dead-letter queue, and an alarm on its messages.",
    ),
    reference: "REL05-BP03; EventBridge Scheduler user guide, configuring a dead-letter queue",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let message = text(
        "check.sv-018.message",
        "What {schedule} cannot deliver is lost.",
    );
    lacking(&CHECK, message, has_no_queue, subject, findings);
}

fn has_no_queue(schedule: &Schedule) -> bool {
    let queue = schedule.target.get("DeadLetterConfig");
    queue.and_then(|it| it.get("Arn")).is_none()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_a_schedule_without_a_queue() {
        let lost = set(
            "CloseWindow1Schedule",
            "Target.DeadLetterConfig",
            json!(null),
        );
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[lost]),
            "CloseWindow1Schedule: What CloseWindow1Schedule cannot deliver is lost."
        );
        assert_eq!(findings(&CHECK, &scheduled("schedule.rest=true"), &[]), "");
    }
}
