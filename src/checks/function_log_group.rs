//! The log group of a function belongs to its stack.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, LogGroup, Name};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "SV-009",
    severity: Severity::Low,
    title: text("check.sv-009.title", "Function whose log nobody tidies up"),
    why: text(
        "check.sv-009.why",
        "Without a log group of the stack's, Lambda makes one at the first run: it keeps every line for ever, and stays when the stack is gone.",
    ),
    advice: text(
        "check.sv-009.advice",
        "Add a log group with a retention, and name it in LoggingConfig.",
    ),
    reference: "COST04-BP05; Lambda developer guide, configuring CloudWatch log groups",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<Function>() {
        let given = it.logging.as_ref().and_then(|it| it.get("LogGroup"));
        if given.is_some() || has_own(topology, name) {
            continue;
        }
        let message = text(
            "check.sv-009.message",
            "{function} writes to a log group that Lambda makes, and that is kept for ever.",
        )
        .with("function", name.as_str());
        let fix = subject.release(&[(name, "LoggingConfig")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Whether a log group has the name that Lambda would give, made of the function's.
fn has_own(topology: &Topology, function: &Name) -> bool {
    let mut groups = topology.all::<LogGroup>();
    groups.any(|(group, it)| {
        let refers = || topology.node(group).map(|it| it.references());
        it.name.is_some() && refers().is_some_and(|it| it.contains(function))
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_function_that_leaves_its_log_to_lambda() {
        let edits = [set("ClientFunction", "LoggingConfig", json!(null))];
        assert_eq!(
            findings(&CHECK, "api.enabled=true client.enabled=true", &edits),
            "ClientFunction: ClientFunction writes to a log group that Lambda makes, and that is kept for ever."
        );
    }

    #[test]
    fn accepts_a_group_that_is_named_or_has_the_usual_name() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
        let name = json!({"Fn::Sub": "/aws/lambda/${ClientFunction}"});
        let edits = [
            set("ClientFunction", "LoggingConfig", json!(null)),
            set("ClientFunctionLogGroup", "LogGroupName", name),
        ];
        assert_eq!(findings(&CHECK, settings, &edits), "");
    }
}
