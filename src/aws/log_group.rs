//! Where CloudWatch keeps the lines of one kind of log.

use super::{Describe, Figure, Glyph, Home, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    LogGroup {
        "LogGroupName" name: Option<Value>,
        /// Left out, lines are kept for ever.
        "RetentionInDays" retention: Option<u32>,
        "Tags" tags: Tags,
    }
}

impl Describe for LogGroup {
    const KIND: &'static str = "AWS::Logs::LogGroup";
    const TITLE: Text = text("aws.log-group", "CloudWatch Logs group");
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::LogGroup)
    }
}
