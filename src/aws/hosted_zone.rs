//! A zone of DNS names; with VPCs it is private, and answers in those alone. In them it hides all that public DNS says of
//! the same names (Route 53 developer guide, private hosted zones).

use super::{Describe, Figure, Glyph, Home, Meter, Tags, Value, Vpc, Id, typed};
use crate::text::{Text, text};

typed! {
    HostedZone {
        "Name" domain: Value,
        "VPCs" vpcs: Vec<ZoneVpc>,
        "HostedZoneTags" tags: Tags,
    }
}

typed! {
    /// A VPC in which a private zone answers.
    ZoneVpc {
        "VPCId" vpc: Id<Vpc>,
        "VPCRegion" region: Value,
    }
}

impl HostedZone {
    pub fn is_private(&self) -> bool {
        !self.vpcs.is_empty()
    }

    /// Whether it answers in a VPC.
    pub fn answers_in(&self, vpc: &str) -> bool {
        self.vpcs.iter().any(|it| *it.vpc.name == *vpc)
    }
}

impl Describe for HostedZone {
    const KIND: &'static str = "AWS::Route53::HostedZone";
    const TITLE: Text = text("aws.hosted-zone", "Route 53 hosted zone");

    /// A private zone is looked for beside the VPC that it answers in.
    fn home(&self) -> Home {
        if self.is_private() { Home::Region } else { Home::Global }
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Dns)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::monthly(text("meter.hosted-zone", "Hosted zone"), "Route53", "hosted_zone", 1.0)]
    }
}
