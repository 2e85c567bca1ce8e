//! An Auto Scaling group: instances that are lost, noticed, replaced and, once the zone is back, balanced again.

mod capacity;
mod words;

use capacity::batch;

use super::Status;
use super::figure::{GROUP_CHECK, GROUP_REACTION_S};
use super::point::Way;
use super::scene::Scene;
use crate::aws::{Name, Region, Zone};

#[derive(Debug, Clone)]
pub struct Fleet {
    pub id: usize,
    pub name: Name,
    pub region: Option<Region>,
    pub places: Vec<Place>,
    pub members: Vec<Member>,
    /// Instances that it keeps running.
    pub desired: usize,
    /// Instances that it never goes above, but by a batch while it balances its zones.
    pub most: usize,
    /// Seconds from launch to the first answer.
    pub boot: u32,
    /// How the load balancer checks its instances; `None`: it stands behind none.
    pub check: Option<Check>,
    /// Seconds after launch in which failed checks of the load balancer are ignored; `None`: they always are.
    pub grace: Option<u32>,
    /// `balanced-only`: rather launches nothing than out of balance.
    pub balanced_only: bool,
    /// Average CPU before the fault, 0 to 1.
    pub load: f64,
    /// How often it has terminated instances before they booted.
    pub futile: u32,
    /// Highest number of an instance's name, by zone.
    pub numbers: [u32; Zone::MAX],
    /// Instances of the warm pool, by zone. What it lends is not made up for before the end.
    pub warm: [u32; Zone::MAX],
}

/// A subnet that the group launches into.
#[derive(Debug, Clone)]
pub struct Place {
    pub subnet: Name,
    pub zone: Zone,
    pub way_out: Way,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub name: Name,
    /// Index into [`Fleet::places`].
    pub place: usize,
    pub zone: Zone,
    pub state: State,
    /// Whether the load balancer sends it requests.
    pub listed: bool,
    /// Whether it came from the warm pool.
    pub warm: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Serving,
    /// No longer running.
    Lost,
    /// Launched at this second.
    Booting(u32),
    /// Terminated.
    Gone,
}

/// A target group's health check, in seconds and checks.
#[derive(Debug, Clone)]
pub struct Check {
    pub interval: u32,
    pub timeout: u32,
    pub healthy: u32,
    pub unhealthy: u32,
    /// From failure to unhealthy, at the least and at the most.
    pub detection: (u32, u32),
}

impl Check {
    /// From failure to unhealthy, on average.
    fn expected(&self) -> u32 {
        self.detection.0.midpoint(self.detection.1)
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// The load balancer's checks of the lost instances have failed.
    ChecksFail,
    /// The group's own check finds them.
    Notice,
    /// The group terminates them and launches others.
    Replace,
    /// Launched instances pass their first check.
    Ready,
    /// The group acts on what the load balancer thinks of booting instances.
    Examine,
    /// The group launches what it lacks, else balances its zones.
    Fill,
}

impl Fleet {
    /// Stops instances. They are no longer running, which is what a group replaces at once.
    pub fn lose(&mut self, scene: &mut Scene, which: impl Fn(&Member) -> bool) {
        let lost = self.turn(
            |it| it.state == State::Serving && which(it),
            |it| it.state = State::Lost,
        );
        if lost.is_empty() {
            return;
        }
        self.tell_lost(scene, &lost);
        if let Some(check) = &self.check {
            scene.after(check.expected(), (self.id, Step::ChecksFail));
        }
        scene.after(GROUP_CHECK.played, (self.id, Step::Notice));
    }

    /// A zone has power again: the group notices at its next check.
    pub fn zone_back(&self, scene: &mut Scene, zone: Zone) {
        if self.places.iter().any(|it| it.zone == zone) {
            scene.after(GROUP_CHECK.played + GROUP_REACTION_S, (self.id, Step::Fill));
        }
    }

    pub fn step(&mut self, scene: &mut Scene, step: Step) {
        match step {
            Step::ChecksFail => {
                let removed = self.unlist(|it| it.state == State::Lost);
                self.tell_checks_failed(scene, &removed);
            }
            Step::Notice => {
                let lost = self.named(|it| it.state == State::Lost);
                self.tell_noticed(scene, &lost);
                scene.after(GROUP_REACTION_S, (self.id, Step::Replace));
            }
            Step::Replace => self.replace(scene),
            Step::Ready => self.ready(scene),
            Step::Examine => self.examine(scene),
            Step::Fill => self.fill(scene),
        }
    }

    fn replace(&mut self, scene: &mut Scene) {
        let removed = self.unlist(|it| it.state == State::Lost);
        self.tell_deregistered(scene, &removed);
        let lost = self.turn(|it| it.state == State::Lost, |it| it.state = State::Gone);
        let launched = self.launch(scene, lost.len());
        self.tell_replaced(scene, &lost, &launched);
    }

    fn ready(&mut self, scene: &mut Scene) {
        let now = scene.now;
        let delays = [false, true].map(|it| self.readiness(it));
        let is_ready = |it: &Member| {
            let delay = delays[usize::from(it.warm)];
            matches!(it.state, State::Booting(at) if at + delay <= now)
        };
        let is_warm = self.members.iter().any(|it| it.warm && is_ready(it));
        let ready = self.turn(is_ready, |it| {
            it.state = State::Serving;
            it.listed = true;
        });
        self.tell_ready(scene, &ready, is_warm);
        self.shed(scene);
    }

    /// Terminates what balancing has launched too many.
    fn shed(&mut self, scene: &mut Scene) {
        let surplus = self.serving().saturating_sub(self.desired);
        let mut shed = Vec::new();
        for _ in 0..surplus {
            let fullest = self.fullest_zone();
            let newest = self.members.iter_mut().rev();
            let mut serving = newest.filter(|it| it.state == State::Serving);
            if let Some(it) = serving.find(|it| Some(it.zone) == fullest) {
                it.state = State::Gone;
                it.listed = false;
                shed.push(it.name.clone());
            }
        }
        if !shed.is_empty() {
            self.tell_shed(scene, &shed);
            scene.after(GROUP_CHECK.played, (self.id, Step::Fill));
        }
    }

    /// Terminates booting instances that the load balancer calls unhealthy, some at a time.
    fn examine(&mut self, scene: &mut Scene) {
        let Some(patience) = self.patience() else {
            return;
        };
        let now = scene.now;
        let is_late = |it: &Member| matches!(it.state, State::Booting(at) if at + patience <= now);
        let mut room = batch(self.desired);
        let terminated = self.turn(
            |it| {
                let taken = room > 0 && is_late(it);
                room -= usize::from(taken);
                taken
            },
            |it| it.state = State::Gone,
        );
        if self.members.iter().any(is_late) {
            scene.after(GROUP_CHECK.played, (self.id, Step::Examine));
        }
        if !terminated.is_empty() {
            self.futile += 1;
            self.tell_futile(scene, &terminated);
            scene.after(GROUP_REACTION_S, (self.id, Step::Fill));
        }
    }

    fn fill(&mut self, scene: &mut Scene) {
        let lacking = self.desired.saturating_sub(self.living());
        if lacking > 0 {
            let launched = self.launch(scene, lacking);
            self.tell_launched(scene, &launched);
            return;
        }
        let most = self.most.saturating_add(batch(self.most));
        let room = most.saturating_sub(self.living());
        let moves = self.moves(scene).min(room);
        if moves > 0 {
            let launched = self.launch(scene, moves);
            self.tell_balancing(scene, &launched);
        }
    }

    /// Launches instances, each into the zone that has the fewest, and says when they are ready.
    fn launch(&mut self, scene: &mut Scene, count: usize) -> Vec<Name> {
        let mut launched = Vec::new();
        // New ones, and those of the warm pool.
        let mut kinds = [false; 2];
        for _ in 0..count {
            let zones = self.zones(|it| self.balanced_only || !self.is_dark(scene, it));
            let emptiest = zones.into_iter().min_by_key(|it| self.living_in(*it));
            let Some(zone) = emptiest.filter(|it| !self.is_dark(scene, *it)) else {
                break;
            };
            let place = self.places.iter().position(|it| it.zone == zone);
            let (Some(place), Some(number)) = (place, self.numbers.get_mut(zone.index())) else {
                break;
            };
            *number += 1;
            let stock = self.warm.get_mut(zone.index());
            let warm = stock.is_some_and(|it| {
                let has = *it > 0;
                *it = it.saturating_sub(1);
                has
            });
            let name: Name = format!("{}.{zone}{number}", self.name).into();
            launched.push(name.clone());
            self.members.push(Member {
                name,
                place,
                zone,
                state: State::Booting(scene.now),
                listed: false,
                warm,
            });
            kinds[usize::from(warm)] = true;
        }
        for warm in [false, true] {
            if kinds[usize::from(warm)] {
                self.expect(scene, warm);
            }
        }
        launched
    }

    fn expect(&self, scene: &mut Scene, warm: bool) {
        let ready = self.readiness(warm);
        scene.after(ready, (self.id, Step::Ready));
        if let Some(patience) = self.patience().filter(|it| *it < ready) {
            scene.after(patience, (self.id, Step::Examine));
        }
    }

    /// Changes the members that are asked for; their names.
    fn turn(
        &mut self,
        mut which: impl FnMut(&Member) -> bool,
        change: impl Fn(&mut Member),
    ) -> Vec<Name> {
        let mut names = Vec::new();
        for member in &mut self.members {
            if which(member) {
                change(member);
                names.push(member.name.clone());
            }
        }
        names
    }

    /// Takes members out of the target group; the names of those that were in it.
    fn unlist(&mut self, which: impl Fn(&Member) -> bool) -> Vec<Name> {
        self.turn(|it| it.listed && which(it), |it| it.listed = false)
    }

    fn named(&self, which: impl Fn(&Member) -> bool) -> Vec<Name> {
        let members = self.members.iter().filter(|it| which(it));
        members.map(|it| it.name.clone()).collect()
    }

    pub fn show(&self, scene: &mut Scene) {
        for member in &self.members {
            scene.show(
                &member.name,
                match member.state {
                    State::Serving => Status::Healthy,
                    State::Lost => Status::Failed,
                    State::Booting(_) => Status::Recovering,
                    State::Gone => Status::Gone,
                },
            );
        }
        let dark = self.zones(|it| !self.is_dark(scene, it)).is_empty();
        let unnoticed = self.members.iter().any(|it| it.state == State::Lost);
        let status = match self.serving() {
            serving if serving >= self.desired => Status::Healthy,
            0 if dark || unnoticed => Status::Failed,
            0 => Status::Recovering,
            _ => Status::Degraded,
        };
        scene.show(&self.name, status);
    }
}
