//! What stands alone: a zonal node such as a NAT gateway, or a regional one such as an internet gateway.

use super::figure::{NAT, NAT_EXPANSION_MIN, NAT_REGIONAL, WHAT_IF, WITH_POWER};
use super::scene::{Scene, listed};
use super::{EventKind, Source, Status};
use crate::aws::{Name, Region, Zone};
use crate::text::{Text, text};

#[derive(Debug, Clone)]
pub struct Point {
    pub name: Name,
    /// `None`: regional.
    pub zone: Option<Zone>,
    pub region: Option<Region>,
    /// Of what spreads over zones and loses but its share with one: the zones that it works in.
    pub spans: Vec<Zone>,
    /// Part of a node that stands for itself in the drawing: shown there, not here.
    pub hidden: bool,
    /// Where it is said that nothing replaces it.
    pub source: Source,
    pub up: bool,
    /// What its loss means, where that is more than that it is gone.
    pub loss: Option<(Text, Source)>,
    /// Taken away by somebody rather than broken: nothing is there to repair.
    pub removed: bool,
}

/// A path by the single points that it leans on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Open while all of these are up, by index.
    Over(Vec<usize>),
    /// No configuration lets it through, whatever is up.
    Closed,
}

impl Way {
    pub fn is_open(&self, points: &[Point]) -> bool {
        match self {
            Self::Over(hops) => hops
                .iter()
                .all(|hop| points.get(*hop).is_none_or(|it| it.up)),
            Self::Closed => false,
        }
    }

    /// Closed by what has failed, not by configuration.
    pub fn is_cut(&self, points: &[Point]) -> bool {
        *self != Self::Closed && !self.is_open(points)
    }

    pub fn leans_on(&self, point: usize) -> bool {
        match self {
            Self::Over(hops) => hops.contains(&point),
            Self::Closed => false,
        }
    }
}

impl Point {
    pub fn status(&self) -> Status {
        if self.up {
            Status::Healthy
        } else {
            Status::Failed
        }
    }

    /// Loses its share in zones, and goes on in the others.
    pub fn thin(&self, scene: &mut Scene, zones: &[Zone]) {
        let lost = self.spans.iter().filter(|it| zones.contains(it)).count();
        if lost == 0 || lost == self.spans.len() {
            return;
        }
        let name = self.name.as_str();
        scene.tell(&self.name, EventKind::Lost, NAT_REGIONAL, || {
            text(
                "failure.nat-thinned",
                "{name} goes on in the other zones; in one where it does not work yet it would be ready within up to {minutes} min",
            )
            .with("name", name)
            .with("minutes", NAT_EXPANSION_MIN)
        });
    }

    /// Stops it. `cut`: the subnets whose way out leads over it.
    pub fn lose(&mut self, scene: &mut Scene, cut: &[Name]) {
        self.up = false;
        let name = self.name.as_str();
        if self.hidden {
            scene.tell(&self.name, EventKind::Lost, NAT_REGIONAL, || {
                text(
                    "failure.nat-borrowed",
                    "{name} did not work yet in the zones of {subnets} and served them from the lost one: no internet there until it has spread, within up to {minutes} min",
                )
                .with("name", name)
                .with("subnets", listed(cut))
                .with("minutes", NAT_EXPANSION_MIN)
            });
            return;
        }
        if let Some((words, source)) = self.loss {
            scene.tell(&self.name, EventKind::Lost, source, || {
                words.with("name", name)
            });
        } else if self.zone.is_none() {
            scene.tell(&self.name, EventKind::Lost, WHAT_IF, || {
                text(
                    "failure.regional",
                    "{name} stops. AWS spreads it over all zones, so this is a what-if",
                )
                .with("name", name)
            });
        } else if cut.is_empty() {
            scene.tell(&self.name, EventKind::Lost, self.source, || {
                text("failure.zonal", "{name} stops, and nothing replaces it").with("name", name)
            });
        } else {
            scene.tell(&self.name, EventKind::Lost, NAT, || {
                text(
                    "failure.way-out",
                    "{name} stops, and nothing replaces it; the routes to it stay: no internet for {subnets}",
                )
                .with("name", name)
                .with("subnets", listed(cut))
            });
        }
    }

    /// Starts it again.
    pub fn restore(&mut self, scene: &mut Scene, cut: &[Name]) {
        self.up = true;
        let name = self.name.as_str();
        scene.tell(&self.name, EventKind::Back, WITH_POWER, || {
            if cut.is_empty() {
                return text("failure.zonal-back", "{name} works again").with("name", name);
            }
            text(
                "failure.way-out-back",
                "{name} works again, and with it the internet for {subnets}",
            )
            .with("name", name)
            .with("subnets", listed(cut))
        });
    }
}
