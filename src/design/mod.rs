//! What a person edits: components with their options, and overrides.
//!
//! [`Design::expand`] is the only way from here to the resources. A design is the one type that leaves the program: as a
//! file ([`document`]) or as a link ([`link`]), both of which say how it differs from its blueprint.

mod access;
mod account;
mod address;
mod adjust;
mod api;
mod application;
mod assumptions;
mod backup;
mod balancer;
mod batch;
mod bucket;
mod burst;
mod cache;
mod client;
mod cloudfront;
mod cluster;
mod credentials;
mod curve;
mod dashboard;
mod database;
mod delivery;
mod dns;
pub mod document;
mod domain;
mod edge;
mod endpoints;
mod flash_sale;
mod fleet;
mod function;
mod grouping;
pub mod history;
mod latency;
pub mod link;
mod listener;
mod logs;
mod network;
mod observability;
mod option;
mod overrides;
mod pattern;
mod policy;
mod private_vpc;
mod private_zone;
mod protection;
mod proxy;
mod readiness;
mod rest_api;
mod routes;
mod sale;
pub mod schedule;
mod security;
mod site;
mod thresholds;
mod vpcs;
mod vpn;
mod waf;
mod waf_rules;

pub use access::{Access, Admin, SESSION_POLICY};
pub use account::Account;
pub use address::{DOCKER, PRIVATE, net};
pub use api::{Authorization, PrivateApi};
pub use application::{Application, Grouping, Handing};
pub use assumptions::Assumptions;
pub use backup::Backup;
pub use balancer::Balancer;
pub use batch::Batch;
pub use burst::{Burst, Consumer, DaxNodeType, Integration, ReplicaRegion, Store};
pub use cache::{Cache, CacheEngine};
pub use client::{Client, Clients};
pub use cloudfront::shield;
pub use curve::{Bend, Curve};
pub use database::{Database, DatabaseKind, Engine};
pub use delivery::Delivery;
pub use dns::{CheckInterval, Dns, Routing};
pub use edge::{Edge, EdgeTls, PriceClass, WafAction};
pub use endpoints::{Endpoints, Spread};
pub use flash_sale::{BENDS, FlashSale, LostZone};
pub use fleet::{Fleet, HealthCheck, Scaling};
pub use function::Functions;
pub use latency::is_on as is_by_latency;
pub use listener::RuleAction;
pub use network::{Nat, Network, Tier, subnet_name};
pub use observability::{FlowFilter, Observability};
pub use option::{
    Addresses, Blocks, Labels, OptionKind, OptionSpec, Places, Ranges, Section, Setting, Whole,
    Words, shorten,
};
pub use overrides::Override;
pub use protection::{Level, Protection};
pub use schedule::{Calls, Gateways, MOST as MOST_WINDOWS, Schedules, TimeZone, Window, Windows};
pub use vpcs::{Further, Vpcs};
pub use vpn::Vpn;

use crate::aws::{Name, Region, Resource, Tags, Value};
use crate::text::{Message, Text, text};
use crate::topology::{JourneyKind, Node, Parameter, Stack, Topology};

/// A system as a person describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// Id of the blueprint that it started from.
    pub blueprint: String,
    pub title: Words<80>,
    pub network: Network,
    pub schedule: Schedules,
    pub batch: Batch,
    pub application: Application,
    pub api: PrivateApi,
    pub clients: Clients,
    pub function: Functions,
    pub vpcs: Vpcs,
    pub vpn: Vpn,
    pub endpoints: Endpoints,
    pub balancer: Balancer,
    pub fleet: Fleet,
    pub database: Database,
    pub edge: Edge,
    pub dns: Dns,
    pub cache: Cache,
    pub burst: Burst,
    pub backup: Backup,
    pub admin: Admin,
    pub protection: Protection,
    pub observability: Observability,
    pub delivery: Delivery,
    pub account: Account,
    pub assumptions: Assumptions,
    pub sale: FlashSale,
    /// The paths whose health matters.
    pub journeys: &'static [JourneyKind],
    /// Edits of single resources, applied after expansion.
    pub overrides: Vec<Override>,
}

/// Every option, section by section.
pub fn options() -> impl Iterator<Item = &'static OptionSpec> {
    [
        Network::OPTIONS,
        Schedules::OPTIONS,
        Batch::OPTIONS,
        Application::OPTIONS,
        Vpn::OPTIONS,
        Vpcs::OPTIONS,
        Endpoints::OPTIONS,
        PrivateApi::OPTIONS,
        Clients::OPTIONS,
        Functions::OPTIONS,
        Balancer::OPTIONS,
        Fleet::OPTIONS,
        Database::OPTIONS,
        Edge::OPTIONS,
        Dns::OPTIONS,
        Cache::OPTIONS,
        Burst::OPTIONS,
        Admin::OPTIONS,
        Protection::OPTIONS,
        Backup::OPTIONS,
        Observability::OPTIONS,
        Delivery::OPTIONS,
        Account::OPTIONS,
        Assumptions::OPTIONS,
        FlashSale::OPTIONS,
    ]
    .into_iter()
    .flatten()
}

/// An option by its key.
pub fn option(key: &str) -> Option<&'static OptionSpec> {
    options().find(|it| it.key == key)
}

impl Design {
    /// A design of a blueprint with every option at its default.
    pub fn new(blueprint: &str) -> Self {
        Self {
            blueprint: blueprint.to_owned(),
            title: Words::default(),
            network: Network::default(),
            schedule: Schedules::default(),
            batch: Batch::default(),
            application: Application::default(),
            api: PrivateApi::default(),
            clients: Clients::default(),
            function: Functions::default(),
            vpcs: Vpcs::default(),
            vpn: Vpn::default(),
            endpoints: Endpoints::default(),
            balancer: Balancer::default(),
            fleet: Fleet::default(),
            database: Database::default(),
            edge: Edge::default(),
            dns: Dns::default(),
            cache: Cache::default(),
            burst: Burst::default(),
            backup: Backup::default(),
            admin: Admin::default(),
            protection: Protection::default(),
            observability: Observability::default(),
            delivery: Delivery::default(),
            account: Account::default(),
            assumptions: Assumptions::default(),
            sale: FlashSale::default(),
            journeys: JourneyKind::USUAL,
            overrides: Vec::new(),
        }
    }

    /// Sets an option by its key.
    ///
    /// # Errors
    /// No option has the key, or the text is not what it takes; the design is as it was.
    pub fn set(&mut self, key: &str, given: &str) -> Result<(), Message> {
        let Some(spec) = option(key) else {
            return Err(unknown_option(key));
        };
        (spec.set)(self, given).map_err(|problem| {
            text("option.refused", "{key}: {problem}")
                .with("key", key)
                .with("problem", problem)
        })
    }

    /// Whether something answers to the domain.
    pub fn has_name(&self) -> bool {
        domain::target(self).is_some()
    }

    /// The design with one option changed; unchanged where the key or the text is not understood.
    #[must_use]
    pub fn with(&self, key: &str, given: &str) -> Self {
        let mut changed = self.clone();
        match changed.set(key, given) {
            Ok(()) => changed,
            Err(_) => self.clone(),
        }
    }

    /// The options that differ from those of another design, as key and text.
    pub fn differences(&self, base: &Self) -> Vec<(&'static OptionSpec, String)> {
        options()
            .filter_map(|spec| {
                let shown = (spec.get)(self);
                (shown != (spec.get)(base)).then_some((spec, shown))
            })
            .collect()
    }

    /// The resources that the design stands for, overrides applied.
    pub fn expand(&self) -> Topology {
        let region = self.network.region;
        let mut topology = Topology::default();
        topology.stacks = STACKS
            .into_iter()
            .filter_map(|(name, ..)| stack(name, region))
            .collect();
        let copies = topology.stacks.get_mut(COPY);
        if let (Some(stack), Some(destination)) = (copies, self.backup.copies_to()) {
            stack.region = destination;
        }
        if let Some(stack) = topology.stacks.get_mut(GLOBAL) {
            stack.region = Region::EDGE;
        }
        topology.journeys = self.journeys;
        topology.reads_outputs = self.application.handing == Handing::StackOutputs;
        let mut to = Expansion {
            topology: &mut topology,
        };
        network::expand(self, &mut to);
        vpn::expand(self, &mut to);
        if self.has_application() {
            self.expand_application(&mut to);
        } else {
            endpoints::expand(self, &mut to);
            logs::expand(self, &mut to);
        }
        burst::expand_groups(self, &mut to);
        burst::expand_store(self, &mut to);
        batch::expand(self, &mut to);
        api::expand(self, &mut to);
        burst::expand(self, &mut to);
        edge::expand(self, &mut to);
        if self.has_application() {
            access::expand(self, &mut to);
        }
        delivery::expand(self, &mut to);
        observability::expand(self, &mut to);
        vpcs::expand(self, &mut to);
        client::expand(self, &mut to);
        account::expand(self, &mut to);
        schedule::expand(self, &mut to);
        logs::keep_for(self, to.topology);
        grouping::group(self, &mut topology);
        for edit in &self.overrides {
            if let Err(note) = edit.apply(&mut topology) {
                topology.notes.push(note);
            }
        }
        topology.add_temporaries();
        topology
    }
}

impl Design {
    /// Whether there is the web application: it is asked for, and has public subnets for its load balancer.
    pub fn has_application(&self) -> bool {
        self.application.enabled && self.network.is_public()
    }

    fn expand_application(&self, to: &mut Expansion<'_>) {
        security::expand(self, to);
        endpoints::expand(self, to);
        fleet::expand_roles(self, to);
        database::expand_roles(self, to);
        proxy::expand_roles(self, to);
        logs::expand(self, to);
        database::expand(self, to);
        proxy::expand(self, to);
        cache::expand(self, to);
        backup::expand(self, to);
        balancer::expand(self, to);
        fleet::expand(self, to);
    }
}

fn unknown_option(key: &str) -> Message {
    let close = options()
        .map(|it| (distance(it.key, key), it.key))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    // Or the key without its section.
    let end = options().find(|it| it.key.split_once('.').is_some_and(|(_, it)| it == key));
    let nearest = end.map(|it| it.key).or(close.map(|(_, near)| near));
    match nearest {
        Some(near) => text(
            "option.unknown-near",
            "there is no option “{key}”; did you mean “{near}”?",
        )
        .with("key", shorten(key))
        .with("near", near),
        None => text("option.unknown", "there is no option “{key}”").with("key", shorten(key)),
    }
}

/// Edits between two words (Levenshtein), for "did you mean". Long words are cut: nobody mistypes by that much.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(40).enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, b) in other.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

const NETWORK: usize = 0;
const SECURITY: usize = 1;
const COPY: usize = 2;
const DATA: usize = 3;
const APP: usize = 4;
/// The burst path: what takes orders in, keeps them and works them off.
const BURST: usize = 5;
/// How the application gets onto its instances.
const DELIVERY: usize = 6;
/// What CloudFront takes from us-east-1 alone.
const GLOBAL: usize = 7;
const EDGE: usize = 8;
const OBSERVABILITY: usize = 9;
const VPCS: usize = 10;
/// The layers of the main Region, together.
const MAIN: usize = 11;
/// The first client; the second one follows.
const CLIENT: usize = 12;
const ROUTES: usize = 14;
/// What an account has once in a Region, whoever deploys the rest.
const ACCOUNT: usize = 15;
/// What opens and closes by the clock, behind all that it opens.
const SCHEDULE: usize = 16;

/// The stacks in deployment order.
const STACKS: [(&str, Text, Text); 17] = [
    (
        "network",
        text("stack.network", "Network"),
        text(
            "stack.network.help",
            "VPC, subnets, routes, internet gateway and NAT gateways",
        ),
    ),
    (
        "security",
        text("stack.security", "Security"),
        text(
            "stack.security.help",
            "Security groups, roles and the log bucket",
        ),
    ),
    (
        "copy",
        text("stack.copy", "Backup copies"),
        text(
            "stack.copy.help",
            "Vault of the backup copies, in a Region of its own",
        ),
    ),
    (
        "data",
        text("stack.data", "Data"),
        text(
            "stack.data.help",
            "Database with its subnet and parameter groups",
        ),
    ),
    (
        "app",
        text("stack.app", "Application"),
        text("stack.app.help", "Load balancer and Auto Scaling group"),
    ),
    (
        "burst",
        text("stack.burst", "Burst path"),
        text(
            "stack.burst.help",
            "Public API, queue with its dead-letter queue, and what works the queue off",
        ),
    ),
    (
        "delivery",
        text("stack.delivery", "Delivery"),
        text(
            "stack.delivery.help",
            "Image repository, and what brings the application to its instances",
        ),
    ),
    (
        "global",
        text("stack.global", "Global edge"),
        text(
            "stack.global.help",
            "Web ACL and certificate of the distribution: CloudFront takes them from one Region alone",
        ),
    ),
    (
        "edge",
        text("stack.edge", "Edge"),
        text(
            "stack.edge.help",
            "What stands between the users and the load balancer",
        ),
    ),
    (
        "observability",
        text("stack.observability", "Observability"),
        text(
            "stack.observability.help",
            "Alarms, dashboard, flow logs and API trail",
        ),
    ),
    (
        "vpcs",
        text("stack.vpcs", "Further VPCs"),
        text(
            "stack.vpcs.help",
            "VPCs beside the main one, and the peering between them",
        ),
    ),
    (
        "main",
        text("stack.main", "Main Region"),
        text(
            "stack.main.help",
            "Network, security and services of the main Region",
        ),
    ),
    (
        "client",
        text("stack.client", "Client"),
        text(
            "stack.client.help",
            "VPC of the client with its function, the peering with the main VPC and the private hosted zone",
        ),
    ),
    (
        "client2",
        text("stack.client2", "Second client"),
        text(
            "stack.client2.help",
            "VPC of the second client with its function, the peering with the main VPC and the private hosted zone",
        ),
    ),
    (
        "routes",
        text("stack.routes", "Return routes"),
        text(
            "stack.routes.help",
            "Routes from the main VPC back to the clients, once their peering connections are there",
        ),
    ),
    (
        "account",
        text("stack.account", "Account"),
        text(
            "stack.account.help",
            "What an account has once in a Region: threat detection, configuration records and their hub; each can be left out",
        ),
    ),
    (
        "schedule",
        text("stack.schedule", "Schedule"),
        text(
            "stack.schedule.help",
            "What opens and closes by the clock: schedules, state machine, functions, and who is told",
        ),
    ),
];

/// A stack by its name, still empty.
pub fn stack(name: &str, region: Region) -> Option<Stack> {
    let (name, title, description) = STACKS.into_iter().find(|it| it.0 == name)?;
    Some(Stack {
        name,
        title,
        description,
        region,
        parameters: Vec::new(),
        adjustables: Vec::new(),
        switches: Vec::new(),
    })
}

/// Where components add their resources.
struct Expansion<'a> {
    topology: &'a mut Topology,
}

impl Expansion<'_> {
    fn add(
        &mut self,
        stack: usize,
        name: impl Into<Name>,
        resource: impl Into<Resource>,
    ) -> &mut Node {
        self.topology.add(stack, name, resource)
    }

    /// Declares a parameter of a stack, once.
    fn parameter(&mut self, stack: usize, parameter: Parameter) {
        if let Some(stack) = self.topology.stacks.get_mut(stack)
            && stack.parameters.iter().all(|it| it.name != parameter.name)
        {
            stack.parameters.push(parameter);
        }
    }

    /// The tags of a resource: its name behind the stack's, so that two copies can be told apart.
    fn tags(&self, name: &str) -> Tags {
        Tags(vec![(
            "Name".into(),
            Value::sub(format!("${{AWS::StackName}}-{name}")),
        )])
    }
}

/// Chained edits of a node that was just added.
trait Edit {
    fn after(&mut self, name: &str) -> &mut Self;
    fn comment(&mut self, why: Text) -> &mut Self;
}

impl Edit for Node {
    fn after(&mut self, name: &str) -> &mut Self {
        self.depends_on.push(name.into());
        self
    }

    fn comment(&mut self, why: Text) -> &mut Self {
        self.comment = Some(why.into());
        self
    }
}
