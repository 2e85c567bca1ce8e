//! A database: the copy that answers, and the standby that takes over from it.

use super::figure::{
    DATABASE, FAILOVER, RECONNECT, RESTORE, RESTORE_POINT_S, STANDBY, STANDBY_S, WITH_POWER,
};
use super::scene::Scene;
use super::{EventKind, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::text;

#[derive(Debug, Clone)]
pub struct Store {
    pub id: usize,
    pub name: Name,
    pub region: Option<Region>,
    /// The first is the one that answers while nothing has failed.
    pub copies: Vec<Member>,
    pub backups: bool,
    answering: Option<usize>,
    failing_over: bool,
    /// Whether clients have followed the DNS name to the copy that answers.
    reached: bool,
    /// Whether the last copy was lost with no standby to take over.
    stranded: bool,
}

/// One database instance.
#[derive(Debug, Clone)]
pub struct Member {
    pub name: Name,
    pub zone: Zone,
    up: bool,
    in_step: bool,
}

impl Member {
    pub fn new(name: Name, zone: Zone) -> Self {
        Self {
            name,
            zone,
            up: true,
            in_step: true,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Step {
    FailedOver,
    Reconnected,
    /// The copy of this index has caught up.
    Rebuilt(usize),
}

impl Store {
    pub fn new(
        id: usize,
        name: Name,
        region: Option<Region>,
        copies: Vec<Member>,
        backups: bool,
    ) -> Self {
        Self {
            id,
            name,
            region,
            answering: (!copies.is_empty()).then_some(0),
            copies,
            backups,
            failing_over: false,
            reached: true,
            stranded: false,
        }
    }

    /// Whether clients read and write.
    pub fn answers(&self) -> bool {
        self.answering.is_some() && self.reached
    }

    /// Whether every write reaches a second copy.
    pub fn is_mirrored(&self) -> bool {
        self.answering.is_some()
            && self.copies.len() > 1
            && self.copies.iter().all(|it| it.up && it.in_step)
    }

    /// Whether nothing takes over.
    pub fn is_stranded(&self) -> bool {
        self.stranded
    }

    /// Seconds of committed writes that are lost.
    pub fn rpo(&self) -> Option<u32> {
        if self.stranded {
            return self.backups.then_some(RESTORE_POINT_S);
        }
        Some(0)
    }

    /// Stops copies, then lets RDS react.
    pub fn lose(&mut self, scene: &mut Scene, which: impl Fn(&Member) -> bool) {
        let lost: Vec<usize> = (0..self.copies.len())
            .filter(|it| self.copies.get(*it).is_some_and(|it| it.up && which(it)))
            .collect();
        for copy in &mut self.copies {
            if copy.up && which(copy) {
                copy.up = false;
                copy.in_step = false;
            }
        }
        for copy in lost {
            if self.answering == Some(copy) {
                self.lose_primary(scene, copy);
            } else if self.answering.is_some() {
                self.lose_standby(scene, copy);
            }
        }
    }

    fn lose_primary(&mut self, scene: &mut Scene, lost: usize) {
        self.answering = None;
        self.reached = false;
        let Some((_, standby)) = self.standby() else {
            return self.strand(scene);
        };
        let zone = standby.zone;
        if let Some(primary) = self.copies.get(lost) {
            scene.tell(&primary.name, EventKind::Lost, DATABASE, || {
                text(
                    "failure.primary-lost",
                    "The primary stops: nothing is read or written",
                )
                .into()
            });
        }
        self.failing_over = true;
        scene.tell(
            &self.name,
            EventKind::FailoverStarted,
            FAILOVER.source,
            || {
                text(
                    "failure.failover",
                    "RDS fails over to the standby in zone {zone}: {least} to {most} s, and no committed write is lost",
                )
                .with("zone", zone.letter())
                .with("least", FAILOVER.least)
                .with("most", FAILOVER.most)
            },
        );
        scene.after(FAILOVER.played, (self.id, Step::FailedOver));
    }

    fn strand(&mut self, scene: &mut Scene) {
        self.stranded = true;
        let (name, backups) = (&self.name, self.backups);
        scene.tell(name, EventKind::Lost, RESTORE, || {
            if backups {
                return text(
                    "failure.stranded",
                    "{name} stops, and no standby takes over; a restore elsewhere would lack up to the last {minutes} min of writes",
                )
                .with("name", name.as_str())
                .with("minutes", RESTORE_POINT_S / 60);
            }
            text(
                "failure.stranded-bare",
                "{name} stops; there is no standby to take over and no backup to restore",
            )
            .with("name", name.as_str())
        });
    }

    fn lose_standby(&self, scene: &mut Scene, lost: usize) {
        let Some(copy) = self.copies.get(lost) else {
            return;
        };
        scene.tell(&copy.name, EventKind::Lost, DATABASE, || {
            text(
                "failure.standby-lost",
                "The standby stops: reads and writes go on, with nothing to fail over to",
            )
            .into()
        });
        self.rebuild(scene);
    }

    /// The copy that can take over.
    fn standby(&self) -> Option<(usize, &Member)> {
        let mut copies = self.copies.iter().enumerate();
        copies.find(|(_, it)| it.up && it.in_step)
    }

    /// Starts a new standby for each lost copy whose zone has power.
    fn rebuild(&self, scene: &mut Scene) {
        for (copy, it) in self.copies.iter().enumerate() {
            if it.in_step || scene.is_dark(it.zone) {
                continue;
            }
            scene.tell(&it.name, EventKind::Detected, STANDBY, || {
                text(
                    "failure.rebuild",
                    "RDS builds a new standby in zone {zone}; it takes {minutes} min here",
                )
                .with("zone", it.zone.letter())
                .with("minutes", STANDBY_S / 60)
            });
            scene.after(STANDBY_S, (self.id, Step::Rebuilt(copy)));
        }
    }

    /// A zone has power again.
    pub fn zone_back(&mut self, scene: &mut Scene, zone: Zone) {
        let mut back = self.copies.iter_mut().filter(|it| it.zone == zone);
        let Some(copy) = back.find(|it| !it.up) else {
            return;
        };
        copy.up = true;
        if !self.stranded {
            return self.rebuild(scene);
        }
        copy.in_step = true;
        self.answering = self.standby().map(|(copy, _)| copy);
        self.reached = true;
        scene.tell(&self.name, EventKind::Back, WITH_POWER, || {
            text(
                "failure.database-back",
                "{name} runs again, with everything that was committed",
            )
            .with("name", self.name.as_str())
        });
    }

    pub fn step(&mut self, scene: &mut Scene, step: Step) {
        match step {
            Step::FailedOver => self.fail_over(scene),
            Step::Reconnected => {
                self.reached = true;
                scene.tell(&self.name, EventKind::Dns, RECONNECT.source, || {
                    text(
                        "failure.reconnected",
                        "Clients have dropped the old address and connect to {name} again ({least} to {most} s after the failover)",
                    )
                    .with("name", self.name.as_str())
                    .with("least", RECONNECT.least)
                    .with("most", RECONNECT.most)
                });
            }
            Step::Rebuilt(copy) => self.rebuilt(scene, copy),
        }
    }

    fn fail_over(&mut self, scene: &mut Scene) {
        self.failing_over = false;
        let Some((copy, standby)) = self.standby() else {
            return;
        };
        scene.tell(&standby.name, EventKind::FailedOver, FAILOVER.source, || {
            text(
                "failure.failed-over",
                "{standby} in zone {zone} is the primary now ({least} to {most} s after the fault); the DNS name of {name} leads there",
            )
            .with("standby", standby.name.as_str())
            .with("zone", standby.zone.letter())
            .with("least", FAILOVER.least)
            .with("most", FAILOVER.most)
            .with("name", self.name.as_str())
        });
        self.answering = Some(copy);
        scene.after(RECONNECT.played, (self.id, Step::Reconnected));
        self.rebuild(scene);
    }

    fn rebuilt(&mut self, scene: &mut Scene, copy: usize) {
        let Some(it) = self.copies.get_mut(copy) else {
            return;
        };
        it.up = true;
        it.in_step = true;
        scene.tell(&it.name, EventKind::Restored, STANDBY, || {
            text(
                "failure.rebuilt",
                "The standby in zone {zone} is in step: every write has two copies again",
            )
            .with("zone", it.zone.letter())
        });
    }

    pub fn show(&self, scene: &mut Scene) {
        for copy in &self.copies {
            let recovers = !scene.is_dark(copy.zone) && self.answering.is_some();
            let status = match (copy.up && copy.in_step, self.failing_over) {
                (true, false) => Status::Healthy,
                (true, true) => Status::Recovering,
                (false, _) if recovers => Status::Recovering,
                (false, _) => Status::Failed,
            };
            scene.show(&copy.name, status);
        }
        let whole = self.copies.iter().all(|it| it.in_step);
        let status = match (self.answering, self.reached, whole) {
            (Some(_), true, true) => Status::Healthy,
            (Some(_), true, false) => Status::Degraded,
            (Some(_), false, _) => Status::Recovering,
            (None, ..) if self.failing_over => Status::Recovering,
            (None, ..) if self.copies.is_empty() => Status::Healthy,
            (None, ..) => Status::Failed,
        };
        scene.show(&self.name, status);
    }
}
