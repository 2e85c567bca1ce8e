//! A change of an Auto Scaling group's size at times that are known beforehand.

use super::{AutoScalingGroup, Describe, Figure, Home, Id, typed};
use crate::text::{Text, text};

typed! {
    ScheduledAction {
        "AutoScalingGroupName" group: Id<AutoScalingGroup>,
        "MinSize" min: Option<u32>,
        "DesiredCapacity" desired: Option<u32>,
        "MaxSize" max: Option<u32>,
        /// In cron's five fields.
        "Recurrence" recurrence: Option<String>,
        /// UTC unless given.
        "TimeZone" time_zone: Option<String>,
    }
}

impl Describe for ScheduledAction {
    const KIND: &'static str = "AWS::AutoScaling::ScheduledAction";
    const TITLE: Text = text("aws.scheduled-action", "Scheduled scaling");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::With(self.group.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
