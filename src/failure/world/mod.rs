//! Everything that can change, and the loop that changes it.

mod build;
mod paths;
mod strike;

use super::course::Samples;
use super::detour::{self, Detour};
use super::figure::{DESIGN, END_S};
use super::fleet::{self, Fleet};
use super::front::{self, Front};
use super::interfaces::{self, Interfaces};
use super::journey::Path;
use super::point::Point;
use super::replica::Replica;
use super::scene::Scene;
use super::store::{self, Store};
use super::vpn::{self, Vpn};
use super::{Course, EventKind, Fault, Status};
use crate::aws::{Name, Region};
use crate::text::text;
use crate::topology::Site;

/// A system in one moment: what stands, what waits in the queue, and the journeys that are asked of it.
#[derive(Debug, Clone)]
pub struct World {
    pub scene: Scene,
    pub fronts: Vec<Front>,
    pub fleets: Vec<Fleet>,
    pub stores: Vec<Store>,
    pub interfaces: Vec<Interfaces>,
    pub detours: Vec<Detour>,
    pub vpns: Vec<Vpn>,
    pub points: Vec<Point>,
    pub replicas: Vec<Replica>,
    pub sites: Vec<Site>,
    regions: Vec<Region>,
    subnets: Vec<(Name, Site)>,
    /// VPCs, which no zone takes with it.
    vpcs: Vec<(Name, Option<Region>)>,
    pub paths: Vec<Path>,
}

/// Something in the queue: for a load balancer, a group, a database or an owner of interfaces by index, or for the zone.
#[derive(Debug, Clone)]
pub enum Step {
    ZoneBack(Site),
    Front(usize, front::Step),
    Fleet(usize, fleet::Step),
    Store(usize, store::Step),
    Detour(usize, detour::Step),
    Interfaces(usize, interfaces::Step),
    Vpn(usize, vpn::Step),
}

impl From<(usize, front::Step)> for Step {
    fn from((front, step): (usize, front::Step)) -> Self {
        Self::Front(front, step)
    }
}

impl From<(usize, fleet::Step)> for Step {
    fn from((fleet, step): (usize, fleet::Step)) -> Self {
        Self::Fleet(fleet, step)
    }
}

impl From<(usize, store::Step)> for Step {
    fn from((store, step): (usize, store::Step)) -> Self {
        Self::Store(store, step)
    }
}

impl From<(usize, interfaces::Step)> for Step {
    fn from((owner, step): (usize, interfaces::Step)) -> Self {
        Self::Interfaces(owner, step)
    }
}

impl From<(usize, vpn::Step)> for Step {
    fn from((vpn, step): (usize, vpn::Step)) -> Self {
        Self::Vpn(vpn, step)
    }
}

impl From<(usize, detour::Step)> for Step {
    fn from((detour, step): (usize, detour::Step)) -> Self {
        Self::Detour(detour, step)
    }
}

impl World {
    /// Breaks something and plays what follows. Success of each journey, in order.
    pub fn run(&mut self, fault: &Fault) -> Vec<Samples> {
        let paths = self.paths.iter();
        let mut samples: Vec<Samples> = paths.map(|it| Samples::after(it.success(self))).collect();
        self.tell_broken();
        self.strike(fault);
        self.settle(&mut samples);
        while let Some(t) = self.scene.queue.next_time().filter(|it| *it < END_S) {
            self.scene.now = t;
            while let Some(step) = self.scene.queue.pop_by(t) {
                self.step(step);
            }
            self.settle(&mut samples);
        }
        samples
    }

    pub fn courses(&self, samples: Vec<Samples>) -> Vec<Course> {
        let paths = self.paths.iter().zip(samples);
        paths
            .map(|(path, samples)| samples.course(path.id, path.title, path.rpo(self)))
            .collect()
    }

    /// After each moment: load balancers look at their targets, then everything is noted.
    fn settle(&mut self, samples: &mut [Samples]) {
        for front in &mut self.fronts {
            let fleet = front.fleet.and_then(|it| self.fleets.get(it));
            front.heed(&mut self.scene, fleet);
        }
        let direct: Vec<f64> = self.detours.iter().map(|it| it.direct(self)).collect();
        for (detour, direct) in self.detours.iter_mut().zip(direct) {
            detour.heed(&mut self.scene, direct);
        }
        for (path, samples) in self.paths.iter().zip(samples) {
            samples.note(self.scene.now, path.success(self));
        }
        if self.scene.record.is_kept() {
            self.show();
        }
    }

    fn step(&mut self, step: Step) {
        let scene = &mut self.scene;
        match step {
            Step::ZoneBack(site) => self.zone_back(site),
            Step::Front(front, step) => {
                if let Some(front) = self.fronts.get_mut(front) {
                    let fleet = front.fleet.and_then(|it| self.fleets.get(it));
                    front.step(scene, fleet, step);
                }
            }
            Step::Fleet(fleet, step) => {
                if let Some(fleet) = self.fleets.get_mut(fleet) {
                    fleet.step(scene, step);
                }
            }
            Step::Interfaces(owner, interfaces::Step) => {
                if let Some(owner) = self.interfaces.get_mut(owner) {
                    owner.step(scene);
                }
            }
            Step::Vpn(vpn, vpn::Step) => {
                if let Some(vpn) = self.vpns.get_mut(vpn) {
                    vpn.step(scene);
                }
            }
            Step::Detour(detour, step) => {
                if let Some(detour) = self.detours.get_mut(detour) {
                    detour.step(scene, step);
                }
            }
            Step::Store(store, step) => {
                if let Some(store) = self.stores.get_mut(store) {
                    store.step(scene, step);
                }
            }
        }
    }

    /// What a fault cannot be blamed for.
    fn tell_broken(&mut self) {
        for fleet in self.fleets.iter().filter(|it| it.desired == 0) {
            self.scene
                .tell(&fleet.name, EventKind::Detected, DESIGN, || {
                    text(
                        "failure.no-instance",
                        "{group} has no instance even before the fault: its desired capacity is 0",
                    )
                    .with("group", fleet.name.as_str())
                });
        }
        for path in &self.paths {
            let Some((place, why)) = &path.broken else {
                continue;
            };
            self.scene.tell(place, EventKind::Detected, DESIGN, || {
                text(
                    "failure.broken",
                    "{journey} does not work even before the fault: {reason}",
                )
                .with("journey", path.title)
                .with("reason", why.clone())
            });
        }
    }

    /// Records the status of everything: zones, subnets, nodes, parts.
    fn show(&mut self) {
        let scene = &mut self.scene;
        let status = |scene: &Scene, site: Site| {
            if scene.is_dark(site) {
                Status::Failed
            } else {
                Status::Healthy
            }
        };
        for site in &self.sites {
            scene.show(&site.name(), status(scene, *site));
        }
        let cut = |subnet: &Name| {
            let mut places = self.fleets.iter().flat_map(|it| &it.places);
            let mut legs = self.paths.iter().flat_map(|it| &it.legs);
            places.any(|it| it.subnet == *subnet && it.way_out.is_cut(&self.points))
                || legs.any(|it| it.is_cut_off(subnet, &self.interfaces, &self.points))
        };
        for (subnet, site) in &self.subnets {
            let status = match status(scene, *site) {
                Status::Healthy if cut(subnet) => Status::Degraded,
                status => status,
            };
            scene.show(subnet, status);
        }
        self.points
            .iter()
            .filter(|it| !it.hidden)
            .for_each(|it| scene.show(&it.name, it.status()));
        for replica in &self.replicas {
            let mut sources = self.stores.iter().filter(|it| it.name == replica.source);
            let follows = sources.all(|it| it.answers());
            scene.show(&replica.name, replica.status(follows));
        }
        self.fronts.iter().for_each(|it| it.show(scene));
        self.fleets.iter().for_each(|it| it.show(scene));
        self.stores.iter().for_each(|it| it.show(scene));
        self.interfaces.iter().for_each(|it| it.show(scene));
    }
}
