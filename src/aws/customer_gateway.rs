//! What AWS knows of the customer's end of Site-to-Site VPN. It is free of charge; the device stands elsewhere.

use super::{Describe, Figure, Glyph, Home, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    CustomerGateway {
        "Type" kind: String,
        /// The autonomous system that the device speaks BGP for.
        "BgpAsn" asn: Option<u32>,
        "IpAddress" address: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for CustomerGateway {
    const KIND: &'static str = "AWS::EC2::CustomerGateway";
    const TITLE: Text = text("aws.customer-gateway", "Customer gateway");

    /// Where the device stands: in no Region.
    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Icon(Glyph::CustomerGateway)
    }
}
