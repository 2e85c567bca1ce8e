//! DynamoDB Accelerator: a cache that speaks DynamoDB's protocol. One node takes the writes, the others read and take over
//! (DynamoDB developer guide, DAX cluster components).

use super::{
    DaxSubnetGroup, Describe, Figure, Glyph, Home, Id, Meter, Outage, SecurityGroup, Value, typed,
};
use crate::text::{Text, text};

typed! {
    DaxCluster {
        "NodeType" node_type: String,
        /// Nodes in all, the primary among them: 1 to 11.
        "ReplicationFactor" nodes: u32,
        "IAMRoleARN" role: Value,
        "SubnetGroupName" subnets: Option<Id<DaxSubnetGroup>>,
        "SecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
        "SSESpecification" encryption: Option<Value>,
        /// `TLS`, or `NONE`, the default.
        "ClusterEndpointEncryptionType" transit: Option<String>,
    }
}

impl DaxCluster {
    /// Whether clients have to encrypt what they send.
    pub fn has_tls(&self) -> bool {
        self.transit.as_deref() == Some("TLS")
    }

    /// The port of its endpoints (DynamoDB developer guide, DAX encryption in transit).
    pub fn port(&self) -> u16 {
        if self.has_tls() { 9111 } else { 8111 }
    }

    /// Read replicas beside the primary.
    pub fn replicas(&self) -> u32 {
        self.nodes.saturating_sub(1)
    }
}

impl Describe for DaxCluster {
    const KIND: &'static str = "AWS::DAX::Cluster";
    const TITLE: Text = text("aws.dax-cluster", "DAX cluster");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        self.subnets.as_ref().map_or(Home::Region, |it| Home::With(it.name.clone()))
    }

    fn figure(&self) -> Figure {
        Figure::Group(Glyph::TableCache)
    }

    fn outage(&self) -> Outage {
        if self.replicas() > 0 { Outage::FailsOver } else { Outage::Lost }
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::hours(
            text("meter.dax-nodes", "DAX nodes"),
            "DAX",
            self.node_type.clone(),
            f64::from(self.nodes),
        )]
    }
}
