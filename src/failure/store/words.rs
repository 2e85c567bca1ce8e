//! What is said of a database; where it is a cache, `cache` says it.

use super::super::EventKind;
use super::super::figure::{
    BACKUP, DATABASE, FAILOVER, RECREATION, REPLICA, RESTORE, STANDBY, STANDBY_S, WITH_POWER,
};
use super::super::scene::{Scene, listed};
use super::{Manner, Member, Store};
use crate::aws::Zone;
use crate::text::text;

/// Seconds.
const HOUR: u32 = 3600;

impl Store {
    pub(super) fn tell_stranded(&self, scene: &mut Scene) {
        if self.manner.is_cache() {
            return self.tell_empty(scene);
        }
        if self.manner == Manner::Cluster {
            return self.tell_cluster_stranded(scene);
        }
        scene.tell(&self.name, EventKind::Lost, RESTORE, || {
            if let Some(lacks) = self.restore.filter(|it| *it >= HOUR) {
                return text(
                    "failure.stranded-daily",
                    "{name} stops, and no standby takes over; a restore from AWS Backup would lack up to the last {hours} h of writes",
                )
                .with("name", self.name.as_str())
                .with("hours", lacks / HOUR);
            }
            if let Some(lacks) = self.restore {
                return text(
                    "failure.stranded",
                    "{name} stops, and no standby takes over; a restore elsewhere would lack up to the last {minutes} min of writes",
                )
                .with("name", self.name.as_str())
                .with("minutes", lacks / 60);
            }
            text(
                "failure.stranded-bare",
                "{name} stops; there is no standby to take over and no backup to restore",
            )
            .with("name", self.name.as_str())
        });
    }

    /// A failover to the standby in a zone begins.
    pub(super) fn tell_failover(&self, scene: &mut Scene, zone: Zone) {
        if self.manner.is_cache() {
            return self.tell_cache_failover(scene, zone);
        }
        if self.manner == Manner::Cluster {
            return self.tell_cluster_failover(scene, zone);
        }
        let figure = self.failover();
        let words = if self.proxied {
            text(
                "failure.failover-proxy",
                "RDS fails over to the standby in zone {zone}: {least} to {most} s through RDS Proxy, which keeps the clients' connections and finds the new primary without DNS; no committed write is lost",
            )
        } else {
            text(
                "failure.failover",
                "RDS fails over to the standby in zone {zone}: {least} to {most} s, and no committed write is lost",
            )
        };
        scene.tell(
            &self.name,
            EventKind::FailoverStarted,
            figure.source,
            || {
                words
                    .with("zone", zone.letter())
                    .with("least", figure.least)
                    .with("most", figure.most)
            },
        );
    }

    pub(super) fn tell_reconnected(&self, scene: &mut Scene) {
        let figure = self.reconnect();
        scene.tell(&self.name, EventKind::Dns, figure.source, || {
            text(
                "failure.reconnected",
                "Clients have dropped the old address and connect to {name} again ({least} to {most} s after the failover)",
            )
            .with("name", self.name.as_str())
            .with("least", figure.least)
            .with("most", figure.most)
        });
    }

    /// Read replicas after a failover.
    pub(super) fn tell_followers(&self, scene: &mut Scene) {
        if self.replicas.is_empty() {
            return;
        }
        scene.tell(&self.name, EventKind::Detected, REPLICA, || {
            text(
                "failure.replicas-follow",
                "{replicas} replicate from the new primary by themselves; what they answer lags behind, as replication to them is asynchronous",
            )
            .with("replicas", listed(&self.replicas))
        });
    }

    /// Read replicas of a database that nothing takes over from.
    pub(super) fn tell_orphans(&self, scene: &mut Scene) {
        if self.replicas.is_empty() {
            return;
        }
        scene.tell(&self.name, EventKind::Detected, REPLICA, || {
            text(
                "failure.replicas-orphaned",
                "{replicas} take no part in a failover: they go on answering reads with what had arrived; promoting one takes minutes, by hand, and loses the writes that had not",
            )
            .with("replicas", listed(&self.replicas))
        });
    }

    /// What is left of it in another Region, after the loss of its own.
    pub fn tell_elsewhere(&self, scene: &mut Scene) {
        let Some(lacks) = self.elsewhere else {
            return;
        };
        scene.tell(&self.name, EventKind::Detected, BACKUP, || {
            text(
                "failure.elsewhere",
                "{name} can be restored in the other Region, by hand, from the last copy: up to {hours} h of writes are lost",
            )
            .with("name", self.name.as_str())
            .with("hours", lacks / HOUR)
        });
    }

    pub(super) fn tell_back(&self, scene: &mut Scene) {
        if self.manner.is_cache() {
            return self.tell_cold(scene);
        }
        scene.tell(&self.name, EventKind::Back, WITH_POWER, || {
            text(
                "failure.database-back",
                "{name} runs again, with everything that was committed",
            )
            .with("name", self.name.as_str())
        });
    }
}

impl Member {
    pub(super) fn tell_primary_lost(&self, scene: &mut Scene, manner: Manner) {
        if manner.is_cache() {
            return self.tell_leader_lost(scene, manner);
        }
        if manner == Manner::Cluster {
            return self.tell_writer_lost(scene);
        }
        scene.tell(&self.name, EventKind::Lost, DATABASE, || {
            text(
                "failure.primary-lost",
                "The primary stops: nothing is read or written",
            )
            .into()
        });
    }

    pub(super) fn tell_standby_lost(&self, scene: &mut Scene, manner: Manner) {
        if manner.is_cache() {
            return self.tell_follower_lost(scene, manner);
        }
        if manner == Manner::Cluster {
            return self.tell_reader_lost(scene);
        }
        scene.tell(&self.name, EventKind::Lost, DATABASE, || {
            text(
                "failure.standby-lost",
                "The standby stops: reads and writes go on, with nothing to fail over to",
            )
            .into()
        });
    }

    /// It is the primary of a database now.
    pub(super) fn tell_promoted(&self, scene: &mut Scene, database: &str, manner: Manner) {
        if manner.is_cache() {
            return self.tell_leader_promoted(scene, database, manner);
        }
        if manner == Manner::Cluster {
            return self.tell_reader_promoted(scene, database);
        }
        scene.tell(&self.name, EventKind::FailedOver, FAILOVER.source, || {
            text(
                "failure.failed-over",
                "{standby} in zone {zone} is the primary now; the DNS name of {name} leads there",
            )
            .with("standby", self.name.as_str())
            .with("zone", self.zone.letter())
            .with("name", database)
        });
    }

    pub(super) fn tell_rebuilding(&self, scene: &mut Scene, manner: Manner) {
        if manner.is_cache() {
            return self.tell_follower_rebuilding(scene, manner);
        }
        if manner == Manner::Cluster {
            return self.tell_reader_starting(scene);
        }
        scene.tell(&self.name, EventKind::Detected, STANDBY, || {
            text(
                "failure.rebuild",
                "RDS builds a new standby in zone {zone}; it takes {minutes} min here",
            )
            .with("zone", self.zone.letter())
            .with("minutes", STANDBY_S / 60)
        });
    }

    pub(super) fn tell_rebuilt(&self, scene: &mut Scene, manner: Manner) {
        if manner.is_cache() {
            return self.tell_follower_rebuilt(scene);
        }
        if manner == Manner::Cluster {
            return self.tell_reader_back(scene, RECREATION.source);
        }
        scene.tell(&self.name, EventKind::Restored, STANDBY, || {
            text(
                "failure.rebuilt",
                "The standby in zone {zone} is in step: every write has two copies again",
            )
            .with("zone", self.zone.letter())
        });
    }
}
