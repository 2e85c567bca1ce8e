//! The world before anything breaks, read off a topology: who does what by its outage facet, and what each journey
//! leans on. Every path is traced once, here; playing a fault asks no tracer.

use std::collections::BTreeMap;

use super::super::Source;
use super::super::detour::{self, Detour};
use super::super::fault::can_break;
use super::super::figure::{BACKUP_S, FILTER, INSTANCE, NAT, PEERING, RESTORE_POINT_S, WHAT_IF};
use super::super::fleet::{Check, Fleet, Member, Place, State};
use super::super::front::{self, Front};
use super::super::interfaces::{self, Interface, Interfaces};
use super::super::journey::{Leg, Path, Reach};
use super::super::point::{Point, Way};
use super::super::replica::Replica;
use super::super::scene::Scene;
use super::super::store::{self, Manner, Store};
use super::World;
use crate::aws::{
    AutoScalingGroup, BackupPlan, BackupSelection, CacheGroup, DbInstance, DbProxy, Function, Home,
    HostedZone, Instance, Kind, LoadBalancer, Name, NatGateway, Outage, RecordSet, Region,
    Resource, RestApi, Subnet, TargetGroup, Vpc, VpcEndpoint, VpcPeeringConnection, Zone,
};
use crate::design::Assumptions;
use crate::text::{Text, text};
use crate::topology::traffic::{
    HTTPS, Reason, Trace, all_up, endpoint_of, filter, groups_admit, password_withheld,
    service_code, trace,
};
use crate::topology::{self, INTERNET, Node, Part, Role, Site, Topology, USERS, journeys, parts};

impl World {
    pub fn new(topology: &Topology, assumptions: &Assumptions) -> Self {
        let mut builder = Builder {
            topology,
            assumptions,
            parts: parts(topology),
            points: BTreeMap::new(),
            world: Self {
                scene: Scene::new(topology.region()),
                fronts: Vec::new(),
                fleets: Vec::new(),
                stores: Vec::new(),
                interfaces: Vec::new(),
                detours: Vec::new(),
                points: Vec::new(),
                replicas: Vec::new(),
                sites: topology.sites(),
                regions: topology.regions(),
                subnets: subnets(topology),
                vpcs: vpcs(topology),
                paths: Vec::new(),
            },
        };
        for node in topology.nodes() {
            builder.add(node);
        }
        builder.trace_ways_out();
        for journey in journeys(topology) {
            builder.add_path(&journey);
        }
        builder.world
    }
}

fn subnets(topology: &Topology) -> Vec<(Name, Site)> {
    let subnets = topology.all::<Subnet>();
    let placed = subnets.filter_map(|(name, _)| Some((name.clone(), topology.site_of(name)?)));
    placed.collect()
}

fn vpcs(topology: &Topology) -> Vec<(Name, Option<Region>)> {
    let vpcs = topology
        .nodes()
        .iter()
        .filter(|it| Vpc::of(&it.resource).is_some());
    let region = |it: &Node| topology.stacks.get(it.stack).map(|it| it.region);
    vpcs.map(|it| (it.name.clone(), region(it))).collect()
}

struct Builder<'a> {
    topology: &'a Topology,
    assumptions: &'a Assumptions,
    parts: Vec<Part>,
    /// Index of each single point.
    points: BTreeMap<Name, usize>,
    world: World,
}

impl Builder<'_> {
    fn region(&self, node: &Node) -> Option<Region> {
        if is_global(&node.resource) {
            return None;
        }
        self.topology.stacks.get(node.stack).map(|it| it.region)
    }

    fn parts_of(&self, node: &Node) -> Vec<Part> {
        let parts = self.parts.iter().filter(|it| it.of == node.name);
        parts.cloned().collect()
    }

    fn add(&mut self, node: &Node) {
        if let Some(source) = self.source_of(&node.name) {
            return self.add_replica(node, source);
        }
        match node.resource.outage() {
            Outage::Thins if VpcEndpoint::of(&node.resource).is_some() => {
                self.add_interfaces(node, interfaces::Manner::Endpoint);
            }
            Outage::Thins if Function::of(&node.resource).is_some() => {
                self.add_interfaces(node, interfaces::Manner::Function);
            }
            Outage::Thins => self.add_front(node),
            Outage::Replaces => self.add_fleet(node),
            Outage::FailsOver => self.add_store(node),
            Outage::Lost if self.holds_data(&node.name) => self.add_store(node),
            Outage::Lost | Outage::Unaffected => self.add_point(node),
        }
    }

    fn add_point(&mut self, node: &Node) {
        if !can_break(&node.resource) {
            return;
        }
        let zone = self.parts_of(node).first().map(|it| it.zone);
        self.points
            .insert(node.name.clone(), self.world.points.len());
        self.world.points.push(Point {
            name: node.name.clone(),
            zone,
            region: self.region(node),
            spans: match zone {
                Some(_) => Vec::new(),
                // RDS Proxy goes on in its other zones, and nothing is to be said of that (RDS user guide, RDS Proxy).
                None if self.topology.named::<DbProxy>(&node.name).is_some() => Vec::new(),
                None => self.topology.active_zones(&node.name),
            },
            hidden: false,
            source: match self.topology.named::<Instance>(&node.name) {
                Some(_) => INSTANCE,
                None => NAT,
            },
            up: true,
            loss: self.loss(node),
            removed: VpcPeeringConnection::of(&node.resource).is_some(),
        });
    }

    fn add_interfaces(&mut self, node: &Node, manner: interfaces::Manner) {
        let parts = self.parts_of(node).into_iter();
        self.world.interfaces.push(Interfaces {
            id: self.world.interfaces.len(),
            manner,
            name: node.name.clone(),
            region: self.region(node),
            all: parts
                .map(|it| Interface::new(it.name, it.subnet, it.zone))
                .collect(),
        });
    }

    fn loss(&self, node: &Node) -> Option<(Text, Source)> {
        if VpcPeeringConnection::of(&node.resource).is_some() {
            let words = text(
                "failure.peering-removed",
                "{name} is taken away: no packet passes between the two VPCs any more, and the routes over it lead nowhere",
            );
            return Some((words, PEERING));
        }
        if is_global(&node.resource) {
            let words = text(
                "failure.global",
                "{name} stops. It belongs to no Region and runs all over the world, so this is a what-if",
            );
            return Some((words, WHAT_IF));
        }
        let mut balancers = self.topology.all::<LoadBalancer>();
        let is_asked = balancers.any(|(it, _)| filter(self.topology, it) == Some(&node.name));
        is_asked.then_some((
            text(
                "failure.web-acl",
                "{name} cannot be reached: the load balancer answers every request with 500, because it does not fail open",
            ),
            FILTER,
        ))
    }

    /// The database that a read replica follows.
    fn source_of(&self, name: &str) -> Option<Name> {
        let database = self.topology.named::<DbInstance>(name)?;
        database.source_name().cloned()
    }

    fn add_replica(&mut self, node: &Node, source: Name) {
        let mut stores = self.world.stores.iter_mut();
        if let Some(store) = stores.find(|it| it.name == source) {
            store.replicas.push(node.name.clone());
        }
        self.world.replicas.push(Replica {
            name: node.name.clone(),
            zone: self.parts_of(node).first().map(|it| it.zone),
            region: self.region(node),
            source,
            up: true,
        });
    }

    fn add_front(&mut self, node: &Node) {
        let nodes = self.parts_of(node).into_iter();
        self.world.fronts.push(Front {
            id: self.world.fronts.len(),
            name: node.name.clone(),
            region: self.region(node),
            nodes: nodes.map(|it| front::Node::new(it.name, it.zone)).collect(),
            fleet: None,
            crosses: true,
        });
    }

    /// Backup plans that cover a node.
    fn plans_of(&self, name: &Name) -> impl Iterator<Item = &BackupPlan> {
        let selections = self.topology.all::<BackupSelection>();
        let covering = selections.filter(|(_, it)| it.covers(name));
        covering.filter_map(|(_, it)| self.topology.get(&it.plan))
    }

    fn holds_data(&self, name: &str) -> bool {
        self.topology.named::<DbInstance>(name).is_some()
            || self.topology.named::<CacheGroup>(name).is_some()
    }

    fn add_store(&mut self, node: &Node) {
        let cache = self.topology.named::<CacheGroup>(&node.name);
        let manner = match cache {
            Some(_) => Manner::Cache,
            None => Manner::Database,
        };
        let database = self.topology.named::<DbInstance>(&node.name);
        let members = self.parts_of(node).into_iter();
        // A retention that is not given is one day (RDS API reference, CreateDBInstance).
        let own = database
            .filter(|it| it.retention != Some(0))
            .map(|_| RESTORE_POINT_S);
        let plans: Vec<&BackupPlan> = self.plans_of(&node.name).collect();
        let planned = plans.first().map(|_| BACKUP_S);
        let mut store = Store::new(
            self.world.stores.len(),
            manner,
            node.name.clone(),
            self.region(node),
            members
                .map(|it| store::Member::new(it.name, it.zone))
                .collect(),
            own.or(planned),
        );
        let copied = plans.iter().any(|it| it.copies());
        store.proxied = self.topology.proxy_of(&node.name).is_some();
        store.elsewhere = copied.then_some(BACKUP_S);
        store.fails_over = cache.is_none_or(CacheGroup::can_fail_over);
        self.world.stores.push(store);
    }

    fn add_fleet(&mut self, node: &Node) {
        let Some(group) = self.topology.named::<AutoScalingGroup>(&node.name) else {
            return;
        };
        let places = self.places(node);
        let parts = self.parts_of(node);
        let mut numbers = [0; Zone::MAX];
        for part in &parts {
            if let Some(it) = numbers.get_mut(part.zone.index()) {
                *it += 1;
            }
        }
        let place = |subnet: &Name| places.iter().position(|it| it.subnet == *subnet);
        let members = parts.iter().map(|it| Member {
            name: it.name.clone(),
            place: place(&it.subnet).unwrap_or_default(),
            zone: it.zone,
            state: State::Serving,
            listed: true,
        });
        self.world.fleets.push(Fleet {
            id: self.world.fleets.len(),
            name: node.name.clone(),
            region: self.region(node),
            members: members.collect(),
            places,
            desired: parts.len(),
            most: group.max.0 as usize,
            boot: self.assumptions.boot.get(),
            check: None,
            grace: group
                .listens_to_load_balancer()
                .then(|| group.grace.unwrap_or(0)),
            balanced_only: group.is_balanced_only(),
            load: f64::from(self.assumptions.cpu.get()) / 100.0,
            futile: 0,
            numbers,
        });
    }

    fn places(&self, node: &Node) -> Vec<Place> {
        let subnets = self.topology.subnets_of(&node.name).into_iter();
        let places = subnets.filter_map(|subnet| {
            Some(Place {
                subnet: subnet.clone(),
                zone: self.topology.zone_of(subnet)?,
                way_out: Way::Closed,
            })
        });
        places.collect()
    }

    /// Instances of a group differ in their subnet alone, so each subnet is traced, with the group's security groups.
    fn trace_ways_out(&mut self) {
        for index in 0..self.world.fleets.len() {
            let Some(fleet) = self.world.fleets.get(index) else {
                return;
            };
            let of_group = trace(self.topology, &fleet.name, INTERNET, HTTPS, &all_up);
            if of_group.reason == Some(Reason::SecurityGroupRules) {
                continue;
            }
            let ways: Vec<Way> = fleet
                .places
                .iter()
                .map(|it| {
                    (
                        it.zone,
                        trace(self.topology, &it.subnet, INTERNET, HTTPS, &all_up),
                    )
                })
                .collect::<Vec<_>>()
                .into_iter()
                .map(|(zone, trace)| self.way_from(zone, &trace))
                .collect();
            let places = self
                .world
                .fleets
                .get_mut(index)
                .map(|it| it.places.iter_mut());
            for (place, way) in places.into_iter().flatten().zip(ways) {
                place.way_out = way;
            }
        }
    }

    /// A way out that leans on a regional NAT gateway's share in another zone, where it has none in the place's own: it
    /// serves such a zone from one that it works in until it has spread (VPC user guide, regional NAT gateways).
    fn way_from(&mut self, zone: Zone, trace: &Trace) -> Way {
        let way = self.way(trace);
        let regional = |it: &&Name| {
            let nat = self.topology.named::<NatGateway>(it);
            nat.is_some_and(NatGateway::is_regional)
        };
        let (Way::Over(mut hops), Some(nat)) = (way.clone(), trace.hops.iter().find(regional))
        else {
            return way;
        };
        let zones = self.topology.active_zones(nat);
        let (Some(host), false) = (zones.first(), zones.contains(&zone)) else {
            return way;
        };
        hops.push(self.share_of(nat, *host));
        Way::Over(hops)
    }

    /// The share of a regional NAT gateway in a zone, as a point.
    fn share_of(&mut self, nat: &Name, zone: Zone) -> usize {
        let points = &mut self.world.points;
        let is_it = |it: &Point| it.hidden && it.name == *nat && it.zone == Some(zone);
        if let Some(found) = points.iter().position(is_it) {
            return found;
        }
        points.push(Point {
            name: nat.clone(),
            zone: Some(zone),
            region: points
                .iter()
                .find(|it| it.name == *nat)
                .and_then(|it| it.region),
            spans: Vec::new(),
            hidden: true,
            source: NAT,
            up: true,
            loss: None,
            removed: false,
        });
        points.len() - 1
    }

    fn way(&self, trace: &Trace) -> Way {
        if !trace.is_reachable() {
            return Way::Closed;
        }
        let hops = trace.hops.iter();
        Way::Over(hops.filter_map(|it| self.points.get(it).copied()).collect())
    }

    fn add_path(&mut self, journey: &topology::Journey) {
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
                Some((fleet, reaches)) => called(&mut legs, fleet, reaches),
                None => legs.push(self.leg(leg, &whole)),
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
        let code = service_code(&leg.to)?;
        let fleets = &self.world.fleets;
        let index = fleets.iter().position(|it| it.name == leg.from)?;
        let fleet = fleets.get(index)?;
        let reach = |place: &Place| match endpoint_of(self.topology, &place.subnet, code) {
            Some(endpoint) => self.by(&fleet.name, endpoint),
            None => Reach::Over(place.way_out.clone()),
        };
        Some((index, fleet.places.iter().map(reach).collect()))
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
        let of = self.parts.iter().find(|it| it.name == leg.from);
        let mirrored = of
            .filter(|it| it.role == Role::Primary)
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
        match mirrored {
            Some(store) => Leg::Mirror { store, way },
            None => Leg::Plain { way },
        }
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

/// Whether something works wherever a Region is down: Route 53 answers for private zones too (Route 53 developer guide,
/// resilience).
fn is_global(resource: &Resource) -> bool {
    resource.home() == Home::Global || HostedZone::of(resource).is_some()
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
