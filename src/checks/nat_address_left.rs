//! Deleting a NAT gateway does not release its address.

use super::nat_act::Act;
use super::nat_flow::{Flow, Step};
use super::{Check, Finding, Severity, Subject};
use crate::aws::Name;
use crate::text::{Message, text};

pub static CHECK: Check = Check {
    code: "CO-003",
    severity: Severity::High,
    title: text(
        "check.co-003.title",
        "Elastic IP left behind by a scheduled NAT gateway",
    ),
    why: text(
        "check.co-003.why",
        "A deleted gateway leaves its address, and an opening that fails leaves the one that it allocated: each costs 3.65 USD a month for ever, and after five of them an account gets no more.",
    ),
    advice: text(
        "check.co-003.advice",
        "After the gateway is deleted, and after every failure, find the addresses that carry the stack's tag and release them.",
    ),
    reference: "VPC user guide, delete a NAT gateway; COST04-BP03",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.nat_flows().any(|(_, it)| it.does(Act::Allocate)) {
        return;
    }
    for (name, flow) in subject.nat_flows() {
        let deleted = flow
            .doing(Act::Delete)
            .filter(|it| leaves(flow, &flow.after(*it)));
        for at in deleted {
            let message = text(
                "check.co-003.deleted",
                "After {step} of {machine} a run may end without releasing the address that it allocated.",
            );
            findings.push(finding(subject, name, flow, at, message.into()));
        }
        let failed = flow.doing(Act::Create).filter(|at| {
            let on_error = flow.steps.get(*at).map_or(&[][..], |it| &it.on_error);
            is_allocated(flow, *at) && (on_error.is_empty() || leaves(flow, on_error))
        });
        for at in failed {
            let message = text(
                "check.co-003.failed",
                "Where {step} of {machine} fails, the address that was allocated for it is not released.",
            );
            findings.push(finding(subject, name, flow, at, message.into()));
        }
    }
}

/// Whether a run may end without having looked after addresses.
fn leaves(flow: &Flow, from: &[usize]) -> bool {
    let released = |it: &Step| it.act.is_some_and(Act::is_of_release);
    !flow.does(Act::Release) || flow.ends(from, &released)
}

fn is_allocated(flow: &Flow, at: usize) -> bool {
    let allocations: Vec<usize> = flow.doing(Act::Allocate).collect();
    flow.leads(&allocations, at, &|_| false)
}

fn finding(
    subject: &Subject<'_>,
    name: &Name,
    flow: &Flow,
    at: usize,
    message: Message,
) -> Finding {
    let message = message
        .with("step", flow.name(at))
        .with("machine", name.as_str());
    Finding::new(&CHECK, [name], message).with_fix(subject.undo([name]))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, inner, scheduled};
    use serde_json::json;

    #[test]
    fn flags_an_address_that_stays_after_closing_and_after_a_failure() {
        let skip = inner("IsDeleted.Choices.0.Next", json!("HowItEnded"));
        assert_eq!(
            findings(&CHECK, &scheduled(""), std::slice::from_ref(&skip)),
            "NatSchedule: After DeleteGateway of NatSchedule a run may end without releasing the address that it allocated.\n\
             NatSchedule: Where CreateGateway of NatSchedule fails, the address that was allocated for it is not released."
        );
        let failed = inner("OpenFailed.Next", json!("HowItEnded"));
        assert_eq!(
            findings(&CHECK, &scheduled("schedule.calls=sdk"), &[failed]),
            "NatSchedule: Where CreateGateway of NatSchedule fails, the address that was allocated for it is not released."
        );
    }

    #[test]
    fn accepts_both_ways_of_calling() {
        for settings in ["", "schedule.calls=sdk", "schedule.keep_address=true"] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
    }
}
