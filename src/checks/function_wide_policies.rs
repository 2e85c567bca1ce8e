//! A function may do what it needs and no more.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, Role, Value};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-010",
    severity: Severity::Low,
    title: text(
        "check.sv-010.title",
        "Function with more rights than it needs",
    ),
    why: text(
        "check.sv-010.why",
        "AWS's managed policies for functions let them write every log group of the account; AWSLambdaVPCAccessExecutionRole contains all of AWSLambdaBasicExecutionRole, and policies of whole services or of administrators open far more.",
    ),
    advice: text(
        "check.sv-010.advice",
        "Keep AWSLambdaENIManagementAccess for the network interfaces, and grant logs to the function's own group alone.",
    ),
    reference: "SEC03-BP02; AWS managed policy reference",
    run,
};

/// Ends of the names of managed policies that give more than a function needs.
const WIDE: [&str; 5] = [
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AdministratorAccess",
    "PowerUserAccess",
    "FullAccess",
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<Function>() {
        let Some(name_of_role) = it.role.named() else {
            continue;
        };
        let Some(role) = topology.named::<Role>(name_of_role) else {
            continue;
        };
        let wide: Vec<&str> = role.managed_policies.iter().filter_map(wide).collect();
        if wide.is_empty() {
            continue;
        }
        let message = text(
            "check.sv-010.message",
            "{role} of {function} has {policies}.",
        )
        .with("role", name_of_role.as_str())
        .with("function", name.as_str())
        .with("policies", list(wide));
        let fix = subject.release(&[(name_of_role, "ManagedPolicyArns")]);
        findings.push(Finding::new(&CHECK, [name_of_role, name], message).with_fix(fix));
    }
}

/// The name of a managed policy that gives more than a function needs.
fn wide(policy: &Value) -> Option<&str> {
    let arn = match policy {
        Value::Fn(function, argument) if function == "Sub" => argument.as_str()?,
        other => other.as_str()?,
    };
    let name = arn.rsplit('/').next()?;
    WIDE.iter().any(|it| name.ends_with(it)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_managed_policies_that_say_too_much() {
        let arn = |name: &str| json!(format!("arn:aws:iam::aws:policy/service-role/{name}"));
        let policies = json!([
            arn("AWSLambdaBasicExecutionRole"),
            arn("AWSLambdaVPCAccessExecutionRole")
        ]);
        let edits = [set("ClientFunctionRole", "ManagedPolicyArns", policies)];
        assert_eq!(
            findings(&CHECK, "api.enabled=true client.enabled=true", &edits),
            "ClientFunctionRole, ClientFunction: ClientFunctionRole of ClientFunction has AWSLambdaBasicExecutionRole, AWSLambdaVPCAccessExecutionRole."
        );
    }

    #[test]
    fn accepts_the_right_to_network_interfaces() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
