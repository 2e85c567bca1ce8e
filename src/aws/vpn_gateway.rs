//! The VPC's end of Site-to-Site VPN: regional, one a VPC (VPC user guide, quotas).

use super::{Describe, Figure, Glyph, Home, Tags, typed};
use crate::text::{Text, text};

typed! {
    VpnGateway {
        "Type" kind: String,
        /// Left out, AWS speaks BGP as 64512.
        "AmazonSideAsn" asn: Option<u32>,
        "Tags" tags: Tags,
    }
}

impl Describe for VpnGateway {
    const KIND: &'static str = "AWS::EC2::VPNGateway";
    const TITLE: Text = text("aws.vpn-gateway", "Virtual private gateway");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Icon(Glyph::VpnGateway)
    }
}
