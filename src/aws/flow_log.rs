//! A record of every connection in the VPC.

use super::{Describe, Figure, Flow, Glyph, Home, Id, Meter, Tags, Value, Vpc, typed};
use crate::text::{Text, text};

typed! {
    FlowLog {
        "ResourceId" vpc: Id<Vpc>,
        "ResourceType" resource_type: String,
        "TrafficType" traffic: String,
        "LogDestination" destination: Value,
        "Tags" tags: Tags,
    }
}

impl Describe for FlowLog {
    const KIND: &'static str = "AWS::EC2::FlowLog";
    const TITLE: Text = text("aws.flow-log", "VPC Flow Logs");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::FlowLog)
    }

    fn meters(&self) -> Vec<Meter> {
        if !self.goes_to_bucket() {
            return Vec::new();
        }
        let mut meters = vec![Meter::flow(
            text("meter.flow-logs", "Flow logs brought to the bucket"),
            "CloudWatchLogs",
            "vended_to_S3_first_10TB",
            Flow::LogsDelivered,
        )];
        if self.is_parquet() {
            meters.push(Meter::flow(
                text("meter.flow-logs-parquet", "Flow logs turned into Parquet"),
                "CloudWatchLogs",
                "vended_parquet",
                Flow::LogsDelivered,
            ));
        }
        meters
    }
}

impl FlowLog {
    /// Whether it writes to a bucket; to a log group, unless given.
    pub fn goes_to_bucket(&self) -> bool {
        self.given("LogDestinationType").and_then(Value::as_str) == Some("s3")
    }

    fn is_parquet(&self) -> bool {
        let options = self.given("DestinationOptions");
        let format = options.and_then(|it| it.get("FileFormat"));
        format.and_then(Value::as_str) == Some("parquet")
    }

    fn given(&self, key: &str) -> Option<&Value> {
        self.rest.iter().find(|(it, _)| it == key).map(|(_, it)| it)
    }
}
