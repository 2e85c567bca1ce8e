//! A record of every connection in the VPC.

use super::{Describe, Figure, Glyph, Home, Id, Tags, Value, Vpc, typed};
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
}
