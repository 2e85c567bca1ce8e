//! An SQS queue.

use super::{Describe, Figure, Glyph, Home, Tags, typed};
use crate::text::{Text, text};

typed! {
    Queue {
        /// Seconds that a message is kept, 60 to 1,209,600; AWS's default is four days.
        "MessageRetentionPeriod" retention: Option<u32>,
        /// Encryption with keys of SQS, at no charge.
        "SqsManagedSseEnabled" encrypted: Option<bool>,
        "Tags" tags: Tags,
    }
}

impl Describe for Queue {
    const KIND: &'static str = "AWS::SQS::Queue";
    const TITLE: Text = text("aws.queue", "SQS queue");
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const REF: &'static str = "Url";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Queue)
    }
}
