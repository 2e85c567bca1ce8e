//! Where alarms are told to; people subscribe.

use super::{Describe, Figure, Glyph, Home, Tags, typed};
use crate::text::{Text, text};

typed! {
    Topic {
        "Tags" tags: Tags,
    }
}

impl Describe for Topic {
    const KIND: &'static str = "AWS::SNS::Topic";
    const TITLE: Text = text("aws.topic", "SNS topic");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Topic)
    }
}
