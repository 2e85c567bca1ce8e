//! An SQS queue.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Name, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Queue {
        "QueueName" name: Option<Value>,
        /// Seconds that a message is kept, 60 to 1,209,600; AWS's default is four days.
        "MessageRetentionPeriod" retention: Option<u32>,
        /// Encryption with keys of SQS, at no charge.
        "SqsManagedSseEnabled" encrypted: Option<bool>,
        /// Seconds that a received message is hidden from others; AWS's default is 30.
        "VisibilityTimeout" visibility: Option<u32>,
        /// `{deadLetterTargetArn, maxReceiveCount}`
        "RedrivePolicy" redrive: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl Queue {
    /// Seconds that a received message is hidden from others (SQS developer guide, visibility timeout).
    pub fn visibility_s(&self) -> u32 {
        self.visibility.unwrap_or(30)
    }

    /// Seconds that a message is kept (SQS developer guide, queue parameters).
    pub fn retention_s(&self) -> u32 {
        self.retention.unwrap_or(4 * 86_400)
    }

    /// The queue that takes what nobody can work off.
    pub fn dead_letters(&self) -> Option<&Name> {
        self.redrive.as_ref()?.get("deadLetterTargetArn")?.named()
    }

    /// How often a message is received before it goes there.
    pub fn receives(&self) -> Option<u32> {
        let it = self.redrive.as_ref()?.get("maxReceiveCount")?;
        it.as_number().or_else(|| it.as_str()?.parse().ok()).map(|it| it as u32)
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

    fn meters(&self) -> Vec<Meter> {
        let requests = text("meter.queue-requests", "Requests to SQS queues");
        vec![Meter::flow(requests, "SQS", "standard", Flow::QueueRequests)]
    }
}
