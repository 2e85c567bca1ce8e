//! On the way down the route goes first, and somebody waits until the gateway is gone.

use super::nat_act::Act;
use super::nat_flow::{Flow, Step};
use super::{Check, Finding, Severity, Subject};
use crate::text::{Message, text};

pub static CHECK: Check = Check {
    code: "CO-002",
    severity: Severity::High,
    title: text(
        "check.co-002.title",
        "Scheduled NAT gateway that is not closed safely",
    ),
    why: text(
        "check.co-002.why",
        "A gateway takes minutes to be deleted. Who does not wait cannot release its address and does not notice one that is stuck; a route that stays sends packets to where nobody answers, and stands in the way of the next opening.",
    ),
    advice: text(
        "check.co-002.advice",
        "Remove the routes, delete the gateway, look until it is deleted, and then release its address.",
    ),
    reference: "VPC user guide, delete a NAT gateway",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, flow) in subject.nat_flows() {
        for at in flow.doing(Act::Delete) {
            let step = flow.name(at);
            let mut tell = |message: Message| {
                let message = message.with("step", step).with("machine", name.as_str());
                let fix = subject.undo([name]);
                findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
            };
            if !has_routes_before(flow, at) && !removes_after(flow, at) {
                tell(text("check.co-002.routes", "{step} of {machine} deletes a NAT gateway on a way that has not looked at its routes.").into());
            }
            if !is_watched(flow, at) {
                tell(text("check.co-002.wait", "After {step} of {machine} a run may end without having looked whether the gateway is deleted.").into());
            }
        }
    }
}

/// Whether every way to a step has looked at routes, or changed them.
pub fn has_routes_before(flow: &Flow, at: usize) -> bool {
    let of_routes = |it: &Step| it.act.is_some_and(Act::is_of_routes);
    flow.does(Act::RemoveRoute) && !flow.leads(&[flow.start], at, &of_routes)
}

/// Whether routes are removed after a step; before it is the order that is wrong.
pub fn removes_after(flow: &Flow, at: usize) -> bool {
    let reached = flow.reached(&flow.after(at), &|_| false);
    let mut removals = flow.doing(Act::RemoveRoute);
    removals.any(|it| reached.get(it) == Some(&true))
}

/// Whether every way on from a step looks at gateways again, and can wait and look once more. Where an address is released
/// without a look, it is the order that is wrong.
fn is_watched(flow: &Flow, at: usize) -> bool {
    let looks = |it: &Step| it.act == Some(Act::FindGateways);
    let too_early = |it: &Step| looks(it) || it.act == Some(Act::Release);
    let after = flow.after(at);
    if flow.ends(&after, &too_early) {
        return false;
    }
    let reached = flow.reached(&after, &|_| false);
    let mut found = flow
        .doing(Act::FindGateways)
        .filter(|it| reached.get(*it) == Some(&true))
        .peekable();
    found.peek().is_none() || found.any(|it| waits(flow, it))
}

/// Whether a step is come to again after a wait.
fn waits(flow: &Flow, at: usize) -> bool {
    let reached = flow.reached(&flow.after(at), &|_| false);
    let waits = (0..flow.steps.len()).filter(|it| {
        let waits = flow.steps.get(*it).is_some_and(|it| it.waits);
        waits && reached.get(*it) == Some(&true)
    });
    let waits: Vec<usize> = waits.collect();
    flow.leads(&waits, at, &|_| false)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, inner, scheduled};
    use serde_json::json;

    #[test]
    fn flags_a_way_down_without_routes_and_without_a_wait() {
        let routes = inner("FindGateways.Next", json!("DeleteGateways"));
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[routes]),
            "NatSchedule: DeleteGateway of NatSchedule deletes a NAT gateway on a way that has not looked at its routes."
        );
        let wait = inner("DeleteGateways.Next", json!("HowItEnded"));
        assert_eq!(
            findings(&CHECK, &scheduled("schedule.calls=sdk"), &[wait]),
            "NatSchedule: After DeleteGateway of NatSchedule a run may end without having looked whether the gateway is deleted."
        );
    }

    #[test]
    fn accepts_both_ways_of_calling() {
        for settings in [
            "",
            "schedule.calls=sdk",
            "schedule.gateways=per-az schedule.keep_address=true",
        ] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
