//! The function that works the queue off, and the mapping by which Lambda calls it.

use super::program::{self, ORDER, Program};
use super::queue::QUEUE;
use super::{Design, Expansion, allow, writes};
use crate::aws::{EventSourceMapping, Value, list, map};
use crate::design::{BURST, Edit};
use crate::text::text;

pub const CONSUMER: &str = "OrdersConsumer";
pub const MAPPING: &str = "OrdersMapping";
const WORKING: &str = include_str!("consumer.py");

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let burst = &design.burst;
    let receiving = [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
    ];
    let consumer = Program {
        name: CONSUMER,
        tag: "orders-consumer",
        parts: vec![ORDER, program::store(design), WORKING],
        allowed: vec![
            allow(list(receiving), Value::att(QUEUE, "Arn")),
            writes(design),
        ],
        variables: Vec::new(),
        writes: true,
    };
    program::expand(consumer, design, to);
    let window = burst.window_s();
    to.add(
        BURST,
        MAPPING,
        EventSourceMapping {
            source: Some(Value::att(QUEUE, "Arn")),
            function: Value::reference(CONSUMER),
            batch: Some(burst.batch.get()),
            window: (window > 0).then_some(window),
            responses: vec!["ReportBatchItemFailures".into()],
            scaling: Some(map([("MaximumConcurrency", burst.concurrency.get().into())])),
            destination: None,
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.orders-mapping",
        "Lambda's own pollers receive from the queue, so that no poll leaves the VPC. The concurrency is capped here and not reserved on the function: a function that is throttled sends messages back, and those count as tries.",
    ));
    to.adjust(
        BURST,
        "OrdersConcurrency",
        "burst.concurrency",
        [(MAPPING, "ScalingConfig.MaximumConcurrency")],
    );
}
