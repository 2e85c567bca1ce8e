//! What must hold when nothing runs any more: nothing is left that is not meant to be there, and somebody was told.

use super::account::{Account, Stage, Target};
use super::scene::{Planned, Scene};
use super::world::World;
use crate::text::{Message, text};

/// What a run was started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    Open,
    Close,
}

impl Action {
    /// As in the input of a run.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Close => "close",
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// Times are compared as texts.
    pub scheduled: String,
    pub action: Action,
    pub ending: Ending,
    /// It published a message.
    pub is_told: bool,
}

/// How a run stands at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    Running,
    Succeeded,
    /// Counted by `ExecutionsFailed`, so that the alarm on it goes off.
    Failed,
}

/// Something that is there and is not meant to be, or the other way round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    Gateway(String),
    /// Paid for as long as nobody releases it.
    Address(String),
    /// A default route to a gateway that is not there, or not meant to be.
    Route {
        table: String,
        gateway: String,
    },
    /// The window is open, and this table has no way out.
    NoWayOut {
        table: String,
    },
}

impl Left {
    /// The sentence about it.
    pub fn message(&self) -> Message {
        match self {
            Self::Gateway(id) => {
                text("lifecycle.left.gateway", "NAT gateway {id} is left behind").with("id", id)
            }
            Self::Address(id) => {
                text("lifecycle.left.address", "Elastic IP {id} is left behind").with("id", id)
            }
            Self::Route { table, gateway } => text(
                "lifecycle.left.route",
                "The default route of {table} still leads to {gateway}",
            )
            .with("table", table)
            .with("gateway", gateway),
            Self::NoWayOut { table } => text(
                "lifecycle.left.none",
                "{table} has no way out, although the window is open",
            )
            .with("table", table),
        }
    }
}

/// Whether what is there is what is meant to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What the run with the latest scheduled time was for; `None` before the first.
    pub wanted: Option<Action>,
    pub left: Vec<Left>,
    /// A run failed, and its alarm goes off.
    pub is_alarmed: bool,
    /// Runs, by their position, that ended well, did something and told nobody.
    pub untold: Vec<usize>,
}

impl Verdict {
    /// Nothing is left behind, and nothing stays untold.
    pub fn is_clean(&self) -> bool {
        self.left.is_empty() && self.untold.is_empty()
    }

    /// The verdict in a sentence.
    pub fn message(&self) -> Message {
        let clean = text(
            "lifecycle.verdict.clean",
            "Clean: nothing is left behind, and the outcome was told.",
        );
        let open = text(
            "lifecycle.verdict.open",
            "Open as wanted: gateways, addresses and routes stand, and the outcome was told.",
        );
        let rolled_back = text(
            "lifecycle.verdict.alarmed",
            "A run failed, and its message or its alarm says so. Nothing is left behind.",
        );
        let told = text(
            "lifecycle.verdict.told",
            "Something is left behind, and the alarm on failed runs says so. The next run takes it away, or the sweeper what costs money.",
        );
        let silent = text(
            "lifecycle.verdict.silent",
            "Something is left behind, and nobody is told.",
        );
        match (self.is_clean(), self.is_alarmed) {
            (true, false) if self.wanted == Some(Action::Open) => open.into(),
            (true, false) => clean.into(),
            (true, true) => rolled_back.into(),
            (false, true) => told.into(),
            (false, false) => silent.into(),
        }
    }
}

/// Judges a world in which nothing runs any more.
pub fn judge(scene: &Scene, world: &World, outcomes: &[Outcome]) -> Verdict {
    let latest = outcomes.iter().map(|it| &it.scheduled).max();
    let last: Vec<&Outcome> = outcomes
        .iter()
        .filter(|it| Some(&it.scheduled) == latest)
        .collect();
    let wanted = last.first().map(|it| it.action);
    let is_open = wanted == Some(Action::Open);
    let is_done = last
        .iter()
        .any(|it| it.ending == Ending::Succeeded && it.is_told);
    let account = &world.account;
    let mut left = Vec::new();
    let mut meant = Vec::new();
    for zone in &scene.plan {
        let gateway = standing(account, zone, &world.names.stack)
            .into_iter()
            .find(|id| is_open && (is_done || is_complete(account, zone, id)));
        left.extend(routes(account, zone, gateway, is_open && is_done));
        meant.extend(gateway);
    }
    let ours = |tags: &super::account::Tags| tags.get("azimuth:stack") == Some(&world.names.stack);
    let gateways = account
        .gateways
        .iter()
        .filter(|(_, it)| ours(&it.tags) && it.state.stands());
    let gateways = gateways.filter(|(id, _)| !meant.contains(&id.as_str()));
    left.extend(gateways.map(|(id, _)| Left::Gateway(id.clone())));
    let used = |id: &str| account.user_of(id).is_some_and(|it| meant.contains(&it));
    let addresses = account
        .addresses
        .iter()
        .filter(|(id, it)| ours(&it.tags) && !used(id));
    left.extend(addresses.map(|(id, _)| Left::Address(id.clone())));
    let is_untold =
        |it: &Outcome| it.ending == Ending::Succeeded && !it.is_told && !repeats(it, outcomes);
    Verdict {
        wanted,
        left,
        is_alarmed: outcomes.iter().any(|it| it.ending == Ending::Failed),
        untold: (0..outcomes.len())
            .filter(|at| is_untold(&outcomes[*at]))
            .collect(),
    }
}

/// Whether another run has the same time, or a later one: then a run may end without doing anything.
fn repeats(one: &Outcome, all: &[Outcome]) -> bool {
    let others = all.iter().filter(|it| it.scheduled >= one.scheduled);
    others.count() > 1
}

/// The stack's gateways of a zone that are there to stay.
fn standing<'a>(account: &'a Account, zone: &Planned, stack: &str) -> Vec<&'a str> {
    let all = account.gateways.iter().filter(|(_, it)| {
        it.subnet == zone.subnet
            && it.state == Stage::Available
            && it.tags.get("azimuth:stack").is_some_and(|it| it == stack)
    });
    all.map(|(id, _)| id.as_str()).collect()
}

fn leads_to(account: &Account, table: &str, gateway: &str) -> bool {
    matches!(account.tables.get(table), Some(Some(Target::Nat(id))) if id == gateway)
}

fn is_complete(account: &Account, zone: &Planned, gateway: &str) -> bool {
    zone.tables.iter().all(|it| leads_to(account, it, gateway))
}

/// What is wrong with a zone's default routes.
fn routes(account: &Account, zone: &Planned, gateway: Option<&str>, must_lead: bool) -> Vec<Left> {
    let wrong = |table: &String| match account.tables.get(table) {
        Some(Some(Target::Nat(id))) if Some(id.as_str()) == gateway => None,
        Some(Some(Target::Nat(id))) if is_foreign(account, id) => None,
        Some(Some(Target::Nat(id))) => Some(Left::Route {
            table: table.clone(),
            gateway: id.clone(),
        }),
        Some(Some(Target::Other(_))) => None,
        Some(None) | None => must_lead.then(|| Left::NoWayOut {
            table: table.clone(),
        }),
    };
    zone.tables.iter().filter_map(wrong).collect()
}

/// A gateway that stands and carries no tag of a schedule.
fn is_foreign(account: &Account, id: &str) -> bool {
    let gateway = account.gateways.get(id);
    gateway.is_some_and(|it| it.state == Stage::Available && !it.tags.contains_key("azimuth:stack"))
}
