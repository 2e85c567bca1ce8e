//! What closes one window takes the gateway from another that is open.

use super::week_plan::{meet, merged, shown};
use super::{Check, Finding, Fix, Severity, Subject};
use crate::aws::{Name, Schedule};
use crate::design::{Gateways, Setting};
use crate::text::text;
use crate::topology::{Topology, each_opening, temporaries};

pub static CHECK: Check = Check {
    code: "CO-010",
    severity: Severity::High,
    title: text("check.co-010.title", "Windows that close one another"),
    why: text(
        "check.co-010.why",
        "There is one set of gateways: when the first of two windows that overlap closes, it is gone from the second too. Where one closes in the minute in which the other opens, only one of the two runs has its way.",
    ),
    advice: text("check.co-010.advice", "Make one window of those that meet."),
    reference: "EventBridge Scheduler user guide, schedule types",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for machine in machines(topology) {
        let Some((one, other)) = each_opening(topology, machine).and_then(|it| meet(&it)) else {
            continue;
        };
        let message = text("check.co-010.message", "{machine}: the window that opens {first} is not over, or has just closed, when the one of {second} opens.")
            .with("machine", machine.as_str())
            .with("first", shown(one.start))
            .with("second", shown(other.start));
        let fix = apart(subject, machine);
        findings.push(Finding::new(&CHECK, [machine], message).with_fix(fix));
    }
}

/// State machines that make gateways.
pub fn machines(topology: &Topology) -> Vec<&Name> {
    let mut found: Vec<&Name> = Vec::new();
    for it in temporaries(topology) {
        let node = topology.node(&it.machine).map(|it| &it.name);
        found.extend(node.filter(|it| !found.contains(it)));
    }
    found
}

fn apart(subject: &Subject<'_>, machine: &Name) -> Option<Fix> {
    let schedules = subject.topology.all::<Schedule>();
    let its = schedules.filter(|(_, it)| it.called() == Some(machine));
    let claims: Vec<_> = its.map(|(name, _)| (name, "ScheduleExpression")).collect();
    if let Some(fix) = subject.release(&claims) {
        return Some(fix);
    }
    match merged(&subject.design?.schedule.windows) {
        Some(windows) => {
            let windows = windows.show();
            let title = text("check.co-010.fix", "Use {windows}").with("windows", &windows);
            subject.fix(&claims, title, &[("schedule.windows", &windows)])
        }
        None => standing(subject, machine),
    }
}

/// As many gateways, but always there.
pub fn standing(subject: &Subject<'_>, machine: &Name) -> Option<Fix> {
    let (title, nat) = match subject.design?.schedule.gateways {
        Gateways::One => (
            text("check.co-010.fix-single", "Use one NAT gateway that stays"),
            "single",
        ),
        Gateways::PerZone => (
            text(
                "check.co-010.fix-each",
                "Use a NAT gateway in each zone that stays",
            ),
            "per-az",
        ),
    };
    subject.fix(&[(machine, "Definition")], title, &[("network.nat", &nat)])
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::windows;

    #[test]
    fn flags_windows_that_overlap_or_touch() {
        assert_eq!(
            windows(&CHECK, "sat 01:00-03:00, sat 02:00-04:00"),
            "NatSchedule: NatSchedule: the window that opens SAT 01:00 is not over, or has just closed, when the one of SAT 02:00 opens."
        );
        assert_eq!(
            windows(&CHECK, "daily 00:00-00:00"),
            "NatSchedule: NatSchedule: the window that opens MON 00:00 is not over, or has just closed, when the one of TUE 00:00 opens."
        );
        assert_eq!(windows(&CHECK, "daily 01:00-03:00, sat 05:00-06:00"), "");
    }
}
