//! What ties a gateway to a VPC. Of an internet gateway, addresses, NAT gateways and default routes must wait for it; of a
//! virtual private gateway, propagation.

use super::{Describe, Figure, Home, Id, InternetGateway, Vpc, VpnGateway, typed};
use crate::text::{Text, text};

typed! {
    GatewayAttachment {
        "VpcId" vpc: Id<Vpc>,
        "InternetGatewayId" gateway: Option<Id<InternetGateway>>,
        "VpnGatewayId" vpn: Option<Id<VpnGateway>>,
    }
}

impl Describe for GatewayAttachment {
    const KIND: &'static str = "AWS::EC2::VPCGatewayAttachment";
    const TITLE: Text = text("aws.gateway-attachment", "Gateway attachment");

    fn home(&self) -> Home {
        Home::Vpc(self.vpc.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
