//! A read replica of a database: it answers reads, lags behind, and never takes over by itself.

use super::figure::{REPLICA, WITH_POWER};
use super::scene::Scene;
use super::{EventKind, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::text;

#[derive(Debug, Clone)]
pub struct Replica {
    pub name: Name,
    pub zone: Option<Zone>,
    pub region: Option<Region>,
    /// The database that it follows.
    pub source: Name,
    pub up: bool,
}

impl Replica {
    pub fn lose(&mut self, scene: &mut Scene) {
        self.up = false;
        scene.tell(&self.name, EventKind::Lost, REPLICA, || {
            text(
                "failure.replica-lost",
                "{name} stops: reads that are sent to it fail until the application asks another replica or the primary",
            )
            .with("name", self.name.as_str())
        });
    }

    pub fn restore(&mut self, scene: &mut Scene) {
        if self.up {
            return;
        }
        self.up = true;
        scene.tell(&self.name, EventKind::Back, WITH_POWER, || {
            text(
                "failure.replica-back",
                "{name} runs again and catches up with what was written since",
            )
            .with("name", self.name.as_str())
        });
    }

    /// `follows`: whether the database that it follows takes writes.
    pub fn status(&self, follows: bool) -> Status {
        match (self.up, follows) {
            (false, _) => Status::Failed,
            (true, false) => Status::Degraded,
            (true, true) => Status::Healthy,
        }
    }
}
