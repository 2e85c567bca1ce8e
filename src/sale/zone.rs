//! The loss of a zone in the middle of a sale: the course that the failure model plays, as the sale feels it.

use std::collections::{BTreeMap, BTreeSet};

use super::capacities::Capacities;
use super::loss::{Loss, Steps};
use super::reading::Parts;
use super::tick::Course;
use crate::aws::{
    AutoScalingGroup, CacheGroup, DbCluster, DbInstance, DbProxy, Kind, Name, Quoted,
};
use crate::design::{Assumptions, FlashSale, Whole};
use crate::failure::{EventKind, Fault, Sample, Status, Timeline, play};
use crate::topology::{JourneyKind, Role, Topology, parts};

/// What the zone's loss takes away, with as many instances as there are by then. `None`: no zone is lost, or the design has
/// not that one, or the sale is over.
pub fn loss(
    topology: &Topology,
    assumptions: &Assumptions,
    sale: &FlashSale,
    (capacities, parts): (&Capacities, &Parts),
    before: &Course,
) -> Option<Loss> {
    let zone = sale.zone.zone()?;
    let mut sites = topology.sites().into_iter();
    let site = sites.find(|it| it.region.is_none() && it.zone == zone)?;
    let at_s = sale.zone_minute.get() * 60;
    let tick = before.ticks.get(at_s as usize)?;
    let mut world = topology.clone();
    world.journeys = &[JourneyKind::Request];
    if let (Some(web), Some(_)) = (&parts.web, capacities.web) {
        resize(&mut world, web, tick.serving);
    }
    if let Some(group) = &parts.consumer {
        resize(
            &mut world,
            group,
            u32::try_from(tick.consumers).unwrap_or(u32::MAX),
        );
    }
    // The sale counts for itself what is too much for those that are left.
    let calm = Assumptions {
        cpu: Whole::new(1),
        ..assumptions.clone()
    };
    let fault = Fault::Zone(site);
    let timeline = play(&world, &calm, &fault);
    let front = play(&without_stores(&world), &calm, &fault);
    let crew = |of: &Option<Name>| Crew::of(&world, &timeline, of.as_slice());
    let reach = samples(&front, "request");
    Some(Loss {
        at_s,
        web: crew(&parts.web).lost(),
        workers: crew(&parts.consumer).lost(),
        database: database(samples(&timeline, "request"), reach),
        reach: thousandths(reach),
        readers: Crew::of(&world, &timeline, &parts.replicas).share(),
        cache: thousandths(samples(&timeline, "cache")),
        table_cache: crew(&parts.table_cache).share(),
        consumer: runs(&world, &timeline, parts.consumer.as_ref()),
        taker: runs(&world, &timeline, parts.taker.as_ref()),
    })
}

fn resize(world: &mut Topology, group: &Name, count: u32) {
    let node = world.node_mut(group);
    if let Some(group) = node.and_then(|it| AutoScalingGroup::of_mut(&mut it.resource)) {
        group.desired = Some(Quoted(count));
        group.max = Quoted(group.max.0.max(count));
    }
}

/// The way to the web instances alone.
fn without_stores(world: &Topology) -> Topology {
    let mut front = world.clone();
    let names = |it: Vec<&Name>| -> Vec<Name> { it.into_iter().cloned().collect() };
    let mut stores = names(world.all::<DbInstance>().map(|it| it.0).collect());
    stores.extend(names(world.all::<DbCluster>().map(|it| it.0).collect()));
    stores.extend(names(world.all::<DbProxy>().map(|it| it.0).collect()));
    stores.extend(names(world.all::<CacheGroup>().map(|it| it.0).collect()));
    for name in stores {
        front.remove(&name);
    }
    front
}

fn samples<'a>(timeline: &'a Timeline, id: &str) -> &'a [Sample] {
    let course = timeline.journeys.iter().find(|it| it.id == id);
    course.map_or(&[], |it| &it.states)
}

fn thousandths(samples: &[Sample]) -> Steps {
    let each = samples.iter();
    Steps(
        each.map(|it| (it.t, (it.success * 1000.0).round() as u64))
            .collect(),
    )
}

/// The database answers wherever requests succeed; where none reaches an instance, it is not to blame.
fn database(whole: &[Sample], front: &[Sample]) -> Steps {
    let at = |all: &[Sample], t: u32| {
        let said = all.iter().take_while(|it| it.t <= t).last();
        said.map_or(1.0, |it| it.success)
    };
    let times: BTreeSet<u32> = whole.iter().chain(front).map(|it| it.t).collect();
    let up = |t: u32| at(whole, t) > 0.0 || at(front, t) == 0.0;
    Steps(
        times
            .into_iter()
            .map(|t| (t, if up(t) { 1000 } else { 0 }))
            .collect(),
    )
}

/// The parts of some nodes, and how they fare.
struct Crew<'a> {
    /// Those that are there before the loss.
    first: Vec<Name>,
    timeline: &'a Timeline,
    prefixes: Vec<String>,
}

impl<'a> Crew<'a> {
    fn of(world: &Topology, timeline: &'a Timeline, nodes: &[Name]) -> Self {
        let all = parts(world).into_iter();
        Self {
            first: all
                .filter(|it| nodes.contains(&it.of) || nodes.contains(&it.name))
                .map(|it| it.name)
                .collect(),
            timeline,
            prefixes: nodes.iter().map(|it| format!("{it}.")).collect(),
        }
    }

    /// How many serve, from each second on.
    fn serving(&self) -> Vec<(u32, u64)> {
        let mut state: BTreeMap<Name, Status> = self
            .first
            .iter()
            .map(|it| (it.clone(), Status::Healthy))
            .collect();
        let mut steps: Vec<(u32, u64)> = Vec::new();
        for (t, name, status) in &self.timeline.changes {
            let own =
                self.first.contains(name) || self.prefixes.iter().any(|it| name.starts_with(it));
            if !own {
                continue;
            }
            state.insert(name.clone(), *status);
            let serves = |it: &&Status| matches!(it, Status::Healthy | Status::Degraded);
            let count = state.values().filter(serves).count() as u64;
            match steps.last_mut() {
                Some(last) if last.0 == *t => last.1 = count,
                Some(_) | None => steps.push((*t, count)),
            }
        }
        steps
    }

    /// How many are missing.
    fn lost(&self) -> Steps {
        let whole = self.first.len() as u64;
        let steps = self.serving().into_iter();
        Steps(steps.map(|(t, it)| (t, whole.saturating_sub(it))).collect())
    }

    /// Thousandths that serve.
    fn share(&self) -> Steps {
        let whole = self.first.len().max(1) as u64;
        let steps = self.serving().into_iter();
        Steps(
            steps
                .map(|(t, it)| (t, (it * 1000 / whole).min(1000)))
                .collect(),
        )
    }
}

/// Thousandths of a function's runs that go well: those on a lost interface fail until Lambda starts none there any more.
fn runs(world: &Topology, timeline: &Timeline, function: Option<&Name>) -> Steps {
    let all = parts(world).into_iter();
    let all = all.filter(|it| it.role == Role::Runner && Some(&it.of) == function);
    let names: Vec<Name> = all.map(|it| it.name).collect();
    let mut failing = BTreeSet::new();
    let mut steps = Vec::new();
    for event in timeline
        .events
        .iter()
        .filter(|it| names.contains(&it.subject))
    {
        match event.kind {
            EventKind::Lost => failing.insert(&event.subject),
            EventKind::Removed | EventKind::Back | EventKind::Restored => {
                failing.remove(&event.subject)
            }
            EventKind::Detected
            | EventKind::FailoverStarted
            | EventKind::FailedOver
            | EventKind::Launched
            | EventKind::InService
            | EventKind::Dns => continue,
        };
        let (lost, whole) = (failing.len() as u64, names.len().max(1) as u64);
        steps.push((event.t, 1000 - lost * 1000 / whole));
    }
    Steps(steps)
}
