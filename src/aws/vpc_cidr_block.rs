//! A further range of a VPC, beside the first one that it was made with. Up to four of them without asking for a higher
//! quota (VPC user guide, VPC CIDR blocks).

use ipnet::Ipv4Net;

use super::{Describe, Figure, Home, Id, Vpc, typed};
use crate::text::{Text, text};

typed! {
    VpcCidrBlock {
        "VpcId" vpc: Id<Vpc>,
        "CidrBlock" cidr: Option<Ipv4Net>,
    }
}

impl Describe for VpcCidrBlock {
    const KIND: &'static str = "AWS::EC2::VPCCidrBlock";
    const TITLE: Text = text("aws.vpc-cidr-block", "Secondary VPC range");

    fn home(&self) -> Home {
        Home::Vpc(self.vpc.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
