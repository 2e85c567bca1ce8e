//! The ways of the subnets: a route table for each tier or zone, and the NAT gateways that they lead to.

use ipnet::Ipv4Net;

use super::network::{ATTACHMENT, GATEWAY, Nat, Tier, VPC, subnet_name};
use super::schedule::Gateways;
use super::{Design, Edit, Expansion, NETWORK};
use crate::aws::{ElasticIp, NatGateway, Route, RouteTable, RouteTableAssociation, Zone};
use crate::text::text;
use crate::topology::Node;

pub const PUBLIC_TABLE: &str = "PublicRouteTable";
/// How the names of the gateways' addresses begin.
pub(super) const NAT_ADDRESS: &str = "NatGatewayAddress";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if design.network.is_public() {
        public_routes(design, to);
    }
    nat_gateways(design, to);
    private_routes(design, to);
    isolated_routes(design, to);
}

fn public_routes(design: &Design, to: &mut Expansion<'_>) {
    table(to, PUBLIC_TABLE, "public");
    let route = Route {
        table: PUBLIC_TABLE.into(),
        destination: Some(Ipv4Net::default()),
        gateway: Some(GATEWAY.into()),
        nat: None,
        peering: None,
        rest: Vec::new(),
    };
    to.add(NETWORK, "PublicDefaultRoute", route)
        .after(ATTACHMENT)
        .comment(text(
            "comment.public-route",
            "This route is what makes the public subnets public.",
        ));
    for zone in design.network.zones() {
        associate(to, Tier::Public, zone, PUBLIC_TABLE);
    }
}

fn nat_gateways(design: &Design, to: &mut Expansion<'_>) {
    if design.network.nat == Nat::Regional && design.network.is_public() {
        regional_gateway(to);
    }
    for zone in nat_zones(design) {
        let address = format!("{NAT_ADDRESS}{}", zone.capital());
        let tag = format!("nat-{zone}");
        to.add(
            NETWORK,
            address.as_str(),
            ElasticIp {
                domain: "vpc".into(),
                tags: to.tags(&tag),
                rest: Vec::new(),
            },
        )
        .after(ATTACHMENT);
        to.add(NETWORK, nat_name(zone), NatGateway {
            subnet: Some(subnet_name(Tier::Public, zone).into()),
            address: Some(address.into()),
            vpc: None,
            mode: None,
            zone_addresses: Vec::new(),
            connectivity: "public".into(),
            tags: to.tags(&tag),
            rest: Vec::new(),
        })
        .after("PublicDefaultRoute")
        .comment(text(
            "comment.nat",
            "A zonal NAT gateway: when its zone is lost, every subnet that routes to it loses the internet.",
        ));
    }
}

const REGIONAL: &str = "NatGateway";

fn regional_gateway(to: &mut Expansion<'_>) {
    to.add(NETWORK, REGIONAL, NatGateway {
        subnet: None,
        address: None,
        vpc: Some(VPC.into()),
        mode: Some("regional".into()),
        zone_addresses: Vec::new(),
        connectivity: "public".into(),
        tags: to.tags("nat"),
        rest: Vec::new(),
    })
    .after(ATTACHMENT)
    .comment(text(
        "comment.nat-regional",
        "A regional NAT gateway needs no subnet and no address of ours: it spreads to each zone with network interfaces, within up to 60 minutes.",
    ));
}

fn nat_name(zone: Zone) -> String {
    format!("NatGateway{}", zone.capital())
}

/// Zones with a NAT gateway: it needs a public subnet to stand in.
fn nat_zones(design: &Design) -> Vec<Zone> {
    let network = &design.network;
    let zones = network.zones();
    let mut zones = zones.filter(|it| network.range(Tier::Public, *it).is_some());
    match network.nat {
        Nat::Single => zones.next().into_iter().collect(),
        Nat::PerZone => zones.collect(),
        Nat::Regional | Nat::Scheduled | Nat::EndpointsOnly | Nat::None => Vec::new(),
    }
}

/// Whether all private subnets have one way out.
fn shares_table(design: &Design) -> bool {
    match design.network.nat {
        Nat::PerZone => false,
        Nat::Scheduled => design.schedule.gateways == Gateways::One,
        Nat::Single | Nat::Regional | Nat::EndpointsOnly | Nat::None => true,
    }
}

/// One table for all private subnets while they share a way out, one a zone when each has its own.
fn private_routes(design: &Design, to: &mut Expansion<'_>) {
    let shared = shares_table(design);
    let nat_zones = nat_zones(design);
    if shared {
        let regional = design.network.nat == Nat::Regional && design.network.is_public();
        let zonal = nat_zones.first().copied().map(nat_name);
        let gateway = if regional {
            Some(REGIONAL.to_owned())
        } else {
            zonal
        };
        private_table(to, "", "private", gateway);
    }
    for zone in design.network.zones() {
        let suffix = zone.capital().to_string();
        if !shared {
            let nat = nat_zones
                .iter()
                .find(|it| **it == zone)
                .copied()
                .map(nat_name);
            private_table(to, &suffix, &format!("private-{zone}"), nat);
        }
        let table = format!("{PRIVATE_TABLE}{}", if shared { "" } else { &suffix });
        associate(to, Tier::Private, zone, &table);
    }
}

/// Names of the route tables of the private subnets.
pub(super) fn private_tables(design: &Design) -> Vec<String> {
    if shares_table(design) {
        return vec![PRIVATE_TABLE.to_owned()];
    }
    let zones = design.network.zones();
    zones
        .map(|it| format!("{PRIVATE_TABLE}{}", it.capital()))
        .collect()
}

/// The table of all isolated subnets, where there are any.
pub(super) fn isolated_table(design: &Design) -> Option<&'static str> {
    let mut tiers = design.network.tiers();
    tiers
        .any(|it| it == Tier::Isolated)
        .then_some(ISOLATED_TABLE)
}

/// One table for all isolated subnets: the VPC's own route, and what a VPN adds for the management network.
fn isolated_routes(design: &Design, to: &mut Expansion<'_>) {
    let Some(name) = isolated_table(design) else {
        return;
    };
    table(to, name, "isolated").comment(match design.vpn.management() {
        None => text(
            "comment.isolated-routes",
            "No default route: what stands in these subnets reaches the VPC and nothing else.",
        ),
        Some(_) => text(
            "comment.isolated-routes.vpn",
            "No default route: what stands in these subnets reaches the VPC, and answers the management network over the VPN.",
        ),
    });
    for zone in design.network.zones() {
        associate(to, Tier::Isolated, zone, name);
    }
}

const ISOLATED_TABLE: &str = "IsolatedRouteTable";

const PRIVATE_TABLE: &str = "PrivateRouteTable";

fn private_table(to: &mut Expansion<'_>, suffix: &str, tag: &str, nat: Option<String>) {
    let name = format!("{PRIVATE_TABLE}{suffix}");
    table(to, &name, tag);
    let Some(nat) = nat else {
        return;
    };
    to.add(
        NETWORK,
        format!("PrivateDefaultRoute{suffix}"),
        Route {
            table: name.into(),
            destination: Some(Ipv4Net::default()),
            gateway: None,
            nat: Some(nat.into()),
            peering: None,
            rest: Vec::new(),
        },
    );
}

fn table<'a>(to: &'a mut Expansion<'_>, name: &str, tag: &str) -> &'a mut Node {
    let tags = to.tags(tag);
    to.add(
        NETWORK,
        name,
        RouteTable {
            vpc: VPC.into(),
            tags,
            rest: Vec::new(),
        },
    )
}

fn associate(to: &mut Expansion<'_>, tier: Tier, zone: Zone, table: &str) {
    let subnet = subnet_name(tier, zone);
    if to.topology.node(&subnet).is_none() {
        return;
    }
    to.add(
        NETWORK,
        format!("{subnet}RouteTableAssociation"),
        RouteTableAssociation {
            subnet: subnet.into(),
            table: table.into(),
            rest: Vec::new(),
        },
    );
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    #[test]
    fn a_zone_without_a_public_subnet_gets_no_nat_gateway() {
        let mut design = crate::design::Design::new("test");
        design.network.nat = crate::design::Nat::PerZone;
        design.network.cidr = ipnet::Ipv4Net::new_assert([10, 0, 0, 0].into(), 27);
        let topology = design.expand();
        assert!(topology.node("NatGatewayA").is_some());
        assert!(topology.node("NatGatewayB").is_none());
    }
}
