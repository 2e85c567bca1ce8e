//! Runtimes of Lambda come to an end.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Function;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-011",
    severity: Severity::Medium,
    title: text("check.sv-011.title", "Lambda runtime past its end"),
    why: text(
        "check.sv-011.why",
        "AWS no longer patches a runtime from its deprecation on, and later refuses to create functions of it, and then to update them: the stack can no longer be deployed anew.",
    ),
    advice: text(
        "check.sv-011.advice",
        "Move to a current runtime, such as python3.14 or nodejs24.x.",
    ),
    reference: "Lambda developer guide, Lambda runtimes: deprecated runtimes",
    run,
};

/// Runtimes that are past their end by November 2026, and since when: AWS's table (Lambda developer guide, Lambda runtimes)
/// as cfn-lint 1.51 carries it. Those on Amazon Linux 2 whose end AWS has put off are left out.
const ENDED: [(&str, &str); 23] = [
    ("dotnet6", "2024-12-20"),
    ("dotnet8", "2026-11-10"),
    ("dotnetcore2.1", "2022-01-05"),
    ("dotnetcore3.1", "2023-04-03"),
    ("go1.x", "2024-01-08"),
    ("java8", "2024-01-08"),
    ("nodejs10.x", "2021-07-30"),
    ("nodejs12.x", "2023-03-31"),
    ("nodejs14.x", "2023-12-04"),
    ("nodejs16.x", "2024-06-12"),
    ("nodejs18.x", "2025-09-01"),
    ("nodejs20.x", "2026-04-30"),
    ("nodejs6.10", "2019-08-12"),
    ("nodejs8.10", "2020-03-06"),
    ("provided", "2024-01-08"),
    ("python2.7", "2021-07-15"),
    ("python3.6", "2022-07-18"),
    ("python3.7", "2023-12-04"),
    ("python3.8", "2024-10-14"),
    ("python3.9", "2025-12-15"),
    ("ruby2.5", "2021-07-30"),
    ("ruby2.7", "2023-12-07"),
    ("ruby3.2", "2026-03-31"),
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, it) in subject.topology.all::<Function>() {
        let runtime = it.runtime.as_deref();
        let Some((runtime, since)) = ENDED.iter().find(|(it, _)| Some(*it) == runtime) else {
            continue;
        };
        let message = text(
            "check.sv-011.message",
            "{function} runs on {runtime}, which AWS has deprecated on {since}.",
        )
        .with("function", name.as_str())
        .with("runtime", *runtime)
        .with("since", *since);
        let fix = subject.release(&[(name, "Runtime")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    fn runtime(name: &str) -> String {
        let edits = [set("ClientFunction", "Runtime", json!(name))];
        findings(&CHECK, "api.enabled=true client.enabled=true", &edits)
    }

    #[test]
    fn flags_a_runtime_that_is_no_longer_patched() {
        assert_eq!(
            runtime("nodejs20.x"),
            "ClientFunction: ClientFunction runs on nodejs20.x, which AWS has deprecated on 2026-04-30."
        );
    }

    #[test]
    fn accepts_current_ones() {
        for name in ["python3.14", "nodejs22.x", "provided.al2023"] {
            assert_eq!(runtime(name), "");
        }
    }
}
