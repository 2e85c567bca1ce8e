//! A few lines of JavaScript that CloudFront runs for every request of a behavior, at the edge location.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Value, typed};
use crate::text::{Text, text};

typed! {
    EdgeFunction {
        "Name" name: Value,
        "AutoPublish" publishes: bool,
        "FunctionCode" code: String,
        "FunctionConfig" config: Value,
    }
}

impl Describe for EdgeFunction {
    const KIND: &'static str = "AWS::CloudFront::Function";
    const TITLE: Text = text("aws.edge-function", "CloudFront function");
    const ATTRIBUTE: Option<&'static str> = Some("FunctionARN");

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Function)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::flow(
            text("meter.edge-function", "CloudFront Functions: runs"),
            "CloudFront",
            "function_invocations",
            Flow::EdgeRuns,
        )]
    }
}
