//! What each journey leans on, leg by leg: every connection is traced once, here, and playing a fault asks no tracer.

use super::super::detour::{self, Detour};
use super::super::fleet::{Check, Place};
use super::super::interfaces::Interface;
use super::super::journey::{Inside, Leg, Path, Reach};
use super::super::point::Way;
use super::build::Builder;
use crate::aws::{
    AutoScalingGroup, CustomerGateway, Function, Name, RecordSet, RestApi, TargetGroup,
};
use crate::text::text;
use crate::topology::traffic::{
    HTTPS, Trace, all_up, endpoint_of, groups_admit, password_withheld, service_code, trace,
};
use crate::topology::{self, INTERNET, Role, Topology, USERS, service_of};

impl Builder<'_> {
    pub(super) fn add_path(&mut self, journey: &topology::Journey) {
        let mut broken = None;
        let mut legs = Vec::new();
        for leg in &journey.legs {
            let whole = trace(self.topology, &leg.from, &leg.to, leg.port, &all_up);
            if let (Some(reason), None) = (whole.reason, &broken) {
                let is_call = self.topology.named::<RestApi>(&leg.to).is_some();
                let ended = whole.hops.last().filter(|_| is_call);
                broken = Some((node_of(ended.unwrap_or(&leg.to)), reason.words().into()));
            }
            match self.call(leg) {
                Some((fleet, reaches)) => {
                    called(&mut legs, fleet, reaches);
                    legs.extend(self.end(leg, &whole));
                }
                None => match self.run(leg) {
                    Some(run) => {
                        legs.push(run);
                        legs.extend(self.end(leg, &whole));
                    }
                    None => legs.push(self.leg(leg, &whole)),
                },
            }
            // Who has read the password keeps it. That replacements could not read it while a fault cuts their way to it is
            // not modelled: they count as in service.
            if let Some(reason) = password_withheld(self.topology, &leg.from, &leg.to) {
                legs.push(Leg::Plain { way: Way::Closed });
                let why = text(
                    "failure.password",
                    "{group} cannot read the database's password from Secrets Manager: {reason}",
                );
                let why = why.with("group", leg.from.as_str());
                broken.get_or_insert((node_of(&leg.to), why.with("reason", reason.words())));
            }
        }
        self.world.paths.push(Path {
            id: journey.id,
            title: journey.title,
            legs,
            broken,
        });
    }

    /// How a group reaches an AWS service from each of its places; `None`: the leg leads elsewhere.
    fn call(&self, leg: &topology::Leg) -> Option<(usize, Vec<Reach>)> {
        let code = service_code(&leg.to).or_else(|| service_of(self.topology, &leg.to))?;
        let fleets = &self.world.fleets;
        let index = fleets.iter().position(|it| it.name == leg.from)?;
        let fleet = fleets.get(index)?;
        let reach = |place: &Place| match endpoint_of(self.topology, &place.subnet, code) {
            Some(endpoint) => self.by(&fleet.name, endpoint),
            None => Reach::Over(place.way_out.clone()),
        };
        Some((index, fleet.places.iter().map(reach).collect()))
    }

    /// What stands at the end of a leg whose way is counted by itself; `None`: an AWS service as a whole.
    fn end(&self, leg: &topology::Leg, whole: &Trace) -> Option<Leg> {
        if service_code(&leg.to).is_some() {
            return None;
        }
        let way = if whole.is_reachable() {
            Way::Over(self.points.get(&leg.to).copied().into_iter().collect())
        } else {
            Way::Closed
        };
        let mut stores = self.world.stores.iter();
        Some(match stores.position(|it| it.name == leg.to) {
            Some(store) => Leg::Query { store, way },
            None => Leg::Plain { way },
        })
    }

    /// How a function's runs get to what they call, from each of its interfaces; `None`: it has none, or calls an API.
    fn run(&self, leg: &topology::Leg) -> Option<Leg> {
        self.topology.named::<Function>(&leg.from)?;
        let mut owners = self.world.interfaces.iter();
        let function = owners.position(|it| it.name == leg.from)?;
        if self.topology.named::<RestApi>(&leg.to).is_some() {
            return None;
        }
        let code = service_code(&leg.to).or_else(|| service_of(self.topology, &leg.to));
        let runners = &self.world.interfaces.get(function)?.all;
        let reach = |runner: &Interface| {
            let endpoint = code.and_then(|it| endpoint_of(self.topology, &runner.subnet, it));
            match endpoint {
                Some(endpoint) => self.by(&leg.from, endpoint),
                None => {
                    let way = trace(self.topology, &runner.name, &leg.to, leg.port, &all_up);
                    Reach::Over(self.way(&way))
                }
            }
        };
        Some(Leg::Run {
            function,
            reaches: runners.iter().map(reach).collect(),
        })
    }

    fn by(&self, group: &Name, endpoint: &Name) -> Reach {
        let mut owners = self.world.interfaces.iter();
        match owners.position(|it| it.name == *endpoint) {
            Some(found) if groups_admit(self.topology, group, endpoint, HTTPS).is_ok() => {
                Reach::By(found)
            }
            Some(_) => Reach::Over(Way::Closed),
            None => Reach::Over(Way::Over(
                self.points.get(endpoint).copied().into_iter().collect(),
            )),
        }
    }

    fn leg(&mut self, leg: &topology::Leg, whole: &Trace) -> Leg {
        let way = self.way(whole);
        let world = &self.world;
        let front = |name: &Name| world.fronts.iter().position(|it| it.name == *name);
        let fleet = |name: &Name| world.fleets.iter().position(|it| it.name == *name);
        let store = |name: &Name| world.stores.iter().position(|it| it.name == *name);
        if let Some(asked) = self.ask(leg, whole) {
            return asked;
        }
        if let Some(operated) = self.operate(leg) {
            return operated;
        }
        let of = self.parts.iter().find(|it| it.name == leg.from);
        let mirrored = of
            .filter(|it| matches!(it.role, Role::Primary | Role::Leader))
            .and_then(|it| store(&it.of));
        if let Some(record) = self.topology.named::<RecordSet>(&leg.to) {
            let detour = self.detour(&leg.to, record);
            self.world.detours.push(detour);
            return Leg::Resolve {
                detour: self.world.detours.len() - 1,
            };
        }
        if let (USERS, Some(front)) = (&*leg.from, front(&leg.to)) {
            self.trace_entrances(front, leg.port);
            return Leg::Enter { front };
        }
        if let (Some(front), Some(fleet)) = (front(&leg.from), fleet(&leg.to)) {
            self.connect(front, fleet);
            return Leg::Serve { front, fleet, way };
        }
        if let (Some(fleet), INTERNET) = (fleet(&leg.from), &*leg.to) {
            return Leg::Leave { fleet };
        }
        if let Some(source) = self.source_of(&leg.to) {
            let siblings = world.replicas.iter().enumerate();
            let replicas = siblings.filter(|(_, it)| it.source == source);
            return Leg::Read {
                replicas: replicas.map(|(index, _)| index).collect(),
                way,
            };
        }
        if let Some(store) = store(&leg.to) {
            return Leg::Query { store, way };
        }
        let member = self.parts.iter().find(|it| it.name == leg.to);
        let reader = member.filter(|it| it.role == Role::Follower && mirrored.is_none());
        if let Some(store) = reader.and_then(|it| store(&it.of)) {
            return Leg::ReadAny { store, way };
        }
        match mirrored {
            Some(store) => Leg::Mirror { store, way },
            None => Leg::Plain { way },
        }
    }

    /// How the customer's network comes in from each of its routers; `None`: the leg begins elsewhere.
    fn operate(&self, leg: &topology::Leg) -> Option<Leg> {
        self.topology.named::<CustomerGateway>(&leg.from)?;
        let world = &self.world;
        let fleet = world.fleets.iter().position(|it| it.name == leg.to);
        let store = world.stores.iter().position(|it| it.name == leg.to);
        let to = fleet.map(Inside::Fleet).or(store.map(Inside::Store))?;
        let routers = self.topology.all::<CustomerGateway>();
        let ways = routers.map(|(router, _)| {
            let whole = trace(self.topology, router, &leg.to, leg.port, &all_up);
            self.way(&whole)
        });
        let ways = ways.collect();
        let mut vpns = world.vpns.iter();
        let vpn = vpns.position(|it| it.ends.contains(&leg.from))?;
        Some(Leg::Operate { vpn, ways, to })
    }

    /// How a function reaches an API from each of its interfaces over each of the endpoint's; `None`: the leg is no such
    /// call, or does not come as far as an endpoint.
    fn ask(&self, leg: &topology::Leg, whole: &Trace) -> Option<Leg> {
        let owners = &self.world.interfaces;
        let owner = |name: &Name| owners.iter().position(|it| it.name == *name);
        self.topology.named::<RestApi>(&leg.to)?;
        let function = owner(&leg.from)?;
        let endpoint = whole.hops.iter().skip(1).find_map(owner)?;
        let (runners, doors) = (&owners.get(function)?.all, &owners.get(endpoint)?.all);
        let way = |runner: &Interface, door: &Interface| {
            let up = |name: &str| *door.name == *name || doors.iter().all(|it| *it.name != *name);
            let over = trace(self.topology, &runner.name, &leg.to, leg.port, &up);
            self.way(&over)
        };
        let from = |runner| doors.iter().map(|door| way(runner, door)).collect();
        Some(Leg::Ask {
            function,
            endpoint,
            ways: runners.iter().map(from).collect(),
        })
    }

    fn detour(&self, name: &Name, record: &RecordSet) -> Detour {
        let id = self.world.detours.len();
        let request = self.world.paths.iter().find(|it| it.id == "request");
        let mut detour = Detour::of(self.topology, id, name, record, request);
        let page = detour::page(self.topology, record);
        detour.secondary = page.and_then(|it| self.points.get(it).copied());
        detour
    }

    fn trace_entrances(&mut self, front: usize, port: u16) {
        let Some(nodes) = self.world.fronts.get(front).map(|it| &it.nodes) else {
            return;
        };
        let ways: Vec<Way> = nodes
            .iter()
            .map(|it| trace(self.topology, USERS, &it.name, port, &all_up))
            .map(|it| self.way(&it))
            .collect();
        if let Some(front) = self.world.fronts.get_mut(front) {
            for (node, way) in front.nodes.iter_mut().zip(ways) {
                node.entrance = way;
            }
        }
    }

    /// Puts a group behind a load balancer, which checks its instances from then on.
    fn connect(&mut self, front: usize, fleet: usize) {
        let fleets = &mut self.world.fleets;
        let (Some(front), Some(group)) = (self.world.fronts.get_mut(front), fleets.get_mut(fleet))
        else {
            return;
        };
        front.fleet = Some(fleet);
        if let Some(targets) = target_group(self.topology, &group.name) {
            let (interval, timeout, healthy, unhealthy) = targets.health_check();
            front.crosses = targets.crosses_zones();
            group.check = Some(Check {
                interval,
                timeout,
                healthy,
                unhealthy,
                detection: targets.detection(),
            });
        }
        front.open(Some(group));
    }
}

/// Adds a service to the calls of a group: services are called side by side, not one after the other.
fn called(legs: &mut Vec<Leg>, group: usize, reaches: Vec<Reach>) {
    if let Some(Leg::Call { fleet, services }) = legs.last_mut()
        && *fleet == group
    {
        services.push(reaches);
        return;
    }
    legs.push(Leg::Call {
        fleet: group,
        services: vec![reaches],
    });
}

fn target_group<'a>(topology: &'a Topology, group: &str) -> Option<&'a TargetGroup> {
    let group = topology.named::<AutoScalingGroup>(group)?;
    group.target_groups.iter().find_map(|it| topology.get(it))
}

fn node_of(name: &str) -> Name {
    name.split('.').next().unwrap_or(name).into()
}
