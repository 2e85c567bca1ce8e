//! NAT gateways are billed by started hours.

use super::week_plan::{meet, spread};
use super::windows_meet::machines;
use super::{Check, Finding, Fix, Severity, Subject};
use crate::aws::Name;
use crate::design::Setting;
use crate::text::text;
use crate::topology::{Opening, each_opening};

pub static CHECK: Check = Check {
    code: "CO-011",
    severity: Severity::Low,
    title: text(
        "check.co-011.title",
        "Window that pays for hours in which it is closed",
    ),
    why: text(
        "check.co-011.why",
        "A NAT gateway is billed for each hour that was begun: a window of 20 minutes costs as much as one of 60, and one of 61 minutes as much as two hours.",
    ),
    advice: text(
        "check.co-011.advice",
        "Let a window last whole hours, and bring short ones together.",
    ),
    reference: "COST08-BP01; VPC pricing, NAT gateways",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for machine in machines(topology) {
        let openings = each_opening(topology, machine).unwrap_or_default();
        // How long those are that close one another is CO-010's.
        if meet(&openings).is_some() {
            continue;
        }
        let mut told: Vec<u32> = Vec::new();
        for it in openings.into_iter().filter(|it| is_wasteful(*it)) {
            if told.contains(&it.minutes) {
                continue;
            }
            told.push(it.minutes);
            let message = text(
                "check.co-011.message",
                "A window of {machine} is open for {minutes} minutes and billed for {billed}.",
            )
            .with("machine", machine.as_str())
            .with("minutes", it.minutes)
            .with("billed", it.billed_hours() * 60);
            let fix = whole_hours(subject, machine);
            findings.push(Finding::new(&CHECK, [machine], message).with_fix(fix));
        }
    }
}

/// Less than an hour, or less than two thirds of what is billed.
fn is_wasteful(opening: Opening) -> bool {
    opening.minutes < 60 || opening.minutes * 3 < opening.billed_hours() * 60 * 2
}

/// A short one up to an hour, which costs no more, and a longer one down to those that are full.
fn whole_hours(subject: &Subject<'_>, machine: &Name) -> Option<Fix> {
    let mut windows = subject.design?.schedule.windows.clone();
    for it in &mut windows.0 {
        let opening = Opening {
            start: it.open,
            minutes: it.minutes,
        };
        if is_wasteful(opening) {
            it.minutes = (it.minutes / 60).max(1) * 60;
        }
    }
    if meet(&spread(&windows)).is_some() {
        return None;
    }
    let windows = windows.show();
    let title = text("check.co-011.fix", "Use {windows}").with("windows", &windows);
    subject.fix(
        &[(machine, "Definition")],
        title,
        &[("schedule.windows", &windows)],
    )
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::windows;

    #[test]
    fn flags_short_windows_and_hours_hardly_begun() {
        assert_eq!(
            windows(&CHECK, "daily 01:00-01:20"),
            "NatSchedule: A window of NatSchedule is open for 20 minutes and billed for 60."
        );
        assert_eq!(
            windows(&CHECK, "sat 01:00-02:01, sun 01:00-03:00"),
            "NatSchedule: A window of NatSchedule is open for 61 minutes and billed for 120."
        );
        for fine in ["sat 01:00-02:00", "sat 01:00-02:30", "daily 00:00-00:00"] {
            assert_eq!(windows(&CHECK, fine), "", "{fine}");
        }
    }
}
