//! The paths whose health matters, read off the resources. Ids are those of the blueprints' descriptions.

use super::{INTERNET, Topology, USERS, link::targets_of, traffic};
use crate::aws::{
    AutoScalingGroup, CacheGroup, DbInstance, DbProxy, Distribution, Function, Listener,
    LoadBalancer, Name, RecordSet, RestApi,
};
use crate::text::{Text, text};

/// One connection of a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    pub from: Name,
    pub to: Name,
    pub port: u16,
}

/// A path that users, instances or data take, as connections one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    pub id: &'static str,
    pub title: Text,
    /// The path in words, for the page.
    pub path: Text,
    pub legs: Vec<Leg>,
}

/// A journey that a design can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JourneyKind {
    /// Clients to the database and back.
    Request,
    /// Users to whatever DNS gives them: the application, or what stands in for it.
    Answer,
    /// Clients to the read replicas and back.
    Reads,
    /// Instances to the cache.
    Cache,
    /// Instances to the internet, in the words of the web application.
    Outbound,
    /// Instances to a third party on the internet.
    InternetEgress,
    /// Instances to AWS services, by endpoints where there are some.
    AwsEgress,
    /// The database's primary to its standby.
    Replication,
    /// A function to a private API, by its name, and back.
    Call,
    /// The same from the second of such functions.
    SecondCall,
    /// Batch instances to an external source.
    Sync,
}

impl JourneyKind {
    /// Those of a design that does not say otherwise.
    pub const USUAL: &'static [Self] = &[
        Self::Request,
        Self::Answer,
        Self::Outbound,
        Self::Replication,
    ];

    /// Those of every design that has the parts for them, behind its own.
    const WHERE_THERE: &'static [Self] = &[
        Self::Reads,
        Self::Cache,
        Self::Call,
        Self::SecondCall,
        Self::Sync,
    ];

    fn words(self) -> (&'static str, Text, Text) {
        match self {
            Self::Request => (
                "request",
                text("journey.request", "Request"),
                text(
                    "journey.request.path",
                    "client, internet gateway, load balancer, web, database and back",
                ),
            ),
            Self::Answer => (
                "answer",
                text("journey.answer", "Answer"),
                text(
                    "journey.answer.path",
                    "client, Route 53, then the application or what stands in for it",
                ),
            ),
            Self::Reads => (
                "reads",
                text("journey.reads", "Reads"),
                text(
                    "journey.reads.path",
                    "client, internet gateway, load balancer, web, read replicas and back",
                ),
            ),
            Self::Cache => (
                "cache",
                text("journey.cache", "Cache"),
                text(
                    "journey.cache.path",
                    "web, primary of the cache; requests go on without it, from the database",
                ),
            ),
            Self::Outbound => (
                "outbound",
                text("journey.outbound", "Outbound"),
                text(
                    "journey.outbound.path",
                    "web, NAT gateway, internet gateway, internet",
                ),
            ),
            Self::InternetEgress => (
                "internet-egress",
                text("journey.internet-egress", "Internet egress"),
                text(
                    "journey.internet-egress.path",
                    "web, NAT gateway, internet gateway, a third party's API",
                ),
            ),
            Self::AwsEgress => (
                "aws-egress",
                text("journey.aws-egress", "AWS-service egress"),
                text(
                    "journey.aws-egress.path",
                    "web to S3, DynamoDB and CloudWatch: by an endpoint where there is one, else by the NAT gateway",
                ),
            ),
            Self::Replication => (
                "replication",
                text("journey.replication", "Replication"),
                text(
                    "journey.replication.path",
                    "database primary to its standby",
                ),
            ),
            Self::Call => (
                "call",
                text("journey.call", "Call"),
                text(
                    "journey.call.path",
                    "function, private DNS, peering, interface endpoint, private API and back",
                ),
            ),
            Self::Sync => (
                "nightly-sync",
                text("journey.nightly-sync", "Nightly sync"),
                text(
                    "journey.nightly-sync.path",
                    "batch instance, NAT gateway, internet gateway, external source",
                ),
            ),
            Self::SecondCall => (
                "second-call",
                text("journey.second-call", "Second client's call"),
                text(
                    "journey.second-call.path",
                    "second function, private DNS, peering, interface endpoint, private API and back",
                ),
            ),
        }
    }

    /// `None`: the topology lacks the parts.
    fn legs(self, topology: &Topology) -> Option<Vec<Leg>> {
        match self {
            Self::Answer => {
                let mut records = topology.all::<RecordSet>();
                let (record, _) = records.find(|(_, it)| it.is_primary())?;
                let balancer = traffic::named_by(topology, record)?;
                Some(vec![leg(USERS, record, entry_port(topology, balancer))])
            }
            Self::Request => way_in(topology, |it| !it.is_replica()),
            Self::Reads => {
                topology
                    .all::<DbInstance>()
                    .find(|(_, it)| it.is_replica())?;
                way_in(topology, DbInstance::is_replica)
            }
            Self::Cache => {
                let (cache, it) = topology.all::<CacheGroup>().next()?;
                let (group, _) = served(topology)?;
                Some(vec![leg(group, cache, it.port())])
            }
            Self::Outbound | Self::InternetEgress => {
                let (group, _) = served(topology)?;
                Some(vec![leg(group, INTERNET, traffic::HTTPS)])
            }
            Self::AwsEgress => {
                let (group, _) = served(topology)?;
                let to = |code: &&str| leg(group, &traffic::service(code), traffic::HTTPS);
                Some(CALLED.iter().map(to).collect())
            }
            Self::Call => call(topology, 0),
            Self::SecondCall => call(topology, 1),
            Self::Sync => {
                let mut groups = topology.all::<AutoScalingGroup>();
                let (batch, _) = groups.find(|(_, it)| it.target_groups.is_empty())?;
                Some(vec![leg(batch, INTERNET, traffic::HTTPS)])
            }
            Self::Replication => {
                let mut databases = topology.all::<DbInstance>();
                let (name, it) = databases.find(|(_, it)| !it.is_replica())?;
                let part = |role: &str| format!("{name}.{role}");
                let mirrored = vec![leg(&part("primary"), &part("standby"), it.port())];
                it.multi_az.then_some(mirrored)
            }
        }
    }
}

/// The first group with a load balancer before it.
fn served(topology: &Topology) -> Option<(&Name, &AutoScalingGroup)> {
    let mut groups = topology.all::<AutoScalingGroup>();
    groups.find(|(_, it)| !it.target_groups.is_empty())
}

const OVER_CLOUDFRONT: Text = text(
    "journey.request.cloudfront",
    "client, CloudFront, internet gateway, load balancer, web, database and back",
);
const OVER_PROXY: Text = text(
    "journey.request.proxy",
    "client, internet gateway, load balancer, web, RDS Proxy, database and back",
);
const OVER_BOTH: Text = text(
    "journey.request.cloudfront-proxy",
    "client, CloudFront, internet gateway, load balancer, web, RDS Proxy, database and back",
);

/// The path of a request over what stands on its way.
fn request_path(topology: &Topology, usual: Text) -> Text {
    let fronted = topology.all::<Distribution>().next().is_some();
    let proxied = topology.all::<DbProxy>().next().is_some();
    match (fronted, proxied) {
        (true, true) => OVER_BOTH,
        (true, false) => OVER_CLOUDFRONT,
        (false, true) => OVER_PROXY,
        (false, false) => usual,
    }
}

/// AWS services that the instances call all the time: objects, items, logs.
const CALLED: [&str; 3] = ["s3", "dynamodb", "logs"];

/// Every journey of the topology that it has the parts for.
pub fn journeys(topology: &Topology) -> Vec<Journey> {
    let kinds = topology.journeys.iter().chain(JourneyKind::WHERE_THERE);
    let journeys = kinds.filter_map(|kind| {
        let (id, title, path) = kind.words();
        let path = if *kind == JourneyKind::Request {
            request_path(topology, path)
        } else {
            path
        };
        let legs = kind.legs(topology)?;
        Some(Journey {
            id,
            title,
            path,
            legs,
        })
    });
    journeys.collect()
}

fn leg(from: &str, to: &str, port: u16) -> Leg {
    Leg {
        from: from.into(),
        to: to.into(),
        port,
    }
}

/// From one of the functions that call a private API.
fn call(topology: &Topology, place: usize) -> Option<Vec<Leg>> {
    let (function, api) = calls(topology).into_iter().nth(place)?;
    Some(vec![leg(function, api, traffic::HTTPS)])
}

/// Each function that has the address of a REST API in its environment, with that API.
pub fn calls(topology: &Topology) -> Vec<(&Name, &Name)> {
    let functions = topology.all::<Function>();
    let calls = functions.filter_map(|(function, _)| {
        let asked = topology.node(function)?.references();
        let mut apis = topology.all::<RestApi>();
        let (api, _) = apis.find(|(name, _)| asked.contains(name))?;
        Some((function, api))
    });
    calls.collect()
}

/// From clients over the load balancer to the first database of a kind.
fn way_in(topology: &Topology, kind: impl Fn(&DbInstance) -> bool) -> Option<Vec<Leg>> {
    let (balancer, _) = topology
        .all::<LoadBalancer>()
        .find(|(_, it)| it.is_internet_facing())?;
    let mut legs = vec![leg(USERS, balancer, entry_port(topology, balancer))];
    for (group, target) in targets_of(topology, balancer).into_iter().take(1) {
        legs.push(leg(balancer, group, target.port));
        if let Some((name, it)) = topology.all::<DbInstance>().find(|(_, it)| kind(it)) {
            let before = topology.proxy_of(name);
            legs.extend(before.map(|proxy| leg(group, proxy, it.port())));
            legs.push(leg(before.unwrap_or(group), name, it.port()));
        }
    }
    Some(legs)
}

/// 443 where a listener has it, else the first listener's port, else 80.
pub(super) fn entry_port(topology: &Topology, balancer: &str) -> u16 {
    let ports: Vec<u16> = topology
        .all::<Listener>()
        .filter(|(_, it)| it.load_balancer.name == *balancer)
        .map(|(_, it)| it.port)
        .collect();
    let https = ports.iter().find(|port| **port == traffic::HTTPS);
    *https.or(ports.first()).unwrap_or(&80)
}
