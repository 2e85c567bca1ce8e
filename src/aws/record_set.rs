//! A name in public DNS. Queries for an alias of a load balancer, a distribution or a bucket are free (Route 53 pricing).

use super::{Describe, Figure, Glyph, HealthCheck, Home, Id, Name, Value, typed};
use crate::text::{Text, text};

typed! {
    RecordSet {
        "HostedZoneId" zone: Option<Value>,
        "Name" domain: Value,
        "Type" kind: String,
        "AliasTarget" alias: Option<Value>,
        /// `PRIMARY` or `SECONDARY`.
        "Failover" failover: Option<String>,
        "SetIdentifier" set: Option<String>,
        "HealthCheckId" health: Option<Id<HealthCheck>>,
        "TTL" ttl: Option<String>,
        "ResourceRecords" records: Vec<Value>,
    }
}

impl RecordSet {
    /// The node that the name stands for.
    pub fn stands_for(&self) -> Option<&Name> {
        let Value::Att(name, _) = self.alias.as_ref()?.get("DNSName")? else {
            return None;
        };
        Some(name)
    }

    pub fn is_primary(&self) -> bool {
        self.failover.as_deref() == Some("PRIMARY")
    }

    pub fn is_secondary(&self) -> bool {
        self.failover.as_deref() == Some("SECONDARY")
    }
}

impl Describe for RecordSet {
    const KIND: &'static str = "AWS::Route53::RecordSet";
    const TITLE: Text = text("aws.record-set", "Route 53 record");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Dns)
    }
}
