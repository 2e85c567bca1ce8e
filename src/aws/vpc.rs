//! The network itself. Regional: no zone takes it down.

use ipnet::Ipv4Net;

use super::{Describe, Figure, Flow, Frame, Home, Meter, Tags, typed};
use crate::text::{Text, text};

typed! {
    /// The network and its DNS switches.
    Vpc {
        "CidrBlock" cidr: Ipv4Net,
        "EnableDnsSupport" dns_support: bool,
        "EnableDnsHostnames" dns_hostnames: bool,
        "Tags" tags: Tags,
    }
}

impl Describe for Vpc {
    const KIND: &'static str = "AWS::EC2::VPC";
    const TITLE: Text = text("aws.vpc", "VPC");
    const PARAMETER: &'static str = "AWS::EC2::VPC::Id";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Frame(Frame::Vpc)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::flow(
            text("meter.cross-zone", "Data transfer between zones"),
            "DataTransfer",
            "cross_AZ_each_direction",
            Flow::BetweenZones,
        )]
    }
}
