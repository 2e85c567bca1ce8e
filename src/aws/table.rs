//! A DynamoDB table. Its data is in three zones, and the loss of one is AWS's to cover.

use super::{Describe, Figure, Glyph, Home, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Table {
        "KeySchema" keys: Vec<Value>,
        "AttributeDefinitions" attributes: Vec<Value>,
        /// `PAY_PER_REQUEST` is on demand; AWS's default, `PROVISIONED`, is billed by the hour.
        "BillingMode" billing: Option<String>,
        "PointInTimeRecoverySpecification" recovery: Option<Value>,
        "SSESpecification" encryption: Option<Value>,
        "Tags" tags: Tags,
    }
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
}
