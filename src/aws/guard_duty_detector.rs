//! Threat detection over the records of calls, connections and names. An account has one in a Region.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    GuardDutyDetector {
        "Enable" enabled: bool,
        "Features" features: Vec<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for GuardDutyDetector {
    const KIND: &'static str = "AWS::GuardDuty::Detector";
    const TITLE: Text = text("aws.guard-duty-detector", "Amazon GuardDuty");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::ThreatDetector)
    }

    fn meters(&self) -> Vec<Meter> {
        if !self.enabled {
            return Vec::new();
        }
        let meter = |item, dimension: &str, flow| Meter::flow(item, "GuardDuty", dimension, flow);
        vec![
            meter(
                text("meter.guard-duty-events", "GuardDuty, API events"),
                "cloudtrail_mgmt_events",
                Flow::ApiEvents,
            ),
            meter(
                text("meter.guard-duty-logs", "GuardDuty, flow and DNS logs"),
                "vpcflow_dns_first_500GB",
                Flow::ConnectionLogs,
            ),
        ]
    }
}
