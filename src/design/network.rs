//! The VPC, its zones, its subnets by tier, and the way out.

use ipnet::Ipv4Net;

use super::Edit;
use super::option::{Ranges, Whole, choice, component};
use super::{Design, Expansion, NETWORK};
use crate::aws::{
    ElasticIp, GatewayAttachment, InternetGateway, NatGateway, Region, Route, RouteTable,
    RouteTableAssociation, Subnet, Vpc, Zone,
};
use crate::text::text;

choice! {
    /// How private subnets reach the internet.
    Nat {
        /// One NAT gateway in zone a serves every private subnet.
        Single = "single",
        /// A NAT gateway in each zone.
        PerZone = "per-az",
        /// No way out.
        None = "none",
    }
}

component! {
    /// The VPC and its subnets.
    Network at network in Network {
        "region" "r" region: Region = Region::TOKYO, "Region", "The Region that all stacks are deployed to";
        "network.cidr" "nc" cidr: Ipv4Net = vpc_range(), "VPC range", "IPv4 range of the VPC, /16 to /28";
        "network.zones" "nz" zones: Whole<1, 6> = Whole::new(2), "Availability Zones", "How many zones have subnets";
        "network.public_cidrs" "np" public: Ranges = Ranges::default(), "Public subnets", "Ranges of the public subnets from zone a on, with commas between; auto, or none given for a zone, leaves it to the address plan";
        "network.private_cidrs" "nv" private: Ranges = Ranges::default(), "Private subnets", "Ranges of the private subnets from zone a on, with commas between; auto, or none given for a zone, leaves it to the address plan";
        "network.nat" "ng" nat: Nat = Nat::Single, "NAT gateways", "One NAT gateway for all zones, one in each zone, or none";
    }
}

fn vpc_range() -> Ipv4Net {
    Ipv4Net::new_assert([10, 0, 0, 0].into(), 16)
}

/// A tier of subnets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    Public,
    Private,
}

impl Tier {
    pub const ALL: [Self; 2] = [Self::Public, Self::Private];

    fn word(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Private => "Private",
        }
    }
}

impl Network {
    pub fn zones(&self) -> impl Iterator<Item = Zone> {
        Zone::first(self.zones.get())
    }

    /// The range of a subnet: as given, else from the plan.
    pub fn range(&self, tier: Tier, zone: Zone) -> Option<Ipv4Net> {
        let given = match tier {
            Tier::Public => &self.public,
            Tier::Private => &self.private,
        };
        given.of(zone.index()).or_else(|| self.planned(tier, zone))
    }

    /// The address plan: zone by zone, public before private, each a /24 where the VPC is large enough for twice as many
    /// subnets as there are now, else smaller. `None` where even /28 does not fit.
    pub fn planned(&self, tier: Tier, zone: Zone) -> Option<Ipv4Net> {
        let needed = self.zones.get() * 2;
        // The next power of two leaves room for a third tier or more zones.
        let bits = (needed * 2).next_power_of_two().trailing_zeros() as u8;
        let length = self.cidr.prefix_len().saturating_add(bits).max(24);
        let length = if length > 28 {
            (length - 1).min(28)
        } else {
            length
        };
        let place = zone.index() * 2 + usize::from(tier == Tier::Private);
        self.cidr.trunc().subnets(length).ok()?.nth(place)
    }
}

/// Name of a subnet's node.
pub fn subnet_name(tier: Tier, zone: Zone) -> String {
    format!("{}Subnet{}", tier.word(), zone.capital())
}

/// Names of the subnets of a tier, zone by zone.
pub fn subnets(design: &Design, tier: Tier) -> Vec<crate::aws::Id<Subnet>> {
    design
        .network
        .zones()
        .filter(|zone| design.network.range(tier, *zone).is_some())
        .map(|zone| subnet_name(tier, zone).into())
        .collect()
}

pub const VPC: &str = "Vpc";
pub const ATTACHMENT: &str = "InternetGatewayAttachment";
const GATEWAY: &str = "InternetGateway";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let network = &design.network;
    to.add(
        NETWORK,
        VPC,
        Vpc {
            cidr: network.cidr,
            dns_support: true,
            dns_hostnames: true,
            tags: to.tags("vpc"),
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.vpc",
        "Both DNS switches are on: private names of databases and endpoints need them.",
    ));
    to.add(
        NETWORK,
        GATEWAY,
        InternetGateway {
            tags: to.tags("internet-gateway"),
            rest: Vec::new(),
        },
    );
    to.add(
        NETWORK,
        ATTACHMENT,
        GatewayAttachment {
            vpc: VPC.into(),
            gateway: Some(GATEWAY.into()),
            rest: Vec::new(),
        },
    );
    for zone in network.zones() {
        for tier in Tier::ALL {
            if let Some(cidr) = network.range(tier, zone) {
                subnet(to, tier, zone, cidr);
            }
        }
    }
    public_routes(design, to);
    nat_gateways(design, to);
    private_routes(design, to);
}

fn subnet(to: &mut Expansion<'_>, tier: Tier, zone: Zone, cidr: Ipv4Net) {
    let name = format!("{}-{zone}", tier.word().to_lowercase());
    to.add(
        NETWORK,
        subnet_name(tier, zone),
        Subnet {
            vpc: VPC.into(),
            cidr,
            zone,
            // Nothing in a public subnet needs an address by itself: the load balancer and the NAT gateway bring their own.
            public_addresses: false,
            tags: to.tags(&name),
            rest: Vec::new(),
        },
    );
}

fn public_routes(design: &Design, to: &mut Expansion<'_>) {
    table(to, "PublicRouteTable", "public");
    let route = Route {
        table: "PublicRouteTable".into(),
        destination: Some(Ipv4Net::default()),
        gateway: Some(GATEWAY.into()),
        nat: None,
        rest: Vec::new(),
    };
    to.add(NETWORK, "PublicDefaultRoute", route)
        .after(ATTACHMENT)
        .comment(text(
            "comment.public-route",
            "This route is what makes the public subnets public.",
        ));
    for zone in design.network.zones() {
        associate(to, Tier::Public, zone, "PublicRouteTable");
    }
}

fn nat_gateways(design: &Design, to: &mut Expansion<'_>) {
    for zone in nat_zones(design) {
        let address = format!("NatGatewayAddress{}", zone.capital());
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
            subnet: subnet_name(Tier::Public, zone).into(),
            address: Some(address.into()),
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
        Nat::None => Vec::new(),
    }
}

/// One table for all private subnets while they share a way out, one a zone when each has its own.
fn private_routes(design: &Design, to: &mut Expansion<'_>) {
    let shared = design.network.nat != Nat::PerZone;
    let nat_zones = nat_zones(design);
    if shared {
        private_table(to, "", "private", nat_zones.first().copied());
    }
    for zone in design.network.zones() {
        let suffix = zone.capital().to_string();
        if !shared {
            let nat = nat_zones.iter().find(|it| **it == zone).copied();
            private_table(to, &suffix, &format!("private-{zone}"), nat);
        }
        let table = format!("PrivateRouteTable{}", if shared { "" } else { &suffix });
        associate(to, Tier::Private, zone, &table);
    }
}

fn private_table(to: &mut Expansion<'_>, suffix: &str, tag: &str, nat: Option<Zone>) {
    let name = format!("PrivateRouteTable{suffix}");
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
            nat: Some(nat_name(nat).into()),
            rest: Vec::new(),
        },
    );
}

fn table(to: &mut Expansion<'_>, name: &str, tag: &str) {
    to.add(
        NETWORK,
        name,
        RouteTable {
            vpc: VPC.into(),
            tags: to.tags(tag),
            rest: Vec::new(),
        },
    );
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
mod tests {
    use super::{Network, Tier, Whole};
    use crate::aws::Zone;

    #[test]
    fn two_zones_get_the_ranges_of_the_document() {
        let network = Network::default();
        let ranges: Vec<String> = network
            .zones()
            .flat_map(|zone| Tier::ALL.map(|tier| (tier, zone)))
            .filter_map(|(tier, zone)| network.range(tier, zone))
            .map(|range| range.to_string())
            .collect();
        assert_eq!(
            ranges,
            ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
        );
    }

    #[test]
    fn a_zone_without_a_public_subnet_gets_no_nat_gateway() {
        let mut design = crate::design::Design::new("test");
        design.network.nat = super::Nat::PerZone;
        design.network.cidr = ipnet::Ipv4Net::new_assert([10, 0, 0, 0].into(), 27);
        let topology = design.expand();
        assert!(topology.node("NatGatewayA").is_some());
        assert!(topology.node("NatGatewayB").is_none());
    }

    #[test]
    fn every_size_of_vpc_that_can_hold_the_subnets_gets_disjoint_ones() {
        for length in 16..=28 {
            for zones in 1..=6 {
                let network = Network {
                    cidr: ipnet::Ipv4Net::new_assert([10, 1, 0, 0].into(), length),
                    zones: Whole::new(zones),
                    ..Network::default()
                };
                let planned: Vec<_> = Zone::first(zones)
                    .flat_map(|zone| Tier::ALL.map(|tier| (tier, zone)))
                    .filter_map(|(tier, zone)| network.planned(tier, zone))
                    .collect();
                let fits = 2 * zones <= 1 << (28 - length).min(8);
                assert!(
                    !fits || planned.len() == 2 * zones as usize,
                    "/{length} with {zones} zones: {planned:?}"
                );
                for (place, one) in planned.iter().enumerate() {
                    assert!(network.cidr.contains(one));
                    assert!(
                        !planned[..place]
                            .iter()
                            .any(|it| it.contains(one) || one.contains(it))
                    );
                }
            }
        }
    }
}
