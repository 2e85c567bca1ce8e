//! Further VPCs beside the main one: small private networks for what several systems share, each peered with the main VPC.

use ipnet::Ipv4Net;

use super::address::next_free;
use super::network::{VPC, planned_within};
use super::observability::flow_log;
use super::option::{Labels, Places, component};
use super::private_vpc::PrivateVpc;
use super::routes::PUBLIC_TABLE;
use super::{Design, Edit, Expansion, Network, VPCS, logs};
use crate::aws::{Name, Route, RouteTable, VpcPeeringConnection, Zone, overlap};
use crate::text::text;

/// So many further VPCs can be asked for: more than the default quota of a Region allows, which can be raised.
const MOST: usize = 8;

/// Prefix length of a range with room for a subnet in each of six zones, and as many again.
const ROOMY: u8 = 24;

component! {
    /// VPCs beside the main one.
    Vpcs at vpcs in Vpcs {
        "vpcs.names" "xn" names: Labels<MOST> = Labels::default(), "VPCs", "Short names, with commas between, of VPCs beside the main one, as shared,tools. Each has one private subnet in every zone and no NAT gateway or internet gateway: nothing in it reaches the internet";
        "vpcs.cidrs" "xc" cidrs: Places<MOST> = Places::default(), "VPC ranges", "Their IPv4 ranges, in the order of the names, with commas between; auto, or none given, takes the next free block of the main VPC's size";
        "vpcs.peered" "xp" peered: bool = true, "Peering", "A VPC peering connection from the main VPC to each of them, with routes on both sides. They do not reach one another: peering is not transitive";
    }
}

/// A further VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Further {
    /// As the option has it: `shared`.
    pub label: String,
    /// `Shared`: names of its resources are made of it.
    word: String,
    /// `None`: no private address is left.
    pub range: Option<Ipv4Net>,
}

impl Further {
    /// Name of its node.
    pub fn node(&self) -> String {
        format!("Vpc{}", self.word)
    }

    fn subnet_name(&self, zone: Zone) -> String {
        format!("{}Subnet{}", self.node(), zone.capital())
    }

    /// Its subnets by zone: name, and range where there is room for one.
    pub fn subnets(&self, network: &Network) -> Vec<(Zone, String, Option<Ipv4Net>)> {
        let zones = network.zones.get();
        let range = |zone| planned_within(self.range?, zones, zone);
        let all = network.zones();
        all.map(|zone| (zone, self.subnet_name(zone), range(zone)))
            .collect()
    }
}

impl Vpcs {
    /// Every further VPC, with the range that is given or planned for it: each in its place behind the main VPC's ranges,
    /// clear of those and of one another, so that any two of them can be peered.
    pub fn all(&self, network: &Network) -> Vec<Further> {
        let mut taken: Vec<Ipv4Net> = network.ranges().collect();
        taken.extend((0..self.names.0.len()).filter_map(|it| self.cidrs.of(it)));
        let length = network.cidr.prefix_len().clamp(16, 28);
        let mut all = Vec::new();
        for (place, label) in self.names.0.iter().enumerate() {
            let planned = || next_free(length, network.cidr, &taken);
            let range = self.cidrs.of(place).or_else(planned);
            taken.extend(range);
            all.push(Further {
                label: label.clone(),
                word: capitalized(label),
                range,
            });
        }
        all
    }

    /// The VPCs with the one in a place moved to a free range, and that range: the plan's, else a /24 where the plan's is
    /// what it has, or small.
    pub fn moved(&self, network: &Network, place: usize) -> Option<(Self, Ipv4Net)> {
        let mut moved = self.clone();
        let roomy = network.cidr.prefix_len() <= ROOMY;
        if let Some(given) = moved
            .cidrs
            .0
            .get_mut(place)
            .filter(|it| roomy && it.is_some())
        {
            *given = None;
            let range = moved.all(network).get(place)?.range?;
            return Some((moved, range));
        }
        let others = self.all(network).into_iter().filter_map(|it| it.range);
        let taken: Vec<Ipv4Net> = network.ranges().chain(others).collect();
        let range = next_free(ROOMY, network.cidr, &taken)?;
        let length = moved.cidrs.0.len().max(place + 1);
        moved.cidrs.0.resize(length, None);
        *moved.cidrs.0.get_mut(place)? = Some(range);
        Some((moved, range))
    }

    /// Leaves ranges that touch the main VPC's to the plan.
    pub fn give_way(&mut self, network: &Network) {
        for given in &mut self.cidrs.0 {
            let mut main = network.ranges();
            if given.is_some_and(|it| main.any(|main| overlap(&main, &it))) {
                *given = None;
            }
        }
    }

    /// The first ones alone.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        let mut fewer = self.clone();
        fewer.names.0.truncate(count);
        fewer.cidrs.0.truncate(count);
        fewer
    }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
    first.to_ascii_uppercase() + rest
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    for it in design.vpcs.all(&design.network) {
        let Some(range) = it.range else {
            continue;
        };
        vpc(design, to, &it, range);
        if design.vpcs.peered {
            peering(design, to, &it, range);
        }
        if design.observability.flow_logs {
            let tags = to.tags(&format!("vpc-{}", it.label));
            let log = flow_log(&it.node(), design.observability.flow_filter, tags);
            to.add(VPCS, format!("{}FlowLog", it.node()), log)
                .after(logs::POLICY);
        }
    }
}

fn vpc(design: &Design, to: &mut Expansion<'_>, it: &Further, range: Ipv4Net) {
    PrivateVpc {
        stack: VPCS,
        vpc: it.node(),
        table: format!("{}RouteTable", it.node()),
        range,
        subnets: it.subnets(&design.network),
        tag: format!("vpc-{}", it.label),
        private: format!("{}-private", it.label),
        comment: text(
            "comment.further-vpc",
            "No internet gateway and no NAT gateway: what stands here reaches this VPC and those that it is peered with.",
        ),
    }
    .expand(to);
}

/// The connection, the way there from every private and isolated table of the main VPC, and the way back.
fn peering(design: &Design, to: &mut Expansion<'_>, it: &Further, range: Ipv4Net) {
    let name = format!("{}Peering", it.node());
    let tags = to.tags(&format!("main-{}", it.label));
    to.add(
        VPCS,
        name.as_str(),
        VpcPeeringConnection {
            vpc: VPC.into(),
            peer: it.node().into(),
            peer_region: None,
            peer_owner: None,
            tags,
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.peering",
        "CloudFormation accepts the request by itself, as both VPCs belong to this account. Packets pass between these two VPCs alone, and only where both have a route.",
    ));
    let route = |table: &str, destination: Ipv4Net| Route {
        table: table.into(),
        destination: Some(destination),
        gateway: None,
        nat: None,
        peering: Some(name.as_str().into()),
        rest: Vec::new(),
    };
    let tables = to.topology.all::<RouteTable>();
    let tables = tables.filter(|(table, of)| *of.vpc.name == *VPC && **table != *PUBLIC_TABLE);
    let tables: Vec<Name> = tables.map(|(table, _)| table.clone()).collect();
    for table in tables {
        let there = route(&table, range.trunc());
        to.add(VPCS, format!("{table}To{}", it.word), there);
    }
    let own = format!("{}RouteTable", it.node());
    for (place, main) in design.network.ranges().enumerate() {
        let number = if place == 0 {
            String::new()
        } else {
            (place + 1).to_string()
        };
        let back = route(&own, main.trunc());
        let node = to.add(VPCS, format!("{}RouteToMain{number}", it.node()), back);
        if place == 0 {
            node.comment(text(
                "comment.peering-back",
                "The way back: without it answers to the main VPC find no route.",
            ));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::design::Design;

    fn ranges(settings: &[(&str, &str)]) -> Vec<String> {
        let mut design = Design::new("test");
        for (key, value) in settings {
            design.set(key, value).unwrap();
        }
        let all = design.vpcs.all(&design.network).into_iter();
        all.map(|it| it.range.unwrap().to_string()).collect()
    }

    #[test]
    fn the_plan_gives_the_next_free_blocks_and_keeps_clear_of_those_that_are_given() {
        let names = ("vpcs.names", "shared,tools,audit");
        assert_eq!(
            ranges(&[names]),
            ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"]
        );
        let secondary = ("network.secondary_cidrs", "10.1.0.0/16");
        let given = ("vpcs.cidrs", "auto,10.4.0.0/16,auto");
        assert_eq!(
            ranges(&[names, secondary, given]),
            ["10.2.0.0/16", "10.4.0.0/16", "10.3.0.0/16"]
        );
        let small = ("network.cidr", "192.168.0.0/24");
        assert_eq!(
            ranges(&[names, small]),
            ["192.168.1.0/24", "192.168.2.0/24", "192.168.3.0/24"]
        );
    }

    #[test]
    fn names_make_names_of_resources_and_are_refused_otherwise() {
        let mut design = Design::new("test");
        for wrong in [
            "Shared",
            "a-b",
            "1a",
            "a,a",
            "averyverylongname",
            "a,b,c,d,e,f,g,h,i",
        ] {
            assert!(design.set("vpcs.names", wrong).is_err(), "{wrong}");
        }
        design.set("vpcs.names", " public , b2").unwrap();
        let topology = design.expand();
        assert!(topology.node("VpcPublicSubnetB").is_some());
        assert!(topology.node("VpcB2RouteToMain").is_some());
        assert!(topology.node("PrivateRouteTableToB2").is_some());
    }
}
