//! An Aurora cluster: what its volume makes different, and what is said of it.

use super::super::figure::{CLUSTER_FAILOVER, RECREATION, VOLUME, WITH_POWER};
use super::super::scene::Scene;
use super::super::{EventKind, Source};
use super::{Manner, Member, Step, Store};
use crate::aws::Zone;
use crate::text::text;

/// Zones of a Region that the volume outlives the loss of: two of its six copies.
const SPARE_ZONES: usize = 1;

impl Store {
    /// Notes whether the volume has copies enough for a write.
    pub(super) fn look_at_volume(&mut self, scene: &Scene) {
        let dark = |zone: &Zone| scene.is_dark(scene.site(self.region, *zone));
        let lost = (0..Zone::MAX)
            .filter_map(Zone::from_index)
            .filter(dark)
            .count();
        self.has_quorum = self.manner != Manner::Cluster || lost <= SPARE_ZONES;
    }

    /// An instance that stands works on nothing once the volume has lost too much.
    pub(super) fn stop_without_volume(&mut self, scene: &mut Scene) {
        if self.has_quorum || self.answering.is_none() {
            return;
        }
        self.answering = None;
        self.reached = false;
        self.stranded = true;
        self.tell_cluster_stranded(scene);
    }

    /// Begins to make the writer anew where nothing takes over from it; not where its zone is dark.
    pub(super) fn recreate(&mut self, scene: &mut Scene, writer: usize) -> bool {
        let Some(member) = self.members.get(writer) else {
            return false;
        };
        if !self.has_quorum || scene.is_dark(scene.site(self.region, member.zone)) {
            return false;
        }
        self.failing_over = true;
        scene.tell(&self.name, EventKind::Lost, RECREATION.source, || {
            text(
                "failure.writer-recreation",
                "{name} stops, and no reader takes over: Aurora makes {writer} anew in zone {zone}, which takes up to {minutes} min; the volume kept every committed write",
            )
            .with("name", self.name.as_str())
            .with("writer", member.name.as_str())
            .with("zone", member.zone.letter())
            .with("minutes", RECREATION.most / 60)
        });
        scene.after(RECREATION.played, (self.id, Step::Recreated(writer)));
        true
    }

    pub(super) fn recreated(&mut self, scene: &mut Scene, writer: usize) {
        self.failing_over = false;
        let Some(member) = self.members.get_mut(writer) else {
            return;
        };
        if scene.is_dark(scene.site(self.region, member.zone)) {
            return;
        }
        member.up = true;
        member.in_step = true;
        self.answering = Some(writer);
        self.reached = true;
        let name = &self.name;
        scene.tell(name, EventKind::Back, RECREATION.source, || {
            text(
                "failure.database-back",
                "{name} runs again, with everything that was committed",
            )
            .with("name", name.as_str())
        });
        self.rebuild(scene);
    }

    /// A zone has power again: its instances start, and have nothing to copy.
    pub(super) fn cluster_back(&mut self, scene: &mut Scene, zone: Zone) {
        self.look_at_volume(scene);
        let mut back = Vec::new();
        for (index, member) in self.members.iter_mut().enumerate() {
            if member.zone == zone && !member.up {
                member.up = true;
                member.in_step = true;
                back.push(index);
            }
        }
        if !self.has_quorum {
            return;
        }
        if self.answering.is_none() && !self.failing_over {
            self.stranded = false;
            self.answering = self.standby().map(|(index, _)| index);
            self.reached = self.answering.is_some();
            if self.reached {
                self.tell_back(scene);
            }
            return;
        }
        for index in back {
            if let Some(member) = self.members.get(index) {
                member.tell_reader_back(scene, WITH_POWER);
            }
        }
    }

    pub(super) fn tell_cluster_stranded(&self, scene: &mut Scene) {
        if !self.has_quorum {
            return scene.tell(&self.name, EventKind::Lost, VOLUME, || {
                text(
                    "failure.volume-lost",
                    "{name} stops: with two zones its volume has lost four of its six copies, too many to read or write",
                )
                .with("name", self.name.as_str())
            });
        }
        scene.tell(&self.name, EventKind::Lost, RECREATION.source, || {
            text(
                "failure.cluster-stranded",
                "{name} stops, and no reader takes over: Aurora would make its writer anew in the same zone, which is lost. The volume keeps every committed write in the other zones; an instance added there by hand takes up to {minutes} min",
            )
            .with("name", self.name.as_str())
            .with("minutes", RECREATION.most / 60)
        });
    }

    pub(super) fn tell_cluster_failover(&self, scene: &mut Scene, zone: Zone) {
        let figure = CLUSTER_FAILOVER;
        scene.tell(&self.name, EventKind::FailoverStarted, figure.source, || {
            text(
                "failure.cluster-failover",
                "Aurora fails over to the reader in zone {zone}: in less than {most} s, often in less than {least} s; both work on the same volume, so no committed write is lost",
            )
            .with("zone", zone.letter())
            .with("least", figure.least)
            .with("most", figure.most)
        });
    }
}

impl Member {
    pub(super) fn tell_writer_lost(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Lost, CLUSTER_FAILOVER.source, || {
            text(
                "failure.writer-lost",
                "The writer stops: nothing is written; readers go on",
            )
            .into()
        });
    }

    pub(super) fn tell_reader_lost(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Lost, CLUSTER_FAILOVER.source, || {
            text(
                "failure.reader-lost",
                "{name} stops; writes go on, and the reader endpoint leads to what is left",
            )
            .with("name", self.name.as_str())
        });
    }

    pub(super) fn tell_reader_promoted(&self, scene: &mut Scene, cluster: &str) {
        scene.tell(
            &self.name,
            EventKind::FailedOver,
            CLUSTER_FAILOVER.source,
            || {
                text(
                    "failure.reader-promoted",
                    "{reader} in zone {zone} is the writer now; the cluster endpoint of {name} leads there",
                )
                .with("reader", self.name.as_str())
                .with("zone", self.zone.letter())
                .with("name", cluster)
            },
        );
    }

    pub(super) fn tell_reader_starting(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Detected, RECREATION.source, || {
            text(
                "failure.reader-starting",
                "Aurora makes {name} anew in zone {zone}, as a reader; it takes up to {minutes} min",
            )
            .with("name", self.name.as_str())
            .with("zone", self.zone.letter())
            .with("minutes", RECREATION.most / 60)
        });
    }

    pub(super) fn tell_reader_back(&self, scene: &mut Scene, source: Source) {
        scene.tell(&self.name, EventKind::Restored, source, || {
            text(
                "failure.reader-back",
                "{name} in zone {zone} runs again, as a reader",
            )
            .with("name", self.name.as_str())
            .with("zone", self.zone.letter())
        });
    }
}
