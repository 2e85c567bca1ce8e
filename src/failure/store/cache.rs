//! What is said of a cache: as of a database, but a copy is a replica, and what is lost is read anew.

use super::super::EventKind;
use super::super::figure::{CACHE, CACHE_FAILOVER, STANDBY, STANDBY_S, WITH_POWER};
use super::super::scene::Scene;
use super::{Member, Store};
use crate::aws::Zone;
use crate::text::text;

impl Store {
    pub(super) fn tell_empty(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Lost, CACHE, || {
            text(
                "failure.cache-empty",
                "{name} stops, and no replica takes over; what it held is lost, and every read goes to the database",
            )
            .with("name", self.name.as_str())
        });
    }

    pub(super) fn tell_cache_failover(&self, scene: &mut Scene, zone: Zone) {
        scene.tell(
            &self.name,
            EventKind::FailoverStarted,
            CACHE_FAILOVER.source,
            || {
                text(
                    "failure.cache-failover",
                    "ElastiCache promotes the replica in zone {zone}: {least} to {most} s; what had not reached it is lost",
                )
                .with("zone", zone.letter())
                .with("least", CACHE_FAILOVER.least)
                .with("most", CACHE_FAILOVER.most)
            },
        );
    }

    pub(super) fn tell_cold(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Back, WITH_POWER, || {
            text(
                "failure.cache-cold",
                "{name} runs again, empty: it fills as it is asked, and until then the database answers",
            )
            .with("name", self.name.as_str())
        });
    }
}

impl Member {
    pub(super) fn tell_leader_lost(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Lost, CACHE, || {
            text(
                "failure.leader-lost",
                "The primary of the cache stops: nothing is written to it; requests go on from the database",
            )
            .into()
        });
    }

    pub(super) fn tell_follower_lost(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Lost, CACHE, || {
            text(
                "failure.follower-lost",
                "{name} stops; reads and writes go on at the primary",
            )
            .with("name", self.name.as_str())
        });
    }

    pub(super) fn tell_leader_promoted(&self, scene: &mut Scene, cache: &str) {
        scene.tell(
            &self.name,
            EventKind::FailedOver,
            CACHE_FAILOVER.source,
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

    pub(super) fn tell_follower_rebuilding(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Detected, STANDBY, || {
            text(
                "failure.follower-rebuild",
                "ElastiCache makes a new replica in zone {zone}; it takes {minutes} min here",
            )
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
