//! Network interfaces of one owner, one in each of its zones: of an interface endpoint, behind one DNS name, and of a
//! function, each of whose runs takes one.
//!
//! Calls spread evenly over the interfaces that DNS lists, whatever zone they come from, and runs over those that Lambda
//! takes; one that meets an interface which is down fails. No second try of an SDK is counted.

use super::figure::{ENDPOINT_DNS, Figure, LAMBDA, LAMBDA_SHIFT, PRIVATELINK, WITH_POWER};
use super::scene::Scene;
use super::{EventKind, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::{Message, Text, text};

/// Whose interfaces they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// An interface endpoint's, which DNS lists.
    Endpoint,
    /// A function's, on which Lambda starts runs.
    Function,
}

impl Manner {
    /// Until a lost interface is left out.
    fn figure(self) -> Figure {
        match self {
            Self::Endpoint => ENDPOINT_DNS,
            Self::Function => LAMBDA_SHIFT,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Interfaces {
    pub id: usize,
    pub manner: Manner,
    pub name: Name,
    pub region: Option<Region>,
    pub all: Vec<Interface>,
}

#[derive(Debug, Clone)]
pub struct Interface {
    pub name: Name,
    pub subnet: Name,
    pub zone: Zone,
    up: bool,
    /// Whether DNS gives its address to callers, or Lambda takes it for runs.
    listed: bool,
}

impl Interface {
    pub fn new(name: Name, subnet: Name, zone: Zone) -> Self {
        Self {
            name,
            subnet,
            zone,
            up: true,
            listed: true,
        }
    }
}

/// DNS and Lambda go by what stands.
#[derive(Debug, Clone, Copy)]
pub struct Step;

impl Interfaces {
    /// Share of the calls or runs that get through.
    pub fn share(&self) -> f64 {
        self.shares().iter().sum()
    }

    /// The same by interface.
    pub fn shares(&self) -> Vec<f64> {
        let listed = self.all.iter().filter(|it| it.listed).count();
        let each = 1.0 / listed.max(1) as f64;
        let share = |it: &Interface| if it.listed && it.up { each } else { 0.0 };
        self.all.iter().map(share).collect()
    }

    fn is_up(&self) -> bool {
        self.all.iter().any(|it| it.up)
    }

    /// Stops interfaces.
    pub fn lose(&mut self, scene: &mut Scene, which: impl Fn(&Interface) -> bool) {
        let mut lost = Vec::new();
        for it in self.all.iter_mut().filter(|it| it.up && which(it)) {
            it.up = false;
            lost.push((it.name.clone(), it.zone));
        }
        let Some((first, zone)) = lost.first() else {
            return;
        };
        if self.is_up() {
            self.tell_thinned(scene, first, *zone);
            scene.after(self.manner.figure().played, (self.id, Step));
        } else {
            self.tell_lost(scene);
        }
    }

    /// What stands is listed and nothing else, unless nothing does.
    pub fn step(&mut self, scene: &mut Scene) {
        if !self.is_up() {
            return;
        }
        let manner = self.manner;
        for it in self.all.iter_mut().filter(|it| it.listed && !it.up) {
            it.listed = false;
            it.tell_left_out(scene, manner);
        }
    }

    pub fn zone_back(&mut self, scene: &mut Scene, zone: Zone) {
        let here = |it: &&mut Interface| it.zone == zone && !it.up;
        for it in self.all.iter_mut().filter(here) {
            it.up = true;
            it.listed = true;
            scene.tell(&it.name, EventKind::Back, WITH_POWER, || {
                text("failure.zonal-back", "{name} works again").with("name", it.name.as_str())
            });
        }
    }

    pub fn show(&self, scene: &mut Scene) {
        for it in &self.all {
            let status = if it.up {
                Status::Healthy
            } else {
                Status::Failed
            };
            scene.show(&it.name, status);
        }
        let whole = self.all.iter().all(|it| it.up);
        let status = match (whole, self.is_up()) {
            (true, _) => Status::Healthy,
            (false, true) => Status::Degraded,
            (false, false) => Status::Failed,
        };
        scene.show(&self.name, status);
    }

    fn tell_thinned(&self, scene: &mut Scene, lost: &Name, zone: Zone) {
        let zone = scene.site(self.region, zone).to_string();
        let (words, source) = match self.manner {
            Manner::Endpoint => (
                text(
                    "failure.endpoint-thinned",
                    "{name} loses its network interface in zone {zone}: 1 of {all} calls meets it until DNS leaves it out",
                ),
                PRIVATELINK,
            ),
            Manner::Function => (
                text(
                    "failure.function-thinned",
                    "{name} loses its network interface in zone {zone}: 1 of {all} runs fails until Lambda starts them in the other zones alone",
                ),
                LAMBDA,
            ),
        };
        scene.tell(lost, EventKind::Lost, source, || {
            self.named(words)
                .with("zone", zone)
                .with("all", self.all.len())
        });
    }

    fn tell_lost(&self, scene: &mut Scene) {
        let (words, source) = match self.manner {
            Manner::Endpoint => (
                text(
                    "failure.endpoint-lost",
                    "{name} has no network interface left: its service is out of reach from every zone, since its name still leads here",
                ),
                PRIVATELINK,
            ),
            Manner::Function => (
                text(
                    "failure.function-lost",
                    "{name} has no network interface left: no run of it reaches anything until a zone of its subnets is back",
                ),
                LAMBDA,
            ),
        };
        scene.tell(&self.name, EventKind::Lost, source, || self.named(words));
    }

    fn named(&self, words: Text) -> Message {
        words.with("name", self.name.as_str())
    }
}

impl Interface {
    fn tell_left_out(&self, scene: &mut Scene, manner: Manner) {
        let (kind, words) = match manner {
            Manner::Endpoint => (
                EventKind::Dns,
                text(
                    "failure.endpoint-dns",
                    "DNS leaves out {name} ({least} to {most} s): every call meets an interface that stands",
                ),
            ),
            Manner::Function => (
                EventKind::Removed,
                text(
                    "failure.function-shifted",
                    "Lambda starts no run on {name} any more ({least} to {most} s): every run has an interface that stands",
                ),
            ),
        };
        let figure = manner.figure();
        scene.tell(&self.name, kind, figure.source, || {
            words
                .with("name", self.name.as_str())
                .with("least", figure.least)
                .with("most", figure.most)
        });
    }
}
