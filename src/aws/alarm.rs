//! A metric, a threshold and whom to tell.

use super::{Describe, Figure, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Alarm {
        "AlarmDescription" description: Option<String>,
        "Namespace" namespace: Option<String>,
        "MetricName" metric: Option<String>,
        "AlarmActions" actions: Vec<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for Alarm {
    const KIND: &'static str = "AWS::CloudWatch::Alarm";
    const TITLE: Text = text("aws.alarm", "CloudWatch alarm");
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(super::Glyph::Alarm)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::monthly(
            text("meter.alarm", "CloudWatch alarms"),
            "CloudWatch",
            "standard_alarm",
            1.0,
        )]
    }
}
