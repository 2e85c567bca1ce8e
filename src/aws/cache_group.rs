//! An ElastiCache replication group without shards: one primary that writes, replicas that read and take over.

use super::{
    CacheSubnetGroup, Describe, Figure, Glyph, Home, Id, Meter, Outage, SecurityGroup, Tags, Value, typed,
};
use crate::text::{Text, text};

typed! {
    CacheGroup {
        "ReplicationGroupDescription" description: String,
        "Engine" engine: String,
        "EngineVersion" version: Option<String>,
        "CacheNodeType" node_type: String,
        /// Primary and replicas together.
        "NumCacheClusters" nodes: Option<u32>,
        "AutomaticFailoverEnabled" fails_over: bool,
        "MultiAZEnabled" multi_az: bool,
        "CacheSubnetGroupName" subnets: Id<CacheSubnetGroup>,
        "SecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
        "Port" port: Option<u16>,
        "AtRestEncryptionEnabled" encrypted_at_rest: bool,
        "TransitEncryptionEnabled" encrypted_in_transit: bool,
        "AuthToken" token: Option<Value>,
        /// Days that daily snapshots are kept; 0 makes none.
        "SnapshotRetentionLimit" snapshots: Option<u32>,
        "Tags" tags: Tags,
    }
}

impl CacheGroup {
    /// The port that Valkey and Redis listen on unless told otherwise.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(6379)
    }

    /// Replicas beside the primary.
    pub fn replicas(&self) -> u32 {
        self.nodes.unwrap_or(1).saturating_sub(1)
    }

    /// Whether a replica becomes the primary by itself.
    pub fn can_fail_over(&self) -> bool {
        self.fails_over && self.replicas() > 0
    }

    /// The engine as the price table writes it.
    pub fn product(&self) -> &'static str {
        if self.engine == "valkey" { "Valkey" } else { "Redis" }
    }
}

impl Describe for CacheGroup {
    const KIND: &'static str = "AWS::ElastiCache::ReplicationGroup";
    const TITLE: Text = text("aws.cache-group", "ElastiCache replication group");

    fn home(&self) -> Home {
        Home::With(self.subnets.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Group(Glyph::CachePrimary)
    }

    fn outage(&self) -> Outage {
        if self.can_fail_over() { Outage::FailsOver } else { Outage::Lost }
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::hours(
            text("meter.cache-nodes", "ElastiCache nodes"),
            "ElastiCache",
            format!("{} {}", self.node_type, self.product()),
            f64::from(self.replicas() + 1),
        )]
    }
}
