//! A group of schedules, so that a stack's own can be told apart and are gone with it.

use super::{Describe, Figure, Home, Tags, typed};
use crate::text::{Text, text};

typed! {
    ScheduleGroup {
        "Tags" tags: Tags,
    }
}

impl Describe for ScheduleGroup {
    const KIND: &'static str = "AWS::Scheduler::ScheduleGroup";
    const TITLE: Text = text("aws.schedule-group", "Schedule group");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
