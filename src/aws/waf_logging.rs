//! Where a web ACL writes what it has decided.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    WafLogging {
        "ResourceArn" acl: Value,
        "LogDestinationConfigs" destinations: Vec<Value>,
    }
}

impl Describe for WafLogging {
    const KIND: &'static str = "AWS::WAFv2::LoggingConfiguration";
    const TITLE: Text = text("aws.waf-logging", "AWS WAF logging");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
