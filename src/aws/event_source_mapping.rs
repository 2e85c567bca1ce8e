//! Lambda polls a queue, or a stream, and calls a function with what it finds.

use super::{Describe, Figure, Home, Name, Value, typed};
use crate::text::{Text, text};

typed! {
    EventSourceMapping {
        "EventSourceArn" source: Option<Value>,
        "FunctionName" function: Value,
        /// Messages that a run gets at most; AWS's default is 10 for queues.
        "BatchSize" batch: Option<u32>,
        /// Seconds that Lambda gathers messages for a run; more than 10 messages need 1 at least.
        "MaximumBatchingWindowInSeconds" window: Option<u32>,
        /// `ReportBatchItemFailures`: a run says which messages it could not work off.
        "FunctionResponseTypes" responses: Vec<String>,
        /// `{MaximumConcurrency}`, 2 to 1,000, for queues alone.
        "ScalingConfig" scaling: Option<Value>,
        "DestinationConfig" destination: Option<Value>,
    }
}

impl EventSourceMapping {
    /// Messages that a run gets at most (Lambda API reference, CreateEventSourceMapping).
    pub fn batch(&self) -> u32 {
        self.batch.unwrap_or(10)
    }

    /// The node that it polls.
    pub fn polls(&self) -> Option<&Name> {
        self.source.as_ref()?.named()
    }

    /// The function that it calls, of those in the topology.
    pub fn calls(&self) -> Option<&Name> {
        self.function.named()
    }

    /// Whether a failed message comes back alone, without those of its batch that went well.
    pub fn reports_failures(&self) -> bool {
        self.responses.iter().any(|it| it == "ReportBatchItemFailures")
    }

    /// Runs at once that it keeps to.
    pub fn concurrency(&self) -> Option<u32> {
        match self.scaling.as_ref()?.get("MaximumConcurrency")? {
            Value::Int(it) => u32::try_from(*it).ok(),
            _ => None,
        }
    }
}

impl Describe for EventSourceMapping {
    const KIND: &'static str = "AWS::Lambda::EventSourceMapping";
    const TITLE: Text = text("aws.event-source-mapping", "Lambda event source mapping");

    fn home(&self) -> Home {
        self.calls().map_or(Home::Region, |it| Home::With(it.clone()))
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
