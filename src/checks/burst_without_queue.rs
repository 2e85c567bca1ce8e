//! A burst waits in a queue, and not at the store.

use super::{Check, Finding, Severity, Subject};
use crate::text::text;
use crate::topology::intakes;

pub static CHECK: Check = Check {
    code: "SV-007",
    severity: Severity::Low,
    title: text(
        "check.sv-007.title",
        "Requests that write to the store at once",
    ),
    why: text(
        "check.sv-007.why",
        "The sender waits for the store. What comes faster than it can write, or while it fails over, is answered with an error, and an order that nobody sends again is lost.",
    ),
    advice: text(
        "check.sv-007.advice",
        "Let the API hand requests to a queue, and work that off as fast as the store can take it.",
    ),
    reference: "REL04-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for it in intakes(subject.topology) {
        let (Some(taker), Some(store), None) = (&it.taker, &it.store, &it.queue) else {
            continue;
        };
        let message = text(
            "check.sv-007.message",
            "{function} writes what {api} takes in to {store} while the sender waits.",
        )
        .with("function", taker.as_str())
        .with("api", it.api.as_str())
        .with("store", store.as_str());
        let fix = subject.fix(
            &[(taker, "Environment"), (taker, "Code")],
            text("check.sv-007.fix", "Put a queue between them"),
            &[("burst.queue", &true)],
        );
        findings.push(Finding::new(&CHECK, [taker, store], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_path_without_a_queue() {
        assert_eq!(
            findings(&CHECK, "burst.enabled=true burst.queue=false", &[]),
            "OrdersTaker, OrdersTable: OrdersTaker writes what OrdersApi takes in to OrdersTable while the sender waits."
        );
        assert_eq!(findings(&CHECK, "burst.enabled=true", &[]), "");
    }
}
