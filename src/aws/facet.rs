//! What a resource type tells the stages about itself, as plain data, so that no stage matches on types.

use super::value::Name;
use super::zone::Zone;
use crate::text::Text;

/// Where a resource lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    Global,
    Region,
    Vpc(Name),
    Subnet(Name),
    /// Over several subnets, a member in each.
    Spread(Vec<Name>),
    /// Where that other node lives.
    With(Name),
    /// Where that other node lives, but in one zone of it.
    Within(Name, Zone),
}

/// How a resource is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A box around what lives in it.
    Frame(Frame),
    /// An icon with a label.
    Icon(Glyph),
    /// One shape over all of its subnets with a member in each.
    Group(Glyph),
    /// A small label on the things that it belongs to (route table on subnet, Elastic IP on NAT gateway).
    Tag(Glyph),
    /// Regional company of the architecture: drawn beside the VPC.
    Companion(Glyph),
    /// Not drawn: part of another node's properties.
    Hidden,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    Vpc,
    Subnet,
}

macro_rules! glyphs {
    ($($glyph:ident,)*) => {
        /// Our own icons; the paths are the diagram's.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Glyph {
            $( $glyph, )*
        }

        impl Glyph {
            pub const ALL: &'static [Self] = &[$( Self::$glyph, )*];
        }
    };
}

glyphs! {
    Users,
    Client,
    Internet,
    InternetGateway,
    NatGateway,
    Endpoint,
    ElasticIp,
    RouteTable,
    NetworkAcl,
    Peering,
    TransitGateway,
    VpnGateway,
    CustomerGateway,
    LoadBalancer,
    TargetGroup,
    Distribution,
    Api,
    Dns,
    HealthCheck,
    AutoScalingGroup,
    LaunchTemplate,
    Instance,
    Function,
    Container,
    Registry,
    Deployment,
    DatabasePrimary,
    DatabaseStandby,
    DatabaseReplica,
    DatabaseProxy,
    Table,
    TableCache,
    CachePrimary,
    CacheReplica,
    Bucket,
    Volume,
    FileSystem,
    Vault,
    Backup,
    Queue,
    Topic,
    EventRule,
    Schedule,
    StateMachine,
    Alarm,
    Dashboard,
    LogGroup,
    FlowLog,
    Trail,
    Configuration,
    Parameter,
    Session,
    Stack,
    SecurityGroup,
    Firewall,
    Certificate,
    Role,
    Key,
    Secret,
    ThreatDetector,
    DataScanner,
    VulnerabilityScanner,
    SecurityHub,
    Generic,
}

/// What the loss of a zone does to a resource that lives in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// Regional or global: its data plane goes on.
    Unaffected,
    /// Zonal: gone with its zone, and nothing brings it back before the zone returns.
    Lost,
    /// Loses its member in the zone; the members in other zones go on.
    Thins,
    /// Loses its members in the zone and starts others elsewhere.
    Replaces,
    /// A standby in another zone takes over.
    FailsOver,
}

/// What AWS bills for a resource: a row of the price table and how much of it a month takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Meter {
    /// What the bill's line says.
    pub item: Text,
    /// `service` column of the price table.
    pub service: &'static str,
    /// `dimension` column of the price table.
    pub dimension: String,
    pub quantity: Quantity,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quantity {
    /// This many of them, all hours of the month.
    Hours(f64),
    /// One in each zone that the resource is active in, all hours of the month.
    ZoneHours,
    /// This many units a month (gigabytes stored, alarms, secrets).
    Monthly(f64),
    /// One for each processor of the databases behind it, all hours of the month.
    Processors,
    /// The capacity units that an instance of Aurora Serverless has on average, all hours of the month.
    Capacity,
    /// What changes in this many units in a day, all kept for a month.
    Changed(f64),
    /// As much as the traffic assumptions say.
    Flow(Flow),
}

impl Quantity {
    /// The quantity of so many of the same; a flow is what it is, however many carry it.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        match self {
            Self::Hours(it) => Self::Hours(it * f64::from(count)),
            Self::Monthly(it) => Self::Monthly(it * f64::from(count)),
            Self::Changed(it) => Self::Changed(it * f64::from(count)),
            Self::ZoneHours => Self::ZoneHours,
            Self::Processors => Self::Processors,
            Self::Capacity => Self::Capacity,
            Self::Flow(flow) => Self::Flow(flow),
        }
    }
}

/// What the traffic assumptions give a number for, a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flow {
    /// Average load balancer capacity units times hours.
    LoadBalancerCapacity,
    /// Gigabytes through NAT gateways, all together.
    ThroughNat,
    /// Gigabytes through interface endpoints, all together.
    ThroughEndpoints,
    /// Gigabytes that cross zones on their way to a NAT gateway, each direction counted.
    AcrossToNat,
    /// Gigabytes from the Region to the internet.
    InternetOut,
    /// Gigabytes between zones, each direction counted.
    BetweenZones,
    /// Gigabytes in the volume of an Aurora cluster.
    AuroraStored,
    /// Reads and writes of that volume, in millions.
    AuroraRequests,
    /// Gigabytes that backups of that volume keep beyond what is free.
    AuroraChanged,
    /// Requests that a web ACL filters, in millions.
    Filtered,
    /// Gigabytes from CloudFront to viewers.
    EdgeOut,
    /// HTTPS requests of viewers to CloudFront.
    EdgeRequests,
    /// Requests that CloudFront does not answer itself, in ten thousands.
    ShieldRequests,
    /// Runs of CloudFront functions, in millions.
    EdgeRuns,
    /// Files that CloudFront fetches from a bucket, in thousands.
    SiteReads,
    /// Gigabytes that a site's bucket holds.
    SiteStored,
    /// Calls of REST APIs, in millions.
    ApiCalls,
    /// Runs of Lambda functions, in millions.
    Runs,
    /// Gigabyte-seconds of Lambda functions: memory times duration.
    RunSeconds,
    /// Gigabytes of requests to another Region over peering connections.
    ToRegion,
    /// Gigabytes of answers from there.
    FromRegion,
    /// Calls of EventBridge Scheduler, in millions.
    Invocations,
    /// Transitions of state machines, in thousands.
    Transitions,
    /// Calls of AWS's APIs that are recorded, in millions.
    ApiEvents,
    /// Gigabytes of flow and DNS logs.
    ConnectionLogs,
    /// Changes of configurations that are recorded.
    ConfigurationItems,
    /// Controls that Security Hub checks, each for each resource.
    SecurityChecks,
    /// Buckets of the design.
    Buckets,
    /// EC2 instances of the design.
    Instances,
    /// Gigabytes of container images.
    Images,
    /// Requests to queues, in millions.
    QueueRequests,
    /// Units written to tables on demand, in millions.
    TableWrites,
    /// Units read from them, in millions.
    TableReads,
    /// Gigabytes in tables and their indexes.
    TableStorage,
    /// Gigabytes of tables that can be brought back as they were.
    TableRecovery,
    /// Gigabytes that CloudWatch Logs takes in.
    LogsIngested,
    /// Gigabytes that log groups keep.
    LogsKept,
    /// Gigabytes that flow logs bring to a bucket.
    LogsDelivered,
    /// Gigabytes of logs that buckets keep.
    LogsStored,
}

impl Meter {
    pub fn hours(
        item: Text,
        service: &'static str,
        dimension: impl Into<String>,
        count: f64,
    ) -> Self {
        Self {
            item,
            service,
            dimension: dimension.into(),
            quantity: Quantity::Hours(count),
        }
    }

    /// One unit in each zone that the resource is active in.
    pub fn zone_hours(item: Text, service: &'static str, dimension: impl Into<String>) -> Self {
        Self {
            item,
            service,
            dimension: dimension.into(),
            quantity: Quantity::ZoneHours,
        }
    }

    pub fn monthly(
        item: Text,
        service: &'static str,
        dimension: impl Into<String>,
        units: f64,
    ) -> Self {
        Self {
            item,
            service,
            dimension: dimension.into(),
            quantity: Quantity::Monthly(units),
        }
    }

    pub fn flow(
        item: Text,
        service: &'static str,
        dimension: impl Into<String>,
        flow: Flow,
    ) -> Self {
        Self {
            item,
            service,
            dimension: dimension.into(),
            quantity: Quantity::Flow(flow),
        }
    }
}
