//! What of a topology is played, and what of the played account stands in the topology.

use std::collections::BTreeMap;

use super::account::{Account, Address, Gateway, Stage, Target};
use super::scene::{Planned, Scene};
use super::sweeper::Sweeper;
use crate::aws::week::rate_minutes;
use crate::aws::{Function, Name, Schedule, StateMachine, Value, lookup};
use crate::topology::{Temporary, Topology, temporaries};

/// The first machine of a topology that makes something, as it is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployed {
    pub machine: Name,
    pub scene: Scene,
    /// What looks for strays, where it is deployed.
    pub sweeper: Option<Sweeper>,
    made: Vec<Temporary>,
}

/// How what a machine makes stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Standing,
    /// Pending or deleting.
    Changing,
    Failed,
}

impl Deployed {
    /// `None` where no machine makes anything.
    ///
    /// # Errors
    /// What is not understood of the machine's definition.
    pub fn of(topology: &Topology) -> Option<Result<Self, String>> {
        let made = temporaries(topology);
        let machine = made.first()?.machine.clone();
        let definition = topology
            .named::<StateMachine>(&machine)?
            .definition
            .as_ref()?;
        let scene = serde_json::to_value(definition)
            .map_err(|it| it.to_string())
            .and_then(|it| Scene::new(&it));
        Some(scene.map(|scene| {
            Self {
                scene,
                sweeper: sweeper(topology),
                made: made
                    .into_iter()
                    .filter(|it| it.machine == machine)
                    .collect(),
                machine,
            }
        }))
    }

    /// The nodes of the topology that stand in the account, by name.
    pub fn standing(&self, topology: &Topology, account: &Account) -> BTreeMap<Name, Condition> {
        let mut standing = BTreeMap::new();
        for (temporary, plan) in self.made.iter().zip(&self.scene.plan) {
            let Some(zone) = topology.zone_of(&temporary.subnet) else {
                continue;
            };
            let mut add = |name: String, condition| {
                standing.insert(Name::from(name), condition);
            };
            if let Some(condition) = gateway(plan, account) {
                add(format!("NatGateway{}", zone.capital()), condition);
            }
            if account.addresses.values().any(|it| is_of(plan, it)) {
                let name = format!("NatGatewayAddress{}", zone.capital());
                add(name, Condition::Standing);
            }
            for (table, id) in temporary.tables.iter().zip(&plan.tables) {
                if let Some(Some(Target::Nat(_))) = account.tables.get(id) {
                    let name = table.replace("RouteTable", "DefaultRoute");
                    add(name, Condition::Standing);
                }
            }
        }
        standing.retain(|name, _| topology.node(name).is_some_and(|it| it.made_by.is_some()));
        standing
    }
}

/// The newest of the stack's gateways of a zone that is not gone.
fn gateway(plan: &Planned, account: &Account) -> Option<Condition> {
    let is_own = |it: &&Gateway| it.subnet == plan.subnet && !it.tags.is_empty();
    let mut own = account.gateways.values().filter(is_own);
    let newest = own.rfind(|it| it.state != Stage::Deleted)?;
    Some(match newest.state {
        Stage::Pending | Stage::Deleting => Condition::Changing,
        Stage::Available if account.dark.contains(&plan.zone) => Condition::Failed,
        Stage::Available => Condition::Standing,
        Stage::Failed | Stage::Deleted => Condition::Failed,
    })
}

fn is_of(plan: &Planned, address: &Address) -> bool {
    address
        .tags
        .get("azimuth:zone")
        .is_some_and(|it| *it == plan.zone)
}

/// The function that a rate starts, with the hours after which it takes a gateway for forgotten.
fn sweeper(topology: &Topology) -> Option<Sweeper> {
    topology.all::<Schedule>().find_map(|(_, it)| {
        let minutes = rate_minutes(it.expression.as_str()?)?;
        let function = topology.named::<Function>(it.called()?)?;
        let variables = function.environment.as_ref()?.as_map()?;
        let variables = lookup(variables, "Variables").and_then(Value::as_map)?;
        let hours: u64 = lookup(variables, "HOURS")?.as_str()?.parse().ok()?;
        Some(Sweeper {
            every_s: u64::from(minutes) * 60,
            overdue_s: hours * 3_600,
        })
    })
}
