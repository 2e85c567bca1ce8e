//! The queue of orders, and the one that takes what nobody can work off.

use super::Design;
use crate::aws::{Queue, QueuePolicy, Value, list, map, properties};
use crate::design::policy::policy;
use crate::design::{BURST, Edit, Expansion};
use crate::text::text;
use crate::topology::Keep;

pub const QUEUE: &str = "OrdersQueue";
pub const DEAD_LETTERS: &str = "OrdersDeadLetters";
/// The queue's name: the dead letters' policy names its ARN, and could not refer to what refers to it.
const NAME: &str = "${AWS::StackName}-orders";
/// Seconds that SQS keeps a message at most: 14 days.
const LONGEST_S: u32 = 1_209_600;
/// Seconds that an order may wait.
const RETENTION_S: u32 = 345_600;

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let arn = format!("arn:${{AWS::Partition}}:sqs:${{AWS::Region}}:${{AWS::AccountId}}:{NAME}");
    let dead = Queue {
        name: None,
        retention: Some(LONGEST_S),
        encrypted: Some(true),
        visibility: None,
        redrive: None,
        tags: to.tags("orders-dead-letters"),
        rest: properties([(
            "RedriveAllowPolicy",
            map([
                ("redrivePermission", "byQueue".into()),
                ("sourceQueueArns", list([Value::sub(arn)])),
            ]),
        )]),
    };
    let node = to.add(BURST, DEAD_LETTERS, dead);
    node.keep = Some(Keep::Delete);
    let receives = design.burst.receives.get();
    let queue = Queue {
        name: Some(Value::sub(NAME)),
        retention: Some(RETENTION_S),
        encrypted: Some(true),
        visibility: Some(design.burst.visibility_s()),
        redrive: Some(map([
            ("deadLetterTargetArn", Value::att(DEAD_LETTERS, "Arn")),
            ("maxReceiveCount", receives.into()),
        ])),
        tags: to.tags("orders"),
        rest: Vec::new(),
    };
    let node = to.add(BURST, QUEUE, queue);
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.orders-queue",
        "A received message is hidden for six times the consumer's timeout: shorter, and a retry of Lambda's own would meet the message a second time. What has failed so often goes to the dead letters, which keep it for 14 days.",
    ));
    let encrypted = |name: &str| {
        map([
            ("Sid", format!("{name}OverTlsAlone").into()),
            ("Effect", "Deny".into()),
            ("Principal", "*".into()),
            ("Action", "sqs:*".into()),
            ("Resource", Value::att(name, "Arn")),
            (
                "Condition",
                map([("Bool", map([("aws:SecureTransport", "false".into())]))]),
            ),
        ])
    };
    for name in [QUEUE, DEAD_LETTERS] {
        to.add(
            BURST,
            format!("{name}Policy"),
            QueuePolicy {
                queues: vec![Value::reference(name)],
                document: policy([encrypted(name)]),
                rest: Vec::new(),
            },
        );
    }
    to.adjust(
        BURST,
        "OrdersReceives",
        "burst.receives",
        [(QUEUE, "RedrivePolicy.maxReceiveCount")],
    );
}
