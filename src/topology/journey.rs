//! The paths whose health matters, read off the resources. Ids are those of the blueprints' descriptions.

use super::{
    INTERNET, Intake, Topology, USERS, consumers, intakes, link::targets_of, service_of, traffic,
};
use crate::aws::{
    AutoScalingGroup, Bucket, CacheGroup, DbCluster, DbInstance, DbProxy, Distribution, Function,
    Listener, LoadBalancer, Name, Queue, RecordSet, RestApi, VpnConnection,
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
    /// Clients to static files, over a distribution.
    Static,
    /// The customer's network over the VPN to instances and database, and back.
    Operations,
    /// What a public API takes in: to the queue, which answers for it, or to the store where there is none.
    Intake,
    /// The same over the queue to the store.
    Burst,
    /// Who works a queue off to the AWS services that it calls.
    BurstEgress,
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
        Self::Static,
        Self::Operations,
        Self::Intake,
        Self::Burst,
        Self::BurstEgress,
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
            Self::Static => (
                "static",
                text("journey.static", "Static files"),
                text("journey.static.path", "client, CloudFront, bucket and back"),
            ),
            Self::Operations => (
                "operations",
                text("journey.operations", "Operations"),
                text(
                    "journey.operations.path",
                    "management network, customer gateway, VPN, virtual private gateway, web and database, and back",
                ),
            ),
            Self::Intake => (
                "intake",
                text("journey.intake", "Intake"),
                text(
                    "journey.intake.path",
                    "webhook, public API, then the queue, or the store where there is none: the sender has its answer",
                ),
            ),
            Self::Burst => (
                "burst",
                text("journey.burst", "Burst"),
                text(
                    "journey.burst.path",
                    "webhook, public API, queue, consumer, store: what fails behind the queue waits in it and is tried again",
                ),
            ),
            Self::BurstEgress => (
                "burst-egress",
                text("journey.burst-egress", "Burst egress"),
                text(
                    "journey.burst-egress.path",
                    "consumers to the AWS services that they call: by an endpoint where there is one, else by the NAT gateway",
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
                let is_first = |it: &RecordSet| it.is_primary() || it.is_nearest_checked();
                let (record, _) = records.find(|(_, it)| is_first(it))?;
                let balancer = traffic::named_by(topology, record)?;
                Some(vec![leg(USERS, record, entry_port(topology, balancer))])
            }
            Self::Request => {
                let databases = topology.all::<DbInstance>();
                let mut alone = databases.filter(|(_, it)| it.stands_alone());
                let alone = alone.next().map(|(name, it)| (name, it.port()));
                let cluster = topology.all::<DbCluster>().next();
                way_in(
                    topology,
                    alone.or(cluster.map(|(name, it)| (name, it.port()))),
                )
            }
            Self::Reads => {
                let databases = topology.all::<DbInstance>();
                let mut replicas = databases.filter(|(_, it)| it.is_replica());
                let replica = replicas.next().map(|(name, _)| name);
                let name = topology.readers().next().or(replica)?;
                let it = topology.named::<DbInstance>(name)?;
                way_in(topology, Some((name, it.port())))
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
                let works = |name: &Name| {
                    let mut queues = topology.all::<Queue>();
                    queues.any(|(queue, _)| consumers(topology, queue).contains(&name))
                };
                let (batch, _) =
                    groups.find(|(name, it)| it.target_groups.is_empty() && !works(name))?;
                Some(vec![leg(batch, INTERNET, traffic::HTTPS)])
            }
            Self::Static => {
                let mut buckets = topology.all::<Bucket>();
                let (bucket, _) =
                    buckets.find(|(it, _)| traffic::reader(topology, it).is_some())?;
                Some(vec![leg(USERS, bucket, traffic::HTTPS)])
            }
            Self::Operations => operations(topology),
            Self::Intake => {
                let mut it = intakes(topology).into_iter().next()?;
                if it.queue.is_some() {
                    (it.consumer, it.store) = (None, None);
                }
                Some(burst(topology, &it))
            }
            Self::Burst => Some(burst(topology, &intakes(topology).into_iter().next()?)),
            Self::BurstEgress => burst_egress(topology),
            Self::Replication => {
                if let Some((cluster, it)) = topology.all::<DbCluster>().next() {
                    let mut members = topology.members(cluster).map(|(name, _)| name);
                    return Some(vec![leg(members.next()?, members.next()?, it.port())]);
                }
                let mut databases = topology.all::<DbInstance>();
                let (name, it) = databases.find(|(_, it)| !it.is_replica())?;
                let part = |role: &str| format!("{name}.{role}");
                let mirrored = vec![leg(&part("primary"), &part("standby"), it.port())];
                it.has_standby().then_some(mirrored)
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

const WITHOUT_QUEUE: Text = text(
    "journey.burst.without-queue",
    "webhook, public API, function, store: what fails is lost, unless the sender sends it again",
);

/// AWS services that the instances call all the time: objects, items, logs.
const CALLED: [&str; 3] = ["s3", "dynamodb", "logs"];

/// Every journey of the topology that it has the parts for.
pub fn journeys(topology: &Topology) -> Vec<Journey> {
    let kinds = topology.journeys.iter().chain(JourneyKind::WHERE_THERE);
    let journeys = kinds.filter_map(|kind| {
        let (id, title, path) = kind.words();
        let path = match kind {
            JourneyKind::Request => request_path(topology, path),
            JourneyKind::Burst if !intakes(topology).iter().any(|it| it.queue.is_some()) => {
                WITHOUT_QUEUE
            }
            JourneyKind::Answer
            | JourneyKind::Reads
            | JourneyKind::Cache
            | JourneyKind::Outbound
            | JourneyKind::InternetEgress
            | JourneyKind::AwsEgress
            | JourneyKind::Replication
            | JourneyKind::Call
            | JourneyKind::SecondCall
            | JourneyKind::Sync
            | JourneyKind::Static
            | JourneyKind::Operations
            | JourneyKind::Intake
            | JourneyKind::Burst
            | JourneyKind::BurstEgress => path,
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

/// From the senders over an API to the store.
fn burst(topology: &Topology, it: &Intake) -> Vec<Leg> {
    let way = [&it.taker, &it.queue, &it.consumer, &it.store];
    let mut legs = vec![leg(USERS, &it.api, traffic::HTTPS)];
    let mut from = &it.api;
    for next in way.into_iter().flatten() {
        legs.push(leg(from, next, traffic::usual_port(topology, next)));
        from = next;
    }
    let mut stores = topology.stores();
    let behind = stores.find(|(name, _)| topology.proxy_of(name) == Some(from));
    if let Some((database, port)) = behind {
        legs.push(leg(from, database, port));
    }
    legs
}

/// What a consumer calls: the queue where it asks for messages itself, the table that it writes to, and CloudWatch Logs from
/// an instance. Lambda's own pollers receive for a function, and its service writes the function's log.
fn burst_egress(topology: &Topology) -> Option<Vec<Leg>> {
    let mut intakes = intakes(topology).into_iter();
    let (consumer, queue, store) = intakes.find_map(|it| {
        let writer = it.consumer.or(it.taker)?;
        Some((writer, it.queue, it.store))
    })?;
    // A function outside of the VPC has no way of ours to choose.
    topology.subnets_of(&consumer).first()?;
    let is_group = topology.named::<AutoScalingGroup>(&consumer).is_some();
    let queue = queue.filter(|_| is_group);
    let asked = [queue, store].into_iter().flatten();
    let mut codes: Vec<&str> = asked.filter_map(|it| service_of(topology, &it)).collect();
    codes.extend(is_group.then_some("logs"));
    let to = |code: &&str| leg(&consumer, &traffic::service(code), traffic::HTTPS);
    let legs: Vec<Leg> = codes.iter().map(to).collect();
    (!legs.is_empty()).then_some(legs)
}

/// From one of the functions that call a private API.
fn call(topology: &Topology, place: usize) -> Option<Vec<Leg>> {
    let (function, api) = calls(topology).into_iter().nth(place)?;
    Some(vec![leg(function, api, traffic::HTTPS)])
}

/// Each function that has the address of a REST API in its environment, with that API.
pub fn calls(topology: &Topology) -> Vec<(&Name, &Name)> {
    let apis: Vec<_> = topology.all::<RestApi>().map(|(name, _)| name).collect();
    let functions = topology.all::<Function>().filter(|_| !apis.is_empty());
    let calls = functions.filter_map(|(function, _)| {
        let asked = topology.node(function)?.references();
        let api = apis.iter().find(|it| asked.contains(it))?;
        Some((function, *api))
    });
    calls.collect()
}

/// From the first customer gateway to what lets the network behind it in.
fn operations(topology: &Topology) -> Option<Vec<Leg>> {
    let (_, connection) = topology.all::<VpnConnection>().next()?;
    let balancers = topology.all::<LoadBalancer>();
    let groups = balancers.flat_map(|(name, _)| targets_of(topology, name));
    let groups = groups.map(|(name, it)| (name, it.port));
    let databases = topology.all::<DbInstance>();
    let databases = databases.filter(|(_, it)| !it.is_replica());
    let databases = databases.map(|(name, it)| (name, it.port()));
    let open = |it: &(&Name, u16)| !traffic::customers_of(topology, it.0, it.1).is_empty();
    let doors = groups.take(1).chain(databases.take(1)).filter(open);
    let legs = doors.map(|(to, port)| leg(&connection.customer.name, to, port));
    let legs: Vec<Leg> = legs.collect();
    (!legs.is_empty()).then_some(legs)
}

/// From clients over the load balancer to a database, where there is one.
fn way_in(topology: &Topology, database: Option<(&Name, u16)>) -> Option<Vec<Leg>> {
    let (balancer, _) = topology
        .all::<LoadBalancer>()
        .find(|(_, it)| it.is_internet_facing())?;
    let mut legs = vec![leg(USERS, balancer, entry_port(topology, balancer))];
    for (group, target) in targets_of(topology, balancer).into_iter().take(1) {
        legs.push(leg(balancer, group, target.port));
        if let Some((name, port)) = database {
            let before = topology.proxy_of(name);
            legs.extend(before.map(|proxy| leg(group, proxy, port)));
            legs.push(leg(before.unwrap_or(group), name, port));
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
