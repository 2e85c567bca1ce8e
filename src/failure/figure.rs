//! Every figure of the model, each with where it comes from.

use super::Source;
use crate::aws::TargetGroup;
use crate::text::text;

/// Seconds that something takes, at the least and at the most, and the value that is played.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    pub least: u32,
    pub most: u32,
    pub played: u32,
    pub source: Source,
}

/// A zone is dark for 30 min and recovers for 30 more (AWS FIS user guide, scenario "AZ Availability: Power
/// Interruption").
pub const DARK_S: u32 = 1800;
/// End of every course: the end of that scenario.
pub const END_S: u32 = 3600;

/// A load balancer's DNS records live 60 s (Elastic Load Balancing user guide).
pub const TTL_S: u32 = 60;
/// Clients drop a record evenly over its TTL; played in steps of this many seconds (modelled).
pub const FADE_S: u32 = 10;

/// Until DNS leaves out a load balancer node. AWS gives no figure; the FIS scenario speaks of up to a few minutes.
pub const DNS_UPDATE: Figure = Figure {
    least: 60,
    most: 180,
    played: 120,
    source: Source::modelled(text(
        "source.dns-update",
        "120 s; the FIS user guide allows a service's DNS up to a few minutes",
    )),
};

/// Until DNS leaves out an interface endpoint's network interface. AWS gives no figure: its name leads to healthy
/// interfaces (AWS PrivateLink guide), and the FIS scenario speaks of up to a few minutes.
pub const ENDPOINT_DNS: Figure = Figure {
    least: 60,
    most: 180,
    played: 120,
    source: Source::modelled(text(
        "source.endpoint-dns",
        "120 s; the FIS user guide allows a service's DNS up to a few minutes",
    )),
};

/// Until Lambda starts no more runs on a lost zone's network interface. AWS gives no figure: the runs go on in the other
/// zones of the function's subnets (Lambda developer guide, resilience).
pub const LAMBDA_SHIFT: Figure = Figure {
    least: 0,
    most: 120,
    played: 60,
    source: Source::modelled(text(
        "source.lambda-shift",
        "60 s; AWS publishes no time until Lambda starts runs in the other zones alone",
    )),
};

/// Minutes until a regional NAT gateway serves a zone that it was not active in, at the most (VPC user guide, regional NAT
/// gateways).
pub const NAT_EXPANSION_MIN: u32 = 60;

/// Until an Auto Scaling group notices what its periodic check finds. AWS publishes no period.
pub const GROUP_CHECK: Figure = Figure {
    least: 30,
    most: 60,
    played: 45,
    source: Source::modelled(text(
        "source.group-check",
        "45 s; AWS publishes no period for Auto Scaling's health checks",
    )),
};

/// From noticing to launching: an instance that is not running is replaced at once (EC2 Auto Scaling user guide, health
/// checks); the seconds are modelled.
pub const GROUP_REACTION_S: u32 = 30;
pub const GROUP_REACTION: Source = Source::modelled(text(
    "source.group-reaction",
    "30 s; EC2 Auto Scaling user guide: an instance that is not running is replaced at once",
));

/// RDS Multi-AZ with one standby: typically 60 to 120 s (RDS user guide, failing over a Multi-AZ DB instance).
pub const FAILOVER: Figure = Figure {
    least: 60,
    most: 120,
    played: 90,
    source: Source::documented(text(
        "source.failover",
        "RDS user guide, failing over a Multi-AZ DB instance",
    )),
};

/// From the changed DNS record to open connections: the RDS user guide advises clients to cache a name for 60 s at most.
pub const RECONNECT: Figure = Figure {
    least: 0,
    most: 60,
    played: 30,
    source: Source::modelled(text(
        "source.reconnect",
        "30 s; the RDS user guide advises clients to cache DNS for at most 60 s",
    )),
};

/// The same through RDS Proxy: up to 66 % shorter (RDS user guide, RDS Proxy). That is the most it saves; a third less than
/// the usual 90 s is played.
pub const PROXY_FAILOVER: Figure = Figure {
    least: 20,
    most: 120,
    played: 60,
    source: Source::modelled(text(
        "source.proxy-failover",
        "60 s; RDS user guide: up to 66 % shorter through RDS Proxy than the usual 60 to 120 s",
    )),
};
/// RDS Proxy keeps the clients' connections and finds the new primary without DNS (RDS user guide, RDS Proxy).
pub const PROXY_RECONNECT: Figure = Figure {
    least: 0,
    most: 0,
    played: 0,
    source: PROXY_FAILOVER.source,
};

/// Aurora with a reader: typically less than 60 s, often less than 30 s (Aurora user guide, high availability).
pub const CLUSTER_FAILOVER: Figure = Figure {
    least: 30,
    most: 60,
    played: 45,
    source: Source::modelled(text(
        "source.cluster-failover",
        "45 s; Aurora user guide, high availability: less than 60 s, and often less than 30 s",
    )),
};
/// The DNS records of an Aurora cluster's endpoints live 5 s (Aurora user guide, fast failover).
pub const CLUSTER_RECONNECT: Figure = Figure {
    least: 0,
    most: 30,
    played: 5,
    source: Source::modelled(text(
        "source.cluster-reconnect",
        "5 s, as long as the DNS records of an Aurora cluster's endpoints live",
    )),
};
/// Aurora without a reader makes the writer anew, typically in less than 10 min and in the same zone (Aurora user guide, high
/// availability).
pub const RECREATION: Figure = Figure {
    least: 0,
    most: 600,
    played: 600,
    source: Source::documented(text(
        "source.recreation",
        "Aurora user guide, high availability: typically less than 10 min, in the same zone",
    )),
};
/// Aurora's volume takes writes with four of its six copies, and has two in each of three zones (Aurora user guide, storage
/// and reliability).
pub const VOLUME: Source = Source::documented(text(
    "source.volume",
    "Aurora user guide, storage and reliability: two copies in each of three zones, four of the six for a write",
));

/// Until RDS has a new standby in step. AWS publishes no figure; it depends on the size of the data.
pub const STANDBY_S: u32 = 600;
pub const STANDBY: Source = Source::modelled(text(
    "source.standby",
    "10 min; AWS publishes no figure, and it grows with the data",
));

/// Point-in-time recovery reaches to within 5 min of now (RDS user guide, restoring to a specified time).
pub const RESTORE_POINT_S: u32 = 300;

/// One in so many, but at least one: what a group that balances its zones may exceed its maximum by, and what it replaces
/// at a time of the instances that the load balancer calls unhealthy (10 %: EC2 Auto Scaling user guide).
pub const BATCH: usize = 10;

/// Health check of a load balancer node that has no target group: AWS's defaults for interval and passed checks.
pub const DEFAULT_RETURN: (u32, u32) = (TargetGroup::INTERVAL, TargetGroup::HEALTHY_THRESHOLD);

pub const POWER: Source = Source::documented(text(
    "source.power",
    "FIS user guide, AZ Availability: Power Interruption",
));
pub const WITH_POWER: Source = Source::modelled(text(
    "source.with-power",
    "back in the second in which its zone has power",
));
pub const NODES: Source = Source::documented(text(
    "source.nodes",
    "Elastic Load Balancing user guide: one node and address in each zone",
));
pub const TTL: Source = Source::documented(text(
    "source.ttl",
    "Elastic Load Balancing user guide: DNS records live 60 s",
));
pub const CHECKS: Source = Source::documented(text(
    "source.checks",
    "Elastic Load Balancing user guide, health checks for target groups",
));
pub const NODE_RETURN: Source = Source::modelled(text(
    "source.node-return",
    "as long as a target needs to be healthy again",
));
pub const GROUP: Source = Source::documented(text(
    "source.group",
    "EC2 Auto Scaling user guide, health checks for instances",
));
pub const GRACE: Source = Source::documented(text(
    "source.grace",
    "EC2 Auto Scaling user guide, health check grace period",
));
pub const BALANCE: Source = Source::documented(text(
    "source.balance",
    "EC2 Auto Scaling user guide, Availability Zone distribution",
));
pub const BOOT: Source = Source::modelled(text(
    "source.boot",
    "boot time from the design's assumptions; a new target needs one passed check",
));
/// Until an instance of a warm pool answers: it is set up already, so what is left is a start. AWS gives no figure.
pub const WARM_START: Figure = Figure {
    least: 20,
    most: 60,
    played: 40,
    source: Source::modelled(text(
        "source.warm-start",
        "40 s to start an instance that is set up; EC2 Auto Scaling user guide, warm pools: AWS publishes no figure",
    )),
};
pub const LOAD: Source = Source::modelled(text(
    "source.load",
    "steady load from the design's assumptions, spread evenly",
));
pub const DATABASE: Source = Source::documented(text(
    "source.database",
    "RDS user guide, Multi-AZ DB instance deployments",
));
/// ElastiCache: "just a few seconds" once the promotion starts (ElastiCache user guide, minimizing downtime with Multi-AZ);
/// AWS gives no figure for noticing, so the whole is modelled.
pub const CACHE_FAILOVER: Figure = Figure {
    least: 15,
    most: 60,
    played: 30,
    source: Source::modelled(text(
        "source.cache-failover",
        "30 s in all; the ElastiCache user guide says a few seconds from the start of the promotion",
    )),
};
/// The primary endpoint's name leads to the new primary within the failover; nothing is added for clients.
pub const CACHE_RECONNECT: Figure = Figure {
    least: 0,
    most: 0,
    played: 0,
    source: CACHE_FAILOVER.source,
};
/// DAX: a replica becomes the primary when that fails (DynamoDB developer guide, DAX cluster components). AWS gives no figure;
/// its own default for how long a client goes on with the list of nodes that it knows is 4 s, the probe of a node 2 s.
pub const DAX_FAILOVER: Figure = Figure {
    least: 10,
    most: 60,
    played: 30,
    source: Source::modelled(text(
        "source.dax-failover",
        "30 s; the DynamoDB developer guide says that a read replica becomes the primary, and gives no time",
    )),
};
/// Clients keep a list of the nodes and leave out the one that fails: nothing is added for them.
pub const DAX_RECONNECT: Figure = Figure {
    least: 0,
    most: 0,
    played: 0,
    source: DAX_FAILOVER.source,
};
pub const DAX: Source = Source::documented(text(
    "source.dax",
    "DynamoDB developer guide, DAX cluster components: fault tolerance",
));
pub const CACHE: Source = Source::documented(text(
    "source.cache",
    "ElastiCache user guide, minimizing downtime with Multi-AZ",
));
pub const INSTANCE: Source = Source::documented(text(
    "source.instance",
    "EC2 Auto Scaling user guide: what belongs to no group is replaced by nobody",
));
/// From one daily recovery point to the next (the plan's schedule).
pub const BACKUP_S: u32 = 86_400;
pub const BACKUP: Source = Source::documented(text(
    "source.backup",
    "AWS Backup developer guide, backup plans; the plan of this design makes a recovery point a day",
));
pub const REPLICA: Source = Source::documented(text(
    "source.replica",
    "RDS user guide, working with DB instance read replicas",
));
pub const RESTORE: Source = Source::documented(text(
    "source.restore",
    "RDS user guide, restoring to a specified time",
));
pub const NAT: Source =
    Source::documented(text("source.nat", "VPC user guide, NAT gateway basics"));
pub const NAT_REGIONAL: Source = Source::documented(text(
    "source.nat-regional",
    "VPC user guide, regional NAT gateways",
));
pub const PRIVATELINK: Source = Source::documented(text(
    "source.privatelink",
    "AWS PrivateLink guide, access AWS services through interface endpoints",
));
pub const LAMBDA: Source = Source::documented(text(
    "source.lambda",
    "Lambda developer guide, resilience: a function in a VPC runs in the zones of its subnets",
));
pub const PEERING: Source = Source::documented(text(
    "source.peering",
    "VPC peering guide, delete a VPC peering connection",
));
/// Until BGP leaves a tunnel whose end is gone: its hold time (Site-to-Site VPN user guide, BGP options).
pub const BGP: Figure = Figure {
    least: 10,
    most: 60,
    played: 30,
    source: Source::modelled(text(
        "source.bgp",
        "30 s; the hold time of BGP, after which routes over a silent tunnel are dropped",
    )),
};
pub const TUNNELS: Source = Source::documented(text(
    "source.tunnels",
    "Site-to-Site VPN user guide: each tunnel of a connection ends in another Availability Zone",
));
pub const WHAT_IF: Source = Source::modelled(text(
    "source.what-if",
    "a what-if that nothing repairs before the end",
));
pub const DESIGN: Source = Source::documented(text(
    "source.design",
    "routes, listeners and security groups of this design",
));
pub const FILTER: Source = Source::documented(text(
    "source.filter",
    "Elastic Load Balancing user guide, AWS WAF fail open",
));
/// Failed or passed checks in a row, one every 30 or 10 s (Route 53 developer guide, health checks and DNS failover).
pub const FAILOVER_DNS: Source = Source::documented(text(
    "source.failover-dns",
    "Route 53 developer guide, health checks and DNS failover",
));
