//! The schedules: what starts when, who is allowed to, and where a start goes that could not be delivered.

use super::program::Program;
use super::{DEAD_LETTERS, MACHINE, TEARDOWN, rest, role};
use crate::aws::week::DAY;
use crate::aws::{Queue, Schedule, ScheduleGroup, Value, map};
use crate::design::{Design, Edit, Expansion, SCHEDULE};
use crate::text::text;
use crate::topology::Keep;

const GROUP: &str = "NatScheduleGroup";
const SCHEDULER_ROLE: &str = "NatSchedulerRole";

pub(super) fn schedules(design: &Design, to: &mut Expansion<'_>) {
    let tags = to.tags("nat-schedules");
    to.add(
        SCHEDULE,
        GROUP,
        ScheduleGroup {
            tags,
            rest: Vec::new(),
        },
    );
    let tags = to.tags("nat-dead-letters");
    let node = to.add(
        SCHEDULE,
        DEAD_LETTERS,
        Queue {
            retention: Some(14 * DAY * 60),
            encrypted: Some(true),
            name: None,
            visibility: None,
            redrive: None,
            tags,
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.dead-letters",
        "What EventBridge Scheduler could not deliver in time; an alarm tells of it.",
    ));
    let mut started = vec![map([
        ("Effect", "Allow".into()),
        ("Action", "states:StartExecution".into()),
        ("Resource", Value::reference(MACHINE)),
    ])];
    if design.schedule.sweep.get() > 0 {
        started.push(map([
            ("Effect", "Allow".into()),
            ("Action", "lambda:InvokeFunction".into()),
            ("Resource", Value::att(Program::SWEEPER.node(), "Arn")),
        ]));
    }
    started.extend(rest::statements(design));
    started.push(map([
        ("Effect", "Allow".into()),
        ("Action", "sqs:SendMessage".into()),
        ("Resource", Value::att(DEAD_LETTERS, "Arn")),
    ]));
    role(
        to,
        SCHEDULER_ROLE,
        "scheduler.amazonaws.com",
        "nat-schedules",
        started,
    );
    for (place, window) in design.schedule.windows.0.iter().enumerate() {
        let number = place + 1;
        for (word, action, expression) in [
            ("Open", "open", window.opening()),
            ("Close", "close", window.closing()),
        ] {
            // The time for which it was meant, whenever it arrives: an opening that comes after its closing is told apart.
            let input = format!(
                "{{\"action\":\"{action}\",\"scheduled\":\"<aws.scheduler.scheduled-time>\"}}"
            );
            let target = Value::reference(MACHINE);
            schedule(
                design,
                to,
                &format!("{word}Window{number}"),
                expression,
                target,
                input.into(),
            );
        }
    }
    let minutes = design.schedule.sweep.get();
    if minutes > 0 {
        let expression = match minutes {
            1 => "rate(1 minute)".to_owned(),
            _ => format!("rate({minutes} minutes)"),
        };
        let target = Value::att(Program::SWEEPER.node(), "Arn");
        schedule(design, to, "Sweep", expression, target, "{}".into());
    }
}

/// One schedule of the group; before it is deleted, no window opens any more.
pub(super) fn schedule(
    design: &Design,
    to: &mut Expansion<'_>,
    name: &str,
    expression: String,
    target: Value,
    input: Value,
) {
    let options = &design.schedule;
    let flexible = match options.flexible.get() {
        0 => map([("Mode", "OFF".into())]),
        minutes => map([
            ("Mode", "FLEXIBLE".into()),
            ("MaximumWindowInMinutes", minutes.into()),
        ]),
    };
    to.add(
        SCHEDULE,
        format!("{name}Schedule"),
        Schedule {
            description: None,
            group: Some(GROUP.into()),
            expression: expression.into(),
            timezone: Some(options.timezone.as_str().into()),
            flexible,
            state: Some("ENABLED".into()),
            target: map([
                ("Arn", target),
                ("RoleArn", Value::att(SCHEDULER_ROLE, "Arn")),
                ("Input", input),
                (
                    "RetryPolicy",
                    map([
                        (
                            "MaximumEventAgeInSeconds",
                            (options.delivery.get() * 60).into(),
                        ),
                        ("MaximumRetryAttempts", options.deliveries.get().into()),
                    ]),
                ),
                (
                    "DeadLetterConfig",
                    map([("Arn", Value::att(DEAD_LETTERS, "Arn"))]),
                ),
            ]),
            rest: Vec::new(),
        },
    )
    .after(TEARDOWN);
}
