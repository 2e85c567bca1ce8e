//! The world before anything breaks, read off a topology: who does what by its outage facet, and over what each subnet
//! leads out.

use std::collections::BTreeMap;

use super::super::Source;
use super::super::fault::can_break;
use super::super::figure::{
    BACKUP_S, FILTER, INSTANCE, NAT, PEERING, RESTORE_POINT_S, TUNNELS, WHAT_IF,
};
use super::super::fleet::{Fleet, Member, Place, State};
use super::super::front::{self, Front};
use super::super::interfaces::{self, Interface, Interfaces};
use super::super::point::{Point, Way};
use super::super::replica::Replica;
use super::super::scene::Scene;
use super::super::store::{self, Manner, Store};
use super::super::vpn::Vpn;
use super::World;
use crate::aws::{
    AutoScalingGroup, BackupPlan, BackupSelection, CacheGroup, CustomerGateway, DaxCluster,
    DbCluster, DbInstance, DbProxy, Function, Home, HostedZone, Instance, Kind, LoadBalancer, Name,
    NatGateway, Outage, Region, Resource, Subnet, Vpc, VpcEndpoint, VpcPeeringConnection,
    VpnConnection, VpnGateway, WarmPool, Zone,
};
use crate::design::Assumptions;
use crate::text::{Text, text};
use crate::topology::traffic::{HTTPS, Reason, Trace, all_up, filter, trace};
use crate::topology::{INTERNET, Node, Part, Site, Topology, journeys, parts, shares};

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
                vpns: vpns(topology),
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

/// One for each virtual private gateway, with what leads to it.
fn vpns(topology: &Topology) -> Vec<Vpn> {
    let gateways = topology.all::<VpnGateway>();
    let vpns = gateways.enumerate().map(|(id, (name, _))| {
        let connections = topology.all::<VpnConnection>();
        let own =
            connections.filter(|(_, it)| it.gateway.as_ref().is_some_and(|it| it.name == *name));
        let own: Vec<(&Name, &VpnConnection)> = own.collect();
        let mut routers: Vec<Name> = own.iter().map(|it| it.1.customer.name.clone()).collect();
        routers.sort();
        routers.dedup();
        Vpn {
            id,
            name: name.clone(),
            region: topology.region_of(name),
            routers: routers.len(),
            ends: own.iter().map(|it| it.0.clone()).chain(routers).collect(),
            moving: false,
        }
    });
    vpns.collect()
}

pub(super) struct Builder<'a> {
    pub topology: &'a Topology,
    assumptions: &'a Assumptions,
    pub parts: Vec<Part>,
    /// Index of each single point.
    pub points: BTreeMap<Name, usize>,
    pub world: World,
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
        if CustomerGateway::of(&node.resource).is_some() {
            let words = text(
                "failure.router",
                "{name} stops: the router stands in your own network, and nothing at AWS replaces it",
            );
            return Some((words, TUNNELS));
        }
        if VpnConnection::of(&node.resource).is_some() {
            let words = text(
                "failure.vpn-removed",
                "{name} is down with both of its tunnels",
            );
            return Some((words, WHAT_IF));
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
    pub(super) fn source_of(&self, name: &str) -> Option<Name> {
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
            || self.topology.named::<DaxCluster>(name).is_some()
    }

    fn add_store(&mut self, node: &Node) {
        let cache = self.topology.named::<CacheGroup>(&node.name);
        let cluster = self.topology.named::<DbCluster>(&node.name);
        let dax = self.topology.named::<DaxCluster>(&node.name);
        let manner = match (cache, cluster, dax) {
            (Some(_), _, _) => Manner::Cache,
            (None, Some(_), _) => Manner::Cluster,
            (None, None, Some(_)) => Manner::TableCache,
            (None, None, None) => Manner::Database,
        };
        let database = self.topology.named::<DbInstance>(&node.name);
        let mut members = self.parts_of(node);
        // Behind the writer in the order in which Aurora promotes.
        if let Some((_, readers)) = members.split_first_mut() {
            let tier = |it: &Part| {
                let instance = self.topology.named::<DbInstance>(&it.name);
                let tier = instance.and_then(|it| it.tier);
                tier.unwrap_or(DbInstance::USUAL_TIER)
            };
            if cluster.is_some() {
                readers.sort_by_key(tier);
            }
        }
        let members = members.into_iter();
        // The volume of a cluster keeps every committed write. A retention that is not given is one day (RDS API reference, CreateDBInstance).
        let own = database
            .filter(|it| it.retention != Some(0))
            .map(|_| RESTORE_POINT_S);
        let own = cluster.map(|_| 0).or(own);
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
        let places_zones: Vec<Zone> = places.iter().map(|it| it.zone).collect();
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
            warm: false,
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
            warm: self.warm(node, group, &places_zones),
        });
    }

    /// Stopped instances of a group's warm pool by zone, over which it spreads them as the group does.
    fn warm(&self, node: &Node, group: &AutoScalingGroup, zones: &[Zone]) -> [u32; Zone::MAX] {
        let mut stock = [0; Zone::MAX];
        let mut pools = self.topology.all::<WarmPool>();
        let Some((_, pool)) = pools.find(|(_, it)| it.group.name == node.name) else {
            return stock;
        };
        for (zone, count) in zones.iter().zip(shares(pool.size(group), zones.len())) {
            if let Some(it) = stock.get_mut(zone.index()) {
                *it += count;
            }
        }
        stock
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

    pub(super) fn way(&self, trace: &Trace) -> Way {
        if !trace.is_reachable() {
            return Way::Closed;
        }
        let hops = trace.hops.iter();
        Way::Over(hops.filter_map(|it| self.points.get(it).copied()).collect())
    }
}

/// Whether something works wherever a Region is down: Route 53 answers for private zones too (Route 53 developer guide,
/// resilience).
fn is_global(resource: &Resource) -> bool {
    resource.home() == Home::Global || HostedZone::of(resource).is_some()
}
