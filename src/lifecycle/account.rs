//! What stands in the account: NAT gateways, Elastic IPs and the default routes of tables.

use std::collections::{BTreeMap, BTreeSet};

/// The part of EC2 that a schedule works with, ordered by id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Account {
    pub gateways: BTreeMap<String, Gateway>,
    pub addresses: BTreeMap<String, Address>,
    /// Default routes by table; a table without one is there all the same.
    pub tables: BTreeMap<String, Option<Target>>,
    /// Zone letters by subnet.
    pub subnets: BTreeMap<String, String>,
    /// Zones without power: a gateway created there fails, one that stands there keeps its state and carries nothing.
    pub dark: BTreeSet<String>,
    /// The next gateway that is created fails.
    pub next_fails: bool,
    /// Seconds of the player's clock, for creation times.
    pub now_s: u64,
    /// Makes ids.
    pub made: u32,
}

/// A NAT gateway; one that is gone is kept as `deleted`, as AWS shows it for about an hour.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Gateway {
    pub subnet: String,
    pub allocation: String,
    pub state: Stage,
    pub tags: Tags,
    /// `ClientToken` of the call that created it.
    pub token: Option<String>,
    pub created_s: u64,
    /// It will not become available.
    pub fails: bool,
}

/// Values by key.
pub type Tags = BTreeMap<String, String>;

/// State of a NAT gateway, as AWS writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    Pending,
    Available,
    Failed,
    Deleting,
    Deleted,
}

impl Stage {
    /// AWS's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Available => "available",
            Self::Failed => "failed",
            Self::Deleting => "deleting",
            Self::Deleted => "deleted",
        }
    }

    /// Holds its address and is paid for, or soon will be.
    pub fn stands(self) -> bool {
        match self {
            Self::Pending | Self::Available | Self::Deleting => true,
            Self::Failed | Self::Deleted => false,
        }
    }
}

/// An Elastic IP. What it is associated with is read off the gateways.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    pub tags: Tags,
}

/// Where a default route leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    Nat(String),
    /// A target of somebody else, such as a transit gateway.
    Other(String),
}

impl Account {
    /// The gateway that an address is associated with.
    pub fn user_of(&self, allocation: &str) -> Option<&str> {
        self.gateways
            .iter()
            .find(|(_, it)| it.allocation == allocation && it.state.stands() && !it.fails_at_once())
            .map(|(id, _)| id.as_str())
    }

    /// Whether a route's target is there no more.
    pub fn is_blackhole(&self, target: &Target) -> bool {
        match target {
            Target::Other(_) => false,
            Target::Nat(id) => !self
                .gateways
                .get(id)
                .is_some_and(|it| matches!(it.state, Stage::Pending | Stage::Available)),
        }
    }

    /// Whether what leaves by a table's default route arrives.
    pub fn carries(&self, table: &str) -> bool {
        match self.tables.get(table) {
            Some(Some(Target::Nat(id))) => self.gateways.get(id).is_some_and(|it| {
                let zone = self.subnets.get(&it.subnet);
                it.state == Stage::Available && zone.is_none_or(|zone| !self.dark.contains(zone))
            }),
            Some(Some(Target::Other(_))) => true,
            Some(None) | None => false,
        }
    }

    /// A gateway's state after EC2's own work on it; `None` where EC2 has none to do.
    pub fn next_stage(&self, id: &str) -> Option<Stage> {
        let gateway = self.gateways.get(id)?;
        match gateway.state {
            Stage::Pending if gateway.fails => Some(Stage::Failed),
            Stage::Pending => Some(Stage::Available),
            Stage::Deleting => Some(Stage::Deleted),
            Stage::Available | Stage::Failed | Stage::Deleted => None,
        }
    }

    /// EC2 has done its own work on a gateway.
    pub fn progress(&mut self, id: &str) {
        let next = self.next_stage(id);
        if let (Some(gateway), Some(next)) = (self.gateways.get_mut(id), next) {
            gateway.state = next;
        }
    }

    /// An id that nothing had before.
    pub(super) fn new_id(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}-{}", self.made)
    }
}

impl Gateway {
    /// Its address belonged to another gateway: it never gets it.
    fn fails_at_once(&self) -> bool {
        self.fails && self.state == Stage::Failed
    }
}
