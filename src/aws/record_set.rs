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
        /// The Region that latency is measured to.
        "Region" region: Option<Value>,
        "SetIdentifier" set: Option<String>,
        "HealthCheckId" health: Option<Id<HealthCheck>>,
        "TTL" ttl: Option<String>,
        "ResourceRecords" records: Vec<Value>,
    }
}

impl RecordSet {
    /// The node that the name stands for.
    pub fn stands_for(&self) -> Option<&Name> {
        let name = self.alias.as_ref()?.get("DNSName")?;
        match name {
            Value::Att(name, _) => Some(name),
            entry => entry_of(entry),
        }
    }

    /// Whether the name stands for an interface endpoint, by one of its DNS entries: a private matter.
    pub fn is_of_endpoint(&self) -> bool {
        let name = self.alias.as_ref().and_then(|it| it.get("DNSName"));
        name.and_then(entry_of).is_some()
    }

    pub fn is_primary(&self) -> bool {
        self.failover.as_deref() == Some("PRIMARY")
    }

    pub fn is_secondary(&self) -> bool {
        self.failover.as_deref() == Some("SECONDARY")
    }

    /// Whether it is one of those that latency decides between, by a health check of its own.
    pub fn is_nearest_checked(&self) -> bool {
        self.region.is_some() && self.health.is_some()
    }

    /// Whether Route 53 leaves it out while what it stands for fails: by a health check, or by the health of an alias.
    pub fn goes_by_health(&self) -> bool {
        let alias = self.alias.as_ref().and_then(|it| it.get("EvaluateTargetHealth"));
        self.health.is_some() || alias == Some(&Value::Bool(true))
    }
}

/// The endpoint whose `DnsEntries` a value takes apart.
fn entry_of(value: &Value) -> Option<&Name> {
    match value {
        Value::Att(name, attribute) if attribute == "DnsEntries" => Some(name),
        Value::Fn(_, argument) => entry_of(argument),
        Value::List(items) => items.iter().find_map(entry_of),
        _ => None,
    }
}

impl Describe for RecordSet {
    const KIND: &'static str = "AWS::Route53::RecordSet";
    const TITLE: Text = text("aws.record-set", "Route 53 record");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        let zone = self.zone.as_ref().and_then(Value::named);
        match zone.filter(|_| self.is_of_endpoint()) {
            Some(zone) => Home::With(zone.clone()),
            None => Home::Global,
        }
    }

    /// A private record is its zone's, which is drawn.
    fn figure(&self) -> Figure {
        if self.is_of_endpoint() { Figure::Hidden } else { Figure::Companion(Glyph::Dns) }
    }
}
