//! A NAT gateway. A zonal one is redundant inside its zone and gone with it: subnets of other zones that route to it lose
//! the internet too, and nothing re-points their routes (VPC user guide, NAT gateway basics). A regional one stands in no
//! subnet: it spreads over the zones that have network interfaces, and what one zone loses the others keep (VPC user guide,
//! regional NAT gateways).

use super::{Describe, ElasticIp, Figure, Flow, Glyph, Home, Id, Meter, Outage, Subnet, Tags, Value, Vpc, typed};
use crate::text::{Text, text};

typed! {
    NatGateway {
        /// Of a zonal gateway.
        "SubnetId" subnet: Option<Id<Subnet>>,
        "AllocationId" address: Option<Id<ElasticIp>>,
        /// Of a regional gateway.
        "VpcId" vpc: Option<Id<Vpc>>,
        /// `regional`; left out, the gateway is zonal.
        "AvailabilityMode" mode: Option<String>,
        /// Zones with their addresses, where a person lists them; left out, a regional gateway finds them by itself.
        "AvailabilityZoneAddresses" zone_addresses: Vec<Value>,
        "ConnectivityType" connectivity: String,
        "Tags" tags: Tags,
    }
}

impl NatGateway {
    /// Whether it spreads over the zones of its VPC.
    pub fn is_regional(&self) -> bool {
        self.mode.as_deref() == Some("regional")
    }
}

/// The line of the bill for what instances of other zones send.
pub const NAT_ACROSS: Text = text("meter.nat-across", "NAT gateway, data from other zones");

impl Describe for NatGateway {
    const KIND: &'static str = "AWS::EC2::NatGateway";
    const TITLE: Text = text("aws.nat-gateway", "NAT gateway");

    fn home(&self) -> Home {
        match (&self.subnet, &self.vpc) {
            (Some(subnet), _) => Home::Subnet(subnet.name.clone()),
            (None, Some(vpc)) => Home::Vpc(vpc.name.clone()),
            (None, None) => Home::Region,
        }
    }

    fn figure(&self) -> Figure {
        Figure::Icon(Glyph::NatGateway)
    }

    fn outage(&self) -> Outage {
        if self.is_regional() { Outage::Unaffected } else { Outage::Lost }
    }

    fn meters(&self) -> Vec<Meter> {
        let data = Meter::flow(
            text("meter.nat-data", "NAT gateway, data processed"),
            "NATGateway",
            "data_processed",
            Flow::ThroughNat,
        );
        if self.is_regional() {
            let hours = text("meter.nat-regional-hours", "Regional NAT gateway, in each active zone");
            let address = text("meter.public-ipv4", "Public IPv4 address");
            return vec![
                Meter::zone_hours(hours, "NATGateway", "regional_hour_per_active_AZ"),
                // AWS brings an address of its own for each zone, billed as any other.
                Meter::zone_hours(address, "PublicIPv4", "in_use_or_idle"),
                data,
            ];
        }
        let hours = text("meter.nat-hours", "NAT gateway");
        let across = Meter::flow(
            NAT_ACROSS,
            "DataTransfer",
            "cross_AZ_each_direction",
            Flow::AcrossToNat,
        );
        vec![Meter::hours(hours, "NATGateway", "zonal_hour", 1.0), data, across]
    }
}
