//! A load balancer: a node in each zone behind one DNS name, which clients pick an address from.
//!
//! Clients spread evenly over the nodes. One that picks a node which cannot serve it fails; no browser's second try is
//! counted.

use super::figure::{DEFAULT_RETURN, DNS_UPDATE, FADE_S, NODE_RETURN, NODES, TTL, TTL_S};
use super::fleet::Fleet;
use super::point::{Point, Way};
use super::scene::Scene;
use super::{EventKind, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::text;

#[derive(Debug, Clone)]
pub struct Front {
    pub id: usize,
    pub name: Name,
    pub region: Option<Region>,
    pub nodes: Vec<Node>,
    /// The group behind it, by index.
    pub fleet: Option<usize>,
    /// Whether a node sends requests to targets of other zones too.
    pub crosses: bool,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub name: Name,
    pub zone: Zone,
    /// From the clients to the node.
    pub entrance: Way,
    up: bool,
    /// Up, and with a target to send requests to: what DNS goes by.
    fit: bool,
    listing: Listing,
}

impl Node {
    pub fn new(name: Name, zone: Zone) -> Self {
        Self {
            name,
            zone,
            entrance: Way::Over(Vec::new()),
            up: true,
            fit: true,
            listing: Listing::Listed,
        }
    }
}

/// Whether DNS gives a node's address to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listing {
    Listed,
    /// No longer, and this many steps until the last client has dropped it.
    Fading(u32),
    Out,
}

/// Steps in which clients drop an address.
const FADES: u32 = TTL_S / FADE_S;

#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// DNS leaves the node out.
    Drop(usize),
    /// Some more clients have dropped its address.
    Fade(usize),
    /// DNS lists the node again.
    List(usize),
}

impl Front {
    /// Before anything breaks: a node without a target is not in DNS.
    pub fn open(&mut self, fleet: Option<&Fleet>) {
        let crosses = self.crosses;
        let fit = |zone| crosses || fleet.is_none_or(|it| it.listed_in(zone) > 0);
        let any = self.nodes.iter().any(|it| fit(it.zone));
        for node in &mut self.nodes {
            node.fit = fit(node.zone);
            if any && !node.fit {
                node.listing = Listing::Out;
            }
        }
    }

    /// Stops nodes.
    pub fn lose(&mut self, scene: &mut Scene, which: impl Fn(&Node) -> bool) {
        let all = self.nodes.len();
        let lost = self.nodes.iter().filter(|it| which(it)).count();
        for node in self.nodes.iter_mut().filter(|it| which(it)) {
            node.up = false;
            if lost == 1 && all > 1 {
                node.tell_lost(scene, all);
            }
        }
        if lost > 0 && lost == all {
            scene.tell(&self.name, EventKind::Lost, NODES, || {
                text(
                    "failure.no-node",
                    "Every node of {name} stops: no request gets in",
                )
                .with("name", self.name.as_str())
            });
        }
    }

    /// Stops or starts what depends on the targets: asked after every moment.
    pub fn heed(&mut self, scene: &mut Scene, fleet: Option<&Fleet>) {
        let crosses = self.crosses;
        let mut recovered = false;
        for (index, node) in self.nodes.iter_mut().enumerate() {
            let fit = node.up && (crosses || fleet.is_none_or(|it| it.listed_in(node.zone) > 0));
            if node.fit == fit {
                continue;
            }
            node.fit = fit;
            if !fit {
                scene.after(DNS_UPDATE.played, (self.id, Step::Drop(index)));
            } else if node.listing != Listing::Listed {
                scene.after(return_time(fleet), (self.id, Step::List(index)));
            }
            recovered |= fit;
        }
        if recovered {
            self.drop_the_unfit(scene);
        }
    }

    /// While no node was fit, DNS had to list them all.
    fn drop_the_unfit(&self, scene: &mut Scene) {
        for (index, node) in self.nodes.iter().enumerate() {
            if !node.fit && node.listing == Listing::Listed {
                scene.after(DNS_UPDATE.played, (self.id, Step::Drop(index)));
            }
        }
    }

    pub fn zone_back(&mut self, zone: Zone) {
        for node in self.nodes.iter_mut().filter(|it| it.zone == zone) {
            node.up = true;
        }
    }

    pub fn step(&mut self, scene: &mut Scene, fleet: Option<&Fleet>, step: Step) {
        let any_fit = self.nodes.iter().any(|it| it.fit);
        let (Step::Drop(index) | Step::Fade(index) | Step::List(index)) = step;
        let Some(node) = self.nodes.get_mut(index) else {
            return;
        };
        match (step, node.listing) {
            (Step::Drop(_), Listing::Listed) if !node.fit && any_fit => {
                node.listing = Listing::Fading(FADES);
                node.tell_dropped(scene);
                scene.after(FADE_S, (self.id, Step::Fade(index)));
            }
            (Step::Fade(_), Listing::Fading(steps)) if steps > 1 => {
                node.listing = Listing::Fading(steps - 1);
                scene.after(FADE_S, (self.id, Step::Fade(index)));
            }
            (Step::Fade(_), Listing::Fading(_)) => {
                node.listing = Listing::Out;
                node.tell_out(scene);
            }
            (Step::List(_), Listing::Fading(_) | Listing::Out) if node.fit => {
                node.listing = Listing::Listed;
                node.tell_listed(scene, fleet);
            }
            (Step::Drop(_) | Step::Fade(_) | Step::List(_), _) => (),
        }
    }

    /// Share of all clients that get into each node, by node.
    pub fn arrivals(&self, points: &[Point]) -> Vec<f64> {
        let each = 1.0 / self.nodes.len().max(1) as f64;
        let held = |node: &Node| match node.listing {
            Listing::Listed if node.fit => None,
            Listing::Listed => Some(each),
            Listing::Fading(steps) => Some(each * f64::from(steps) / f64::from(FADES)),
            Listing::Out => Some(0.0),
        };
        let astray: f64 = self.nodes.iter().filter_map(held).sum();
        let sound = self.nodes.iter().filter(|it| held(it).is_none()).count();
        let of_sound = (1.0 - astray) / sound.max(1) as f64;
        let arrives = |node: &Node| {
            let gets_in = node.up && node.entrance.is_open(points);
            if gets_in {
                held(node).unwrap_or(of_sound)
            } else {
                0.0
            }
        };
        self.nodes.iter().map(arrives).collect()
    }

    pub fn show(&self, scene: &mut Scene) {
        for node in &self.nodes {
            scene.show(&node.name, node.status());
        }
        let whole = self.nodes.iter().all(|it| it.status() == Status::Healthy);
        let any_up = self.nodes.iter().any(|it| it.up);
        scene.show(
            &self.name,
            match (whole, any_up) {
                (true, _) => Status::Healthy,
                (false, true) => Status::Degraded,
                (false, false) => Status::Failed,
            },
        );
    }
}

/// Seconds until a node that is fit again is listed: as a target that was unhealthy, H x I.
fn return_time(fleet: Option<&Fleet>) -> u32 {
    let (interval, passed) = return_checks(fleet);
    interval.saturating_mul(passed)
}

fn return_checks(fleet: Option<&Fleet>) -> (u32, u32) {
    let check = fleet.and_then(|it| it.check.as_ref());
    check.map_or(DEFAULT_RETURN, |it| (it.interval, it.healthy))
}

impl Node {
    fn status(&self) -> Status {
        match (self.up, self.fit, self.listing) {
            (false, ..) => Status::Failed,
            (true, true, Listing::Listed) => Status::Healthy,
            (true, true, Listing::Fading(_) | Listing::Out) => Status::Recovering,
            (true, false, _) => Status::Degraded,
        }
    }

    fn tell_lost(&self, scene: &mut Scene, all: usize) {
        let percent = (100.0 / all as f64).round();
        let zone = self.zone.letter();
        scene.tell(&self.name, EventKind::Lost, NODES, || {
            text(
                "failure.node-lost",
                "The load balancer's node in zone {zone} stops; {percent} % of clients hold its address and fail",
            )
            .with("zone", zone)
            .with("percent", percent)
        });
    }

    fn tell_dropped(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Dns, DNS_UPDATE.source, || {
            text(
                "failure.dns-dropped",
                "DNS leaves out the load balancer's address in zone {zone} ({least} to {most} s); clients drop it within its TTL of {ttl} s",
            )
            .with("zone", self.zone.letter())
            .with("least", DNS_UPDATE.least)
            .with("most", DNS_UPDATE.most)
            .with("ttl", TTL_S)
        });
    }

    fn tell_out(&self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Dns, TTL, || {
            text(
                "failure.dns-out",
                "No client holds the load balancer's address in zone {zone} any more",
            )
            .with("zone", self.zone.letter())
        });
    }

    fn tell_listed(&self, scene: &mut Scene, fleet: Option<&Fleet>) {
        let (interval, passed) = return_checks(fleet);
        scene.tell(&self.name, EventKind::Restored, NODE_RETURN, || {
            text(
                "failure.dns-listed",
                "DNS lists the load balancer's address in zone {zone} again, {passed} checks of {interval} s later",
            )
            .with("zone", self.zone.letter())
            .with("passed", passed)
            .with("interval", interval)
        });
    }
}
