//! One rule that lets traffic in, as a resource of its own: groups that name each other would be a circle otherwise.

use super::{Cidr, Describe, Figure, Home, Id, SecurityGroup, typed};
use crate::text::{Text, text};

typed! {
    SecurityGroupIngress {
        "GroupId" group: Id<SecurityGroup>,
        "IpProtocol" protocol: String,
        "FromPort" from_port: Option<u16>,
        "ToPort" to_port: Option<u16>,
        "CidrIp" cidr: Option<Cidr>,
        "SourceSecurityGroupId" source: Option<Id<SecurityGroup>>,
        "Description" description: Option<String>,
    }
}

impl Describe for SecurityGroupIngress {
    const KIND: &'static str = "AWS::EC2::SecurityGroupIngress";
    const TITLE: Text = text("aws.security-group-ingress", "Security group rule, in");

    fn home(&self) -> Home {
        Home::With(self.group.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
