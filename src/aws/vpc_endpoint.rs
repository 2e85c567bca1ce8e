//! A private way to an AWS service. An interface endpoint has a network interface in each of its subnets, and loses the one
//! whose zone is lost; a gateway endpoint is a route to S3 or DynamoDB, regional and free of charge (AWS PrivateLink guide).

use super::{
    Describe, Figure, Flow, Glyph, Home, Id, Meter, Outage, RouteTable, SecurityGroup, Subnet, Tags, Value, Vpc, policy,
    typed,
};
use crate::text::{Text, text};

typed! {
    VpcEndpoint {
        "VpcId" vpc: Id<Vpc>,
        "ServiceName" service: Value,
        /// `Interface` or `Gateway`; left out, it is a gateway.
        "VpcEndpointType" kind: Option<String>,
        /// Of a gateway endpoint.
        "RouteTableIds" tables: Vec<Id<RouteTable>>,
        /// Of an interface endpoint; one a zone at most.
        "SubnetIds" subnets: Vec<Id<Subnet>>,
        "SecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
        "PrivateDnsEnabled" private_dns: Option<bool>,
        /// Left out, AWS lets everybody do everything through it.
        "PolicyDocument" policy: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl VpcEndpoint {
    pub fn is_interface(&self) -> bool {
        self.kind.as_deref() == Some("Interface")
    }

    /// Whether the service's usual name leads to the endpoint inside the VPC.
    pub fn has_private_dns(&self) -> bool {
        self.private_dns == Some(true)
    }

    /// Whether its policy lets calls of an API through, of callers who sign or who do not: those it takes for nobody (API
    /// Gateway developer guide, VPC endpoint policies for private APIs).
    pub fn lets_invoke(&self, signed: bool) -> bool {
        let document = self.policy.as_ref();
        document.is_none_or(|it| policy::lets(it, "execute-api:Invoke", signed))
    }

    /// What the service is called after `com.amazonaws.REGION.`: `s3`, `ecr.api`.
    pub fn service_code(&self) -> Option<&str> {
        let name = match &self.service {
            Value::Fn(function, argument) if function == "Sub" => argument.as_str()?,
            other => other.as_str()?,
        };
        name.strip_prefix("com.amazonaws.")?.split_once('.').map(|(_, code)| code)
    }
}

impl Describe for VpcEndpoint {
    const KIND: &'static str = "AWS::EC2::VPCEndpoint";
    const TITLE: Text = text("aws.vpc-endpoint", "VPC endpoint");

    fn home(&self) -> Home {
        if self.is_interface() {
            Home::Spread(self.subnets.iter().map(|it| it.name.clone()).collect())
        } else {
            Home::Vpc(self.vpc.name.clone())
        }
    }

    fn figure(&self) -> Figure {
        if self.is_interface() { Figure::Group(Glyph::Endpoint) } else { Figure::Icon(Glyph::Endpoint) }
    }

    fn outage(&self) -> Outage {
        if self.is_interface() { Outage::Thins } else { Outage::Unaffected }
    }

    fn meters(&self) -> Vec<Meter> {
        if !self.is_interface() {
            return Vec::new();
        }
        let hours = text("meter.endpoint-hours", "Interface endpoint, in each zone");
        let data = text("meter.endpoint-data", "Interface endpoint, data processed");
        vec![
            Meter::zone_hours(hours, "VPCInterfaceEndpoint", "endpoint_AZ_hour"),
            Meter::flow(data, "VPCInterfaceEndpoint", "data_processed_first_1PB", Flow::ThroughEndpoints),
        ]
    }
}
