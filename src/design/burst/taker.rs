//! The function behind the API: it looks at an order, and hands it to the queue or writes it at once.

use super::program::{self, ORDER, Program};
use super::queue::QUEUE;
use super::{Design, Expansion, allow, writes};
use crate::aws::{FunctionPermission, Value, properties};
use crate::design::BURST;

pub const TAKER: &str = "OrdersTaker";
const TO_QUEUE: &str = include_str!("to_queue.py");
const TO_STORE: &str = include_str!("to_store.py");
const TAKING: &str = include_str!("taker.py");

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let (parts, allowed, variables) = if design.burst.queue {
        (
            vec![ORDER, TO_QUEUE, TAKING],
            allow("sqs:SendMessage".into(), Value::att(QUEUE, "Arn")),
            properties([("QUEUE", Value::reference(QUEUE))]),
        )
    } else {
        (
            vec![ORDER, program::store(design), TO_STORE, TAKING],
            writes(design),
            Vec::new(),
        )
    };
    let taker = Program {
        name: TAKER,
        tag: "orders-taker",
        parts,
        allowed: vec![allowed],
        variables,
        writes: !design.burst.queue,
    };
    program::expand(taker, design, to);
    let arn = format!(
        "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{}}}/*/POST/{}",
        super::api::API,
        super::api::PATH
    );
    to.add(
        BURST,
        "OrdersTakerPermission",
        FunctionPermission {
            function: Value::reference(TAKER),
            action: "lambda:InvokeFunction".into(),
            principal: "apigateway.amazonaws.com".into(),
            source: Some(Value::sub(arn)),
            rest: Vec::new(),
        },
    );
}
