//! A public IPv4 address that stays until it is released, and is billed as long as it exists.

use super::{Describe, Figure, Glyph, Home, Meter, Tags, typed};
use crate::text::{Text, text};

typed! {
    ElasticIp {
        "Domain" domain: String,
        "Tags" tags: Tags,
    }
}

impl Describe for ElasticIp {
    const KIND: &'static str = "AWS::EC2::EIP";
    const TITLE: Text = text("aws.elastic-ip", "Elastic IP address");
    const ATTRIBUTE: Option<&'static str> = Some("AllocationId");
    const REF: &'static str = "Ip";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Tag(Glyph::ElasticIp)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::hours(
            text("meter.public-ipv4", "Public IPv4 address"),
            "PublicIPv4",
            "in_use_or_idle",
            1.0,
        )]
    }
}
