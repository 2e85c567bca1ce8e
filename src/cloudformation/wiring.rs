//! What crosses from one stack to another. No node says so: a reference to a node of an earlier stack becomes a parameter
//! of the stack that uses it and an output of the stack that owns it, both under one name derived from the reference.

use std::collections::BTreeSet;

use crate::aws::{Name, Piece, Value, sub_pieces};
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

/// `Ref`, or `GetAtt` of an attribute.
pub fn reference(name: &Name, attribute: Option<&str>) -> Value {
    match attribute {
        None => Value::Ref(name.clone()),
        Some(attribute) => Value::att(name.clone(), attribute),
    }
}

/// Calls `see` for every reference in a value, with its attribute.
pub fn visit(value: &Value, see: &mut dyn FnMut(&str, Option<&str>)) {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Str(_) => (),
        Value::Ref(name) => see(name, None),
        Value::Att(name, attribute) => see(name, Some(attribute)),
        Value::List(items) => items.iter().for_each(|it| visit(it, see)),
        Value::Map(entries) => entries.iter().for_each(|(_, it)| visit(it, see)),
        Value::Fn(function, argument) => {
            if function == "Sub" {
                visit_sub(argument, see);
            }
            visit(argument, see);
        }
    }
}

fn visit_sub(argument: &Value, see: &mut dyn FnMut(&str, Option<&str>)) {
    let (text, own) = sub_parts(argument);
    for piece in sub_pieces(text) {
        if let Piece::Reference(name, attribute) = piece
            && !own.iter().any(|(it, _)| it == name)
        {
            see(name, attribute);
        }
    }
}

/// The text of a `Sub`, and the names that it brings itself.
fn sub_parts(argument: &Value) -> (&str, &[(String, Value)]) {
    match argument {
        Value::Str(text) => (text, &[]),
        Value::List(items) => match items.as_slice() {
            [Value::Str(text), Value::Map(own)] => (text, own),
            _ => ("", &[]),
        },
        _ => ("", &[]),
    }
}

/// The value with every reference for which `turn` has another one replaced by it, inside `Sub` too.
pub fn rewire(value: &Value, turn: &mut dyn FnMut(&str, Option<&str>) -> Option<Value>) -> Value {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Num(_) | Value::Str(_) => value.clone(),
        Value::Ref(name) => turn(name, None).unwrap_or_else(|| value.clone()),
        Value::Att(name, attribute) => turn(name, Some(attribute)).unwrap_or_else(|| value.clone()),
        Value::List(items) => Value::List(items.iter().map(|it| rewire(it, turn)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, it)| (key.clone(), rewire(it, turn)))
                .collect(),
        ),
        Value::Fn(function, argument) if function == "Sub" => {
            Value::Fn(function.clone(), Box::new(rewire_sub(argument, turn)))
        }
        Value::Fn(function, argument) => {
            Value::Fn(function.clone(), Box::new(rewire(argument, turn)))
        }
    }
}

fn rewire_sub(
    argument: &Value,
    turn: &mut dyn FnMut(&str, Option<&str>) -> Option<Value>,
) -> Value {
    let (text, own) = sub_parts(argument);
    let mut rewired = String::with_capacity(text.len());
    for piece in sub_pieces(text) {
        match piece {
            Piece::Text(it) => rewired.push_str(it),
            Piece::Reference(name, attribute) => {
                let local = own.iter().any(|(it, _)| it == name);
                let turned = if local { None } else { turn(name, attribute) };
                let value = turned.unwrap_or_else(|| reference(&name.into(), attribute));
                match value {
                    Value::Ref(name) => rewired.push_str(&format!("${{{name}}}")),
                    Value::Att(name, attribute) => {
                        rewired.push_str(&format!("${{{name}.{attribute}}}"));
                    }
                    _ => (),
                }
            }
        }
    }
    match argument {
        Value::Str(_) => Value::Str(rewired),
        Value::List(items) => {
            let mut items: Vec<Value> = items.iter().map(|it| rewire(it, turn)).collect();
            if let (Some(first @ Value::Str(_)), false) = (items.first_mut(), text.is_empty()) {
                *first = Value::Str(rewired);
            }
            Value::List(items)
        }
        _ => rewire(argument, turn),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wiring, handle, rewire};
    use crate::aws::{Value, list, map};
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
    fn a_sub_is_rewired_outside_of_its_literals_and_own_names() {
        let mut turn = |name: &str, _: Option<&str>| (name == "A").then(|| Value::att("B", "C"));
        let plain = Value::sub("${A}-${A.X}-${!A}-${Z}");
        assert_eq!(
            rewire(&plain, &mut turn),
            Value::sub("${B.C}-${B.C}-${!A}-${Z}")
        );
        let own = list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::reference("A"))]),
        ]);
        let expected = list([
            Value::from("${A}${D}"),
            map([("A", Value::from("own")), ("D", Value::att("B", "C"))]),
        ]);
        let sub = |it| Value::Fn("Sub".into(), Box::new(it));
        assert_eq!(rewire(&sub(own), &mut turn), sub(expected));
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
