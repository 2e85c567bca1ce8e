//! The sweeper's decision, as its program (`sweeper.py`) makes it.

use super::account::{Gateway, Stage, Tags};
use super::world::World;

/// How often the sweeper looks, and what it finds too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sweeper {
    pub every_s: u64,
    /// Age of a gateway from which it outlives its window.
    pub overdue_s: u64,
}

/// What a sweep found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Gateways and addresses that nobody wants.
    pub strays: usize,
    /// Gateways that outlive their window.
    pub overdue: usize,
    /// It starts a run that closes.
    pub closes: bool,
}

impl Sweeper {
    /// Looks at the account and the ledger.
    pub fn sweep(self, world: &World) -> Swept {
        let ours = |tags: &Tags| tags.get("azimuth:stack") == Some(&world.names.stack);
        let account = &world.account;
        let stands =
            |it: &&Gateway| ours(&it.tags) && matches!(it.state, Stage::Pending | Stage::Available);
        let standing: Vec<&Gateway> = account.gateways.values().filter(stands).collect();
        let addresses = account.addresses.values().filter(|it| ours(&it.tags));
        let held = |name: &str| world.ledger.get(name).and_then(|it| it["S"].as_str());
        let is_working = held("holder").is_some_and(|it| world.runs.get(it) == Some(&"RUNNING"));
        let is_wanted = is_working || held("wanted") == Some("open");
        let strays = if is_wanted {
            0
        } else {
            standing.len() + addresses.count()
        };
        let is_old = |it: &&&Gateway| account.now_s.saturating_sub(it.created_s) > self.overdue_s;
        let overdue = standing.iter().filter(is_old).count();
        Swept {
            strays,
            overdue,
            closes: (strays > 0 || overdue > 0) && !is_working,
        }
    }
}
