//! A window must not be over before it is opened.

use super::{Check, Finding, Fix, Severity, Subject};
use crate::aws::week::weekly;
use crate::aws::{Name, Schedule, Value};
use crate::text::text;
use crate::topology::{Topology, openings};

pub static CHECK: Check = Check {
    code: "SV-020",
    severity: Severity::Medium,
    title: text(
        "check.sv-020.title",
        "Window that may open after it has closed",
    ),
    why: text(
        "check.sv-020.why",
        "The flexible window and the time in which a start is delivered come on top of one another. An opening that arrives after its closing finds the window over: nothing was there in it.",
    ),
    advice: text(
        "check.sv-020.advice",
        "Let the schedule start on the minute, and deliver within a part of the window.",
    ),
    reference: "EventBridge Scheduler user guide, flexible time windows",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, schedule) in topology.all::<Schedule>() {
        let (Some(late), Some(minutes)) = (late(schedule), window(topology, schedule)) else {
            continue;
        };
        if late <= minutes {
            continue;
        }
        let message = text("check.sv-020.message", "{schedule} may start a run {late} minutes after its time; the window is over after {minutes}.")
            .with("schedule", name.as_str())
            .with("late", late)
            .with("minutes", minutes);
        findings
            .push(Finding::new(&CHECK, [name], message).with_fix(sooner(subject, name, minutes)));
    }
}

/// Minutes after its time at which a schedule may still start something; `None` where nothing limits that.
fn late(schedule: &Schedule) -> Option<u32> {
    let number = |value: Option<&Value>| match value {
        Some(Value::Int(it)) => u32::try_from(*it).ok(),
        other => other?.as_str()?.parse().ok(),
    };
    let retry = schedule.target.get("RetryPolicy")?;
    let age = number(retry.get("MaximumEventAgeInSeconds"))?;
    let flexible = number(schedule.flexible.get("MaximumWindowInMinutes")).unwrap_or_default();
    Some(flexible.saturating_add(age / 60))
}

/// Minutes of the shortest window that a schedule opens.
fn window(topology: &Topology, schedule: &Schedule) -> Option<u32> {
    let machine = schedule.called()?;
    let input: serde_json::Value = serde_json::from_str(schedule.input()?).ok()?;
    let opens = input.get("action")?.as_str()? == "open";
    let fires = weekly(schedule.expression.as_str()?).filter(|_| opens)?;
    let openings = openings(topology, machine)?.into_iter();
    openings
        .filter(|it| fires.contains(&it.start))
        .map(|it| it.minutes)
        .min()
}

/// Minutes in which a start is delivered where nothing asks for more.
const DELIVERY: u32 = 10;

fn sooner(subject: &Subject<'_>, schedule: &Name, minutes: u32) -> Option<Fix> {
    let delivery = subject
        .design?
        .schedule
        .delivery
        .get()
        .min(DELIVERY)
        .min(minutes)
        .max(1);
    let title = text(
        "check.sv-020.fix",
        "Start on the minute, and deliver within {delivery} minutes",
    )
    .with("delivery", delivery);
    subject.fix(
        &[(schedule, "Target"), (schedule, "FlexibleTimeWindow")],
        title,
        &[
            ("schedule.flexible_minutes", &0),
            ("schedule.delivery_minutes", &delivery),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    fn found(windows: &str, flexible: u32, delivery: u32) -> String {
        let mut design = crate::checks::testing::design("network.nat=scheduled", &[]);
        for (key, value) in [
            ("windows", windows.to_owned()),
            ("flexible_minutes", flexible.to_string()),
            ("delivery_minutes", delivery.to_string()),
        ] {
            design.set(&format!("schedule.{key}"), &value).unwrap();
        }
        crate::checks::testing::found(&CHECK, &design)
    }

    #[test]
    fn flags_a_start_that_may_come_after_the_window() {
        assert_eq!(
            found("sat 01:00-02:30", 60, 60),
            "OpenWindow1Schedule: OpenWindow1Schedule may start a run 120 minutes after its time; the window is over after 90."
        );
        assert_eq!(found("sat 01:00-01:10", 0, 10), "");
        assert_eq!(found("sat 01:00-03:00", 60, 60), "");
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
