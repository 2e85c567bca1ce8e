//! Nine o'clock is another time elsewhere, and in summer.

use super::schedules::lacking;
use super::{Check, Finding, Severity, Subject};
use crate::aws::Schedule;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-021",
    severity: Severity::Low,
    title: text("check.sv-021.title", "Schedule without a time zone"),
    why: text(
        "check.sv-021.why",
        "Without one its times are UTC: the window is hours away from the night that was meant, and moves by an hour with daylight saving time.",
    ),
    advice: text(
        "check.sv-021.advice",
        "Name the time zone that is meant, even where it is UTC.",
    ),
    reference: "EventBridge Scheduler user guide, schedule types",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let message = text(
        "check.sv-021.message",
        "{schedule} does not say in which time zone its times are.",
    );
    lacking(&CHECK, message, has_no_zone, subject, findings);
}

/// A rate has no time of day.
fn has_no_zone(schedule: &Schedule) -> bool {
    let expression = schedule.expression.as_str();
    let is_rate = expression.is_some_and(|it| it.starts_with("rate("));
    !is_rate && schedule.timezone.is_none()
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_times_without_a_zone_and_leaves_rates_alone() {
        let zone = |name: &str| set(name, "ScheduleExpressionTimezone", json!(null));
        assert_eq!(
            findings(
                &CHECK,
                &scheduled(""),
                &[zone("OpenWindow1Schedule"), zone("SweepSchedule")]
            ),
            "OpenWindow1Schedule: OpenWindow1Schedule does not say in which time zone its times are."
        );
        assert_eq!(findings(&CHECK, &scheduled(""), &[]), "");
    }
}
