//! The topology as its own templates read back: what is given at deployment is what it is unless told otherwise.

use azimuth::aws::{Resource, Value};
use azimuth::topology::{Node, Topology};

/// A resource whose references to parameters are what these say unless told otherwise.
pub fn of(topology: &Topology, node: &Node) -> Resource {
    let parameters = &topology.stacks[node.stack].parameters;
    let mut all = Value::Map(node.resource.properties());
    all.rewire(&mut |name, _| {
        let parameter = parameters.iter().find(|it| it.name == *name)?;
        let is_looked_up = parameter.kind.starts_with("AWS::SSM::");
        let default = parameter.default.clone().filter(|_| !is_looked_up);
        default.map(Value::from)
    });
    // What the property cannot be stays a reference.
    let read = Resource::read(node.resource.kind(), all.as_map().unwrap());
    read.unwrap_or_else(|_| node.resource.clone())
}
