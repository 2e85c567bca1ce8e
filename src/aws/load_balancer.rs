//! An Application Load Balancer: one node in each enabled zone, behind one DNS name whose records live 60 s.

use super::{Attributes, Describe, Figure, Flow, Glyph, Home, Id, Meter, Outage, SecurityGroup, Subnet, Tags, typed};
use crate::text::{Text, text};

typed! {
    LoadBalancer {
        "Type" kind: String,
        "Scheme" scheme: String,
        "Subnets" subnets: Vec<Id<Subnet>>,
        "SecurityGroups" security_groups: Vec<Id<SecurityGroup>>,
        "LoadBalancerAttributes" attributes: Attributes,
        "Tags" tags: Tags,
    }
}

impl LoadBalancer {
    pub fn is_internet_facing(&self) -> bool {
        self.scheme == "internet-facing"
    }
}

impl Describe for LoadBalancer {
    const KIND: &'static str = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    const TITLE: Text = text("aws.load-balancer", "Application Load Balancer");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Spread(self.subnets.iter().map(|it| it.name.clone()).collect())
    }

    fn figure(&self) -> Figure {
        Figure::Group(Glyph::LoadBalancer)
    }

    fn outage(&self) -> Outage {
        Outage::Thins
    }

    fn meters(&self) -> Vec<Meter> {
        let mut meters = vec![
            Meter::hours(
                text("meter.alb-hours", "Application Load Balancer"),
                "ALB",
                "hour",
                1.0,
            ),
            Meter::flow(
                text("meter.alb-lcu", "Load balancer capacity units (LCU)"),
                "ALB",
                "LCU_hour",
                Flow::LoadBalancerCapacity,
            ),
        ];
        if self.is_internet_facing() {
            // One public address for the node in each zone.
            meters.push(Meter::hours(
                text("meter.alb-ipv4", "Public IPv4 addresses of the load balancer"),
                "PublicIPv4",
                "in_use_or_idle",
                self.subnets.len() as f64,
            ));
        }
        meters
    }
}
