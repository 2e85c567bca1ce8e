//! Graphs of what the alarms watch.

use super::{Describe, Figure, Glyph, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Dashboard {
        "DashboardBody" body: Value,
        "Tags" tags: Tags,
    }
}

impl Describe for Dashboard {
    const KIND: &'static str = "AWS::CloudWatch::Dashboard";
    const TITLE: Text = text("aws.dashboard", "CloudWatch dashboard");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Dashboard)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::monthly(
            text("meter.dashboard", "CloudWatch dashboard"),
            "CloudWatch",
            "dashboard",
            1.0,
        )]
    }
}
