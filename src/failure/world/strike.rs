//! Breaking things, and a zone's return.

use super::super::figure::{DARK_S, POWER, WHAT_IF};
use super::super::front::Front;
use super::super::interfaces::Interfaces;
use super::super::point::Point;
use super::super::replica::Replica;
use super::super::scene::Scene;
use super::super::{EventKind, Fault, Status};
use super::{Step, World};
use crate::aws::{Name, Region, Zone};
use crate::text::text;
use crate::topology::Site;

impl World {
    pub(super) fn strike(&mut self, fault: &Fault) {
        match fault {
            Fault::Zone(site) => self.lose_zones(&[*site]),
            Fault::Pair(one, other) => self.lose_zones(&[*one, *other]),
            Fault::Node(name) => self.lose_node(name),
            Fault::Region(region) => self.lose_region(*region),
        }
    }

    /// All of them at once: nobody fails over into a zone that goes at the same moment.
    fn lose_zones(&mut self, sites: &[Site]) {
        if !sites.iter().all(|it| self.sites.contains(it)) {
            return;
        }
        for site in sites {
            self.scene.tell(&site.name(), EventKind::Lost, POWER, || {
                text(
                    "failure.zone-lost",
                    "Zone {zone} loses power for {minutes} min",
                )
                .with("zone", site.to_string())
                .with("minutes", DARK_S / 60)
            });
            self.scene.set_dark(*site, true);
        }
        let home = self.scene.home;
        let hit = |region, zone: Option<Zone>| {
            zone.is_some_and(|zone| sites.contains(&Site::of(home, region, zone)))
        };
        self.lose_points(|it| hit(it.region, it.zone));
        for point in &self.points {
            let zones = within(home, point.region, sites);
            point.thin(&mut self.scene, &zones);
        }
        self.lose_replicas(|it| hit(it.region, it.zone));
        let scene = &mut self.scene;
        for front in &mut self.fronts {
            let region = front.region;
            front.lose(scene, |it| hit(region, Some(it.zone)));
        }
        for fleet in &mut self.fleets {
            let region = fleet.region;
            fleet.lose(scene, |it| hit(region, Some(it.zone)));
        }
        for store in &mut self.stores {
            let region = store.region;
            store.lose(scene, |it| hit(region, Some(it.zone)));
        }
        for owner in &mut self.interfaces {
            let region = owner.region;
            owner.lose(scene, |it| hit(region, Some(it.zone)));
        }
        for vpn in &mut self.vpns {
            if !within(home, vpn.region, sites).is_empty() {
                vpn.lose_zone(scene);
            }
        }
        for site in sites {
            scene.after(DARK_S, Step::ZoneBack(*site));
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
        for owner in &mut self.interfaces {
            let whole = owner.name == *name;
            owner.lose(scene, |it| whole || it.name == *name);
        }
        for vpn in &mut self.vpns {
            vpn.lose(scene, name);
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
        let of_owner =
            |it: &Interfaces| it.name == *name || it.all.iter().any(|it| it.name == *name);
        let mut points = self.points.iter();
        points.any(|it| it.name == *name && !it.removed)
            || self.replicas.iter().any(|it| it.name == *name)
            || self.fronts.iter().any(of_front)
            || self.interfaces.iter().any(of_owner)
            || self.stores.iter().any(|it| it.is_stranded())
    }

    /// Everything in the Region is down, and so is what would react to it.
    fn lose_region(&mut self, region: Region) {
        if !self.regions.contains(&region) {
            return;
        }
        let here = Some(region);
        let name: Name = Fault::Region(region).to_string().into();
        let mut scene = Scene::new(self.scene.home);
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
        for owner in self.interfaces.iter_mut().filter(|it| it.region == here) {
            owner.lose(&mut scene, |_| true);
        }
        for (vpc, _) in self.vpcs.iter().filter(|(_, it)| *it == here) {
            self.scene.show(vpc, Status::Failed);
        }
        let home = self.scene.home;
        for site in &self.sites {
            if Site::of(home, here, site.zone) == *site {
                self.scene.set_dark(*site, true);
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

    pub(super) fn zone_back(&mut self, site: Site) {
        self.scene.tell(&site.name(), EventKind::Back, POWER, || {
            text("failure.zone-back", "Zone {zone} has power again").with("zone", site.to_string())
        });
        self.scene.set_dark(site, false);
        let home = self.scene.home;
        let here = |region| Site::of(home, region, site.zone) == site;
        for index in 0..self.points.len() {
            let cut = self.cut_by(index);
            let mut point = self.points.get_mut(index);
            let is_back = |it: &&mut &mut Point| it.zone == Some(site.zone) && here(it.region);
            if let Some(point) = point.as_mut().filter(is_back) {
                point.restore(&mut self.scene, &cut);
            }
        }
        let replicas = self.replicas.iter_mut().filter(|it| here(it.region));
        for replica in replicas.filter(|it| it.zone == Some(site.zone)) {
            replica.restore(&mut self.scene);
        }
        for front in self.fronts.iter_mut().filter(|it| here(it.region)) {
            front.zone_back(site.zone);
        }
        for fleet in self.fleets.iter().filter(|it| here(it.region)) {
            fleet.zone_back(&mut self.scene, site.zone);
        }
        for store in self.stores.iter_mut().filter(|it| here(it.region)) {
            store.zone_back(&mut self.scene, site.zone);
        }
        for owner in self.interfaces.iter_mut().filter(|it| here(it.region)) {
            owner.zone_back(&mut self.scene, site.zone);
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

/// The zones of a Region, of several sites.
fn within(home: Option<Region>, region: Option<Region>, sites: &[Site]) -> Vec<Zone> {
    let here = sites
        .iter()
        .filter(|it| Site::of(home, region, it.zone) == **it);
    here.map(|it| it.zone).collect()
}
