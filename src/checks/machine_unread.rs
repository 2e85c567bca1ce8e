//! What cannot be read is not judged, which must be said.

use super::{Check, Finding, Severity, Subject};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-017",
    severity: Severity::Medium,
    title: text("check.sv-017.title", "State machine that cannot be judged"),
    why: text(
        "check.sv-017.why",
        "Its definition has a mistake, or something that is not read here, such as parallel branches or JSONata: no rule has looked at what its runs do. AWS refuses a state that leads nowhere and a name without a value.",
    ),
    advice: text(
        "check.sv-017.advice",
        "Mend the place, or look through the definition yourself.",
    ),
    reference: "Amazon States Language specification",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, flow) in subject.machines() {
        let Err(problem) = flow else {
            continue;
        };
        let message = text(
            "check.sv-017.message",
            "The definition of {machine} cannot be read. {problem}",
        )
        .with("machine", name.as_str())
        .with("problem", problem.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, inner, scheduled, set};
    use serde_json::json;

    #[test]
    fn flags_a_way_to_nowhere_and_a_name_without_a_value() {
        let nowhere = inner("OpenFailed.Next", json!("Nowhere"));
        let found = findings(&CHECK, &scheduled(""), &[nowhere]);
        assert!(found.ends_with("there is no state Nowhere"), "{found}");
        let unnamed = set("NatSchedule", "DefinitionSubstitutions.Topic", json!(null));
        let found = findings(&CHECK, &scheduled(""), &[unnamed]);
        assert!(found.ends_with("Topic: no value"), "{found}");
    }

    #[test]
    fn reads_both_ways_of_calling_and_a_definition_as_text() {
        for settings in ["", "schedule.calls=sdk"] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
        let text = r#"{"StartAt": "Go", "States": {"Go": {"Type": "Task", "Resource": "${NatRoutesFunction.Arn}", "End": true}}}"#;
        let edits = [
            set("NatSchedule", "Definition", json!(null)),
            set("NatSchedule", "DefinitionString", json!({"Fn::Sub": text})),
        ];
        assert_eq!(findings(&CHECK, &scheduled(""), &edits), "");
    }
}
