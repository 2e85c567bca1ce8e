//! Which table a subnet follows.

use super::{Describe, Figure, Home, Id, RouteTable, Subnet, typed};
use crate::text::{Text, text};

typed! {
    RouteTableAssociation {
        "SubnetId" subnet: Id<Subnet>,
        "RouteTableId" table: Id<RouteTable>,
    }
}

impl Describe for RouteTableAssociation {
    const KIND: &'static str = "AWS::EC2::SubnetRouteTableAssociation";
    const TITLE: Text = text("aws.route-table-association", "Route table association");

    fn home(&self) -> Home {
        Home::Subnet(self.subnet.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
