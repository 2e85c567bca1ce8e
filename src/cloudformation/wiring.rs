//! What crosses from one stack to another. No node says so: a reference to a node of an earlier stack becomes a parameter
//! of the stack that uses it and an output of the stack that owns it, both under one name derived from the reference.

use std::collections::BTreeSet;

use super::declared::{self, Declared};
use crate::aws::{Name, Properties, Value};
use crate::topology::{Node, Parameter, Topology};

/// A reference that crosses.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossing {
    /// Of the parameter and of the output.
    pub name: Name,
    pub node: Name,
    /// `None`: what `Ref` returns.
    pub attribute: Option<String>,
    /// The stack that owns the node.
    pub owner: usize,
    /// The stacks that use it.
    pub users: Vec<usize>,
}

impl Crossing {
    /// The reference as it stands in the owner's template.
    pub fn value(&self) -> Value {
        Value::referring(&self.node, self.attribute.as_deref())
    }
}

/// A node as it stands in its own stack's template: what crosses is a parameter there.
pub struct Local<'a> {
    pub node: &'a Node,
    pub properties: Properties,
    pub attributes: Properties,
}

/// Everything that crosses, in the order in which it is first used.
pub struct Wiring<'a> {
    topology: &'a Topology,
    pub crossings: Vec<Crossing>,
    /// Names of nodes, parameters and crossings.
    taken: BTreeSet<Name>,
    /// Parameters that the nodes of a stack refer to.
    used: BTreeSet<(usize, Name)>,
    /// What a person may fill, by stack.
    declared: Vec<Vec<Declared>>,
    /// Conditions, by stack.
    conditions: Vec<Properties>,
}

impl<'a> Wiring<'a> {
    /// What crosses, and every stack's nodes as they stand in its template.
    pub fn of(topology: &'a Topology) -> (Self, Vec<Vec<Local<'a>>>) {
        let nodes = topology.nodes().iter().map(|it| it.name.clone());
        let given = topology.stacks.iter().flat_map(|it| &it.parameters);
        let adjustables = topology.stacks.iter().flat_map(|it| &it.adjustables);
        let mut wiring = Self {
            topology,
            crossings: Vec::new(),
            taken: nodes
                .chain(given.map(|it| it.name.clone()))
                .chain(adjustables.map(|it| it.name.into()))
                .collect(),
            used: BTreeSet::new(),
            declared: Vec::new(),
            conditions: Vec::new(),
        };
        let mut stacks: Vec<Vec<Local<'a>>> = topology.stacks.iter().map(|_| Vec::new()).collect();
        for node in topology.nodes() {
            let mut local = Local {
                node,
                properties: node.resource.properties(),
                attributes: node.attributes.clone(),
            };
            for (_, value) in local.properties.iter_mut().chain(&mut local.attributes) {
                value.rewire(&mut |name, attribute| wiring.turn(node.stack, name, attribute));
            }
            if let Some(stack) = stacks.get_mut(node.stack) {
                stack.push(local);
            }
        }
        for (place, stack) in topology.stacks.iter().enumerate() {
            let used = |it: &&Parameter| wiring.used.contains(&(place, it.name.clone()));
            let mut declared: Vec<Declared> = stack
                .parameters
                .iter()
                .filter(used)
                .map(Declared::given)
                .collect();
            if let Some(nodes) = stacks.get_mut(place) {
                let (adjusted, conditions) = declared::adjust(stack, nodes);
                declared.extend(adjusted);
                wiring.conditions.push(conditions);
            }
            wiring.declared.push(declared);
        }
        (wiring, stacks)
    }

    /// The parameter that stands for a reference in a stack; `None` where the reference itself can stand.
    fn turn(&mut self, stack: usize, name: &str, attribute: Option<&str>) -> Option<Value> {
        if name.starts_with("AWS::") {
            return None;
        }
        let own = &self.topology.stacks.get(stack)?.parameters;
        if let Some(own) = own.iter().find(|it| it.name == *name) {
            self.used.insert((stack, own.name.clone()));
            return None;
        }
        // A reference to a later stack, or to nothing, stays: no order of deployment could fill it.
        let node = self.topology.node(name).filter(|it| it.stack < stack)?;
        let known = |it: &&mut Crossing| it.node == *name && it.attribute.as_deref() == attribute;
        if let Some(it) = self.crossings.iter_mut().find(known) {
            if !it.users.contains(&stack) {
                it.users.push(stack);
            }
            return Some(Value::Ref(it.name.clone()));
        }
        let name = self.free(handle(name, attribute.unwrap_or(node.resource.ref_word())))?;
        self.taken.insert(name.clone());
        self.crossings.push(Crossing {
            name: name.clone(),
            node: node.name.clone(),
            attribute: attribute.map(str::to_owned),
            owner: node.stack,
            users: vec![stack],
        });
        Some(Value::Ref(name))
    }

    /// The name itself, or with the first number that makes it one of its own.
    fn free(&self, name: String) -> Option<Name> {
        let numbered = (2..).map(|n: u32| Name::from(format!("{name}{n}")));
        std::iter::once(Name::from(&name))
            .chain(numbered)
            .find(|it| !self.taken.contains(it))
    }

    /// What a stack takes from earlier ones.
    pub fn taken_by(&self, stack: usize) -> impl Iterator<Item = &Crossing> {
        self.crossings
            .iter()
            .filter(move |it| it.users.contains(&stack))
    }

    /// CloudFormation's type of the parameter.
    pub fn kind(&self, crossing: &Crossing) -> &'static str {
        let node = self.topology.node(&crossing.node);
        node.map_or("String", |it| {
            it.resource.parameter_kind(crossing.attribute.as_deref())
        })
    }

    /// The parameters of a stack that a person may fill.
    pub fn given(&self, stack: usize) -> &[Declared] {
        self.declared.get(stack).map_or(&[], Vec::as_slice)
    }

    /// The conditions of a stack.
    pub fn conditions(&self, stack: usize) -> Properties {
        self.conditions.get(stack).cloned().unwrap_or_default()
    }

    /// Parameters of all stacks, each name once.
    pub fn all_given(&self) -> Vec<&Declared> {
        let mut all: Vec<&Declared> = Vec::new();
        for it in self.declared.iter().flatten() {
            if all.iter().all(|other| other.name != it.name) {
                all.push(it);
            }
        }
        all
    }
}

/// `Vpc` and `Id` give `VpcId`; a word that both share stands once, as in `WebSecurityGroup` and `GroupId`.
pub fn handle(node: &str, attribute: &str) -> String {
    let mut handle = node.to_owned();
    // AWS's validator takes a parameter whose name says Secret for a password (W2509).
    let attribute = match attribute {
        "MasterUserSecret.SecretArn" => "CredentialsArn",
        own => own,
    };
    for word in attribute.split('.') {
        let shared = (1..=word.len()).rev().find(|length| {
            let (start, rest) = (word.get(..*length), word.get(*length..));
            start.is_some_and(|it| handle.ends_with(it))
                && rest.is_some_and(|it| it.is_empty() || it.starts_with(char::is_uppercase))
        });
        handle.push_str(word.get(shared.unwrap_or_default()..).unwrap_or(word));
    }
    handle.retain(|it| it.is_ascii_alphanumeric());
    handle
}

#[cfg(test)]
mod tests {
    use super::{Wiring, handle};
    use crate::design::Design;

    #[test]
    fn names_say_what_they_hold_and_no_word_twice() {
        let cases = [
            ("Vpc", "Id", "VpcId"),
            ("PublicSubnetA", "Id", "PublicSubnetAId"),
            ("WebSecurityGroup", "GroupId", "WebSecurityGroupId"),
            (
                "LoadBalancer",
                "LoadBalancerFullName",
                "LoadBalancerFullName",
            ),
            (
                "Database",
                "MasterUserSecret.SecretArn",
                "DatabaseCredentialsArn",
            ),
            ("Grid", "Id", "GridId"),
            ("a-b", "Endpoint.Address", "abEndpointAddress"),
        ];
        for (node, attribute, expected) in cases {
            assert_eq!(handle(node, attribute), expected);
        }
    }

    #[test]
    fn only_references_to_earlier_stacks_cross() {
        let topology = Design::new("multi-tier-web").expand();
        let (wiring, _) = Wiring::of(&topology);
        for it in &wiring.crossings {
            assert!(it.users.iter().all(|user| *user > it.owner), "{it:?}");
        }
        assert!(wiring.taken_by(0).next().is_none());
        assert!(wiring.taken_by(1).any(|it| it.name == *"VpcId"));
    }
}
