//! The burst path: a public API takes orders in, a queue keeps them, consumers work them off into a store.
//!
//! A queue takes a flash sale's orders as fast as they come, and the store gets them as fast as it can. Without the queue
//! the same API writes straight to the store, and what that cannot take is refused.

mod api;
mod cache;
mod consumer;
mod program;
mod queue;
mod table;
mod taker;
mod workers;

use super::api::Authorization;
use super::fleet::InstanceType;
use super::network::{Tier, VPC, subnets};
use super::option::{OptionKind, Setting, Whole, choice, component, not_one_of};
use super::security::{connect, connect_in};
use super::{Design, Expansion, SECURITY, credentials, database, endpoints, proxy};
use crate::aws::{Id, Region, Rule, SecurityGroup, Subnet, Value, map};
use crate::text::Message;
use crate::topology::traffic::HTTPS;
use ipnet::Ipv4Net;

pub(super) use api::{NAME as API_NAME, STAGE};
pub use cache::NodeType as DaxNodeType;
pub(super) use consumer::CONSUMER;
pub(super) use queue::{DEAD_LETTERS, QUEUE};
pub(super) use taker::TAKER;

choice! {
    /// What stands between the API and the queue.
    Integration {
        /// Nothing: the API sends to the queue by itself.
        Direct = "direct",
        /// A function that looks at each order first.
        Function = "function",
    }
}

choice! {
    /// Who works the queue off.
    Consumer {
        /// A Lambda function in the private subnets.
        Functions = "functions",
        /// EC2 instances that scale by what waits in the queue.
        Instances = "instances",
    }
}

choice! {
    /// Where orders end up.
    Store {
        /// A DynamoDB table, on demand.
        Table = "table",
        /// The database, through RDS Proxy where there is one.
        Database = "database",
    }
}

/// The Region of a table's replica, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReplicaRegion(pub Option<Region>);

const NO_REGION: &str = "none";

impl Setting for ReplicaRegion {
    fn kind() -> OptionKind {
        let all = Region::all().map(Region::code);
        OptionKind::Choice(std::iter::once(NO_REGION).chain(all).collect())
    }

    fn show(&self) -> String {
        self.0.map_or(NO_REGION, Region::code).to_owned()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let given = given.trim();
        if given == NO_REGION {
            return Ok(Self(None));
        }
        let found = Region::from_code(given).map(|it| Self(Some(it)));
        found.ok_or_else(|| {
            let all = Region::all().map(Region::code);
            let all: Vec<&str> = std::iter::once(NO_REGION).chain(all).collect();
            not_one_of(given, &all)
        })
    }
}

component! {
    /// The burst path, with all that belongs to it.
    Burst at burst in Burst {
        "burst.enabled" "me" enabled: bool = false, "Burst path", "A public API that takes orders, a queue that keeps them, and consumers that write them to a store";
        "burst.queue" "mq" queue: bool = true, "Queue", "Orders wait in a queue until somebody works them off; without it the API's function writes to the store while the customer waits";
        "burst.integration" "mi" integration: Integration = Integration::Function, "Integration", "function looks at each order and derives its idempotency key; direct lets the API send to the queue by itself, and asks the sender for the key";
        "burst.consumer" "mc" consumer: Consumer = Consumer::Functions, "Consumers", "functions are Lambda functions that start with the messages; instances are EC2 instances that scale by the messages that wait";
        "burst.batch" "mb" batch: Whole<1, 10000> = Whole::new(10), "Messages in a batch", "Messages that a run of the consumer's function gets at most";
        "burst.concurrency" "mx" concurrency: Whole<2, 1000> = Whole::new(20), "Runs at once", "Runs of the consumer's function at once, by which the store is spared";
        "burst.function_seconds" "mf" function_seconds: Whole<1, 900> = Whole::new(30), "Function timeout (s)", "Seconds that a run of the functions may take; a received message is hidden for six times as long";
        "burst.receives" "mr" receives: Whole<1, 1000> = Whole::new(5), "Tries", "How often a message is received before it goes to the dead-letter queue";
        "burst.workers" "mw" workers: Whole<1, 100> = Whole::new(2), "Worker instances", "EC2 consumers that are there while little waits";
        "burst.workers_max" "mz" workers_max: Whole<1, 100> = Whole::new(10), "Worker instances at most", "EC2 consumers that the group never goes above";
        "burst.worker_type" "mk" worker_type: InstanceType = InstanceType::SMALL_GRAVITON, "Worker type", "EC2 instance type of the consumers; other types of its architecture stand in where Spot has none of it";
        "burst.spot_percent" "ms" spot_percent: Whole<0, 100> = Whole::new(50), "Spot (%)", "Share of the worker instances that are Spot: AWS may take them away with two minutes' notice, and messages come back to the queue";
        "burst.backlog" "mh" backlog: Whole<1, 100000> = Whole::new(100), "Messages per worker", "Messages that wait for each worker instance, which the group scales to";
        "burst.rate" "mt" rate: Whole<1, 10000> = Whole::new(1000), "Orders a second", "Steady rate of calls that the public API takes; more is answered with 429";
        "burst.burst_limit" "ml" burst_limit: Whole<1, 5000> = Whole::new(2000), "Orders at once", "Calls at once that the public API takes beyond the rate";
        "burst.authorization" "ma" authorization: Authorization = Authorization::None, "Authorization of orders", "none takes orders from everybody, as webhooks need it; iam takes requests that an identity of this account has signed";
        "burst.store" "mo" store: Store = Store::Table, "Store", "table is a DynamoDB table on demand; database is the relational database, through RDS Proxy where there is one";
        "burst.ttl_days" "md" ttl_days: Whole<0, 3650> = Whole::new(90), "Orders are kept (days)", "Days after which an order goes from the table by itself; 0 keeps them all";
        "burst.recovery" "mv" recovery: bool = true, "Point-in-time recovery", "The table can be brought back as it was at any second of the last 35 days";
        "burst.table_replica" "mg" table_replica: ReplicaRegion = ReplicaRegion::default(), "Replica of the table", "A second Region in which the table takes reads and writes too: a global table";
        "burst.dax" "my" dax: bool = false, "DAX", "A cache that speaks DynamoDB's protocol, before the table; those who read need its client library";
        "burst.dax_nodes" "mn" dax_nodes: Whole<1, 11> = Whole::new(3), "DAX nodes", "Nodes of the cache, the primary among them, spread over the zones; three in three zones outlive the loss of one without a gap";
        "burst.dax_node_type" "mp" dax_node_type: DaxNodeType = DaxNodeType::SMALL, "DAX node type", "Type of each node of the cache";
    }
}

/// Who works orders off, or writes them at once: what stands in the private subnets.
pub(super) const SECURITY_GROUP: &str = "OrdersSecurityGroup";

/// Days that the table can be brought back to: the most that DynamoDB has.
pub(super) const RECOVERY_DAYS: u32 = 35;

impl Burst {
    /// Whether a function takes the orders in.
    pub(super) fn has_taker(&self) -> bool {
        !self.queue || self.integration == Integration::Function
    }

    /// Whether functions work the queue off.
    pub(super) fn has_functions(&self) -> bool {
        self.queue && self.consumer == Consumer::Functions
    }

    /// Whether instances do.
    pub(super) fn has_instances(&self) -> bool {
        self.queue && self.consumer == Consumer::Instances
    }

    /// Seconds that a received message is hidden: six times the function's timeout, as AWS asks for, or as much for an
    /// instance's batch (Lambda developer guide, using Lambda with SQS). SQS takes twelve hours at most.
    fn visibility_s(&self) -> u32 {
        (6 * self.function_seconds.get() + self.window_s()).min(43_200)
    }

    /// Seconds that Lambda gathers messages: batches of more than ten need one.
    fn window_s(&self) -> u32 {
        u32::from(self.batch.get() > 10)
    }
}

impl Design {
    /// Whether orders go to a table: they are to, or there is no database.
    pub(super) fn orders_to_table(&self) -> bool {
        self.burst.enabled && (self.burst.store == Store::Table || !self.has_application())
    }

    /// Whether there is the table's cache.
    pub(super) fn has_dax(&self) -> bool {
        self.orders_to_table() && self.burst.dax && !places(self).is_empty()
    }
}

/// Subnets of whoever works the queue off.
fn places(design: &Design) -> Vec<Id<Subnet>> {
    subnets(design, Tier::Private)
}

/// The security groups, before whatever refers to them.
pub(super) fn expand_groups(design: &Design, to: &mut Expansion<'_>) {
    if !design.burst.enabled || places(design).is_empty() {
        return;
    }
    let tags = to.tags("orders");
    to.add(
        SECURITY,
        SECURITY_GROUP,
        SecurityGroup {
            description: "Consumers of orders: nothing in, HTTPS and the store out".into(),
            vpc: VPC.into(),
            ingress: Vec::new(),
            // A gateway endpoint's addresses are public ones: the route, not the rule, keeps traffic from the NAT gateway.
            egress: vec![Rule::range(
                HTTPS,
                Ipv4Net::default(),
                "HTTPS to AWS services",
            )],
            tags,
            rest: Vec::new(),
        },
    );
    if to.topology.node(endpoints::SECURITY_GROUP).is_some() {
        connect_in(
            to,
            "OrdersToEndpoints",
            SECURITY_GROUP,
            endpoints::SECURITY_GROUP,
            HTTPS,
        );
    }
    if !design.orders_to_table() {
        let store = if design.database.proxy {
            proxy::SECURITY_GROUP
        } else {
            database::SECURITY_GROUP
        };
        let port = design.database.engine.port();
        connect(to, "OrdersToStore", SECURITY_GROUP, store, port);
    }
    cache::expand_group(design, to);
}

/// The table and its cache.
pub(super) fn expand_store(design: &Design, to: &mut Expansion<'_>) {
    table::expand(design, to);
    cache::expand(design, to);
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let burst = &design.burst;
    if !burst.enabled {
        return;
    }
    if burst.queue {
        queue::expand(design, to);
    }
    if burst.has_taker() {
        taker::expand(design, to);
    }
    api::expand(design, to);
    if burst.has_functions() {
        consumer::expand(design, to);
    }
    if burst.has_instances() {
        workers::expand(design, to);
    }
}

/// The statement that lets an identity do what it does to the store.
fn writes(design: &Design) -> Value {
    if design.orders_to_table() {
        return allow(
            "dynamodb:PutItem".into(),
            Value::att(table::name(design), "Arn"),
        );
    }
    allow(
        "secretsmanager:GetSecretValue".into(),
        credentials::arn(design),
    )
}

fn allow(action: Value, resource: Value) -> Value {
    map([
        ("Effect", "Allow".into()),
        ("Action", action),
        ("Resource", resource),
    ])
}

/// What a program knows of the store, by the names of its environment.
fn store_variables(design: &Design) -> Vec<(&'static str, Value)> {
    if design.orders_to_table() {
        let days = design.burst.ttl_days.show();
        return vec![
            ("TABLE", Value::reference(table::name(design))),
            ("TTL_DAYS", days.into()),
        ];
    }
    let host = if design.database.proxy {
        Value::att(proxy::PROXY, "Endpoint")
    } else {
        Value::att(database::holder(design), "Endpoint.Address")
    };
    let port = design.database.engine.port();
    vec![
        ("DATABASE_ENGINE", design.database.engine.show().into()),
        ("DATABASE_HOST", host),
        ("DATABASE_PORT", port.to_string().into()),
        ("DATABASE_SECRET", credentials::arn(design)),
    ]
}

/// The inline policies of a role: one, that allows these statements.
fn inline(name: &str, statements: Vec<Value>) -> Value {
    let document = map([
        ("Version", "2012-10-17".into()),
        ("Statement", Value::List(statements)),
    ]);
    Value::List(vec![map([
        ("PolicyName", name.into()),
        ("PolicyDocument", document),
    ])])
}
