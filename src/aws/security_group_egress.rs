//! One rule that lets traffic out, as a resource of its own: groups that name each other would be a circle otherwise.

use super::{Cidr, Describe, Figure, Home, Id, SecurityGroup, typed};
use crate::text::{Text, text};

typed! {
    SecurityGroupEgress {
        "GroupId" group: Id<SecurityGroup>,
        "IpProtocol" protocol: String,
        "FromPort" from_port: Option<u16>,
        "ToPort" to_port: Option<u16>,
        "CidrIp" cidr: Option<Cidr>,
        "DestinationSecurityGroupId" destination: Option<Id<SecurityGroup>>,
        "Description" description: Option<String>,
    }
}

impl Describe for SecurityGroupEgress {
    const KIND: &'static str = "AWS::EC2::SecurityGroupEgress";
    const TITLE: Text = text("aws.security-group-egress", "Security group rule, out");

    fn home(&self) -> Home {
        Home::With(self.group.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
