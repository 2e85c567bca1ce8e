//! What a state of a state machine does to NAT gateways, their addresses and their routes, whoever makes the call: Step
//! Functions itself, or a function whose program is looked into.

use crate::aws::{Function, Value};
use crate::states::{Task, Template};
use crate::topology::Topology;

/// A call that matters for the life of a NAT gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    FindGateways,
    FindAddresses,
    ReadRoutes,
    Allocate,
    Create,
    AddRoute,
    ReplaceRoute,
    RemoveRoute,
    Delete,
    Release,
    /// Tells a topic.
    Tell,
}

impl Act {
    /// Calls of EC2 by their names in its API.
    const CALLS: [(&'static str, Self); 10] = [
        ("DescribeNatGateways", Self::FindGateways),
        ("DescribeAddresses", Self::FindAddresses),
        ("DescribeRouteTables", Self::ReadRoutes),
        ("AllocateAddress", Self::Allocate),
        ("CreateNatGateway", Self::Create),
        ("CreateRoute", Self::AddRoute),
        ("ReplaceRoute", Self::ReplaceRoute),
        ("DeleteRoute", Self::RemoveRoute),
        ("DeleteNatGateway", Self::Delete),
        ("ReleaseAddress", Self::Release),
    ];

    /// Whether it is about routes: looked at, changed or removed.
    pub fn is_of_routes(self) -> bool {
        match self {
            Self::ReadRoutes | Self::AddRoute | Self::ReplaceRoute | Self::RemoveRoute => true,
            Self::FindGateways
            | Self::FindAddresses
            | Self::Allocate
            | Self::Create
            | Self::Delete
            | Self::Release
            | Self::Tell => false,
        }
    }

    /// Whether it looks after addresses: finds or releases them.
    pub fn is_of_release(self) -> bool {
        self == Self::FindAddresses || self == Self::Release
    }
}

/// What a task does; `None` for what does not matter here.
pub fn act(topology: &Topology, task: &Task) -> Option<Act> {
    let parts: Vec<&str> = task.resource.split(':').collect();
    match parts.as_slice() {
        [.., "aws-sdk", "ec2", action] => by_name(action),
        [.., "sns", action] if action.starts_with("publish") => Some(Act::Tell),
        _ => {
            let (function, payload) = invoked(task)?;
            let function = topology.named::<Function>(function)?;
            by_function(&program(function)?, payload)
        }
    }
}

fn by_name(action: &str) -> Option<Act> {
    let plain = action.split('.').next().unwrap_or(action);
    let mut calls = Act::CALLS.iter();
    let found = calls.find(|(name, _)| name.eq_ignore_ascii_case(plain));
    found.map(|(_, act)| *act)
}

/// The function that a task calls, and what with: as Step Functions' integration writes it, or the function itself.
pub fn invoked(task: &Task) -> Option<(&str, Option<&Template>)> {
    let parameters = task.parameters.as_ref();
    if !task.resource.contains(":lambda:invoke") {
        return Some((&task.resource, parameters));
    }
    let function = text(field(parameters?, "FunctionName")?)?;
    Some((function, field(parameters?, "Payload")))
}

fn field<'a>(template: &'a Template, name: &str) -> Option<&'a Template> {
    let Template::Object(fields) = template else {
        return None;
    };
    let mut fields = fields.iter();
    fields.find(|(it, _)| it == name).map(|(_, it)| it)
}

fn text(template: &Template) -> Option<&str> {
    let Template::Fixed(value) = template else {
        return None;
    };
    value.as_str()
}

/// The program of a function, where the template has it.
pub fn program(function: &Function) -> Option<String> {
    let code = function.code.get("ZipFile").and_then(Value::as_str)?;
    Some(folded(code))
}

/// `delete_nat_gateway`, `deleteNatGateway` and `DeleteNatGatewayCommand` begin alike.
fn folded(text: &str) -> String {
    text.replace('_', "").to_ascii_lowercase()
}

/// Calls of EC2 that a program makes.
pub fn calls_of(program: &str) -> Vec<Act> {
    let calls = Act::CALLS.iter();
    let made = calls.filter(|(name, _)| program.contains(&folded(name)));
    made.map(|(_, act)| *act).collect()
}

/// The call of a program that the payload asks for by its verb; the only one that it makes, where it does not ask.
fn by_function(program: &str, payload: Option<&Template>) -> Option<Act> {
    let made = calls_of(program);
    if let [only] = made.as_slice() {
        return Some(*only);
    }
    let Template::Object(fields) = payload? else {
        return None;
    };
    let asked: Vec<String> = fields
        .iter()
        .filter_map(|(_, it)| text(it))
        .map(folded)
        .collect();
    let mut calls = Act::CALLS.iter().filter(|(_, act)| made.contains(act));
    let found = calls.find(|(name, _)| asked.iter().any(|it| asks_for(it, &folded(name))));
    found.map(|(_, act)| *act)
}

const LOOKS: [&str; 6] = ["find", "check", "read", "list", "get", "describe"];

fn asks_for(asked: &str, call: &str) -> bool {
    let is_look = LOOKS.contains(&asked) && call.starts_with("describe");
    is_look || (!asked.is_empty() && call.starts_with(asked))
}

/// Whether a task's call carries what makes its repetition the same call.
pub fn has_token(task: &Task) -> bool {
    let given = match invoked(task) {
        Some((_, payload)) if task.resource.contains(":lambda:invoke") => payload,
        _ => task.parameters.as_ref(),
    };
    let Some(Template::Object(fields)) = given else {
        return false;
    };
    let mut names = fields.iter().map(|(name, _)| name.to_ascii_lowercase());
    names.any(|it| it.contains("token"))
}
