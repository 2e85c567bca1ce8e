//! States and what leads from one to another, in a stable order: for drawing, and for checks that ask what every way passes.

use std::collections::BTreeSet;

use super::definition::{After, Kind, Machine, State};

/// A machine as nodes and edges. Nodes stand in the order in which a walk from the start first meets them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub name: String,
    /// As the language writes it: `Task`, `Choice` …
    pub kind: &'static str,
    pub comment: Option<String>,
    /// What a Task calls, in short: `ec2:createRoute`, or of a function with several calls the name and the call.
    pub call: Option<String>,
    /// A run may end here.
    pub is_end: bool,
    /// What a Map runs for each item.
    pub inner: Option<Graph>,
}

/// A way from one state to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    pub from: String,
    pub to: String,
    pub why: Why,
}

/// When a way is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Next,
    /// The condition, in short.
    Choice(String),
    Default,
    /// The errors that take it.
    Catch(Vec<String>),
}

/// Every way out of a state: in order of the definition, errors last.
fn ways(state: &State) -> Vec<(&str, Why)> {
    let (after, catch) = match &state.kind {
        Kind::Pass(it) => (Some(&it.after), None),
        Kind::Wait(it) => (Some(&it.after), None),
        Kind::Task(it) => (Some(&it.answer.after), Some(&it.answer.catch)),
        Kind::Map(it) => (Some(&it.answer.after), Some(&it.answer.catch)),
        Kind::Choice(it) => {
            let rules = it.rules.iter();
            let rules = rules.map(|it| (it.next.as_str(), Why::Choice(it.test.to_string())));
            let default = it.default.iter().map(|it| (it.as_str(), Why::Default));
            return rules.chain(default).collect();
        }
        Kind::Succeed | Kind::Fail(_) => (None, None),
    };
    let mut all = Vec::new();
    if let Some(After::Next(name)) = after {
        all.push((name.as_str(), Why::Next));
    }
    for it in catch.into_iter().flatten() {
        all.push((it.next.as_str(), Why::Catch(it.errors.clone())));
    }
    all
}

/// Names of the states that may come right after one.
pub fn targets(state: &State) -> impl Iterator<Item = &str> {
    ways(state).into_iter().map(|(name, _)| name)
}

/// The graph of a machine; states that nothing leads to come last.
pub fn graph(machine: &Machine) -> Graph {
    let mut order: Vec<&str> = vec![&machine.start];
    let mut at = 0;
    while let Some(name) = order.get(at).copied() {
        for next in machine.states.get(name).into_iter().flat_map(targets) {
            if !order.contains(&next) {
                order.push(next);
            }
        }
        at += 1;
    }
    let lost = machine.states.keys().map(String::as_str);
    let lost: Vec<&str> = lost.filter(|it| !order.contains(it)).collect();
    order.extend(lost);
    let states = order
        .iter()
        .filter_map(|name| Some((*name, machine.states.get(*name)?)));
    let mut graph = Graph {
        nodes: Vec::new(),
        edges: Vec::new(),
    };
    for (name, state) in states {
        graph.nodes.push(node(name, state));
        graph
            .edges
            .extend(ways(state).into_iter().map(|(to, why)| Edge {
                from: name.to_owned(),
                to: to.to_owned(),
                why,
            }));
    }
    graph
}

fn node(name: &str, state: &State) -> Node {
    let (kind, is_end, inner) = match &state.kind {
        Kind::Pass(it) => ("Pass", it.after == After::End, None),
        Kind::Wait(it) => ("Wait", it.after == After::End, None),
        Kind::Task(it) => ("Task", it.answer.after == After::End, None),
        Kind::Map(it) => {
            let inner = Some(graph(&it.machine));
            ("Map", it.answer.after == After::End, inner)
        }
        Kind::Choice(_) => ("Choice", false, None),
        Kind::Succeed => ("Succeed", true, None),
        Kind::Fail(_) => ("Fail", true, None),
    };
    Node {
        name: name.to_owned(),
        kind,
        comment: state.comment.clone(),
        call: call(&state.kind),
        is_end,
        inner,
    }
}

fn call(kind: &Kind) -> Option<String> {
    let Kind::Task(task) = kind else {
        return None;
    };
    let resource = task.resource.rsplit(":::").next()?;
    let resource = resource.strip_prefix("aws-sdk:").unwrap_or(resource);
    let of_function = task.parameters.as_ref().and_then(|it| {
        let name = it.fixed(&["FunctionName"])?;
        // A name, an ARN, or a placeholder for one.
        let name = name.rsplit(':').next()?.trim_matches(['$', '{', '}']);
        let call = it.fixed(&["Payload", "call"])?;
        Some(format!("{name}: {call}"))
    });
    Some(of_function.unwrap_or_else(|| resource.to_owned()))
}

impl Graph {
    /// States that a way leads to from one, itself only over a loop, without passing any of `blocked`.
    pub fn reached(&self, from: &str, blocked: &[&str]) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(name) = open.pop() {
            let ways = self.edges.iter().filter(|it| it.from == name);
            for edge in ways.filter(|it| !blocked.contains(&it.to.as_str())) {
                if found.insert(edge.to.as_str()) {
                    open.push(&edge.to);
                }
            }
        }
        found
    }

    /// Whether every way from a state to an end passes one of the others. A way that never ends passes.
    pub fn always_passes(&self, from: &str, via: &[&str]) -> bool {
        let reached = self.reached(from, via);
        let mut ends = self.nodes.iter().filter(|it| it.is_end);
        !ends.any(|it| {
            (it.name == from || reached.contains(it.name.as_str()))
                && !via.contains(&it.name.as_str())
        })
    }

    /// A state of this machine or of an inner one.
    pub fn find(&self, name: &str) -> Option<&Node> {
        self.nodes.iter().find_map(|it| {
            let is_it = it.name == name;
            if is_it {
                Some(it)
            } else {
                it.inner.as_ref()?.find(name)
            }
        })
    }
}
