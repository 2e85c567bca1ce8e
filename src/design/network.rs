//! The VPC, its zones and its subnets by tier, with their ranges.

use ipnet::Ipv4Net;

use super::Edit;
use super::option::{Blocks, Ranges, Whole, choice, component};
use super::{Design, Expansion, NETWORK, routes};
use crate::aws::{GatewayAttachment, InternetGateway, Region, Subnet, Vpc, VpcCidrBlock, Zone};
use crate::text::text;

choice! {
    /// How private subnets reach the internet and AWS.
    Nat {
        /// One NAT gateway in zone a serves every private subnet.
        Single = "single",
        /// A NAT gateway in each zone.
        PerZone = "per-az",
        /// One NAT gateway that spreads over all zones by itself.
        Regional = "regional",
        /// NAT gateways that a schedule opens for a window and closes again.
        Scheduled = "scheduled",
        /// No way to the internet, and an endpoint for each AWS service that the instances call.
        EndpointsOnly = "endpoints-only",
        /// No way out.
        None = "none",
    }
}

impl Nat {
    /// Every strategy, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Single,
        Self::PerZone,
        Self::Regional,
        Self::Scheduled,
        Self::EndpointsOnly,
        Self::None,
    ];

    /// Whether there is a NAT gateway, if only for hours.
    pub fn has_gateway(self) -> bool {
        match self {
            Self::Single | Self::PerZone | Self::Regional | Self::Scheduled => true,
            Self::EndpointsOnly | Self::None => false,
        }
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
        "network.tiers" "nt" tiers: Whole<1, 3> = Whole::new(2), "Tiers", "One: private subnets alone, without an internet gateway; two: public and private ones; three: isolated ones too, without any way out, where the database and the cache stand";
        "network.isolated_cidrs" "ni" isolated: Ranges = Ranges::default(), "Isolated subnets", "Ranges of the isolated subnets from zone a on, with commas between; auto, or none given for a zone, leaves it to the address plan";
        "network.secondary_cidrs" "ns" secondary: Blocks<4> = Blocks::default(), "Secondary VPC ranges", "Up to four further ranges of the VPC, with commas between; the address plan goes on in them when the first is full";
        "network.nat" "ng" nat: Nat = Nat::Single, "Egress", "One NAT gateway for all zones, one in each zone, a regional one, one that a schedule opens and closes, endpoints of AWS services alone, or no way out";
    }
}

fn vpc_range() -> Ipv4Net {
    Ipv4Net::new_assert([10, 0, 0, 0].into(), 16)
}

/// A tier of subnets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Faces the internet: load balancer and NAT gateways.
    Public,
    /// The instances.
    Private,
    /// The database, where there are three tiers.
    Isolated,
}

impl Tier {
    pub const ALL: [Self; 3] = [Self::Public, Self::Private, Self::Isolated];

    fn word(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Private => "Private",
            Self::Isolated => "Isolated",
        }
    }
}

impl Network {
    pub fn zones(&self) -> impl Iterator<Item = Zone> {
        Zone::first(self.zones.get())
    }

    /// The tiers that there are, the public one first.
    pub fn tiers(&self) -> impl Iterator<Item = Tier> + use<> {
        tiers(self.tiers.get())
    }

    /// Whether there are public subnets, and with them an internet gateway.
    pub fn is_public(&self) -> bool {
        self.tiers().any(|it| it == Tier::Public)
    }

    /// Every subnet by tier and zone, zone by zone.
    pub fn places(&self) -> impl Iterator<Item = (Tier, Zone)> + use<> {
        let count = self.tiers.get();
        let zones = Zone::first(self.zones.get());
        zones.flat_map(move |zone| tiers(count).map(move |it| (it, zone)))
    }

    /// The ranges of the VPC, the first one first.
    pub fn ranges(&self) -> impl Iterator<Item = Ipv4Net> + '_ {
        [self.cidr]
            .into_iter()
            .chain(self.secondary.0.iter().copied())
    }

    /// Where the database stands.
    pub fn data_tier(&self) -> Tier {
        if self.tiers.get() > 2 {
            Tier::Isolated
        } else {
            Tier::Private
        }
    }

    /// The range of a subnet: as given, else from the plan; `None` for a tier that there is not.
    pub fn range(&self, tier: Tier, zone: Zone) -> Option<Ipv4Net> {
        if !self.tiers().any(|it| it == tier) {
            return None;
        }
        let given = match tier {
            Tier::Public => &self.public,
            Tier::Private => &self.private,
            Tier::Isolated => &self.isolated,
        };
        given.of(zone.index()).or_else(|| self.planned(tier, zone))
    }

    /// The address plan: zone by zone, public before private, each a /24 where the VPC is large enough for twice as many
    /// subnets as there are now, else smaller. Isolated subnets stand behind those of all six zones where the VPC is large
    /// enough, so that neither a zone nor a tier more moves a subnet that is there. What the first range has no room for
    /// goes on in the secondary ones, in their order. `None` where even /28 does not fit.
    pub fn planned(&self, tier: Tier, zone: Zone) -> Option<Ipv4Net> {
        let length = self.planned_length();
        let first = room(self.cidr, length);
        let pairs = if first >= Zone::MAX * Tier::ALL.len() {
            Zone::MAX
        } else {
            self.zones.get() as usize
        };
        let alone = !self.is_public();
        let mut place = match tier {
            Tier::Private if alone => zone.index(),
            Tier::Public => zone.index() * 2,
            Tier::Private => zone.index() * 2 + 1,
            Tier::Isolated => pairs * 2 + zone.index(),
        };
        for range in self.ranges() {
            let room = room(range, length);
            if place < room {
                return range.trunc().subnets(length).ok()?.nth(place);
            }
            place -= room;
        }
        None
    }

    /// Prefix length of the planned subnets.
    fn planned_length(&self) -> u8 {
        // With ranges to go on in, no subnet need be too small for a load balancer.
        let longest = if self.secondary.0.is_empty() { 28 } else { 27 };
        subnet_length(self.cidr, self.zones.get() * self.tiers.get(), longest)
    }
}

/// One tier is the private one.
fn tiers(count: u32) -> impl Iterator<Item = Tier> + use<> {
    let skipped = usize::from(count == 1);
    Tier::ALL.into_iter().skip(skipped).take(count as usize)
}

/// Prefix length of so many subnets of a range: room for as many again where there is any, and none larger than a /24.
fn subnet_length(range: Ipv4Net, needed: u32, longest: u8) -> u8 {
    // The next power of two leaves room for a third tier or more zones.
    let bits = (needed * 2).next_power_of_two().trailing_zeros() as u8;
    let length = range.prefix_len().saturating_add(bits).max(24);
    if length > longest {
        (length - 1).min(longest)
    } else {
        length
    }
}

/// The range of a zone's subnet in a VPC that has one in each of so many zones; `None` where even /28 does not fit.
pub(super) fn planned_within(range: Ipv4Net, zones: u32, zone: Zone) -> Option<Ipv4Net> {
    let length = subnet_length(range, zones, 28);
    range.trunc().subnets(length).ok()?.nth(zone.index())
}

/// How many subnets of a size a range holds.
fn room(range: Ipv4Net, length: u8) -> usize {
    match length.checked_sub(range.prefix_len()) {
        Some(bits) => 1_usize << bits.min(31),
        None => 0,
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
pub(super) const GATEWAY: &str = "InternetGateway";

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
    if network.is_public() {
        gateway(to);
    }
    secondary_ranges(network, to);
    for (tier, zone) in network.places() {
        if let Some(cidr) = network.range(tier, zone) {
            subnet(network, to, tier, zone, cidr);
        }
    }
    routes::expand(design, to);
}

fn gateway(to: &mut Expansion<'_>) {
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
            vpn: None,
            rest: Vec::new(),
        },
    );
}

fn secondary_name(place: usize) -> String {
    format!("SecondaryRange{}", place + 1)
}

fn secondary_ranges(network: &Network, to: &mut Expansion<'_>) {
    for (place, range) in network.secondary.0.iter().enumerate() {
        to.add(
            NETWORK,
            secondary_name(place),
            VpcCidrBlock {
                vpc: VPC.into(),
                cidr: Some(*range),
                rest: Vec::new(),
            },
        );
    }
}

fn subnet(network: &Network, to: &mut Expansion<'_>, tier: Tier, zone: Zone, cidr: Ipv4Net) {
    let name = format!("{}-{zone}", tier.word().to_lowercase());
    let node = to.add(
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
    // The subnet refers to the VPC alone: nothing else says that its range has to be there first.
    let mut secondary = network.secondary.0.iter();
    if let Some(place) = secondary.position(|it| it.contains(&cidr)) {
        node.after(&secondary_name(place));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Network, Tier, Whole};
    use crate::aws::Zone;

    #[test]
    fn two_zones_get_the_ranges_of_the_document() {
        let network = Network::default();
        let ranges: Vec<String> = network
            .zones()
            .flat_map(|zone| [Tier::Public, Tier::Private].map(|tier| (tier, zone)))
            .filter_map(|(tier, zone)| network.range(tier, zone))
            .map(|range| range.to_string())
            .collect();
        assert_eq!(
            ranges,
            ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
        );
    }

    /// Every planned range of a network.
    fn plan(network: &Network) -> Vec<ipnet::Ipv4Net> {
        let places = network.places();
        places
            .filter_map(|(tier, zone)| network.planned(tier, zone))
            .collect()
    }

    fn network(cidr: &str, zones: u32, tiers: u32) -> Network {
        Network {
            cidr: cidr.parse().unwrap(),
            zones: Whole::new(zones),
            tiers: Whole::new(tiers),
            ..Network::default()
        }
    }

    #[test]
    fn every_size_of_vpc_that_can_hold_the_subnets_gets_disjoint_ones() {
        for (length, zones, tiers) in
            (16..=28).flat_map(|it| (1..=6).flat_map(move |z| (2..=3).map(move |t| (it, z, t))))
        {
            let network = network(&format!("10.1.0.0/{length}"), zones, tiers);
            let planned = plan(&network);
            let needed = (tiers * zones) as usize;
            let fits = needed <= 1 << (28_u32 - length).min(8);
            assert!(
                !fits || planned.len() == needed,
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

    #[test]
    fn a_zone_or_a_tier_more_moves_no_subnet_of_a_large_vpc() {
        let all = plan(&network("10.0.0.0/16", 6, 3));
        for (zones, tiers) in [(1, 2), (2, 2), (2, 3), (6, 2)] {
            let fewer = plan(&network("10.0.0.0/16", zones, tiers));
            assert!(fewer.iter().all(|it| all.contains(it)), "{zones} {tiers}");
        }
        let isolated =
            network("10.0.0.0/16", 2, 3).planned(Tier::Isolated, Zone::first(2).last().unwrap());
        assert_eq!(isolated.unwrap().to_string(), "10.0.13.0/24");
    }

    #[test]
    fn a_full_range_goes_on_in_the_secondary_ones() {
        let mut network = network("10.0.0.0/25", 3, 3);
        network.secondary.0 = vec![
            "100.64.0.0/26".parse().unwrap(),
            "10.9.0.0/24".parse().unwrap(),
        ];
        let planned: Vec<String> = plan(&network).iter().map(ToString::to_string).collect();
        assert_eq!(
            planned,
            [
                "10.0.0.0/27",
                "10.0.0.32/27",
                "10.9.0.0/27",
                "10.0.0.64/27",
                "10.0.0.96/27",
                "10.9.0.32/27",
                "100.64.0.0/27",
                "100.64.0.32/27",
                "10.9.0.64/27",
            ]
        );
    }
}
