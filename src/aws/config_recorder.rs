//! Writes down how every resource is configured, and each change of it. An account has one in a Region.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Value, typed};
use crate::text::{Text, text};

typed! {
    ConfigRecorder {
        "RoleARN" role: Value,
        "RecordingGroup" group: Option<Value>,
    }
}

impl Describe for ConfigRecorder {
    const KIND: &'static str = "AWS::Config::ConfigurationRecorder";
    const TITLE: Text = text("aws.config-recorder", "AWS Config");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Configuration)
    }

    fn meters(&self) -> Vec<Meter> {
        let item = text("meter.config-items", "AWS Config, configuration items");
        vec![Meter::flow(item, "Config", "configuration_item", Flow::ConfigurationItems)]
    }
}
