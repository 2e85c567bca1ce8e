//! A zonal NAT gateway: redundant inside its zone, gone with it. Subnets of other zones that route to it lose the internet
//! too, and nothing re-points their routes (VPC user guide, NAT gateway basics).

use super::{Describe, ElasticIp, Figure, Flow, Glyph, Home, Id, Meter, Outage, Subnet, Tags, typed};
use crate::text::{Text, text};

typed! {
    NatGateway {
        "SubnetId" subnet: Id<Subnet>,
        "AllocationId" address: Option<Id<ElasticIp>>,
        "ConnectivityType" connectivity: String,
        "Tags" tags: Tags,
    }
}

impl Describe for NatGateway {
    const KIND: &'static str = "AWS::EC2::NatGateway";
    const TITLE: Text = text("aws.nat-gateway", "NAT gateway");

    fn home(&self) -> Home {
        Home::Subnet(self.subnet.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Icon(Glyph::NatGateway)
    }

    fn outage(&self) -> Outage {
        Outage::Lost
    }

    fn meters(&self) -> Vec<Meter> {
        vec![
            Meter::hours(
                text("meter.nat-hours", "NAT gateway"),
                "NATGateway",
                "zonal_hour",
                1.0,
            ),
            Meter::flow(
                text("meter.nat-data", "NAT gateway, data processed"),
                "NATGateway",
                "data_processed",
                Flow::ThroughNat,
            ),
        ]
    }
}
