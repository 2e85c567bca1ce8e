//! A DynamoDB table with replicas in several Regions, each of which takes reads and writes.

use super::table::on_demand;
use super::{Describe, Figure, Glyph, Home, Meter, Value, typed};
use crate::text::{Text, text};

typed! {
    GlobalTable {
        "KeySchema" keys: Vec<Value>,
        "AttributeDefinitions" attributes: Vec<Value>,
        "BillingMode" billing: Option<String>,
        "GlobalSecondaryIndexes" indexes: Vec<Value>,
        "TimeToLiveSpecification" ttl: Option<Value>,
        "StreamSpecification" stream: Option<Value>,
        "SSESpecification" encryption: Option<Value>,
        /// One a Region, with recovery, protection and tags of its own.
        "Replicas" replicas: Vec<Value>,
    }
}

impl Describe for GlobalTable {
    const KIND: &'static str = "AWS::DynamoDB::GlobalTable";
    const TITLE: Text = text("aws.global-table", "DynamoDB global table");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Table)
    }

    /// Those of the Region that the stack is in; the bill has the others'.
    fn meters(&self) -> Vec<Meter> {
        let recovers = |it: &Value| {
            let recovery = it.get("PointInTimeRecoverySpecification");
            recovery.and_then(|it| it.get("PointInTimeRecoveryEnabled")) == Some(&Value::Bool(true))
        };
        on_demand(self.billing.as_deref(), self.replicas.iter().any(recovers))
    }
}
