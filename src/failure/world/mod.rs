//! Everything that can change, and the loop that changes it.

mod build;

use super::course::Samples;
use super::figure::{DARK_S, DESIGN, END_S, POWER, WHAT_IF};
use super::fleet::{self, Fleet};
use super::front::{self, Front};
use super::journey::Path;
use super::point::Point;
use super::scene::Scene;
use super::store::{self, Store};
use super::{Course, EventKind, Fault, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::text;

#[derive(Debug, Clone)]
pub struct World {
    pub scene: Scene,
    pub fronts: Vec<Front>,
    pub fleets: Vec<Fleet>,
    pub stores: Vec<Store>,
    pub points: Vec<Point>,
    pub zones: Vec<Zone>,
    regions: Vec<Region>,
    subnets: Vec<(Name, Zone)>,
    pub paths: Vec<Path>,
}

/// Something in the queue: for a load balancer, a group or a database by index, or for the zone.
#[derive(Debug, Clone)]
pub enum Step {
    ZoneBack(Zone),
    Front(usize, front::Step),
    Fleet(usize, fleet::Step),
    Store(usize, store::Step),
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

impl World {
    /// Breaks something and plays what follows. Success of each journey, in order.
    pub fn run(&mut self, fault: &Fault) -> Vec<Samples> {
        let mut samples = vec![Samples::default(); self.paths.len()];
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
            Step::ZoneBack(zone) => self.zone_back(zone),
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
            Step::Store(store, step) => {
                if let Some(store) = self.stores.get_mut(store) {
                    store.step(scene, step);
                }
            }
        }
    }

    fn strike(&mut self, fault: &Fault) {
        match fault {
            Fault::Zone(zone) => self.lose_zone(*zone),
            Fault::Node(name) => self.lose_node(name),
            Fault::Region(region) => self.lose_region(*region),
        }
    }

    fn lose_zone(&mut self, zone: Zone) {
        if !self.zones.contains(&zone) {
            return;
        }
        self.scene
            .tell(&zone_name(zone), EventKind::Lost, POWER, || {
                text(
                    "failure.zone-lost",
                    "Zone {zone} loses power for {minutes} min",
                )
                .with("zone", zone.letter())
                .with("minutes", DARK_S / 60)
            });
        self.scene.set_dark(zone, true);
        self.lose_points(|it| it.zone == Some(zone));
        let scene = &mut self.scene;
        for front in &mut self.fronts {
            front.lose(scene, |it| it.zone == zone);
        }
        for fleet in &mut self.fleets {
            fleet.lose(scene, |it| it.zone == zone);
        }
        for store in &mut self.stores {
            store.lose(scene, |it| it.zone == zone);
        }
        scene.after(DARK_S, Step::ZoneBack(zone));
    }

    fn lose_node(&mut self, name: &Name) {
        self.lose_points(|it| it.name == *name);
        let scene = &mut self.scene;
        for front in &mut self.fronts {
            let whole = front.name == *name;
            front.lose(scene, |it| whole || it.name == *name);
        }
        for fleet in &mut self.fleets {
            let whole = fleet.name == *name;
            fleet.lose(scene, |it| whole || it.name == *name);
        }
        for store in &mut self.stores {
            let whole = store.name == *name;
            store.lose(scene, |it| whole || it.name == *name);
        }
        if self.stays_down(name) {
            self.scene.tell(name, EventKind::Lost, WHAT_IF, || {
                text(
                    "failure.stays-down",
                    "AWS would repair {name}, but publishes no time for it: here it stays down",
                )
                .with("name", name.as_str())
            });
        }
    }

    /// Whether nothing in the model brings a lost thing back: a group replaces, a standby takes over and is built anew.
    fn stays_down(&self, name: &Name) -> bool {
        let of_front = |it: &Front| it.name == *name || it.nodes.iter().any(|it| it.name == *name);
        self.points.iter().any(|it| it.name == *name)
            || self.fronts.iter().any(of_front)
            || self.stores.iter().any(|it| it.is_stranded())
    }

    /// Everything in the Region is down, and so is what would react to it.
    fn lose_region(&mut self, region: Region) {
        if !self.regions.contains(&region) {
            return;
        }
        let here = Some(region);
        let name: Name = Fault::Region(region).to_string().into();
        let mut scene = Scene::new();
        for point in self.points.iter_mut().filter(|it| it.region == here) {
            point.up = false;
        }
        for front in self.fronts.iter_mut().filter(|it| it.region == here) {
            front.lose(&mut scene, |_| true);
        }
        for fleet in self.fleets.iter_mut().filter(|it| it.region == here) {
            fleet.lose(&mut scene, |_| true);
        }
        for store in self.stores.iter_mut().filter(|it| it.region == here) {
            store.backups = false;
            store.lose(&mut scene, |_| true);
        }
        for zone in &self.zones {
            self.scene.set_dark(*zone, true);
        }
        self.scene.tell(&name, EventKind::Lost, WHAT_IF, || {
            text(
                "failure.region-lost",
                "Region {region} is down: nothing in it answers, and nothing in it reacts",
            )
            .with("region", region.code())
        });
    }

    fn lose_points(&mut self, which: impl Fn(&Point) -> bool) {
        for index in 0..self.points.len() {
            let cut = self.cut_by(index);
            if let Some(point) = self.points.get_mut(index).filter(|it| which(it)) {
                point.lose(&mut self.scene, &cut);
            }
        }
    }

    fn zone_back(&mut self, zone: Zone) {
        self.scene
            .tell(&zone_name(zone), EventKind::Back, POWER, || {
                text("failure.zone-back", "Zone {zone} has power again").with("zone", zone.letter())
            });
        self.scene.set_dark(zone, false);
        for index in 0..self.points.len() {
            let cut = self.cut_by(index);
            let mut point = self.points.get_mut(index);
            if let Some(point) = point.as_mut().filter(|it| it.zone == Some(zone)) {
                point.restore(&mut self.scene, &cut);
            }
        }
        for front in &mut self.fronts {
            front.zone_back(zone);
        }
        for fleet in &self.fleets {
            fleet.zone_back(&mut self.scene, zone);
        }
        for store in &mut self.stores {
            store.zone_back(&mut self.scene, zone);
        }
    }

    /// Subnets of instances whose way out leads over a point.
    fn cut_by(&self, point: usize) -> Vec<Name> {
        let places = self.fleets.iter().flat_map(|it| &it.places);
        let mut subnets: Vec<Name> = places
            .filter(|it| it.way_out.leans_on(point))
            .map(|it| it.subnet.clone())
            .collect();
        subnets.sort();
        subnets.dedup();
        subnets
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
            let Some((place, reason)) = &path.broken else {
                continue;
            };
            self.scene.tell(place, EventKind::Detected, DESIGN, || {
                text(
                    "failure.broken",
                    "{journey} does not work even before the fault: {reason}",
                )
                .with("journey", path.title)
                .with("reason", reason.words())
            });
        }
    }

    /// Records the status of everything: zones, subnets, nodes, parts.
    fn show(&mut self) {
        let scene = &mut self.scene;
        let status = |scene: &Scene, zone: Zone| {
            if scene.is_dark(zone) {
                Status::Failed
            } else {
                Status::Healthy
            }
        };
        for zone in &self.zones {
            scene.show(&zone_name(*zone), status(scene, *zone));
        }
        let cut = |subnet: &Name| {
            let mut places = self.fleets.iter().flat_map(|it| &it.places);
            places.any(|it| it.subnet == *subnet && it.way_out.is_cut(&self.points))
        };
        for (subnet, zone) in &self.subnets {
            let status = match status(scene, *zone) {
                Status::Healthy if cut(subnet) => Status::Degraded,
                status => status,
            };
            scene.show(subnet, status);
        }
        self.points
            .iter()
            .for_each(|it| scene.show(&it.name, it.status()));
        self.fronts.iter().for_each(|it| it.show(scene));
        self.fleets.iter().for_each(|it| it.show(scene));
        self.stores.iter().for_each(|it| it.show(scene));
    }
}

fn zone_name(zone: Zone) -> Name {
    format!("az:{zone}").into()
}
