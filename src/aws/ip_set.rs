//! Address blocks that a rule of a web ACL asks for. Costs nothing itself.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    IpSet {
        /// `REGIONAL`, or `CLOUDFRONT`, which exists in us-east-1 alone.
        "Scope" scope: String,
        "IPAddressVersion" version: String,
        "Addresses" addresses: Vec<Value>,
    }
}

impl Describe for IpSet {
    const KIND: &'static str = "AWS::WAFv2::IPSet";
    const TITLE: Text = text("aws.ip-set", "AWS WAF IP set");
    const ATTRIBUTE: Option<&'static str> = Some("Arn");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
