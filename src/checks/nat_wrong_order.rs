//! First the route, then the gateway, and when that is deleted its address.

use super::nat_act::Act;
use super::nat_flow::{Flow, Step};
use super::nat_unsafe_close::{has_routes_before, removes_after};
use super::{Check, Finding, Severity, Subject};
use crate::text::{Text, text};

pub static CHECK: Check = Check {
    code: "CO-004",
    severity: Severity::Error,
    title: text(
        "check.co-004.title",
        "Scheduled NAT gateway taken away in the wrong order",
    ),
    why: text(
        "check.co-004.why",
        "AWS refuses to release an address that a gateway still has, which it has until it is deleted; and a route that outlives its gateway is a black hole for as long.",
    ),
    advice: text(
        "check.co-004.advice",
        "Remove the routes, delete the gateway, look until it is deleted, and then release its address.",
    ),
    reference: "EC2 API reference, ReleaseAddress; VPC user guide, delete a NAT gateway",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, flow) in subject.nat_flows() {
        for at in flow.doing(Act::Delete) {
            let Some(wrong) = wrong(flow, at) else {
                continue;
            };
            let message = wrong
                .with("step", flow.name(at))
                .with("machine", name.as_str());
            let fix = subject.undo([name]);
            findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
        }
    }
}

fn wrong(flow: &Flow, at: usize) -> Option<Text> {
    let looks = |it: &Step| it.act == Some(Act::FindGateways);
    let unseen = flow.reached(&flow.after(at), &looks);
    let mut releases = flow.doing(Act::Release);
    if releases.any(|it| unseen.get(it) == Some(&true)) {
        return Some(text(
            "check.co-004.early",
            "{machine} may release the address right after {step}, before the gateway is deleted.",
        ));
    }
    let releases: Vec<usize> = flow.doing(Act::Release).collect();
    if flow.leads(&releases, at, &|_| false) {
        return Some(text(
            "check.co-004.before",
            "{machine} releases the address before {step} deletes the gateway that has it.",
        ));
    }
    if !has_routes_before(flow, at) && removes_after(flow, at) {
        return Some(text(
            "check.co-004.route",
            "{step} of {machine} deletes the gateway before the routes to it are removed.",
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, inner, scheduled};
    use serde_json::json;

    #[test]
    fn flags_each_wrong_order() {
        let early = [inner("DeleteGateways.Next", json!("FindAddresses"))];
        assert_eq!(
            findings(&CHECK, &scheduled(""), &early),
            "NatSchedule: NatSchedule may release the address right after DeleteGateway, before the gateway is deleted."
        );
        let before = [inner("AllReleased.Default", json!("DeleteGateways"))];
        assert_eq!(
            findings(&CHECK, &scheduled("schedule.calls=sdk"), &before),
            "NatSchedule: NatSchedule releases the address before DeleteGateway deletes the gateway that has it."
        );
        let route = [
            inner("FindGateways.Next", json!("DeleteGateways")),
            inner("DeleteGateways.Next", json!("RemoveRoutes")),
            inner("RemoveRoutes.Next", json!("WaitDeleted")),
        ];
        assert_eq!(
            findings(&CHECK, &scheduled(""), &route),
            "NatSchedule: DeleteGateway of NatSchedule deletes the gateway before the routes to it are removed."
        );
    }

    #[test]
    fn accepts_the_order_as_it_is() {
        for settings in ["", "schedule.calls=sdk"] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
    }
}
