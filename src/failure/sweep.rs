//! Every zone, every pair of zones, every Region of several and every single component, one after the other, and how far each journey falls.

use super::world::World;
use super::{Fault, Health};
use crate::aws::{Name, Region};
use crate::design::Assumptions;
use crate::topology::{Part, Topology, parts};

/// A row of a sweep: a fault and how far each journey falls.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepRow {
    pub fault: Fault,
    pub journeys: Vec<Fall>,
}

/// How far a journey falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fall {
    /// Id of the journey.
    pub id: &'static str,
    pub worst: Health,
    /// Seconds down.
    pub outage_s: u32,
    /// Seconds degraded.
    pub degraded_s: u32,
    /// Whether it fails without the fault, too.
    pub was_down: bool,
}

/// Every zone, every pair of zones, every Region of several, every zonal part, and every regional node that a journey leans
/// on: the faults of a [`sweep`], in its order.
pub fn faults(topology: &Topology, assumptions: &Assumptions) -> Vec<Fault> {
    let world = World::new(topology, assumptions);
    let parts = parts(topology).into_iter().map(|it| it.name);
    let nodes = parts.chain(regional(&world)).map(Fault::Node);
    dark(&world).chain(nodes).collect()
}

/// Plays every one of the [`faults`].
pub fn sweep(topology: &Topology, assumptions: &Assumptions) -> Vec<SweepRow> {
    let world = World::new(topology, assumptions);
    let mut rows: Vec<SweepRow> = Vec::new();
    for fault in dark(&world) {
        rows.push(row(&world, fault));
    }
    let mut before: Option<Part> = None;
    for part in parts(topology) {
        let fault = Fault::Node(part.name.clone());
        let alike = before.as_ref().is_some_and(|it| are_alike(it, &part));
        match rows.last().filter(|_| alike).cloned() {
            Some(twin) => rows.push(SweepRow { fault, ..twin }),
            None => rows.push(row(&world, fault)),
        }
        before = Some(part);
    }
    for name in regional(&world) {
        rows.push(row(&world, Fault::Node(name)));
    }
    rows
}

/// Each zone, then each pair of one Region's, then each Region.
fn dark(world: &World) -> impl Iterator<Item = Fault> {
    let sites = &world.sites;
    let pairs = sites.iter().enumerate().flat_map(|(place, one)| {
        let others = sites.iter().skip(place + 1);
        let beside = others.filter(|it| it.region == one.region);
        beside.map(|other| Fault::Pair(*one.min(other), *one.max(other)))
    });
    let all = sites.iter().map(|it| Fault::Zone(*it)).chain(pairs);
    all.chain(far(world))
}

/// Each Region, where zones of more than one are drawn: in a design of one, that is everything.
fn far(world: &World) -> impl Iterator<Item = Fault> {
    let mut regions: Vec<Region> = Vec::new();
    for region in world.sites.iter().map(|it| it.region.or(world.scene.home)) {
        regions.extend(region.filter(|it| !regions.contains(it)));
    }
    let several = regions.len() > 1;
    regions
        .into_iter()
        .filter(move |_| several)
        .map(Fault::Region)
}

/// Whether two parts differ by name alone, as instances of one group in one subnet do.
fn are_alike(one: &Part, other: &Part) -> bool {
    (&one.of, one.role, &one.subnet) == (&other.of, other.role, &other.subnet)
}

fn regional(world: &World) -> Vec<Name> {
    let points = world.points.iter().enumerate();
    let leaned_on = points.filter(|(index, point)| {
        let leans = world.paths.iter().any(|it| it.leans_on(*index, world));
        point.zone.is_none() && leans
    });
    leaned_on.map(|(_, point)| point.name.clone()).collect()
}

fn row(world: &World, fault: Fault) -> SweepRow {
    let mut world = world.clone();
    let samples = world.run(&fault);
    let paths = world.paths.iter().zip(samples);
    SweepRow {
        fault,
        journeys: paths.map(|(path, it)| it.fall(path.id)).collect(),
    }
}
