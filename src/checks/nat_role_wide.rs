//! Who opens and closes NAT gateways may touch the stack's own, and no others.

use super::nat_act::{calls_of, invoked, program};
use super::nat_flow::Flow;
use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{
    Function, Name, Role, RolePolicy, StateMachine, Value, has_effect, lookup, statements,
};
use crate::text::text;
use crate::topology::Topology;

pub static CHECK: Check = Check {
    code: "CO-006",
    severity: Severity::Medium,
    title: text(
        "check.co-006.title",
        "Scheduled NAT gateway with more rights than it needs",
    ),
    why: text(
        "check.co-006.why",
        "What runs by itself every night may do everything that its role allows: without a condition on tags a mistake in it deletes another system's gateway or releases its address, and who gets hold of it can change any route.",
    ),
    advice: text(
        "check.co-006.advice",
        "Allow single actions: creation with the stack's tag in the request, deletion of what carries it, tagging as a part of a creation alone, and routes in named tables.",
    ),
    reference: "SEC03-BP02; service authorization reference, Amazon EC2",
    run,
};

/// Actions that make, change or take away something.
const GUARDED: [&str; 8] = [
    "ec2:AllocateAddress",
    "ec2:CreateNatGateway",
    "ec2:CreateRoute",
    "ec2:CreateTags",
    "ec2:DeleteNatGateway",
    "ec2:DeleteRoute",
    "ec2:ReleaseAddress",
    "ec2:ReplaceRoute",
];

/// Ends of the names of managed policies that allow far more.
const WIDE: [&str; 4] = [
    "AdministratorAccess",
    "PowerUserAccess",
    "AmazonEC2FullAccess",
    "AmazonVPCFullAccess",
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut roles: Vec<&Name> = Vec::new();
    for (name, flow) in subject.nat_flows() {
        for role in roles_of(topology, name, flow) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    for name in roles {
        let Some(role) = topology.named::<Role>(name) else {
            continue;
        };
        let mut wide: Vec<&str> = role.managed_policies.iter().filter_map(managed).collect();
        for document in documents(topology, name, role) {
            for action in statements(document).iter().flat_map(wide_actions) {
                if !wide.contains(&action) {
                    wide.push(action);
                }
            }
        }
        if wide.is_empty() {
            continue;
        }
        let message = text(
            "check.co-006.message",
            "{role} allows {actions} on more than what the schedule made.",
        )
        .with("role", name.as_str())
        .with("actions", list(wide));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

/// Roles of a machine, of the functions that it calls, and of those that start it and call EC2 by themselves.
fn roles_of<'a>(topology: &'a Topology, machine: &Name, flow: &Flow) -> Vec<&'a Name> {
    let own = topology
        .named::<StateMachine>(machine)
        .and_then(|it| it.role.named());
    let called = |name: &Name| {
        let mut tasks = flow.steps.iter().filter_map(|it| it.task.as_ref());
        tasks.any(|it| invoked(it).is_some_and(|(it, _)| **name == *it))
    };
    let starts = |name: &Name, it: &Function| {
        let calls_ec2 = program(it).is_some_and(|it| !calls_of(&it).is_empty());
        let node = topology.node(name);
        calls_ec2 && node.is_some_and(|it| it.references().contains(machine))
    };
    let functions = topology.all::<Function>();
    let theirs = functions
        .filter(|(name, it)| called(name) || starts(name, it))
        .filter_map(|(_, it)| it.role.named());
    own.into_iter().chain(theirs).collect()
}

fn documents<'a>(topology: &'a Topology, name: &Name, role: &'a Role) -> Vec<&'a Value> {
    let own = lookup(&role.rest, "Policies").and_then(Value::as_list);
    let own = own
        .unwrap_or_default()
        .iter()
        .filter_map(|it| it.get("PolicyDocument"));
    let beside = topology.all::<RolePolicy>();
    let beside = beside
        .filter(|(_, it)| it.role.named() == Some(name))
        .map(|(_, it)| &it.document);
    own.chain(beside).collect()
}

fn managed(policy: &Value) -> Option<&str> {
    let name = written(policy)?.rsplit('/').next()?;
    WIDE.contains(&name).then_some(name)
}

fn written(value: &Value) -> Option<&str> {
    match value {
        Value::Fn(function, argument) if function == "Sub" => argument.as_str(),
        other => other.as_str(),
    }
}

fn several(value: Option<&Value>) -> &[Value] {
    value.map_or(&[], |it| it.as_list().unwrap_or(std::slice::from_ref(it)))
}

/// Actions of a statement that are allowed too widely.
fn wide_actions(statement: &Value) -> Vec<&str> {
    if !has_effect(statement, "Allow") {
        return Vec::new();
    }
    let is_bound =
        asks_for_tags(statement) || !several(statement.get("Resource")).iter().any(is_any);
    let actions = several(statement.get("Action"))
        .iter()
        .filter_map(Value::as_str);
    actions
        .filter(|it| *it == "*" || it.eq_ignore_ascii_case("ec2:*") || !is_bound && is_guarded(it))
        .collect()
}

fn is_guarded(pattern: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let mut guarded = GUARDED.iter().map(|it| it.to_ascii_lowercase());
    match pattern.split_once('*') {
        Some((start, _)) => guarded.any(|it| it.starts_with(start)),
        None => guarded.any(|it| it == pattern),
    }
}

/// Whether a resource is every one, or every one of a kind that matters here.
fn is_any(resource: &Value) -> bool {
    let kinds = [":natgateway/*", ":elastic-ip/*", ":route-table/*", ":*"];
    written(resource).is_some_and(|it| it == "*" || kinds.iter().any(|kind| it.ends_with(kind)))
}

/// Whether it holds for what carries a tag, asks for one, or is tagged in its creation.
fn asks_for_tags(statement: &Value) -> bool {
    let tests = statement.get("Condition").and_then(Value::as_map);
    let mut keys = tests
        .unwrap_or_default()
        .iter()
        .filter_map(|(_, it)| it.as_map())
        .flatten();
    keys.any(|(key, _)| key.contains("Tag/") || key.eq_ignore_ascii_case("ec2:CreateAction"))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, scheduled, set};
    use serde_json::{Value as Json, json};

    fn with(role: &str, settings: &str, statement: Json) -> String {
        let edit = set(
            role,
            "Policies.0.PolicyDocument.Statement",
            json!([statement]),
        );
        findings(&CHECK, &scheduled(settings), &[edit])
    }

    #[test]
    fn flags_whole_services_missing_conditions_and_routes_of_any_table() {
        let all = json!({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"});
        assert_eq!(
            with("NatGatewaysRole", "", all.clone()),
            "NatGatewaysRole: NatGatewaysRole allows ec2:* on more than what the schedule made."
        );
        assert_eq!(
            with("NatScheduleRole", "schedule.calls=sdk", all),
            "NatScheduleRole: NatScheduleRole allows ec2:* on more than what the schedule made."
        );
        let bare = json!({"Effect": "Allow", "Action": ["ec2:DescribeAddresses", "ec2:ReleaseAddress"], "Resource": {"Fn::Sub": "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:elastic-ip/*"}});
        assert_eq!(
            with("NatAddressesRole", "", bare),
            "NatAddressesRole: NatAddressesRole allows ec2:ReleaseAddress on more than what the schedule made."
        );
        let routes = json!({"Effect": "Allow", "Action": ["ec2:*Route", "ec2:DeleteRoute"], "Resource": "*"});
        assert_eq!(
            with("NatRoutesRole", "", routes),
            "NatRoutesRole: NatRoutesRole allows ec2:*Route, ec2:DeleteRoute on more than what the schedule made."
        );
    }

    #[test]
    fn accepts_the_roles_as_they_are() {
        for settings in [
            "",
            "schedule.calls=sdk",
            "schedule.keep_address=true schedule.gateways=per-az",
        ] {
            assert_eq!(findings(&CHECK, &scheduled(settings), &[]), "");
        }
    }
}
