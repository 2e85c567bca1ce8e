//! What a topology can do, read off its resources: a template of somebody else's is read alike.

use super::capacities::{
    Burst, Capacities, Consumer, Database, Fleet, Gate, Power, Queue, Rate, Scaling, Store, Table,
};
use super::figure::{ACCOUNT_RUNS, TAKE_MS, UNIT_PROCESSORS};
use crate::aws::{
    Alarm, ApiMethod, ApiStage, AutoScalingGroup, CacheGroup, CachePolicy, DaxCluster, DbClass,
    DbCluster, DbInstance, DbProxy, Distribution, EventSourceMapping, Function, GlobalTable,
    LaunchTemplate, Name, RestApi, ScalingPolicy, ScheduledAction, ServerlessCapacity,
    Table as DynamoTable, TargetGroup, Value, WarmPool, most_connections, processors,
};
use crate::design::{Assumptions, FlashSale};
use crate::topology::Topology;

/// The nodes whose loss the sale feels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    pub web: Option<Name>,
    pub database: Option<Name>,
    pub replicas: Vec<Name>,
    pub cache: Option<Name>,
    pub distribution: Option<Name>,
    pub api: Option<Name>,
    pub queue: Option<Name>,
    pub taker: Option<Name>,
    /// Function or group.
    pub consumer: Option<Name>,
    pub table: Option<Name>,
    pub table_cache: Option<Name>,
}

/// What a topology can do, and the parts that do it.
pub fn read(
    topology: &Topology,
    assumptions: &Assumptions,
    sale: &FlashSale,
) -> (Capacities, Parts) {
    let mut reader = Reader {
        topology,
        assumptions,
        sale,
        parts: Parts::default(),
    };
    let capacities = Capacities {
        web: reader.web(),
        edge_percent: reader.edge(),
        cache_percent: reader.cache(),
        database: reader.database(),
        burst: reader.burst(),
    };
    (capacities, reader.parts)
}

struct Reader<'a> {
    topology: &'a Topology,
    assumptions: &'a Assumptions,
    sale: &'a FlashSale,
    parts: Parts,
}

impl Reader<'_> {
    fn web(&mut self) -> Option<Fleet> {
        let mut groups = self.topology.all::<AutoScalingGroup>();
        let (name, group) = groups.find(|(_, it)| !it.target_groups.is_empty())?;
        self.parts.web = Some(name.clone());
        let checks = group.target_groups.first();
        let checks = checks.and_then(|it| self.topology.get::<TargetGroup>(it));
        // A new target needs one passed check, which comes half an interval later on average.
        let wait = checks.map_or(0, |it| it.health_check().0 / 2);
        let each = 1_000_000 / u64::from(self.sale.page_ms.get());
        Some(self.fleet(name, group, each * u64::from(self.processors(group)), wait))
    }

    fn processors(&self, group: &AutoScalingGroup) -> u32 {
        let template = group
            .template()
            .and_then(|it| self.topology.named::<LaunchTemplate>(it));
        template.map_or(2, |it| processors(&it.data.instance_type))
    }

    fn fleet(&self, name: &Name, group: &AutoScalingGroup, each: Rate, wait: u32) -> Fleet {
        let (least, desired, most) = (group.min.0, group.desired(), group.max.0);
        let pools = self.topology.all::<WarmPool>();
        let mut pools = pools.filter(|(_, it)| it.group.name == *name);
        let actions = self.topology.all::<ScheduledAction>();
        let raised = actions.filter(|(_, it)| it.group.name == *name);
        let beforehand = raised.filter_map(|(_, it)| it.min).max().unwrap_or(0);
        Fleet {
            least,
            desired,
            beforehand: if beforehand > desired { beforehand } else { 0 },
            most: most.max(desired).max(beforehand),
            warm: pools.next().map_or(0, |(_, it)| it.size(group)),
            each,
            scaling: self.scaling(name),
            ready_s: self.assumptions.boot.get() + wait,
        }
    }

    /// The first policy of a group that says something.
    fn scaling(&self, group: &Name) -> Scaling {
        let policies = self.topology.all::<ScalingPolicy>();
        let own: Vec<(&Name, &ScalingPolicy)> =
            policies.filter(|(_, it)| it.group.name == *group).collect();
        let tracked = own.iter().find_map(|(_, it)| {
            let tracking = it.tracking.as_ref()?;
            // A metric of the design's own is what waits for each instance.
            let custom = tracking.get("CustomizedMetricSpecification");
            let waiting = custom.and_then(|_| tracking.get("TargetValue")?.as_number());
            let waiting = waiting.map(|it| Scaling::Backlog(it.round() as u32));
            waiting.or_else(|| Some(Scaling::Tracks(it.target()?.round() as u32)))
        });
        let bound = |word: &str| {
            let alarms = self.topology.all::<Alarm>();
            let mut alarms = alarms.filter(|(_, it)| {
                let acts = |policy: &Name| it.actions.iter().any(|it| it.named() == Some(policy));
                own.iter().any(|(name, _)| acts(name))
            });
            alarms.find_map(|(_, it)| {
                let way = rest(&it.rest, "ComparisonOperator")?.as_str()?;
                let value = rest(&it.rest, "Threshold")?.as_number()?;
                way.starts_with(word).then_some(value.round() as u32)
            })
        };
        match (tracked, bound("Greater"), bound("Less")) {
            (Some(it), ..) => it,
            (None, Some(above), below) => Scaling::Steps {
                above,
                below: below.unwrap_or(0),
            },
            (None, None, _) => Scaling::None,
        }
    }

    /// CloudFront keeps pages where the policy of its default behavior says for how long; without one it keeps what the
    /// application allows, which allows nothing.
    fn edge(&mut self) -> u32 {
        let Some((name, it)) = self.topology.all::<Distribution>().next() else {
            return 0;
        };
        self.parts.distribution = Some(name.clone());
        let behavior = it.config.get("DefaultCacheBehavior");
        let policy = behavior.and_then(|it| it.get("CachePolicyId")?.named());
        let policy = policy.and_then(|it| self.topology.named::<CachePolicy>(it));
        let seconds = policy.and_then(|it| it.config.get("DefaultTTL")?.as_number());
        if seconds.unwrap_or(0.0) > 0.0 {
            self.sale.cached.get()
        } else {
            0
        }
    }

    fn cache(&mut self) -> u32 {
        let Some((name, _)) = self.topology.all::<CacheGroup>().next() else {
            return 0;
        };
        self.parts.cache = Some(name.clone());
        self.sale.cached.get()
    }

    /// The first instance writes; replicas, or the other instances of a cluster, take the reads.
    fn database(&mut self) -> Option<Database> {
        let all: Vec<(&Name, &DbInstance)> = self.topology.all::<DbInstance>().collect();
        let (name, first) = *all.iter().find(|(_, it)| !it.is_replica())?;
        let others = all.iter().filter(|(other, it)| {
            *other != name && (it.is_replica() || (it.is_member() && it.cluster == first.cluster))
        });
        let others: Vec<(&Name, &DbInstance)> = others.copied().collect();
        self.parts.database = Some(name.clone());
        self.parts.replicas = others.iter().map(|(name, _)| (*name).clone()).collect();
        let elastic = self.elastic(first);
        let is_proxied = self.topology.all::<DbProxy>().next().is_some();
        let cluster = self.topology.cluster_of(first).map(|(_, it)| it);
        let connections = most_connections(Some(first), cluster).filter(|_| !is_proxied);
        Some(Database {
            writer: elastic.unwrap_or(Power::Fixed(self.power(first))),
            readers: match elastic {
                Some(_) => others.len() as u64 * 1000,
                None => others.iter().map(|(_, it)| self.power(it)).sum(),
            },
            connections: connections.and_then(|it| u32::try_from(it).ok()),
        })
    }

    fn power(&self, database: &DbInstance) -> Rate {
        let processors = DbClass::of(&database.class).map_or(2, |it| it.processors);
        u64::from(processors) * 1_000_000 / u64::from(self.sale.query_ms.get())
    }

    /// The power of an instance of Aurora Serverless; `None` of any other one.
    fn elastic(&self, database: &DbInstance) -> Option<Power> {
        let cluster = self.topology.get(database.cluster.as_ref()?)?;
        let capacity = cluster
            .capacity
            .as_ref()
            .filter(|_| database.is_serverless())?;
        let (least, most) = ServerlessCapacity::limits(capacity);
        Some(Power::Elastic {
            least: (least * 1000.0).round() as u64,
            most: (most * 1000.0).round() as u64,
            unit: UNIT_PROCESSORS * 1000 / u64::from(self.sale.query_ms.get()),
        })
    }

    fn burst(&mut self) -> Option<Burst> {
        let mut apis = self.topology.all::<RestApi>();
        let (api, _) = apis.find(|(_, it)| !it.is_private())?;
        let methods = self.topology.all::<ApiMethod>();
        let methods = methods.filter(|(_, it)| it.api.name == *api);
        // Its address names the Region, too, which is no node.
        let called = methods.flat_map(|(_, it)| it.calls());
        let called: Vec<Name> = called
            .filter(|it| self.topology.node(it).is_some())
            .collect();
        let taker = called.iter().find(|it| self.function(it).is_some());
        let queue = self.queue(called.first()?)?;
        self.parts.api = Some(api.clone());
        self.parts.taker = taker.cloned();
        let stores = match queue {
            Some(_) => self.consumer(),
            None => self.direct(),
        };
        let (consumer, worker) = stores?;
        let store = self.store(&worker);
        Some(Burst {
            gate: self.gate(),
            taker: taker.filter(|_| queue.is_some()).map(|it| {
                let runs = self.function(it).and_then(|it| it.concurrency);
                u64::from(runs.unwrap_or(ACCOUNT_RUNS)) * 1_000_000 / TAKE_MS
            }),
            queue,
            consumer,
            store,
        })
    }

    fn function(&self, name: &str) -> Option<&Function> {
        self.topology.named::<Function>(name)
    }

    /// The queue that what the API calls is, or hands on to. `None` outside: nothing is called that takes orders.
    fn queue(&mut self, called: &Name) -> Option<Option<Queue>> {
        let near = |name: &Name| self.topology.named::<crate::aws::Queue>(name).is_some();
        let handed = self.topology.node(called)?.references();
        let found = std::iter::once(called).chain(&handed).find(|it| near(it));
        let Some(found) = found else {
            return Some(None);
        };
        let queue = self.topology.named::<crate::aws::Queue>(found)?;
        self.parts.queue = Some(found.clone());
        Some(Some(Queue {
            visibility_s: queue.visibility_s(),
            receives: queue.receives(),
        }))
    }

    /// Who works the queue off, and the node that says where to.
    fn consumer(&mut self) -> Option<(Consumer, Name)> {
        let queue = self.parts.queue.clone()?;
        let mut mappings = self.topology.all::<EventSourceMapping>();
        if let Some((_, mapping)) = mappings.find(|(_, it)| it.polls() == Some(&queue)) {
            let name = mapping.calls()?.clone();
            let function = self.function(&name)?;
            let reserved = function.concurrency.unwrap_or(ACCOUNT_RUNS);
            let consumer = Consumer::Functions {
                runs: mapping.concurrency().unwrap_or(u32::MAX).min(reserved),
                batch: mapping.batch(),
                timeout_s: function.timeout_s(),
                reports: mapping.reports_failures(),
            };
            self.parts.consumer = Some(name.clone());
            return Some((consumer, name));
        }
        let asks = |template: &Name| {
            let node = self.topology.node(template);
            node.is_some_and(|it| it.references().contains(&queue))
        };
        let mut groups = self.topology.all::<AutoScalingGroup>();
        let (name, group) = groups.find(|(_, it)| it.template().is_some_and(asks))?;
        // One order after the other, whatever processors there are.
        let each = 1_000_000 / u64::from(self.sale.write_ms.get());
        self.parts.consumer = Some(name.clone());
        let fleet = self.fleet(name, group, each, 0);
        Some((Consumer::Instances(fleet), group.template()?.clone()))
    }

    /// The function behind the API stores orders itself.
    fn direct(&self) -> Option<(Consumer, Name)> {
        let name = self.parts.taker.clone()?;
        let function = self.function(&name)?;
        let consumer = Consumer::Functions {
            runs: function.concurrency.unwrap_or(ACCOUNT_RUNS),
            batch: 1,
            timeout_s: function.timeout_s(),
            reports: true,
        };
        Some((consumer, name))
    }

    fn gate(&self) -> Option<Gate> {
        let api = self.parts.api.as_ref()?;
        let mut stages = self.topology.all::<ApiStage>();
        let (_, stage) = stages.find(|(_, it)| it.api.name == *api)?;
        let limit = |key: &str| {
            let mut all = stage.settings.iter();
            all.find_map(|it| it.get(key)?.as_number())
        };
        Some(Gate {
            rate: (limit("ThrottlingRateLimit")? * 1000.0).round() as u64,
            burst: limit("ThrottlingBurstLimit")?.round() as u64,
        })
    }

    fn store(&mut self, worker: &Name) -> Store {
        let node = self.topology.node(worker);
        let named = node
            .map(crate::topology::Node::references)
            .unwrap_or_default();
        let indexes = |name: &Name| {
            let table = self.topology.named::<DynamoTable>(name);
            let table = table.map(|it| it.indexes.len());
            let global = self.topology.named::<GlobalTable>(name);
            table.or_else(|| global.map(|it| it.indexes.len()))
        };
        if let Some((name, indexes)) = named.iter().find_map(|it| Some((it, indexes(it)?))) {
            self.parts.table = Some(name.clone());
            let cache = self.topology.all::<DaxCluster>().next();
            self.parts.table_cache = cache.map(|(name, _)| name.clone());
            return Store::Table(Table {
                // A write unit is a kilobyte.
                units: self.assumptions.order_kilobytes.get().into(),
                indexes: indexes as u64,
                cache_percent: cache.map_or(0, |_| self.sale.cached.get()),
                warm: self.warm(name),
            });
        }
        let is_database = |it: &Name| {
            self.topology.named::<DbInstance>(it).is_some()
                || self.topology.named::<DbCluster>(it).is_some()
                || self.topology.named::<DbProxy>(it).is_some()
        };
        if named.iter().any(is_database) {
            Store::Database
        } else {
            Store::Elsewhere
        }
    }

    /// Write units that a table was warmed for.
    fn warm(&self, table: &Name) -> u64 {
        let table = self.topology.named::<DynamoTable>(table);
        let warm = table.and_then(|it| rest(&it.rest, "WarmThroughput"));
        let units = warm.and_then(|it| it.get("WriteUnitsPerSecond")?.as_number());
        units.map_or(0, |it| it.round() as u64)
    }
}

fn rest<'a>(all: &'a crate::aws::Properties, key: &str) -> Option<&'a Value> {
    crate::aws::lookup(all, key)
}
