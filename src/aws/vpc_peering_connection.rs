//! A direct way between two VPCs, of one Region or two. It carries packets between these two alone: never onward to a third
//! VPC, nor to a gateway of the other one (VPC peering guide, VPC peering limitations).

use super::{Describe, Figure, Flow, Home, Id, Meter, Region, Tags, Value, Vpc, typed};
use crate::text::{Text, text};

typed! {
    VpcPeeringConnection {
        /// The VPC that asks.
        "VpcId" vpc: Id<Vpc>,
        /// The VPC that accepts; CloudFormation does so by itself where both belong to one account.
        "PeerVpcId" peer: Id<Vpc>,
        /// Where the other VPC is, if in another Region.
        "PeerRegion" peer_region: Option<Value>,
        /// Whose the other VPC is, if another account's.
        "PeerOwnerId" peer_owner: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl VpcPeeringConnection {
    /// The VPC at the other end; `None` for a VPC that is at neither.
    pub fn other_end(&self, vpc: &str) -> Option<&Id<Vpc>> {
        if *self.vpc.name == *vpc {
            Some(&self.peer)
        } else {
            (*self.peer.name == *vpc).then_some(&self.vpc)
        }
    }

    /// The other VPC's Region, where it is another one.
    pub fn far(&self) -> Option<Region> {
        Region::from_code(self.peer_region.as_ref()?.as_str()?)
    }

    /// Whether it joins two VPCs, in either direction.
    pub fn joins(&self, one: &str, other: &str) -> bool {
        self.other_end(one).is_some_and(|it| *it.name == *other)
    }
}

impl Describe for VpcPeeringConnection {
    const KIND: &'static str = "AWS::EC2::VPCPeeringConnection";
    const TITLE: Text = text("aws.vpc-peering", "VPC peering connection");

    fn home(&self) -> Home {
        Home::Vpc(self.vpc.name.clone())
    }

    /// Each side pays for what it sends to another Region.
    fn meters(&self) -> Vec<Meter> {
        if self.peer_region.is_none() {
            return Vec::new();
        }
        let there = text("meter.to-region", "Data transfer to the other Region: requests");
        let back = text("meter.from-region", "Data transfer from the other Region: answers");
        [(there, Flow::ToRegion), (back, Flow::FromRegion)]
            .map(|(item, flow)| Meter::flow(item, "DataTransfer", "inter_region_out", flow))
            .into()
    }

    /// The wire between the two VPCs stands for it.
    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
