//! A database or a cache: the copy that answers, and the standby or replica that takes over from it.

mod aurora;
mod cache;
mod words;

use super::Status;
use super::figure::{
    CACHE_FAILOVER, CACHE_RECONNECT, CLUSTER_FAILOVER, CLUSTER_RECONNECT, DAX_FAILOVER,
    DAX_RECONNECT, FAILOVER, Figure, PROXY_FAILOVER, PROXY_RECONNECT, RECONNECT, RECREATION,
    STANDBY_S,
};
use super::scene::Scene;
use crate::aws::{Name, Region, Zone};

/// Whose rules a store follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// RDS: synchronous standby, and backups where they are on.
    Database,
    /// Aurora: instances over one volume; a reader takes over, or the writer is made anew.
    Cluster,
    /// ElastiCache: asynchronous replicas, and what is lost is read from the database again.
    Cache,
    /// DAX: replicas that read, and what is lost is read from the table again.
    TableCache,
}

impl Manner {
    /// Whether what it holds is a copy of something else.
    fn is_cache(self) -> bool {
        match self {
            Self::Cache | Self::TableCache => true,
            Self::Database | Self::Cluster => false,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Store {
    pub id: usize,
    pub manner: Manner,
    /// Whether another copy takes over from the one that answers.
    pub fails_over: bool,
    pub name: Name,
    pub region: Option<Region>,
    /// The first is the one that answers while nothing has failed.
    pub members: Vec<Member>,
    /// Seconds of writes that a restore lacks at most; `None`: there is nothing to restore.
    pub restore: Option<u32>,
    /// The same of a restore in another Region.
    pub elsewhere: Option<u32>,
    /// Read replicas that follow it.
    pub replicas: Vec<Name>,
    /// Whether clients reach it through RDS Proxy.
    pub proxied: bool,
    answering: Option<usize>,
    failing_over: bool,
    /// Whether clients have followed the DNS name to the copy that answers.
    reached: bool,
    /// Whether the last copy was lost with no standby to take over.
    stranded: bool,
    /// Whether the volume has copies enough; always, but for Aurora's.
    has_quorum: bool,
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
    /// From the copy of this index.
    FailedOver(usize),
    Reconnected,
    /// The copy of this index has caught up.
    Rebuilt(usize),
    /// The writer of this index is there again, of a cluster that had no reader.
    Recreated(usize),
}

impl Store {
    pub fn new(
        id: usize,
        manner: Manner,
        name: Name,
        region: Option<Region>,
        members: Vec<Member>,
        restore: Option<u32>,
    ) -> Self {
        Self {
            id,
            manner,
            fails_over: true,
            name,
            region,
            answering: (!members.is_empty()).then_some(0),
            members,
            restore,
            elsewhere: None,
            replicas: Vec::new(),
            proxied: false,
            failing_over: false,
            reached: true,
            stranded: false,
            has_quorum: true,
        }
    }

    fn failover(&self) -> Figure {
        match (self.manner, self.proxied) {
            (Manner::Database, true) => PROXY_FAILOVER,
            (Manner::Database, false) => FAILOVER,
            (Manner::Cluster, _) => CLUSTER_FAILOVER,
            (Manner::Cache, _) => CACHE_FAILOVER,
            (Manner::TableCache, _) => DAX_FAILOVER,
        }
    }

    fn reconnect(&self) -> Figure {
        match (self.manner, self.proxied) {
            (Manner::Database | Manner::Cluster, true) => PROXY_RECONNECT,
            (Manner::Cluster, false) => CLUSTER_RECONNECT,
            (Manner::Database, false) => RECONNECT,
            (Manner::Cache, _) => CACHE_RECONNECT,
            (Manner::TableCache, _) => DAX_RECONNECT,
        }
    }

    /// Whether clients read and write.
    pub fn answers(&self) -> bool {
        self.answering.is_some() && self.reached
    }

    /// Whether reads are answered by any copy that lets itself be asked.
    pub fn reads(&self) -> bool {
        self.has_quorum && self.members.iter().any(|it| it.up)
    }

    /// Whether every write reaches a second copy.
    pub fn is_mirrored(&self) -> bool {
        self.answering.is_some()
            && self.members.len() > 1
            && self.members.iter().all(|it| it.up && it.in_step)
    }

    /// Whether nothing takes over.
    pub fn is_stranded(&self) -> bool {
        self.stranded
    }

    /// Seconds of committed writes that are lost.
    pub fn rpo(&self) -> Option<u32> {
        if self.manner.is_cache() {
            return None;
        }
        if self.stranded {
            return self.restore;
        }
        Some(0)
    }

    /// Stops copies, then lets RDS react.
    pub fn lose(&mut self, scene: &mut Scene, which: impl Fn(&Member) -> bool) {
        self.look_at_volume(scene);
        let mut lost = Vec::new();
        for (index, member) in self.members.iter_mut().enumerate() {
            if member.up && which(member) {
                member.up = false;
                member.in_step = false;
                lost.push(index);
            }
        }
        for member in lost {
            if self.answering == Some(member) {
                self.lose_primary(scene, member);
            } else if self.answering.is_some() {
                self.lose_standby(scene, member);
            }
        }
        self.stop_without_volume(scene);
    }

    fn lose_primary(&mut self, scene: &mut Scene, lost: usize) {
        self.answering = None;
        self.reached = false;
        let standby = self
            .standby()
            .filter(|_| self.fails_over && self.has_quorum);
        let Some(zone) = standby.map(|(_, it)| it.zone) else {
            if self.manner == Manner::Cluster && self.recreate(scene, lost) {
                return;
            }
            self.stranded = true;
            self.tell_stranded(scene);
            return self.tell_orphans(scene);
        };
        if let Some(primary) = self.members.get(lost) {
            primary.tell_primary_lost(scene, self.manner);
        }
        self.failing_over = true;
        self.tell_failover(scene, zone);
        scene.after(self.failover().played, (self.id, Step::FailedOver(lost)));
    }

    fn lose_standby(&self, scene: &mut Scene, lost: usize) {
        if let Some(standby) = self.members.get(lost) {
            standby.tell_standby_lost(scene, self.manner);
        }
        self.rebuild(scene);
    }

    /// The copy that can take over.
    fn standby(&self) -> Option<(usize, &Member)> {
        let mut members = self.members.iter().enumerate();
        members.find(|(_, it)| it.up && it.in_step)
    }

    /// Seconds until a lost copy is there again.
    fn rebuilding(&self) -> u32 {
        match self.manner {
            Manner::Database | Manner::Cache | Manner::TableCache => STANDBY_S,
            Manner::Cluster => RECREATION.played,
        }
    }

    /// Starts a new standby for each lost copy whose zone has power.
    fn rebuild(&self, scene: &mut Scene) {
        for (index, member) in self.members.iter().enumerate() {
            if !member.in_step && !scene.is_dark(scene.site(self.region, member.zone)) {
                member.tell_rebuilding(scene, self.manner);
                scene.after(self.rebuilding(), (self.id, Step::Rebuilt(index)));
            }
        }
    }

    /// A zone has power again. What nothing has taken over from goes on where it stopped: its volumes kept every
    /// committed write.
    pub fn zone_back(&mut self, scene: &mut Scene, zone: Zone) {
        if self.manner == Manner::Cluster {
            return self.cluster_back(scene, zone);
        }
        let mut back = self.members.iter_mut().filter(|it| it.zone == zone);
        let Some(member) = back.find(|it| !it.up) else {
            return;
        };
        member.up = true;
        if !self.stranded {
            return self.rebuild(scene);
        }
        member.in_step = true;
        self.stranded = false;
        self.answering = self.standby().map(|(index, _)| index);
        self.reached = true;
        self.tell_back(scene);
    }

    pub fn step(&mut self, scene: &mut Scene, step: Step) {
        match step {
            Step::FailedOver(lost) => self.fail_over(scene, lost),
            Step::Reconnected => {
                self.reached = true;
                self.tell_reconnected(scene);
            }
            Step::Recreated(index) => self.recreated(scene, index),
            Step::Rebuilt(index) => {
                if let Some(member) = self.members.get_mut(index) {
                    member.up = true;
                    member.in_step = true;
                    member.tell_rebuilt(scene, self.manner);
                }
            }
        }
    }

    fn fail_over(&mut self, scene: &mut Scene, lost: usize) {
        self.failing_over = false;
        let Some((index, standby)) = self.standby() else {
            return;
        };
        standby.tell_promoted(scene, &self.name, self.manner);
        if let Some(lost) = self.members.get(lost) {
            scene.swap([&standby.name, &lost.name]);
        }
        self.answering = Some(index);
        self.tell_followers(scene);
        let reconnect = self.reconnect().played;
        if reconnect == 0 {
            self.reached = true;
        } else {
            scene.after(reconnect, (self.id, Step::Reconnected));
        }
        self.rebuild(scene);
    }

    pub fn show(&self, scene: &mut Scene) {
        for member in &self.members {
            let recovers =
                !scene.is_dark(scene.site(self.region, member.zone)) && self.answering.is_some();
            let status = match (member.up && member.in_step, self.failing_over) {
                (true, false) => Status::Healthy,
                (true, true) => Status::Recovering,
                (false, _) if recovers => Status::Recovering,
                (false, _) => Status::Failed,
            };
            scene.show(&member.name, status);
        }
        let whole = self.members.iter().all(|it| it.in_step);
        let status = match (self.answering, self.reached, whole) {
            (Some(_), true, true) => Status::Healthy,
            (Some(_), true, false) => Status::Degraded,
            (Some(_), false, _) => Status::Recovering,
            (None, ..) if self.failing_over => Status::Recovering,
            (None, ..) if self.members.is_empty() => Status::Healthy,
            (None, ..) => Status::Failed,
        };
        scene.show(&self.name, status);
    }
}
