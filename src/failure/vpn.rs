//! Site-to-Site VPN: each connection has two tunnels, whose ends at AWS stand in different zones. What AWS does not say is
//! which zones, and which tunnel carries the packets: the loss of any zone, or of one router of two, is played as if it
//! took the one in use, and BGP moves them to another.

use super::EventKind;
use super::figure::{BGP, TUNNELS};
use super::scene::Scene;
use crate::aws::{Name, Region};
use crate::text::text;

#[derive(Debug, Clone)]
pub struct Vpn {
    pub id: usize,
    /// The virtual private gateway.
    pub name: Name,
    pub region: Option<Region>,
    /// Connections and customer gateways, each of which a fault can take.
    pub ends: Vec<Name>,
    /// Customer gateways.
    pub routers: usize,
    /// Packets wait until BGP has found another tunnel.
    pub moving: bool,
}

/// BGP has found another tunnel.
#[derive(Debug, Clone, Copy)]
pub struct Step;

impl Vpn {
    /// A zone went: one end of each connection may have stood there.
    pub fn lose_zone(&mut self, scene: &mut Scene) {
        scene.tell(&self.name, EventKind::Lost, TUNNELS, || {
            text(
                "failure.vpn-zone",
                "One tunnel of each VPN connection to {name} may end in the lost zone; the other one ends in another",
            )
            .with("name", self.name.as_str())
        });
        self.shift(scene);
    }

    /// A router or a connection went.
    pub fn lose(&mut self, scene: &mut Scene, name: &Name) {
        if self.ends.contains(name) && self.routers > 1 {
            self.shift(scene);
        }
    }

    fn shift(&mut self, scene: &mut Scene) {
        self.moving = true;
        scene.after(BGP.played, (self.id, Step));
    }

    pub fn step(&mut self, scene: &mut Scene) {
        self.moving = false;
        scene.tell(&self.name, EventKind::FailedOver, BGP.source, || {
            text(
                "failure.vpn-moved",
                "BGP has moved the packets of {name} to a tunnel that stands",
            )
            .with("name", self.name.as_str())
        });
    }
}
