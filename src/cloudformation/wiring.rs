//! What crosses from one stack to another. No node says so: a reference to a node of an earlier stack becomes a parameter
//! of the stack that uses it and an output of the stack that owns it, both under one name derived from the reference.

use std::collections::BTreeSet;

use super::declared::{self, Declared};
use super::reach::{reach, reading};
use crate::aws::{Describe, Name, Properties, SsmParameter, Value, VpcEndpoint};
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
    pub way: Way,
}

/// How a value gets from its owner's template into a user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As it is.
    Plain,
    /// A list, which no output can be: joined with commas, and a list again as a parameter.
    List,
    /// By its name in Parameter Store, which CloudFormation looks up in the user's Region.
    Published,
    /// No value of a node: the owner's own name, by which `Fn::GetStackOutput` finds its outputs.
    StackName,
}

/// Attributes that are lists (return values of the resource type).
const LISTS: [(&str, &str); 2] = [
    (VpcEndpoint::KIND, "DnsEntries"),
    (VpcEndpoint::KIND, "NetworkInterfaceIds"),
];

impl Crossing {
    /// The reference as it stands in the owner's template.
    pub fn value(&self) -> Value {
        let value = Value::referring(&self.node, self.attribute.as_deref());
        match self.way {
            Way::Plain | Way::Published => value,
            Way::List => Value::Fn(
                "Join".into(),
                Box::new(Value::List(vec![",".into(), value])),
            ),
            Way::StackName => Value::reference("AWS::StackName"),
        }
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
        let switches = topology.stacks.iter().flat_map(|it| &it.switches);
        let mut wiring = Self {
            topology,
            crossings: Vec::new(),
            taken: nodes
                .chain(given.map(|it| it.name.clone()))
                .chain(adjustables.map(|it| it.name.into()))
                .chain(switches.map(|it| it.parameter.into()))
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
        if topology.reads_outputs {
            wiring.read_outputs(&mut stacks);
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
                let (switched, mut all) = declared::switched(stack, nodes);
                declared.extend(switched);
                declared.extend(adjusted);
                all.extend(conditions);
                wiring.conditions.push(all);
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
        let published = attribute.is_none().then(|| self.published(stack, name));
        if let Some((parameter, place)) = published.flatten() {
            let handed = self.cross(stack, parameter, None, Way::Published)?;
            return Some(Value::select(place, Value::Ref(handed)));
        }
        let is_list = LISTS.contains(&(node.resource.kind(), attribute.unwrap_or_default()));
        let way = if is_list { Way::List } else { Way::Plain };
        self.cross(stack, node, attribute, way).map(Value::Ref)
    }

    /// The parameter of Parameter Store that holds a reference in a list, and its place there: of an earlier stack in the
    /// same Region, since names are looked up in one's own.
    fn published(&self, stack: usize, name: &str) -> Option<(&'a Node, i64)> {
        let region = self.topology.stacks.get(stack)?.region;
        let found = self.topology.all::<SsmParameter>().find_map(|(node, it)| {
            let mut items = it.items().iter();
            let place = items.position(|it| matches!(it, Value::Ref(it) if **it == *name))?;
            Some((self.topology.node(node)?, i64::try_from(place).ok()?))
        });
        let is_near = |it: &Node| self.topology.region_of(&it.name) == Some(region);
        found.filter(|(it, _)| it.stack < stack && is_near(it))
    }

    /// The name under which a reference is handed on to a stack.
    fn cross(
        &mut self,
        stack: usize,
        node: &Node,
        attribute: Option<&str>,
        way: Way,
    ) -> Option<Name> {
        let known = |it: &Crossing| {
            it.node == node.name && it.attribute.as_deref() == attribute && it.way == way
        };
        if let Some(name) = self.shared(stack, known) {
            return Some(name);
        }
        let word = attribute.unwrap_or(node.resource.ref_word());
        self.hand(
            handle(&node.name, word),
            Crossing {
                name: node.name.clone(),
                node: node.name.clone(),
                attribute: attribute.map(str::to_owned),
                owner: node.stack,
                users: vec![stack],
                way,
            },
        )
    }

    /// The name of a crossing that there is, with one more user.
    fn shared(&mut self, user: usize, is_it: impl Fn(&Crossing) -> bool) -> Option<Name> {
        let it = self.crossings.iter_mut().find(|it| is_it(it))?;
        if !it.users.contains(&user) {
            it.users.push(user);
        }
        Some(it.name.clone())
    }

    /// Notes a crossing under a name of its own.
    fn hand(&mut self, name: String, crossing: Crossing) -> Option<Name> {
        let name = self.free(name)?;
        self.taken.insert(name.clone());
        self.crossings.push(Crossing {
            name: name.clone(),
            ..crossing
        });
        Some(name)
    }

    /// Exchanges the parameters that outputs fill for `Fn::GetStackOutput`, and hands on the owners' names instead. Lists stay
    /// parameters: what takes a text apart takes no reading (cfn-lint E1017).
    fn read_outputs(&mut self, stacks: &mut [Vec<Local<'a>>]) {
        for (place, nodes) in stacks.iter_mut().enumerate() {
            let taken = self
                .crossings
                .iter()
                .filter(|it| it.users.contains(&place) && it.way == Way::Plain);
            let taken: Vec<Crossing> = taken.cloned().collect();
            let mut readings = Vec::new();
            for it in taken {
                let Some(owner) = self.stack_name(it.owner, place) else {
                    continue;
                };
                let region = |it: usize| self.topology.stacks.get(it).map(|it| it.region);
                let far = region(it.owner).filter(|_| region(it.owner) != region(place));
                let read = reading(owner, &it.name, far);
                readings.push((it.name, read));
            }
            for local in nodes {
                let values = local.properties.iter_mut().chain(&mut local.attributes);
                values.for_each(|(_, value)| reach(value, &readings));
            }
        }
    }

    /// The parameter that holds the name of a stack.
    fn stack_name(&mut self, owner: usize, user: usize) -> Option<Name> {
        let known = |it: &Crossing| it.owner == owner && it.way == Way::StackName;
        if let Some(name) = self.shared(user, known) {
            return Some(name);
        }
        let stack = self.topology.stacks.get(owner)?;
        let (first, rest) = stack.name.split_at_checked(1)?;
        let name = format!("{}{rest}StackName", first.to_ascii_uppercase());
        self.hand(
            name,
            Crossing {
                name: "".into(),
                node: "".into(),
                attribute: None,
                owner,
                users: vec![user],
                way: Way::StackName,
            },
        )
    }

    /// The name itself, or with the first number that makes it one of its own.
    fn free(&self, name: String) -> Option<Name> {
        let numbered = (2..).map(|n: u32| Name::from(format!("{name}{n}")));
        std::iter::once(Name::from(&name))
            .chain(numbered)
            .find(|it| !self.taken.contains(it))
    }

    /// What a stack takes from earlier ones as parameters.
    pub fn taken_by(&self, stack: usize) -> impl Iterator<Item = &Crossing> {
        let reads = self.topology.reads_outputs;
        self.crossings.iter().filter(move |it| {
            let is_read = reads && it.way == Way::Plain;
            it.users.contains(&stack) && !is_read
        })
    }

    /// CloudFormation's type of the parameter in a stack. The types that AWS looks up are looked up in the stack's own
    /// Region: what stands in another is plain text there.
    pub fn kind(&self, crossing: &Crossing, stack: usize) -> &'static str {
        match crossing.way {
            Way::Published => "AWS::SSM::Parameter::Value<List<String>>",
            Way::List => "CommaDelimitedList",
            Way::StackName => "String",
            Way::Plain => {
                let region = |it: usize| self.topology.stacks.get(it).map(|it| it.region);
                let node = self.topology.node(&crossing.node);
                let node = node.filter(|_| region(crossing.owner) == region(stack));
                node.map_or("String", |it| {
                    it.resource.parameter_kind(crossing.attribute.as_deref())
                })
            }
        }
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
