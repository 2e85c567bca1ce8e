//! A run that hangs must end.

use super::{Check, Finding, Severity, Subject};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-015",
    severity: Severity::Medium,
    title: text(
        "check.sv-015.title",
        "State machine whose runs may never end",
    ),
    why: text(
        "check.sv-015.why",
        "Without TimeoutSeconds a standard run that hangs stays open for up to a year: no alarm tells of it, and whoever waits for its turn waits too.",
    ),
    advice: text(
        "check.sv-015.advice",
        "Set TimeoutSeconds above all that a run can take.",
    ),
    reference: "REL05-BP05; Step Functions developer guide, best practices",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, flow) in subject.flows() {
        if flow.timeout_s.is_some() {
            continue;
        }
        let message = text(
            "check.sv-015.message",
            "Nothing limits how long a run of {machine} takes.",
        )
        .with("machine", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_a_machine_without_a_limit() {
        let unlimited = set("NatSchedule", "Definition.TimeoutSeconds", json!(null));
        assert_eq!(
            findings(&CHECK, &scheduled(""), &[unlimited]),
            "NatSchedule: Nothing limits how long a run of NatSchedule takes."
        );
        assert_eq!(findings(&CHECK, &scheduled(""), &[]), "");
    }
}
