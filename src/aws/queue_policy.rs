//! Who may send to queues and receive from them.

use super::{Describe, Figure, Home, Value, policy, typed};
use crate::text::{Text, text};

typed! {
    QueuePolicy {
        /// URLs of the queues.
        "Queues" queues: Vec<Value>,
        "PolicyDocument" document: Value,
    }
}

impl QueuePolicy {
    /// Its statements.
    pub fn statements(&self) -> &[Value] {
        policy::statements(&self.document)
    }
}

impl Describe for QueuePolicy {
    const KIND: &'static str = "AWS::SQS::QueuePolicy";
    const TITLE: Text = text("aws.queue-policy", "SQS queue policy");

    fn home(&self) -> Home {
        let queue = self.queues.first().and_then(Value::named);
        queue.map_or(Home::Region, |it| Home::With(it.clone()))
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
