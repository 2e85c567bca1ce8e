//! A gateway that is there nearly always costs less if it stays.

use super::week_plan::meet;
use super::windows_meet::{machines, standing};
use super::{Check, Finding, Severity, Subject};
use crate::text::text;
use crate::topology::openings;

pub static CHECK: Check = Check {
    code: "CO-012",
    severity: Severity::Low,
    title: text("check.co-012.title", "Windows that save next to nothing"),
    why: text(
        "check.co-012.why",
        "What opens and closes has a price of its own, alarms most of all. It is worth it only where the gateway is away for some hours of each week; and each closing is a chance for something to go wrong.",
    ),
    advice: text(
        "check.co-012.advice",
        "Let the NAT gateway stay, or close it for longer.",
    ),
    reference: "COST05-BP05; VPC pricing, NAT gateways",
    run,
};

/// Billed hours of a week from which the saving is less than what opens and closes costs: in none of the nine Regions do two
/// hours a week without a gateway and its address save the 0.70 USD a month of seven alarms.
const LEAST: u32 = 166;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for machine in machines(topology) {
        let openings = openings(topology, machine).unwrap_or_default();
        let hours: u32 = openings.iter().map(|it| it.billed_hours()).sum();
        if hours < LEAST || meet(&openings).is_some() {
            continue;
        }
        let message = text(
            "check.co-012.message",
            "The windows of {machine} are billed for {hours} of the 168 hours of a week.",
        )
        .with("machine", machine.as_str())
        .with("hours", hours);
        let fix = standing(subject, machine);
        findings.push(Finding::new(&CHECK, [machine], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::windows;

    #[test]
    fn flags_windows_that_are_open_nearly_always() {
        assert_eq!(
            windows(&CHECK, "daily 00:30-00:00"),
            "NatSchedule: The windows of NatSchedule are billed for 168 of the 168 hours of a week."
        );
        assert_eq!(windows(&CHECK, "daily 01:00-00:00"), "");
    }
}
