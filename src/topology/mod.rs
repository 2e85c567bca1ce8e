//! The typed resource graph that every stage reads: one node a CloudFormation resource.
//!
//! Nodes keep the order in which they were added, names are unique, and a reference may dangle: what it means that its
//! target is missing is for the checks and the tracer to say, not for this module to refuse.

mod adjustable;
mod control;
mod intake;
mod journey;
mod link;
mod need;
mod part;
mod site;
mod switch;
mod temporary;
pub mod traffic;

use ipnet::Ipv4Net;

pub use adjustable::{Adjustable, Takes};
pub use control::controls;
pub use intake::{Intake, consumers, intakes, is_table, service_of, store};
pub use journey::{Journey, JourneyKind, Leg, calls, journeys};
pub use link::{Link, LinkKind, links, targets_of};
pub use need::{needs, passed};
pub use part::{Part, Role, parts, shares};
pub use site::Site;
pub use switch::Switch;
pub use temporary::{Opening, Temporary, billed_hours, each_opening, openings, temporaries};

use crate::aws::{
    AutoScalingGroup, CacheGroup, DaxCluster, DbCluster, DbInstance, DbProxy, DbProxyTargets,
    EipAssociation, Function, Home, Id, Instance, Kind, LaunchTemplate, LoadBalancer, Name,
    NatGateway, Properties, Region, Resource, RouteTableAssociation, Subnet, Vpc, VpcCidrBlock,
    VpcEndpoint, Zone,
};
use crate::lookup::Lookup;
use crate::text::{Message, Text};

/// The people outside.
pub const USERS: &str = "Users";
/// The internet outside.
pub const INTERNET: &str = "Internet";

/// What becomes of a resource when its stack is deleted or the resource is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Delete,
    Retain,
    Snapshot,
}

impl Keep {
    /// CloudFormation's word.
    pub fn policy(self) -> &'static str {
        match self {
            Self::Delete => "Delete",
            Self::Retain => "Retain",
            Self::Snapshot => "Snapshot",
        }
    }
}

/// A resource in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// CloudFormation logical id, unique in the topology.
    pub name: Name,
    /// Index into [`Topology::stacks`].
    pub stack: usize,
    pub resource: Resource,
    pub depends_on: Vec<Name>,
    /// Printed as both `DeletionPolicy` and `UpdateReplacePolicy`.
    pub keep: Option<Keep>,
    /// Other attributes beside `Properties`: `CreationPolicy`, `UpdatePolicy`, `Metadata`.
    pub attributes: Properties,
    /// Why the resource is there, for the template's reader.
    pub comment: Option<Message>,
    /// The condition of its stack's template that it is deployed under.
    pub condition: Option<Name>,
    /// The state machine that makes it and takes it away again: no template has it.
    pub made_by: Option<Name>,
}

impl Node {
    /// Names that the node's properties and `DependsOn` mention, nodes and parameters alike.
    pub fn references(&self) -> Vec<Name> {
        let mut names = Vec::new();
        self.each_reference(|it| names.push(it.into()));
        names
    }

    /// Shows each of these names.
    pub fn each_reference(&self, mut see: impl FnMut(&str)) {
        self.depends_on.iter().for_each(|it| see(it));
        let properties = self.resource.properties();
        properties
            .iter()
            .for_each(|(_, it)| it.each_reference(&mut see));
    }
}

/// A template parameter that a person fills at deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    pub name: Name,
    /// CloudFormation's parameter type.
    pub kind: &'static str,
    /// `None`: it must be given.
    pub default: Option<String>,
    pub pattern: Option<&'static str>,
    pub label: Text,
    pub description: Text,
    /// What the deployability judge fills in where no default can be.
    pub example: Option<&'static str>,
}

/// Resources that are deployed together.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// Short name, also the template's file name.
    pub name: &'static str,
    pub title: Text,
    pub description: Text,
    pub region: Region,
    pub parameters: Vec<Parameter>,
    /// What stays changeable at deployment.
    pub adjustables: Vec<Adjustable>,
    /// What can be left out at deployment.
    pub switches: Vec<Switch>,
}

/// The resource graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Topology {
    /// In deployment order.
    pub stacks: Vec<Stack>,
    /// The paths whose health matters, where there are the parts for them.
    pub journeys: &'static [JourneyKind],
    nodes: Vec<Node>,
    index: Lookup<Name, usize>,
    /// Nodes by type, in order: most questions are asked of one.
    by_type: Vec<Vec<usize>>,
    /// Whether stacks read one another's outputs by `Fn::GetStackOutput`, instead of taking them as parameters.
    pub reads_outputs: bool,
    /// What could not be done as asked (an override whose target is gone).
    pub notes: Vec<Message>,
}

impl Default for Topology {
    fn default() -> Self {
        Self {
            stacks: Vec::new(),
            journeys: JourneyKind::USUAL,
            nodes: Vec::new(),
            index: Lookup::default(),
            by_type: vec![Vec::new(); Resource::KINDS.len() + 1],
            reads_outputs: false,
            notes: Vec::new(),
        }
    }
}

impl Topology {
    /// Adds a node to a stack, by index. A name that is taken keeps its first node.
    pub fn add(
        &mut self,
        stack: usize,
        name: impl Into<Name>,
        resource: impl Into<Resource>,
    ) -> &mut Node {
        let name = name.into();
        let position = match self.index.get(&name) {
            Some(position) => *position,
            None => {
                let resource = resource.into();
                self.index.or_insert(name.clone(), self.nodes.len());
                if let Some(its) = self.by_type.get_mut(resource.place()) {
                    its.push(self.nodes.len());
                }
                self.nodes.push(Node {
                    name,
                    stack,
                    resource,
                    depends_on: Vec::new(),
                    keep: None,
                    attributes: Vec::new(),
                    comment: None,
                    condition: None,
                    made_by: None,
                });
                self.nodes.len() - 1
            }
        };
        &mut self.nodes[position]
    }

    /// Moves every node to the stack that stands for its own, by index.
    pub fn restack(&mut self, place: impl Fn(usize) -> usize) {
        for node in &mut self.nodes {
            node.stack = place(node.stack);
        }
    }

    /// Takes a node out; what refers to it dangles.
    pub fn remove(&mut self, name: &str) -> Option<Node> {
        let position = self.index.remove(name)?;
        let node = self.nodes.remove(position);
        for its in &mut self.by_type {
            its.retain(|it| *it != position);
        }
        let shift = |it: &mut usize| *it -= usize::from(*it > position);
        self.by_type.iter_mut().flatten().for_each(shift);
        self.index.change(shift);
        Some(node)
    }

    /// All nodes in the order in which they were added.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub fn node(&self, name: &str) -> Option<&Node> {
        self.index.get(name).and_then(|it| self.nodes.get(*it))
    }

    /// A node to change; it stays of its type.
    pub fn node_mut(&mut self, name: &str) -> Option<&mut Node> {
        self.index.get(name).and_then(|it| self.nodes.get_mut(*it))
    }

    /// Every node of a type.
    pub fn all<T: Kind + 'static>(&self) -> impl Iterator<Item = (&Name, &T)> {
        let nodes = self.of_place(T::PLACE);
        nodes.filter_map(|node| Some((&node.name, T::of(&node.resource)?)))
    }

    /// Every node of the type that a resource is of.
    pub fn alike<'a>(&'a self, resource: &'a Resource) -> impl Iterator<Item = &'a Node> {
        let kind = resource.kind();
        let nodes = self.of_place(resource.place());
        nodes.filter(move |it| it.resource.kind() == kind)
    }

    fn of_place(&self, place: usize) -> impl Iterator<Item = &Node> {
        let places = self.by_type.get(place).into_iter().flatten();
        places.filter_map(|it| self.nodes.get(*it))
    }

    /// The node that a typed reference means, if it is there.
    pub fn get<T: Kind>(&self, id: &Id<T>) -> Option<&T> {
        self.named(&id.name)
    }

    /// A node of a type, by name.
    pub fn named<T: Kind>(&self, name: &str) -> Option<&T> {
        T::of(&self.node(name)?.resource)
    }

    /// The Region that the topology begins with, the only one in a design of one Region: the first VPC's, else the first
    /// stack's.
    pub fn region(&self) -> Option<Region> {
        let first = self.all::<Vpc>().next();
        let of_vpc = first.and_then(|(name, _)| self.region_of(name));
        of_vpc.or_else(|| self.stacks.first().map(|it| it.region))
    }

    /// The Region of a node: its stack's.
    pub fn region_of(&self, name: &str) -> Option<Region> {
        let node = self.node(name)?;
        self.stacks.get(node.stack).map(|it| it.region)
    }

    /// The VPC that a node has network interfaces in.
    pub fn vpc_of(&self, name: &str) -> Option<&Name> {
        let subnets = self.subnets_of(name);
        let subnet = self.named::<Subnet>(subnets.first()?)?;
        Some(&subnet.vpc.name)
    }

    /// The subnets that a node lives in: its own, or those that it is spread over. Dangling names are left out.
    pub fn subnets_of(&self, name: &str) -> Vec<&Name> {
        let mut name = name;
        let mut only = None;
        // A chain of `With` is short; the bound keeps a circle in somebody's template from hanging the page.
        for _ in 0..8 {
            let Some(node) = self.node(name) else {
                return Vec::new();
            };
            match node.resource.home() {
                Home::Global | Home::Region | Home::Vpc(_) => return Vec::new(),
                Home::Subnet(subnet) => return self.subnet_name(&subnet).into_iter().collect(),
                Home::Spread(subnets) => {
                    return subnets
                        .iter()
                        .filter_map(|it| self.subnet_name(it))
                        .filter(|it| only.is_none() || self.zone_of(it) == only)
                        .collect();
                }
                Home::With(other) => match self.node(&other) {
                    Some(other) => name = &other.name,
                    None => return Vec::new(),
                },
                Home::Within(other, zone) => {
                    only = Some(zone);
                    match self.node(&other) {
                        Some(other) => name = &other.name,
                        None => return Vec::new(),
                    }
                }
            }
        }
        Vec::new()
    }

    fn subnet_name(&self, name: &str) -> Option<&Name> {
        let node = self.node(name)?;
        Subnet::of(&node.resource).map(|_| &node.name)
    }

    /// The zone of a subnet.
    pub fn zone_of(&self, subnet: &str) -> Option<Zone> {
        self.named::<Subnet>(subnet).map(|it| it.zone)
    }

    /// The distinct zones that a node lives in, in order.
    pub fn zones_of(&self, name: &str) -> Vec<Zone> {
        let mut zones: Vec<Zone> = self
            .subnets_of(name)
            .into_iter()
            .filter_map(|subnet| self.zone_of(subnet))
            .collect();
        zones.sort();
        zones.dedup();
        zones
    }

    /// Whether these are [`Topology::zones_of`] a node.
    pub fn lives_in(&self, node: &Node, zones: &[Zone]) -> bool {
        match node.resource.home() {
            Home::Subnet(subnet) => self.zone_of(&subnet).as_slice() == zones,
            _ => self.zones_of(&node.name) == zones,
        }
    }

    /// The distinct zones that have a subnet, in order and whatever their Region: [`Topology::sites`] tells those apart.
    pub fn zones(&self) -> Vec<Zone> {
        let mut zones: Vec<Zone> = self.all::<Subnet>().map(|(_, it)| it.zone).collect();
        zones.sort();
        zones.dedup();
        zones
    }

    /// The route table that a subnet is associated with; `None` is the VPC's main table, which has the local route alone.
    pub fn table_of(&self, subnet: &str) -> Option<&Name> {
        self.all::<RouteTableAssociation>()
            .find(|(_, it)| it.subnet.name == *subnet)
            .map(|(_, it)| &it.table.name)
    }

    /// Whether a subnet's own default route leads to an internet gateway: what makes it public.
    pub fn is_public(&self, subnet: &str) -> bool {
        traffic::default_route(self, subnet).is_some_and(|it| it.gateway.is_some())
    }

    /// The ranges of a VPC, the first one first.
    pub fn vpc_ranges(&self, vpc: &str) -> Vec<Ipv4Net> {
        let first = self.named::<Vpc>(vpc).map(|it| it.cidr);
        let more = self.all::<VpcCidrBlock>();
        let more = more.filter(|(_, it)| *it.vpc.name == *vpc);
        first
            .into_iter()
            .chain(more.filter_map(|(_, it)| it.cidr))
            .collect()
    }

    /// The distinct zones in which a node works: those of its subnets. A regional NAT gateway has none; it works in each
    /// zone of its VPC with a network interface (VPC user guide, regional NAT gateways).
    pub fn active_zones(&self, name: &str) -> Vec<Zone> {
        let vpc = self.named::<NatGateway>(name).filter(|it| it.is_regional());
        let Some(vpc) = vpc.and_then(|it| it.vpc.as_ref()) else {
            return self.zones_of(name);
        };
        let inside = parts(self).into_iter().filter(|part| {
            let subnet = self.named::<Subnet>(&part.subnet);
            subnet.is_some_and(|it| it.vpc == *vpc)
        });
        let mut zones: Vec<Zone> = inside.map(|it| it.zone).collect();
        zones.sort();
        zones.dedup();
        zones
    }

    /// Whether an instance has an address of the internet: an Elastic IP of its own, or its subnet's.
    pub fn has_public_address(&self, instance: &str) -> bool {
        let is_its =
            |it: &EipAssociation| it.instance.as_ref().is_some_and(|it| *it.name == *instance);
        let subnet = self.named::<Instance>(instance);
        let subnet = subnet.and_then(|it| self.get(it.subnet.as_ref()?));
        self.all::<EipAssociation>().any(|(_, it)| is_its(it))
            || subnet.is_some_and(|it: &Subnet| it.public_addresses)
    }

    /// What holds data and answers on a port: databases without their read replicas, and caches.
    pub fn stores(&self) -> impl Iterator<Item = (&Name, u16)> {
        let databases = self.all::<DbInstance>().filter(|(_, it)| it.stands_alone());
        let databases = databases.map(|(name, it)| (name, it.port()));
        let caches = self.all::<CacheGroup>().map(|(name, it)| (name, it.port()));
        let dax = self.all::<DaxCluster>().map(|(name, it)| (name, it.port()));
        let clusters = self.all::<DbCluster>().map(|(name, it)| (name, it.port()));
        databases.chain(clusters).chain(caches).chain(dax)
    }

    /// What instances ask for data: stores, and the proxies before them.
    pub fn doors(&self) -> impl Iterator<Item = (&Name, u16)> {
        let proxies = self.all::<DbProxy>().map(|(name, it)| (name, it.port()));
        self.stores().chain(proxies)
    }

    /// The proxy before a database.
    pub fn proxy_of(&self, database: &str) -> Option<&Name> {
        let mut targets = self.all::<DbProxyTargets>();
        let (_, found) = targets.find(|(_, it)| {
            it.databases.iter().any(|it| *it.name == *database)
                || it.clusters.iter().any(|it| *it.name == *database)
        })?;
        self.get(&found.proxy).map(|_| &found.proxy.name)
    }

    /// The database instances behind a proxy: all of a cluster's.
    pub fn behind(&self, proxy: &str) -> impl Iterator<Item = &DbInstance> {
        let targets = self.all::<DbProxyTargets>();
        let own = targets.filter(move |(_, it)| *it.proxy.name == *proxy);
        own.flat_map(|(_, it)| {
            let instances = it.databases.iter().filter_map(|it| self.get(it));
            let clusters = it.clusters.iter();
            instances.chain(clusters.flat_map(|it| self.members(&it.name).map(|(_, it)| it)))
        })
    }

    /// The instances of an Aurora cluster, the writer first: the one that is made first.
    pub fn members(&self, cluster: &str) -> impl Iterator<Item = (&Name, &DbInstance)> {
        let is_its = |it: &DbInstance| it.cluster.as_ref().is_some_and(|it| *it.name == *cluster);
        self.all::<DbInstance>().filter(move |(_, it)| is_its(it))
    }

    /// The readers of Aurora clusters: every instance but the first of each.
    pub fn readers(&self) -> impl Iterator<Item = &Name> {
        let clusters = self.all::<DbCluster>();
        clusters.flat_map(|(name, _)| self.members(name).skip(1).map(|(name, _)| name))
    }

    /// The cluster that a database instance works for, with its name.
    pub fn cluster_of(&self, instance: &DbInstance) -> Option<(&Name, &DbCluster)> {
        let name = &self.node(&instance.cluster.as_ref()?.name)?.name;
        Some((name, self.named(name)?))
    }

    /// The security groups on a node's network interfaces.
    pub fn security_groups_of(&self, name: &str) -> Vec<&Name> {
        let Some(node) = self.node(name) else {
            return Vec::new();
        };
        let it = &node.resource;
        if let Some((cluster, _)) = DbInstance::of(it).and_then(|it| self.cluster_of(it)) {
            return self.security_groups_of(cluster);
        }
        let template = || {
            let group = AutoScalingGroup::of(it)?;
            self.named::<LaunchTemplate>(group.template()?)
        };
        let groups = LoadBalancer::of(it)
            .map(|it| &it.security_groups)
            .or_else(|| DbInstance::of(it).map(|it| &it.security_groups))
            .or_else(|| DbCluster::of(it).map(|it| &it.security_groups))
            .or_else(|| VpcEndpoint::of(it).map(|it| &it.security_groups))
            .or_else(|| CacheGroup::of(it).map(|it| &it.security_groups))
            .or_else(|| DbProxy::of(it).map(|it| &it.security_groups))
            .or_else(|| Instance::of(it).map(|it| &it.security_groups))
            .or_else(|| DaxCluster::of(it).map(|it| &it.security_groups))
            .or_else(|| Some(&Function::of(it)?.network.as_ref()?.security_groups))
            .or_else(|| template().map(|it| &it.data.security_groups));
        groups.into_iter().flatten().map(|it| &it.name).collect()
    }
}
