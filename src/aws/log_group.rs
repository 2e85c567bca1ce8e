//! Where CloudWatch keeps the lines of one kind of log.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Tags, Value, typed};
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

    fn meters(&self) -> Vec<Meter> {
        vec![
            Meter::flow(
                text("meter.logs-ingested", "Logs that CloudWatch takes in"),
                "CloudWatchLogs",
                "ingestion_standard",
                Flow::LogsIngested,
            ),
            Meter::flow(
                text("meter.logs-kept", "Logs that CloudWatch keeps"),
                "CloudWatchLogs",
                "storage",
                Flow::LogsKept,
            ),
        ]
    }
}
