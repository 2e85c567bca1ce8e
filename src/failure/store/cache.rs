//! What is said of a cache: as of a database, but a copy is a replica, and what is lost is read anew.

use super::super::EventKind;
use super::super::Source;
use super::super::figure::{
    CACHE, CACHE_FAILOVER, DAX, DAX_FAILOVER, Figure, STANDBY, STANDBY_S, WITH_POWER,
};
use super::super::scene::Scene;
use super::{Manner, Member, Store};
use crate::aws::Zone;
use crate::text::{Text, text};

impl Manner {
    /// AWS's name for the cache.
    fn service(self) -> &'static str {
        match self {
            Self::Database | Self::Cluster | Self::Cache => "ElastiCache",
            Self::TableCache => "DAX",
        }
    }

    /// What answers while the cache does not.
    fn behind(self) -> Text {
        match self {
            Self::Database | Self::Cluster | Self::Cache => {
                text("failure.behind-database", "the database")
            }
            Self::TableCache => text("failure.behind-table", "the table"),
        }
    }

    fn guide(self) -> Source {
        match self {
            Self::Database | Self::Cluster | Self::Cache => CACHE,
            Self::TableCache => DAX,
        }
    }

    fn promotion(self) -> Figure {
        match self {
            Self::Database | Self::Cluster | Self::Cache => CACHE_FAILOVER,
            Self::TableCache => DAX_FAILOVER,
        }
    }
}

impl Store {
    pub(super) fn tell_empty(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Lost, self.manner.guide(), || {
            text(
                "failure.cache-empty",
                "{name} stops, and no replica takes over; what it held is lost, and every read goes to {behind}",
            )
            .with("behind", self.manner.behind())
            .with("name", self.name.as_str())
        });
    }

    pub(super) fn tell_cache_failover(&self, scene: &mut Scene, zone: Zone) {
        scene.tell(
            &self.name,
            EventKind::FailoverStarted,
            self.manner.promotion().source,
            || {
                text(
                    "failure.cache-failover",
                    "{service} promotes the replica in zone {zone}: {least} to {most} s; what had not reached it is lost",
                )
                .with("zone", zone.letter())
                .with("service", self.manner.service())
                .with("least", self.manner.promotion().least)
                .with("most", self.manner.promotion().most)
            },
        );
    }

    pub(super) fn tell_cold(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Back, WITH_POWER, || {
            text(
                "failure.cache-cold",
                "{name} runs again, empty: it fills as it is asked, and until then {behind} answers",
            )
            .with("behind", self.manner.behind())
            .with("name", self.name.as_str())
        });
    }
}

impl Member {
    pub(super) fn tell_leader_lost(&self, scene: &mut Scene, manner: Manner) {
        scene.tell(&self.name, EventKind::Lost, manner.guide(), || {
            text(
                "failure.leader-lost",
                "The primary of the cache stops: nothing is written to it; requests go on from {behind}",
            )
            .with("behind", manner.behind())
        });
    }

    pub(super) fn tell_follower_lost(&self, scene: &mut Scene, manner: Manner) {
        scene.tell(&self.name, EventKind::Lost, manner.guide(), || {
            text(
                "failure.follower-lost",
                "{name} stops; reads and writes go on at the primary",
            )
            .with("name", self.name.as_str())
        });
    }

    pub(super) fn tell_leader_promoted(&self, scene: &mut Scene, cache: &str, manner: Manner) {
        scene.tell(
            &self.name,
            EventKind::FailedOver,
            manner.promotion().source,
            || {
                text(
                    "failure.leader-promoted",
                    "{replica} in zone {zone} is the primary now; the primary endpoint of {name} leads there",
                )
                .with("replica", self.name.as_str())
                .with("zone", self.zone.letter())
                .with("name", cache)
            },
        );
    }

    pub(super) fn tell_follower_rebuilding(&self, scene: &mut Scene, manner: Manner) {
        scene.tell(&self.name, EventKind::Detected, STANDBY, || {
            text(
                "failure.follower-rebuild",
                "{service} makes a new replica in zone {zone}; it takes {minutes} min here",
            )
            .with("service", manner.service())
            .with("zone", self.zone.letter())
            .with("minutes", STANDBY_S / 60)
        });
    }

    pub(super) fn tell_follower_rebuilt(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Restored, STANDBY, || {
            text(
                "failure.follower-rebuilt",
                "The replica in zone {zone} has caught up",
            )
            .with("zone", self.zone.letter())
        });
    }
}
