//! Breaking things, and a zone's return.

use super::super::endpoint::Endpoint;
use super::super::figure::{DARK_S, POWER, WHAT_IF};
use super::super::front::Front;
use super::super::point::Point;
use super::super::replica::Replica;
use super::super::scene::Scene;
use super::super::{EventKind, Fault, Status};
use super::{Step, World, zone_name};
use crate::aws::{Name, Region, Zone};
use crate::text::text;

impl World {
    pub(super) fn strike(&mut self, fault: &Fault) {
        match fault {
            Fault::Zone(zone) => self.lose_zones(&[*zone]),
            Fault::Pair(one, other) => self.lose_zones(&[*one, *other]),
            Fault::Node(name) => self.lose_node(name),
            Fault::Region(region) => self.lose_region(*region),
        }
    }

    /// All of them at once: nobody fails over into a zone that goes at the same moment.
    fn lose_zones(&mut self, zones: &[Zone]) {
        if !zones.iter().all(|it| self.zones.contains(it)) {
            return;
        }
        for zone in zones {
            self.scene
                .tell(&zone_name(*zone), EventKind::Lost, POWER, || {
                    text(
                        "failure.zone-lost",
                        "Zone {zone} loses power for {minutes} min",
                    )
                    .with("zone", zone.letter())
                    .with("minutes", DARK_S / 60)
                });
            self.scene.set_dark(*zone, true);
        }
        self.lose_points(|it| it.zone.is_some_and(|zone| zones.contains(&zone)));
        self.points
            .iter()
            .for_each(|it| it.thin(&mut self.scene, zones));
        self.lose_replicas(|it| it.zone.is_some_and(|zone| zones.contains(&zone)));
        let scene = &mut self.scene;
        for front in &mut self.fronts {
            front.lose(scene, |it| zones.contains(&it.zone));
        }
        for fleet in &mut self.fleets {
            fleet.lose(scene, |it| zones.contains(&it.zone));
        }
        for store in &mut self.stores {
            store.lose(scene, |it| zones.contains(&it.zone));
        }
        for endpoint in &mut self.endpoints {
            endpoint.lose(scene, |it| zones.contains(&it.zone));
        }
        for zone in zones {
            scene.after(DARK_S, Step::ZoneBack(*zone));
        }
    }

    fn lose_node(&mut self, name: &Name) {
        self.lose_points(|it| it.name == *name);
        self.lose_replicas(|it| it.name == *name);
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
        for endpoint in &mut self.endpoints {
            let whole = endpoint.name == *name;
            endpoint.lose(scene, |it| whole || it.name == *name);
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
        let of_endpoint =
            |it: &Endpoint| it.name == *name || it.interfaces.iter().any(|it| it.name == *name);
        self.points.iter().any(|it| it.name == *name)
            || self.replicas.iter().any(|it| it.name == *name)
            || self.fronts.iter().any(of_front)
            || self.endpoints.iter().any(of_endpoint)
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
        for replica in self.replicas.iter_mut().filter(|it| it.region == here) {
            replica.lose(&mut scene);
        }
        for front in self.fronts.iter_mut().filter(|it| it.region == here) {
            front.lose(&mut scene, |_| true);
        }
        for fleet in self.fleets.iter_mut().filter(|it| it.region == here) {
            fleet.lose(&mut scene, |_| true);
        }
        for store in self.stores.iter_mut().filter(|it| it.region == here) {
            store.restore = store.elsewhere;
            store.lose(&mut scene, |_| true);
        }
        for endpoint in self.endpoints.iter_mut().filter(|it| it.region == here) {
            endpoint.lose(&mut scene, |_| true);
        }
        for (vpc, _) in self.vpcs.iter().filter(|(_, it)| *it == here) {
            self.scene.show(vpc, Status::Failed);
        }
        // The zones are those of the first Region.
        if self.regions.first() == Some(&region) {
            for zone in &self.zones {
                self.scene.set_dark(*zone, true);
            }
        }
        self.scene.tell(&name, EventKind::Lost, WHAT_IF, || {
            text(
                "failure.region-lost",
                "Region {region} is down: nothing in it answers, and nothing in it reacts",
            )
            .with("region", region.code())
        });
        for store in self.stores.iter().filter(|it| it.region == here) {
            store.tell_elsewhere(&mut self.scene);
        }
    }

    fn lose_points(&mut self, which: impl Fn(&Point) -> bool) {
        for index in 0..self.points.len() {
            let cut = self.cut_by(index);
            if let Some(point) = self.points.get_mut(index).filter(|it| which(it)) {
                point.lose(&mut self.scene, &cut);
            }
        }
    }

    fn lose_replicas(&mut self, which: impl Fn(&Replica) -> bool) {
        let lost = self.replicas.iter_mut().filter(|it| which(it));
        lost.for_each(|it| it.lose(&mut self.scene));
    }

    pub(super) fn zone_back(&mut self, zone: Zone) {
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
        let replicas = self.replicas.iter_mut();
        for replica in replicas.filter(|it| it.zone == Some(zone)) {
            replica.restore(&mut self.scene);
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
        for endpoint in &mut self.endpoints {
            endpoint.zone_back(&mut self.scene, zone);
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
}
