//! A schedule of EventBridge Scheduler: when to call what, once or again and again, in a time zone of its own.

use super::{Describe, Figure, Flow, Glyph, Home, Id, Meter, ScheduleGroup, Value, typed};
use crate::text::{Text, text};

typed! {
    Schedule {
        "Description" description: Option<String>,
        /// Left out, the account's `default` group.
        "GroupName" group: Option<Id<ScheduleGroup>>,
        /// `cron(…)`, `rate(…)` or `at(…)`.
        "ScheduleExpression" expression: Value,
        /// IANA time zone; left out, UTC.
        "ScheduleExpressionTimezone" timezone: Option<Value>,
        "FlexibleTimeWindow" flexible: Value,
        /// `ENABLED` or `DISABLED`.
        "State" state: Option<String>,
        "Target" target: Value,
    }
}

impl Schedule {
    /// What it calls: the node whose ARN its target has.
    pub fn called(&self) -> Option<&super::Name> {
        super::lookup(self.target.as_map()?, "Arn")?.named()
    }

    /// Whether what it could not deliver is kept in a queue.
    pub fn dead_letters(&self) -> Option<&super::Name> {
        let target = self.target.as_map()?;
        let config = super::lookup(target, "DeadLetterConfig")?.as_map()?;
        super::lookup(config, "Arn")?.named()
    }

    /// What it sends, as text.
    pub fn input(&self) -> Option<&str> {
        super::lookup(self.target.as_map()?, "Input")?.as_str()
    }
}

impl Describe for Schedule {
    const KIND: &'static str = "AWS::Scheduler::Schedule";
    const TITLE: Text = text("aws.schedule", "EventBridge schedule");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Schedule)
    }

    fn meters(&self) -> Vec<Meter> {
        let item = text("meter.schedule", "EventBridge Scheduler, invocations");
        vec![Meter::flow(item, "EventBridgeScheduler", "invocations_after_14M_free", Flow::Invocations)]
    }
}
