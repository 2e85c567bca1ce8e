//! A range of a VPC in exactly one zone.

use ipnet::Ipv4Net;

use super::{Describe, Figure, Frame, Home, Id, Tags, Vpc, Zone, typed};
use crate::text::{Text, text};

typed! {
    Subnet {
        "VpcId" vpc: Id<Vpc>,
        "CidrBlock" cidr: Ipv4Net,
        "AvailabilityZone" zone: Zone,
        "MapPublicIpOnLaunch" public_addresses: bool,
        "Tags" tags: Tags,
    }
}

impl Describe for Subnet {
    const KIND: &'static str = "AWS::EC2::Subnet";
    const TITLE: Text = text("aws.subnet", "Subnet");
    const PARAMETER: &'static str = "AWS::EC2::Subnet::Id";

    fn home(&self) -> Home {
        Home::Vpc(self.vpc.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Frame(Frame::Subnet)
    }
}

impl Subnet {
    /// Addresses that AWS keeps in every subnet: network, router, DNS, future use, broadcast.
    /// Source: VPC user guide, subnet sizing.
    pub const RESERVED: u32 = 5;

    /// Addresses that are left for network interfaces.
    pub fn usable(&self) -> u32 {
        let size = 1_u64 << (32 - self.cidr.prefix_len());
        u32::try_from(size.saturating_sub(u64::from(Self::RESERVED))).unwrap_or(u32::MAX)
    }
}
