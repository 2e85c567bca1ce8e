//! The ways by which a public API takes something in: to a function or a queue, on to who works it off, into a store.

use super::Topology;
use crate::aws::{
    ApiMethod, AutoScalingGroup, DbCluster, DbInstance, DbProxy, EventSourceMapping, Function,
    GlobalTable, Name, Queue, RestApi, Table,
};

/// From a public API inwards, as far as its resources say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    pub api: Name,
    /// The function that the API calls.
    pub taker: Option<Name>,
    pub queue: Option<Name>,
    /// Who works the queue off: a function, or a group of instances.
    pub consumer: Option<Name>,
    pub store: Option<Name>,
}

/// Each public API that leads to a queue, or whose function writes to a store.
pub fn intakes(topology: &Topology) -> Vec<Intake> {
    let apis = topology.all::<RestApi>().filter(|(_, it)| !it.is_private());
    let intakes = apis.filter_map(|(api, _)| {
        let methods = topology.all::<ApiMethod>();
        let methods = methods.filter(|(_, it)| it.api.name == *api);
        let called: Vec<Name> = methods.flat_map(|(_, it)| it.calls()).collect();
        let taker = called.iter().find(|it| is::<Function>(topology, it));
        let handed = taker.map_or(Vec::new(), |it| asked(topology, it));
        let mut reached = called.iter().chain(&handed);
        let queue = reached.find(|it| is::<Queue>(topology, it));
        let consumer = queue.and_then(|it| consumers(topology, it).into_iter().next());
        let writer = if queue.is_some() { consumer } else { taker };
        let store = writer.and_then(|it| store(topology, it));
        (queue.is_some() || store.is_some()).then(|| Intake {
            api: api.clone(),
            taker: taker.cloned(),
            queue: queue.cloned(),
            consumer: consumer.cloned(),
            store,
        })
    });
    intakes.collect()
}

fn is<T: crate::aws::Kind>(topology: &Topology, name: &str) -> bool {
    topology.named::<T>(name).is_some()
}

/// Who works a queue off: functions that Lambda calls with its messages, and groups whose instances ask for them.
pub fn consumers<'a>(topology: &'a Topology, queue: &str) -> Vec<&'a Name> {
    let mappings = topology.all::<EventSourceMapping>();
    let mappings = mappings.filter(|(_, it)| it.polls().is_some_and(|it| **it == *queue));
    let functions = mappings.filter_map(|(_, it)| it.calls());
    let functions = functions
        .filter_map(|it| topology.node(it))
        .map(|it| &it.name);
    let groups = topology.all::<AutoScalingGroup>().map(|(name, _)| name);
    let groups = groups.filter(|it| asked(topology, it).iter().any(|it| **it == *queue));
    functions.chain(groups).collect()
}

/// What a function, or the pattern of a group's instances, names: what its program asks.
fn asked(topology: &Topology, name: &str) -> Vec<Name> {
    let group = topology.named::<AutoScalingGroup>(name);
    let asking = match group {
        Some(group) => group.template().map(|it| it.as_str()),
        None => Some(name),
    };
    let node = asking.and_then(|it| topology.node(it));
    node.map(super::Node::references).unwrap_or_default()
}

/// Where a function, or a group's instances, write: a table, else a database, by its proxy where they name one.
pub fn store(topology: &Topology, writer: &str) -> Option<Name> {
    let asked = asked(topology, writer);
    let first = |is_it: &dyn Fn(&str) -> bool| asked.iter().find(|it| is_it(it)).cloned();
    first(&|it| is_table(topology, it))
        .or_else(|| first(&|it| is::<DbProxy>(topology, it)))
        .or_else(|| first(&|it| is::<DbCluster>(topology, it)))
        .or_else(|| first(&|it| is::<DbInstance>(topology, it)))
}

/// Whether something is a DynamoDB table, in one Region or in several.
pub fn is_table(topology: &Topology, name: &str) -> bool {
    is::<Table>(topology, name) || is::<GlobalTable>(topology, name)
}

/// The code of the AWS service that a node is a part of, of those that have endpoints: `dynamodb`, `sqs`.
pub fn service_of(topology: &Topology, name: &str) -> Option<&'static str> {
    if is_table(topology, name) {
        return Some("dynamodb");
    }
    is::<Queue>(topology, name).then_some("sqs")
}

/// Whether one node hands what it has to another, without any network of ours between them.
pub fn hands(topology: &Topology, from: &str, to: &str) -> bool {
    if is::<RestApi>(topology, from) {
        let methods = topology.all::<ApiMethod>();
        let mut own = methods.filter(|(_, it)| *it.api.name == *from);
        return own.any(|(_, it)| it.calls().iter().any(|it| **it == *to));
    }
    if is::<Queue>(topology, from) {
        return consumers(topology, from).iter().any(|it| ***it == *to);
    }
    asked(topology, from).iter().any(|it| **it == *to)
}
