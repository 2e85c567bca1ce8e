//! Site-to-Site VPN: the VPC's private way to the customer's own network, over the internet.

use ipnet::Ipv4Net;

use super::network::VPC;
use super::option::{Addresses, Blocks, OptionKind, Setting, Whole, component};
use super::security::WEB_PORTS;
use super::{Design, Edit, Expansion, NETWORK, SECURITY, database, fleet, routes};
use crate::aws::{
    Cidr, CustomerGateway, GatewayAttachment, SecurityGroupIngress, Value, VpnConnection,
    VpnGateway, VpnPropagation,
};
use crate::text::{Message, text};

/// What AWS and most routers call the protocol.
const IPSEC: &str = "ipsec.1";
const GATEWAY: &str = "VpnGateway";
const ATTACHMENT: &str = "VpnGatewayAttachment";

/// Number of an autonomous system of the customer's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asn(u32);

/// Numbers that AWS keeps for itself: its own side's default, and one each in N. Virginia, Ireland, Singapore and Tokyo.
/// Source: EC2 API reference, CreateCustomerGateway and CreateVpnGateway.
const RESERVED: [u32; 5] = [64_512, 7_224, 9_059, 17_943, 10_124];

type AnyAsn = Whole<1, 2_147_483_647>;

impl Setting for Asn {
    fn kind() -> OptionKind {
        AnyAsn::kind()
    }

    fn show(&self) -> String {
        self.0.to_string()
    }

    fn parse(given: &str) -> Result<Self, Message> {
        let number = AnyAsn::parse(given)?.get();
        if RESERVED.contains(&number) {
            let words = text(
                "option.reserved-asn",
                "{given} is a number that AWS itself uses",
            );
            return Err(words.with("given", number));
        }
        Ok(Self(number))
    }
}

component! {
    /// The way to the customer's network.
    Vpn at vpn in Network {
        "vpn.customer_gateways" "vg" customers: Addresses<2> = Addresses::default(), "Customer gateways", "Public IPv4 addresses of one or two of your own VPN routers, with a comma between: each gets a Site-to-Site VPN connection of two tunnels to a virtual private gateway. Empty: no VPN";
        "vpn.network" "vw" network: Blocks<1> = Blocks::default(), "Management network", "Range of your network behind the VPN that administrators come from, as 192.168.100.0/24: reaches the web instances and the database over the VPN; empty lets nobody in that way";
        "vpn.asn" "vn" asn: Asn = Asn(65_000), "Customer ASN", "Number of the autonomous system that your routers speak BGP for; not 64512, which is AWS's own";
    }
}

impl Vpn {
    /// The range that administrators come from, over the VPN.
    pub(super) fn management(&self) -> Option<Ipv4Net> {
        let network = self.network.0.first().copied();
        network.filter(|_| !self.customers.0.is_empty())
    }
}

/// Lets the management network in: to the web instances on their ports, and to the database on its own.
pub(super) fn expand_rules(design: &Design, to: &mut Expansion<'_>) {
    let Some(network) = design.vpn.management() else {
        return;
    };
    let database = design.database.engine.port();
    let web = WEB_PORTS.map(|port| ("ManagementToWeb", fleet::SECURITY_GROUP, port));
    let doors = [("ManagementToDatabase", database::SECURITY_GROUP, database)];
    for (name, group, port) in web.into_iter().chain(doors) {
        let rule = SecurityGroupIngress {
            group: group.into(),
            protocol: "tcp".into(),
            from_port: Some(port),
            to_port: Some(port),
            cidr: Some(Cidr::Range(network)),
            source: None,
            description: Some("From the management network, over the VPN".into()),
            rest: Vec::new(),
        };
        to.add(SECURITY, format!("{name}{port}Ingress"), rule);
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if design.vpn.customers.0.is_empty() {
        return;
    }
    gateway(to);
    for (place, address) in design.vpn.customers.0.iter().enumerate() {
        let number = if place == 0 {
            String::new()
        } else {
            (place + 1).to_string()
        };
        let customer = format!("CustomerGateway{number}");
        let gateway = CustomerGateway {
            kind: IPSEC.into(),
            asn: Some(design.vpn.asn.0),
            address: Some(Value::from(address.to_string())),
            tags: to.tags(&format!("customer{number}")),
            rest: Vec::new(),
        };
        to.add(NETWORK, customer.as_str(), gateway);
        connection(to, &customer, &number);
    }
    // The database answers from its own subnets.
    let isolated = design.vpn.management().and(routes::isolated_table(design));
    let tables = routes::private_tables(design).into_iter();
    for table in tables.chain(isolated.map(str::to_owned)) {
        let propagation = VpnPropagation {
            tables: vec![table.as_str().into()],
            gateway: GATEWAY.into(),
            rest: Vec::new(),
        };
        to.add(NETWORK, format!("{table}Propagation"), propagation)
            .after(ATTACHMENT);
    }
}

fn gateway(to: &mut Expansion<'_>) {
    let gateway = VpnGateway {
        kind: IPSEC.into(),
        asn: None,
        tags: to.tags("vpn-gateway"),
        rest: Vec::new(),
    };
    to.add(NETWORK, GATEWAY, gateway);
    let attachment = GatewayAttachment {
        vpc: VPC.into(),
        gateway: None,
        vpn: Some(GATEWAY.into()),
        rest: Vec::new(),
    };
    to.add(NETWORK, ATTACHMENT, attachment);
}

fn connection(to: &mut Expansion<'_>, customer: &str, number: &str) {
    let connection = VpnConnection {
        kind: IPSEC.into(),
        customer: customer.into(),
        gateway: Some(GATEWAY.into()),
        is_static: Some(false),
        key_storage: Some("SecretsManager".into()),
        tags: to.tags(&format!("vpn{number}")),
        rest: Vec::new(),
    };
    to.add(NETWORK, format!("VpnConnection{number}"), connection)
        .comment(text(
            "comment.vpn",
            "Two tunnels, whose ends at AWS stand in different zones: configure both on the device. Their keys are in a secret of Secrets Manager.",
        ));
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::aws::{VpnConnection, VpnPropagation};
    use crate::design::Design;

    #[test]
    fn every_customer_gateway_gets_a_connection_and_every_private_table_its_routes() {
        let design = Design::new("test");
        let nothing = design.expand();
        assert!(nothing.all::<VpnConnection>().next().is_none());
        let design = design
            .with("vpn.customer_gateways", "203.0.113.10, 198.51.100.20")
            .with("network.nat", "per-az");
        let topology = design.expand();
        let connected = topology.all::<VpnConnection>();
        let connected: Vec<&str> = connected.map(|(_, it)| it.customer.name.as_str()).collect();
        assert_eq!(connected, ["CustomerGateway", "CustomerGateway2"]);
        let tables = topology.all::<VpnPropagation>();
        let tables: Vec<&str> = tables.map(|(_, it)| it.tables[0].name.as_str()).collect();
        assert_eq!(tables, ["PrivateRouteTableA", "PrivateRouteTableB"]);
    }

    #[test]
    fn only_addresses_that_the_internet_knows_are_taken() {
        let mut design = Design::new("test");
        for wrong in [
            "10.0.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "224.0.0.1",
            "240.0.0.1",
            "0.0.0.0",
            "router",
            "203.0.113.10/32",
            "203.0.113.10,203.0.113.10",
            "203.0.113.1,203.0.113.2,203.0.113.3",
        ] {
            let given = design.set("vpn.customer_gateways", wrong);
            assert!(given.is_err(), "{wrong}");
        }
        design.set("vpn.customer_gateways", "").unwrap();
        assert!(design.vpn.customers.0.is_empty());
    }
}
