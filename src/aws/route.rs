//! One route of a table. The `local` route of the VPC is not a resource: it is always there.

use ipnet::Ipv4Net;

use super::{
    Describe, Figure, Home, Id, InternetGateway, Name, NatGateway, RouteTable, VpcPeeringConnection, typed,
};
use crate::text::{Text, text};

typed! {
    Route {
        "RouteTableId" table: Id<RouteTable>,
        "DestinationCidrBlock" destination: Option<Ipv4Net>,
        "GatewayId" gateway: Option<Id<InternetGateway>>,
        "NatGatewayId" nat: Option<Id<NatGateway>>,
        "VpcPeeringConnectionId" peering: Option<Id<VpcPeeringConnection>>,
    }
}

impl Route {
    /// The node that the route sends traffic to.
    pub fn target(&self) -> Option<&Name> {
        let gateway = self.gateway.as_ref().map(|it| &it.name);
        let nat = self.nat.as_ref().map(|it| &it.name);
        let peering = self.peering.as_ref().map(|it| &it.name);
        gateway.or(nat).or(peering)
    }

    /// Whether it is the default route, 0.0.0.0/0.
    pub fn is_default(&self) -> bool {
        self.destination.is_some_and(|it| it.prefix_len() == 0)
    }
}

impl Describe for Route {
    const KIND: &'static str = "AWS::EC2::Route";
    const TITLE: Text = text("aws.route", "Route");

    fn home(&self) -> Home {
        Home::With(self.table.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
