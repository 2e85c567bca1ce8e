//! What crosses from one stack to another. No node says so: a reference to a node of an earlier stack becomes a parameter
//! of the stack that uses it and an output of the stack that owns it, both under one name derived from the reference.

use std::collections::BTreeSet;

use super::references::{reference, rewire, visit};
use crate::aws::{Name, Value};
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
        reference(&self.node, self.attribute.as_deref())
    }
}

/// Everything that crosses, in the order in which it is first used.
pub struct Wiring<'a> {
    topology: &'a Topology,
    taken: BTreeSet<Name>,
    pub crossings: Vec<Crossing>,
}

impl<'a> Wiring<'a> {
    /// What crosses in a topology.
    pub fn of(topology: &'a Topology) -> Self {
        let nodes = topology.nodes().iter().map(|it| it.name.clone());
        let given = topology.stacks.iter().flat_map(|it| &it.parameters);
        let mut wiring = Self {
            topology,
            taken: nodes.chain(given.map(|it| it.name.clone())).collect(),
            crossings: Vec::new(),
        };
        for node in topology.nodes() {
            let all = node.resource.properties();
            for (_, value) in all.iter().chain(&node.attributes) {
                visit(value, &mut |name, attribute| {
                    wiring.note(node.stack, name, attribute);
                });
            }
        }
        wiring
    }

    fn note(&mut self, stack: usize, name: &str, attribute: Option<&str>) {
        let Some(node) = owner(self.topology, stack, name) else {
            return;
        };
        if let Some(it) = find(&mut self.crossings, name, attribute) {
            if !it.users.contains(&stack) {
                it.users.push(stack);
            }
            return;
        }
        let base = handle(name, attribute.unwrap_or(node.resource.ref_word()));
        let name = (1..)
            .map(|n: u32| {
                Name::from(if n == 1 {
                    base.clone()
                } else {
                    format!("{base}{n}")
                })
            })
            .find(|it| !self.taken.contains(it));
        let Some(name) = name else {
            return;
        };
        self.taken.insert(name.clone());
        self.crossings.push(Crossing {
            name,
            node: node.name.clone(),
            attribute: attribute.map(str::to_owned),
            owner: node.stack,
            users: vec![stack],
        });
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

    /// The value as it stands in a stack's template: what crosses is the parameter.
    pub fn localize(&self, stack: usize, value: &Value) -> Value {
        rewire(value, &mut |name, attribute| {
            self.taken_by(stack)
                .find(|it| it.node == *name && it.attribute.as_deref() == attribute)
                .map(|it| Value::Ref(it.name.clone()))
        })
    }

    /// The parameters of a stack that a person fills, without those that nothing in the stack uses.
    pub fn given(&self, stack: usize) -> Vec<&'a Parameter> {
        let mut used = BTreeSet::new();
        for node in self.topology.nodes().iter().filter(|it| it.stack == stack) {
            let all = node.resource.properties();
            for (_, value) in all.iter().chain(&node.attributes) {
                visit(value, &mut |name, _| {
                    used.insert(Name::from(name));
                });
            }
        }
        let declared = self.topology.stacks.get(stack).map(|it| &it.parameters);
        declared
            .into_iter()
            .flatten()
            .filter(|it| used.contains(&it.name))
            .collect()
    }
}

/// The node of an earlier stack that a name means in a stack. A reference to a later stack, or to nothing, is none: no
/// order of deployment could fill it, so it is printed as it stands.
fn owner<'a>(topology: &'a Topology, stack: usize, name: &str) -> Option<&'a Node> {
    let own = topology.stacks.get(stack)?;
    let node = topology.node(name).filter(|it| it.stack < stack)?;
    let hidden = own.parameters.iter().any(|it| it.name == *name);
    (!hidden).then_some(node)
}

fn find<'a>(
    crossings: &'a mut [Crossing],
    node: &str,
    attribute: Option<&str>,
) -> Option<&'a mut Crossing> {
    crossings
        .iter_mut()
        .find(|it| it.node == *node && it.attribute.as_deref() == attribute)
}

/// `Vpc` and `Id` give `VpcId`; a word that both share stands once, as in `WebSecurityGroup` and `GroupId`.
pub fn handle(node: &str, attribute: &str) -> String {
    let mut handle = node.to_owned();
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
                "DatabaseMasterUserSecretArn",
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
        let wiring = Wiring::of(&topology);
        for it in &wiring.crossings {
            assert!(it.users.iter().all(|user| *user > it.owner), "{it:?}");
        }
        assert!(wiring.taken_by(0).next().is_none());
        assert!(wiring.taken_by(1).any(|it| it.name == *"VpcId"));
    }
}
