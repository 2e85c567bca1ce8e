//! What every rule for schedules does with those that lack something.

use super::{Check, Finding, Subject};
use crate::aws::Schedule;
use crate::text::Text;

/// Finds the schedules that lack something; each finding takes back the edit that took it away.
pub(super) fn lacking(
    check: &'static Check,
    message: Text,
    lacks: fn(&Schedule) -> bool,
    subject: &Subject<'_>,
    findings: &mut Vec<Finding>,
) {
    let all = subject.topology.all::<Schedule>();
    for (name, _) in all.filter(|(_, it)| lacks(it)) {
        let message = message.with("schedule", name.as_str());
        findings.push(Finding::new(check, [name], message).with_fix(subject.undo([name])));
    }
}
