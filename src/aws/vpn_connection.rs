//! Two tunnels between a customer gateway and a VPC. Their ends at AWS stand in different Availability Zones: where the
//! device uses both, the loss of a zone leaves it one (Site-to-Site VPN user guide, how AWS Site-to-Site VPN works).

use super::{CustomerGateway, Describe, Figure, Home, Id, Meter, Tags, VpnGateway, typed};
use crate::text::{Text, text};

typed! {
    VpnConnection {
        "Type" kind: String,
        "CustomerGatewayId" customer: Id<CustomerGateway>,
        "VpnGatewayId" gateway: Option<Id<VpnGateway>>,
        /// Without BGP; left out, AWS takes it as false.
        "StaticRoutesOnly" is_static: Option<bool>,
        /// Where AWS keeps the tunnels' keys: `SecretsManager`, or `Standard`, which shows them to whoever may describe the
        /// connection.
        "PreSharedKeyStorage" key_storage: Option<String>,
        "Tags" tags: Tags,
    }
}

impl VpnConnection {
    /// Whether Secrets Manager holds the tunnels' keys.
    pub fn has_secret(&self) -> bool {
        self.key_storage.as_deref() == Some("SecretsManager")
    }
}

impl Describe for VpnConnection {
    const KIND: &'static str = "AWS::EC2::VPNConnection";
    const TITLE: Text = text("aws.vpn-connection", "Site-to-Site VPN connection");

    fn home(&self) -> Home {
        Home::With(self.customer.name.clone())
    }

    /// The wire between the two gateways stands for it.
    fn figure(&self) -> Figure {
        Figure::Hidden
    }

    fn meters(&self) -> Vec<Meter> {
        let hours = text("meter.vpn-hours", "Site-to-Site VPN connection");
        let mut meters = vec![Meter::hours(hours, "SiteToSiteVPN", "connection_hour", 1.0)];
        if self.has_secret() {
            let secret = text("meter.vpn-secret", "Secret (VPN keys)");
            meters.push(Meter::monthly(secret, "SecretsManager", "secret", 1.0));
        }
        meters
    }
}
