//! How hard it is to lose what the system holds: a workshop cleans up after itself, production keeps everything.

use super::option::{choice, component};
use crate::topology::Keep;

choice! {
    /// What is worth more: nothing left over, or nothing lost.
    Level {
        /// Deleting a stack deletes its data, and no snapshot is billed afterwards.
        Workshop = "workshop",
        /// Data outlives its stack, and is protected from being deleted at all.
        Production = "production",
    }
}

component! {
    /// What becomes of data when somebody deletes it.
    Protection at protection in Protection {
        "protection" "pl" level: Level = Level::Workshop, "Protection", "workshop deletes clean and leaves no snapshot to pay for; production turns deletion protection on, leaves snapshots and keeps logs for a year";
    }
}

impl Protection {
    pub fn is_production(&self) -> bool {
        match self.level {
            Level::Workshop => false,
            Level::Production => true,
        }
    }

    /// What becomes of a database or a cache whose stack is deleted.
    pub(super) fn keep(&self) -> Keep {
        match self.level {
            Level::Workshop => Keep::Delete,
            Level::Production => Keep::Snapshot,
        }
    }

    /// Days that logs are kept.
    pub(super) fn log_days(&self) -> u32 {
        match self.level {
            Level::Workshop => 90,
            Level::Production => 365,
        }
    }
}
