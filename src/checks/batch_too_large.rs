//! A run gets through its batch before it is cut off.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{EventSourceMapping, Function, Queue};
use crate::design::FlashSale;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-029",
    severity: Severity::Medium,
    title: text(
        "check.sv-029.title",
        "Batches larger than a run gets through",
    ),
    why: text(
        "check.sv-029.why",
        "What a run does not come to goes back to the queue and counts as received. As soon as many messages wait, every run leaves the same share untried, until those messages end among the dead letters without ever having failed.",
    ),
    advice: text(
        "check.sv-029.advice",
        "Take fewer messages into a batch, or let the function run for longer. The time for a message is one of the sale's assumptions: set it to what you measure.",
    ),
    reference: "Lambda developer guide, creating and configuring an Amazon SQS event source mapping",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // How long a message takes is known of a design alone.
    let Some(design) = subject.design else {
        return;
    };
    let each_ms = design.sale.write_ms.get();
    let topology = subject.topology;
    for (name, mapping) in topology.all::<EventSourceMapping>() {
        let queue = mapping
            .polls()
            .filter(|it| topology.named::<Queue>(it).is_some());
        let (Some(queue), Some(function)) = (queue, mapping.calls()) else {
            continue;
        };
        let Some(timeout_s) = topology
            .named::<Function>(function)
            .map(Function::timeout_s)
        else {
            continue;
        };
        let run_ms = timeout_s.saturating_mul(1000);
        let fit = run_ms.saturating_sub(FlashSale::RUN_MS) / each_ms;
        if mapping.batch() <= fit {
            continue;
        }
        let message = text(
            "check.sv-029.message",
            "{function} gets up to {batch} messages of {queue} at once; at {each} ms for each, by the assumptions, it gets through {fit} in its {timeout} s.",
        )
        .with("function", function.as_str())
        .with("batch", mapping.batch())
        .with("queue", queue.as_str())
        .with("each", each_ms)
        .with("fit", fit)
        .with("timeout", timeout_s);
        let claims = [(name, "BatchSize"), (function, "Timeout")];
        let title = text("check.sv-029.fix", "Take {fit} into a batch").with("fit", fit);
        let fix = (fit > 0).then(|| subject.fix(&claims, title, &[("burst.batch", &fit)]));
        findings.push(Finding::new(&CHECK, [name, function], message).with_fix(fix.flatten()));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_what_a_run_does_not_come_to() {
        let burst = |more: &str| findings(&CHECK, &format!("burst.enabled=true {more}"), &[]);
        assert_eq!(
            burst("burst.batch=201"),
            "OrdersMapping, OrdersConsumer: OrdersConsumer gets up to 201 messages of OrdersQueue at once; at 150 ms for each, by the assumptions, it gets through 199 in its 30 s."
        );
        assert_ne!(burst("burst.batch=200"), "");
        assert_eq!(burst("burst.batch=199"), "");
        assert_eq!(burst("burst.batch=201 burst.function_seconds=31"), "");
        assert_eq!(burst("burst.batch=201 sale.write_ms=149"), "");
        assert_ne!(burst("sale.write_ms=60000"), "");
        assert_eq!(burst("burst.batch=10000 burst.consumer=instances"), "");
    }
}
