//! Somebody looks for what an aborted run has left.

use super::nat_act::{Act, calls_of, program};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, Name, Schedule};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "CO-013",
    severity: Severity::Medium,
    title: text(
        "check.co-013.title",
        "Nobody looks for NAT gateways that were left behind",
    ),
    why: text(
        "check.co-013.why",
        "A run that is stopped by hand, a closing that never started: no state of the machine cleans up after these. The gateway stays, and is billed with its address, until somebody reads the bill.",
    ),
    advice: text(
        "check.co-013.advice",
        "Look every hour for gateways and addresses with the stack's tag that no open window explains, and close once more.",
    ),
    reference: "COST04-BP03; REL05 (design interactions to mitigate failures)",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, flow) in subject.nat_flows() {
        if !flow.does(Act::Create) || is_swept(topology, name) {
            continue;
        }
        let message = text(
            "check.co-013.message",
            "What a stopped run of {machine} leaves behind stays: nothing looks for it.",
        )
        .with("machine", name.as_str());
        let title = text("check.co-013.fix", "Look every 60 minutes");
        let fix = subject
            .design
            .filter(|it| it.schedule.sweep.get() == 0)
            .and_then(|_| {
                subject.fix(
                    &[(name, "Definition")],
                    title,
                    &[("schedule.sweep_minutes", &60)],
                )
            });
        let functions = topology.all::<Function>().map(|(name, _)| name);
        let taken_out = || subject.undo(functions.chain([name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix.or_else(taken_out)));
    }
}

/// Whether a schedule calls a function that looks for gateways. A program that is not in the template may do so.
fn is_swept(topology: &Topology, machine: &Name) -> bool {
    topology.all::<Schedule>().any(|(_, it)| {
        let Some(name) = it.called() else {
            return false;
        };
        let Some(function) = topology.named::<Function>(name) else {
            return false;
        };
        let looks = program(function).is_none_or(|it| calls_of(&it).contains(&Act::FindGateways));
        let node = topology.node(name);
        looks && node.is_some_and(|it| it.references().contains(machine))
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove, scheduled};

    #[test]
    fn flags_a_machine_without_a_sweeper() {
        let expected = "NatSchedule: What a stopped run of NatSchedule leaves behind stays: nothing looks for it.";
        assert_eq!(
            findings(&CHECK, &scheduled("schedule.sweep_minutes=0"), &[]),
            expected
        );
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[remove("SweepSchedule")]),
            expected
        );
        assert_eq!(findings(&CHECK, &scheduled("schedule.calls=sdk"), &[]), "");
    }
}
