//! A message is tried more than once.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Queue;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-025",
    severity: Severity::Low,
    title: text(
        "check.sv-025.title",
        "Messages that are given up at the first failure",
    ),
    why: text(
        "check.sv-025.why",
        "A run that is throttled, a failover or a deployment is reason enough for a message to end among the dead letters, from where somebody has to bring it back.",
    ),
    advice: text(
        "check.sv-025.advice",
        "Let a message be received about five times before it is given up.",
    ),
    reference: "REL05-BP03; SQS developer guide, dead-letter queues",
    run,
};

/// What [the option](crate::design::Burst) starts with.
const USUAL: u32 = 5;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, queue) in subject.topology.all::<Queue>() {
        if queue.receives().is_none_or(|it| it > 1) {
            continue;
        }
        let message = text(
            "check.sv-025.message",
            "A message of {queue} that fails once is given up.",
        )
        .with("queue", name.as_str());
        let fix = subject.fix(
            &[(name, "RedrivePolicy")],
            text("check.sv-025.fix", "Try {times} times").with("times", USUAL),
            &[("burst.receives", &USUAL)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_single_try() {
        assert_eq!(
            findings(&CHECK, "burst.enabled=true burst.receives=1", &[]),
            "OrdersQueue: A message of OrdersQueue that fails once is given up."
        );
        assert_eq!(
            findings(&CHECK, "burst.enabled=true burst.receives=2", &[]),
            ""
        );
    }
}
