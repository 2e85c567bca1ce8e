//! How many instances a group has, where, how soon others are ready, and what they can serve.

use super::super::figure::{BATCH, GROUP_CHECK, WARM_START};
use super::super::scene::Scene;
use super::{Fleet, Member, Place, State};
use crate::aws::Zone;

/// A tenth, but at least one.
pub(super) fn batch(whole: usize) -> usize {
    (whole / BATCH).max(1)
}

impl Fleet {
    /// From launch to the first request: boot, then one check, which comes half an interval later on average.
    pub(super) fn readiness(&self, warm: bool) -> u32 {
        let wait = self.check.as_ref().map_or(0, |it| it.interval.div_ceil(2));
        self.boot_of(warm).saturating_add(wait)
    }

    /// From launch to the first answer. One of the warm pool has its set-up behind it.
    pub(super) fn boot_of(&self, warm: bool) -> u32 {
        if warm {
            self.boot.min(WARM_START.played)
        } else {
            self.boot
        }
    }

    /// From launch until the group acts on failed checks; `None`: it never does.
    pub(super) fn patience(&self) -> Option<u32> {
        let failing = self.check.as_ref()?.expected();
        let ignored = self.grace?.max(failing);
        Some(ignored.saturating_add(GROUP_CHECK.played))
    }

    /// Instances that would have to move for the zones to differ by one at most.
    pub(super) fn moves(&self, scene: &Scene) -> usize {
        let zones = self.zones(|it| !self.is_dark(scene, it));
        let mut counts: Vec<usize> = zones.iter().map(|it| self.living_in(*it)).collect();
        let mut moves = 0;
        loop {
            counts.sort_unstable();
            match counts.as_mut_slice() {
                [fewest, .., most] if *most > *fewest + 1 => {
                    *fewest += 1;
                    *most -= 1;
                    moves += 1;
                }
                _ => return moves,
            }
        }
    }

    pub(super) fn is_dark(&self, scene: &Scene, zone: Zone) -> bool {
        scene.is_dark(scene.site(self.region, zone))
    }

    pub(super) fn zones(&self, takes: impl Fn(Zone) -> bool) -> Vec<Zone> {
        let mut zones: Vec<Zone> = self.places.iter().map(|it| it.zone).collect();
        zones.sort();
        zones.dedup();
        zones.retain(|it| takes(*it));
        zones
    }

    pub(super) fn fullest_zone(&self) -> Option<Zone> {
        self.zones(|_| true)
            .into_iter()
            .max_by_key(|it| self.living_in(*it))
    }

    pub(super) fn count(&self, which: impl Fn(&Member) -> bool) -> usize {
        self.members.iter().filter(|it| which(it)).count()
    }

    pub(super) fn living_in(&self, zone: Zone) -> usize {
        self.count(|it| it.zone == zone && matches!(it.state, State::Serving | State::Booting(_)))
    }

    pub(super) fn living(&self) -> usize {
        self.count(|it| matches!(it.state, State::Serving | State::Booting(_)))
    }

    pub fn serving(&self) -> usize {
        self.count(|it| it.state == State::Serving)
    }

    /// Targets in a zone that the load balancer sends requests to.
    pub fn listed_in(&self, zone: Zone) -> usize {
        self.count(|it| it.listed && it.zone == zone)
    }

    /// Share of the requests that succeed, of those that `arriving`, a share of all, bring to the targets in a zone, or to
    /// all targets.
    ///
    /// Requests to a lost target fail. The others share what the listed targets get evenly; beyond all of their CPU the
    /// excess fails: with everything arriving and u' = u n / left, the error share is 1 - 1/u'.
    pub fn served(&self, arriving: f64, zone: Option<Zone>) -> f64 {
        let here = |it: &Member| it.listed && zone.is_none_or(|zone| it.zone == zone);
        let listed = self.count(here) as f64;
        let sound = self.count(|it| here(it) && it.state == State::Serving) as f64;
        if listed == 0.0 {
            return 0.0;
        }
        let busy = arriving * self.load * self.desired as f64 / listed;
        sound / listed / busy.max(1.0)
    }

    /// Average over the serving instances of what each gets, by the index of its place.
    pub fn average(&self, of_place: impl Fn(usize) -> f64) -> f64 {
        let serving = self.members.iter().filter(|it| it.state == State::Serving);
        let sum: f64 = serving.map(|it| of_place(it.place)).sum();
        sum / self.serving().max(1) as f64
    }

    /// Share of the serving instances that a condition holds for, by their place.
    pub fn share(&self, holds: impl Fn(&Place) -> bool) -> f64 {
        let held = self.count(|it| {
            it.state == State::Serving && self.places.get(it.place).is_some_and(&holds)
        });
        held as f64 / self.serving().max(1) as f64
    }
}
