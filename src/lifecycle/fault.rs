//! What goes wrong in a play, as a person writes it.

use std::fmt;

use super::scene::Scene;
use crate::states::{Graph, graph};
use crate::text::{Message, text};

/// Something that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// `once:STATE`: the first call of a state fails, nothing is done.
    Once(String),
    /// `always:STATE`: every call of a state fails, in the runs that were started by hand or schedule; the sweeper finds AWS
    /// in order again.
    Always(String),
    /// `lost:STATE`: the first call of a state does its work, and its answer is lost.
    Lost(String),
    /// `pending`: the gateway stays pending until it is deleted.
    Stuck,
    /// `failed`: the first gateway that is created fails.
    Failed,
    /// `zone:a`: a zone is without power from the beginning.
    ZoneDown(String),
    /// `route`: somebody deletes the default route a minute after it was made.
    RouteDeleted,
    /// `taken`: a table has a default route that leads elsewhere.
    RouteTaken,
    /// `foreign`: a gateway of another team stands in the subnet, without tags.
    Foreign,
    /// `twice`: each schedule fires twice.
    Twice,
    /// `overlap`: each close fires a minute after its open.
    Overlap,
}

/// Faults without a state or zone, by what a person writes.
const PLAIN: [(&str, Fault); 7] = [
    ("twice", Fault::Twice),
    ("overlap", Fault::Overlap),
    ("pending", Fault::Stuck),
    ("failed", Fault::Failed),
    ("route", Fault::RouteDeleted),
    ("taken", Fault::RouteTaken),
    ("foreign", Fault::Foreign),
];

/// Everything that can go wrong in a scene: what needs no state first, then each state that calls something.
pub fn faults(scene: &Scene) -> Vec<Fault> {
    let plain = PLAIN.into_iter().map(|(_, it)| it);
    let zones = scene.plan.iter().map(|it| Fault::ZoneDown(it.zone.clone()));
    let mut all: Vec<Fault> = plain.chain(zones).collect();
    for state in calling_states(&graph(&scene.machine)) {
        all.push(Fault::Once(state.clone()));
        all.push(Fault::Lost(state.clone()));
        all.push(Fault::Always(state));
    }
    all
}

/// States that call something, each name once, in the order of the graph.
fn calling_states(graph: &Graph) -> Vec<String> {
    let mut all = Vec::new();
    for node in &graph.nodes {
        let inner = node.inner.iter().flat_map(calling_states);
        let own = (node.kind == "Task").then(|| node.name.clone());
        for name in own.into_iter().chain(inner) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all
}

impl Fault {
    /// Reads what [`Display`](fmt::Display) writes, and asks whether the scene has it.
    ///
    /// # Errors
    /// What is not understood or not there.
    pub fn parse(given: &str, scene: &Scene) -> Result<Self, Message> {
        let given = given.trim();
        let mut all = faults(scene).into_iter();
        all.find(|it| it.to_string() == given).ok_or_else(|| {
            text(
                "lifecycle.fault.unknown",
                "“{given}” is no fault of this schedule: write once:STATE, lost:STATE, always:STATE, zone:LETTER, twice, overlap, pending, failed, route, taken or foreign",
            )
            .with("given", given)
        })
    }

    /// What goes wrong, in a sentence.
    pub fn message(&self) -> Message {
        match self {
            Self::Once(state) => {
                text("lifecycle.fault.once", "{state} fails once").with("state", state)
            }
            Self::Always(state) => text(
                "lifecycle.fault.always",
                "{state} fails every time, until the sweeper comes",
            )
            .with("state", state),
            Self::Lost(state) => text(
                "lifecycle.fault.lost",
                "{state} does its work, but its answer is lost",
            )
            .with("state", state),
            Self::Stuck => text("lifecycle.fault.stuck", "The NAT gateway stays pending").into(),
            Self::Failed => text(
                "lifecycle.fault.failed",
                "The NAT gateway fails instead of becoming available",
            )
            .into(),
            Self::ZoneDown(zone) => {
                text("lifecycle.fault.zone", "Zone {zone} is down").with("zone", zone)
            }
            Self::RouteDeleted => text(
                "lifecycle.fault.route",
                "Somebody deletes the default route by hand",
            )
            .into(),
            Self::RouteTaken => text(
                "lifecycle.fault.taken",
                "The route table already has a default route that leads elsewhere",
            )
            .into(),
            Self::Foreign => text(
                "lifecycle.fault.foreign",
                "A NAT gateway of another team stands in the subnet, without tags",
            )
            .into(),
            Self::Twice => text("lifecycle.fault.twice", "Each schedule fires twice").into(),
            Self::Overlap => text(
                "lifecycle.fault.overlap",
                "The close fires while the open still runs",
            )
            .into(),
        }
    }

    /// The state whose calls it concerns.
    pub fn state(&self) -> Option<&str> {
        match self {
            Self::Once(state) | Self::Always(state) | Self::Lost(state) => Some(state),
            Self::Stuck
            | Self::Failed
            | Self::ZoneDown(_)
            | Self::RouteDeleted
            | Self::RouteTaken
            | Self::Foreign
            | Self::Twice
            | Self::Overlap => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once(state) => write!(f, "once:{state}"),
            Self::Always(state) => write!(f, "always:{state}"),
            Self::Lost(state) => write!(f, "lost:{state}"),
            Self::ZoneDown(zone) => write!(f, "zone:{zone}"),
            plain => {
                let found = PLAIN.iter().find(|(_, it)| it == plain);
                f.write_str(found.map_or("", |(word, _)| word))
            }
        }
    }
}
