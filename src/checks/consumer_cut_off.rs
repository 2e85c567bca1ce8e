//! Whoever works a queue off reaches what it asks and what it writes to.

use std::fmt::Display;

use super::{Check, Finding, Fix, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, Queue};
use crate::text::text;
use crate::topology::traffic::{all_up, trace, usual_port};
use crate::topology::{Topology, intakes, is_table};

pub static CHECK: Check = Check {
    code: "SV-028",
    severity: Severity::Error,
    title: text("check.sv-028.title", "Consumer that reaches no store"),
    why: text(
        "check.sv-028.why",
        "The queue takes orders and nothing comes of them: each run waits for a connection that is never made, until the message goes to the dead letters.",
    ),
    advice: text(
        "check.sv-028.advice",
        "Give the consumers' subnets a gateway endpoint for DynamoDB, an interface endpoint for what else they call, or a NAT gateway, and let their security group out.",
    ),
    reference: "REL02; Lambda developer guide, giving Lambda functions access to resources in an Amazon VPC",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for it in intakes(topology) {
        let Some(writer) = it.consumer.as_ref().or(it.taker.as_ref()) else {
            continue;
        };
        // Lambda's own pollers ask the queue for a function.
        let asks = topology.named::<AutoScalingGroup>(writer).is_some();
        let queue = it.queue.as_ref().filter(|_| asks);
        let reason = |called: &Name| {
            let port = usual_port(topology, called);
            trace(topology, writer, called, port, &all_up).reason
        };
        let called = queue.into_iter().chain(&it.store);
        let unreached: Vec<_> = called.filter_map(|it| Some((it, reason(it)?))).collect();
        let keys: Vec<_> = unreached
            .iter()
            .map(|(it, _)| endpoint(topology, it))
            .collect();
        for (called, reason) in &unreached {
            let message = text(
                "check.sv-028.message",
                "{consumer} does not reach {called}: {reason}.",
            )
            .with("consumer", writer.as_str())
            .with("called", called.as_str())
            .with("reason", reason.words());
            let fix = way_out(subject, &keys);
            findings.push(Finding::new(&CHECK, [writer, *called], message).with_fix(fix));
        }
    }
}

/// The option whose endpoint leads to what is called, where there is one.
fn endpoint(topology: &Topology, called: &str) -> Option<&'static str> {
    if is_table(topology, called) {
        Some("endpoints.dynamodb")
    } else {
        let queue = topology.named::<Queue>(called);
        queue.map(|_| "endpoints.sqs")
    }
}

/// Every endpoint that is lacking, for one alone would leave the others unreached.
fn way_out(subject: &Subject<'_>, keys: &[Option<&'static str>]) -> Option<Fix> {
    let keys: Option<Vec<&str>> = keys.iter().copied().collect();
    let keys = keys?;
    let options: Vec<(&str, &dyn Display)> =
        keys.iter().map(|it| (*it, &true as &dyn Display)).collect();
    let title = text("check.sv-028.fix", "Add the endpoint");
    subject.fix(&[], title, &options)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_consumers_without_a_way() {
        let found =
            |settings: &str| findings(&CHECK, &format!("burst.enabled=true {settings}"), &[]);
        let cut = "network.tiers=1 application.enabled=false";
        assert!(found(cut).starts_with(
            "OrdersConsumer, OrdersTable: OrdersConsumer does not reach OrdersTable: "
        ));
        assert_eq!(found(&format!("{cut} endpoints.dynamodb=true")), "");
        let instances = found(&format!("{cut} burst.consumer=instances"));
        assert_eq!(instances.lines().count(), 2);
        assert_eq!(found(""), "");
    }
}
