//! A DynamoDB table. Its data is in three zones, and the loss of one is AWS's to cover.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Table {
        "KeySchema" keys: Vec<Value>,
        "AttributeDefinitions" attributes: Vec<Value>,
        /// `PAY_PER_REQUEST` is on demand; AWS's default, `PROVISIONED`, is billed by the hour.
        "BillingMode" billing: Option<String>,
        "PointInTimeRecoverySpecification" recovery: Option<Value>,
        "SSESpecification" encryption: Option<Value>,
        "DeletionProtectionEnabled" protected: Option<bool>,
        /// `{AttributeName, Enabled}`: items go by themselves once that time is past.
        "TimeToLiveSpecification" ttl: Option<Value>,
        "GlobalSecondaryIndexes" indexes: Vec<Value>,
        "Tags" tags: Tags,
    }
}

/// What a table on demand is billed for; one that is provisioned is billed by the hour, and not counted here.
pub(super) fn on_demand(billing: Option<&str>, recovers: bool) -> Vec<Meter> {
    if billing != Some("PAY_PER_REQUEST") {
        return Vec::new();
    }
    let writes = text("meter.table-writes", "Writes to DynamoDB, indexes included");
    let reads = text("meter.table-reads", "Reads from DynamoDB");
    let storage = text("meter.table-storage", "Storage of DynamoDB, indexes included");
    let recovery = text("meter.table-recovery", "Point-in-time recovery of DynamoDB");
    let mut meters = vec![
        Meter::flow(writes, "DynamoDB", "on_demand_WRU", Flow::TableWrites),
        Meter::flow(reads, "DynamoDB", "on_demand_RRU", Flow::TableReads),
        Meter::flow(storage, "DynamoDB", "storage", Flow::TableStorage),
    ];
    if recovers {
        meters.push(Meter::flow(recovery, "DynamoDB", "PITR", Flow::TableRecovery));
    }
    meters
}

impl Describe for Table {
    const KIND: &'static str = "AWS::DynamoDB::Table";
    const TITLE: Text = text("aws.table", "DynamoDB table");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Table)
    }

    fn meters(&self) -> Vec<Meter> {
        let recovery = self.recovery.as_ref();
        let recovers = recovery.and_then(|it| it.get("PointInTimeRecoveryEnabled"));
        on_demand(self.billing.as_deref(), recovers == Some(&Value::Bool(true)))
    }
}
