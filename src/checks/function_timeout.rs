//! A function waits long enough to say what went wrong.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Function;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-008",
    severity: Severity::Low,
    title: text("check.sv-008.title", "Function with the shortest timeout"),
    why: text(
        "check.sv-008.why",
        "Three seconds, AWS's default, can end a run while its first connection to another Region is still being made. What is cut off writes no reason into the log: a lost zone, a missing route and a slow answer look alike.",
    ),
    advice: text(
        "check.sv-008.advice",
        "Set the timeout well above the slowest answer, and let the code give up before it.",
    ),
    reference: "REL05-BP05; Lambda developer guide, configure function timeout",
    run,
};

/// Seconds that [the option](crate::design::Functions) starts with.
const USUAL_S: u32 = 15;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<Function>() {
        if it.timeout_s() > Function::DEFAULT_TIMEOUT_S {
            continue;
        }
        let message = text(
            "check.sv-008.message",
            "Runs of {function} are cut off after {seconds} s.",
        )
        .with("function", name.as_str())
        .with("seconds", it.timeout_s());
        let fix = subject.fix(
            &[(name, "Timeout")],
            text("check.sv-008.fix", "Use {seconds} s").with("seconds", USUAL_S),
            &[("function.timeout", &USUAL_S)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_three_seconds_given_or_left_to_aws() {
        let settings = "api.enabled=true client.enabled=true";
        let found = "ClientFunction: Runs of ClientFunction are cut off after 3 s.";
        assert_eq!(
            findings(&CHECK, &format!("{settings} function.timeout=3"), &[]),
            found
        );
        let edits = [set("ClientFunction", "Timeout", json!(null))];
        assert_eq!(findings(&CHECK, settings, &edits), found);
    }

    #[test]
    fn accepts_four() {
        let settings = "api.enabled=true client.enabled=true function.timeout=4";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
