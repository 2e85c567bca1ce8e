//! Puts the routes that a virtual private gateway learns into route tables.

use super::{Describe, Figure, Home, Id, RouteTable, VpnGateway, typed};
use crate::text::{Text, text};

typed! {
    VpnPropagation {
        "RouteTableIds" tables: Vec<Id<RouteTable>>,
        "VpnGatewayId" gateway: Id<VpnGateway>,
    }
}

impl Describe for VpnPropagation {
    const KIND: &'static str = "AWS::EC2::VPNGatewayRoutePropagation";
    const TITLE: Text = text("aws.vpn-propagation", "VPN route propagation");

    fn home(&self) -> Home {
        Home::With(self.gateway.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
