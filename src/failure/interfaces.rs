//! An interface endpoint: a network interface in each of its zones behind one DNS name.
//!
//! Calls spread evenly over the interfaces that DNS lists, whatever zone they come from; one that meets an interface which
//! is down fails. No second try of an SDK is counted.

use super::figure::{ENDPOINT_DNS, PRIVATELINK, WITH_POWER};
use super::scene::Scene;
use super::{EventKind, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::text;

#[derive(Debug, Clone)]
pub struct Endpoint {
    pub id: usize,
    pub name: Name,
    pub region: Option<Region>,
    pub interfaces: Vec<Interface>,
}

#[derive(Debug, Clone)]
pub struct Interface {
    pub name: Name,
    pub zone: Zone,
    up: bool,
    /// Whether DNS gives its address to callers.
    listed: bool,
}

impl Interface {
    pub fn new(name: Name, zone: Zone) -> Self {
        Self {
            name,
            zone,
            up: true,
            listed: true,
        }
    }
}

/// DNS goes by what stands.
#[derive(Debug, Clone, Copy)]
pub struct Step;

impl Endpoint {
    /// Share of the calls that get through.
    pub fn share(&self) -> f64 {
        let listed = self.interfaces.iter().filter(|it| it.listed).count();
        let sound = self.interfaces.iter().filter(|it| it.listed && it.up);
        sound.count() as f64 / listed.max(1) as f64
    }

    fn is_up(&self) -> bool {
        self.interfaces.iter().any(|it| it.up)
    }

    /// Stops interfaces.
    pub fn lose(&mut self, scene: &mut Scene, which: impl Fn(&Interface) -> bool) {
        let all = self.interfaces.len();
        let mut lost = Vec::new();
        for it in self.interfaces.iter_mut().filter(|it| it.up && which(it)) {
            it.up = false;
            lost.push((it.name.clone(), it.zone));
        }
        let Some((first, zone)) = lost.first() else {
            return;
        };
        if self.is_up() {
            scene.tell(first, EventKind::Lost, PRIVATELINK, || {
                text(
                    "failure.endpoint-thinned",
                    "{name} loses its network interface in zone {zone}: 1 of {all} calls meets it until DNS leaves it out",
                )
                .with("name", self.name.as_str())
                .with("zone", zone.letter())
                .with("all", all)
            });
            scene.after(ENDPOINT_DNS.played, (self.id, Step));
            return;
        }
        scene.tell(&self.name, EventKind::Lost, PRIVATELINK, || {
            text(
                "failure.endpoint-lost",
                "{name} has no network interface left: its service is out of reach from every zone, since its name still leads here",
            )
            .with("name", self.name.as_str())
        });
    }

    /// DNS lists what stands, unless nothing does.
    pub fn step(&mut self, scene: &mut Scene) {
        if !self.is_up() {
            return;
        }
        for it in self.interfaces.iter_mut().filter(|it| it.listed && !it.up) {
            it.listed = false;
            scene.tell(&it.name, EventKind::Dns, ENDPOINT_DNS.source, || {
                text(
                    "failure.endpoint-dns",
                    "DNS leaves out {name} ({least} to {most} s): every call meets an interface that stands",
                )
                .with("name", it.name.as_str())
                .with("least", ENDPOINT_DNS.least)
                .with("most", ENDPOINT_DNS.most)
            });
        }
    }

    pub fn zone_back(&mut self, scene: &mut Scene, zone: Zone) {
        let here = |it: &&mut Interface| it.zone == zone && !it.up;
        for it in self.interfaces.iter_mut().filter(here) {
            it.up = true;
            it.listed = true;
            scene.tell(&it.name, EventKind::Back, WITH_POWER, || {
                text("failure.zonal-back", "{name} works again").with("name", it.name.as_str())
            });
        }
    }

    pub fn show(&self, scene: &mut Scene) {
        for it in &self.interfaces {
            let status = if it.up {
                Status::Healthy
            } else {
                Status::Failed
            };
            scene.show(&it.name, status);
        }
        let whole = self.interfaces.iter().all(|it| it.up);
        let status = match (whole, self.is_up()) {
            (true, _) => Status::Healthy,
            (false, true) => Status::Degraded,
            (false, false) => Status::Failed,
        };
        scene.show(&self.name, status);
    }
}
