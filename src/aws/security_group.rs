//! A stateful list of allow rules on network interfaces.

use ipnet::Ipv4Net;

use super::{Describe, Figure, Home, Id, Tags, Vpc, typed};
use crate::text::{Text, text};

typed! {
    SecurityGroup {
        "GroupDescription" description: String,
        "VpcId" vpc: Id<Vpc>,
        "SecurityGroupIngress" ingress: Vec<Rule>,
        /// Left out, AWS allows everything out.
        "SecurityGroupEgress" egress: Vec<Rule>,
        "Tags" tags: Tags,
    }
}

typed! {
    /// A rule inside a group. `-1` is every protocol.
    Rule {
        "IpProtocol" protocol: String,
        "FromPort" from_port: Option<u16>,
        "ToPort" to_port: Option<u16>,
        "CidrIp" cidr: Option<Ipv4Net>,
        "SourceSecurityGroupId" source: Option<Id<SecurityGroup>>,
        "DestinationSecurityGroupId" destination: Option<Id<SecurityGroup>>,
        "Description" description: Option<String>,
    }
}

impl Rule {
    /// TCP to one port, from or to a range.
    pub fn range(port: u16, cidr: Ipv4Net, description: &str) -> Self {
        Self {
            protocol: "tcp".to_owned(),
            from_port: Some(port),
            to_port: Some(port),
            cidr: Some(cidr),
            source: None,
            destination: None,
            description: Some(description.to_owned()),
            rest: Vec::new(),
        }
    }
}

impl Describe for SecurityGroup {
    const KIND: &'static str = "AWS::EC2::SecurityGroup";
    const TITLE: Text = text("aws.security-group", "Security group");
    const ATTRIBUTE: Option<&'static str> = Some("GroupId");
    const PARAMETER: &'static str = "AWS::EC2::SecurityGroup::Id";

    fn home(&self) -> Home {
        Home::Vpc(self.vpc.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
