//! What ties an internet gateway to a VPC. Addresses, NAT gateways and default routes must wait for it.

use super::{Describe, Figure, Home, Id, InternetGateway, Vpc, typed};
use crate::text::{Text, text};

typed! {
    GatewayAttachment {
        "VpcId" vpc: Id<Vpc>,
        "InternetGatewayId" gateway: Option<Id<InternetGateway>>,
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
