//! Clients in other Regions: each with a small private VPC that is peered with the main one, a function that calls the
//! private API, and a private hosted zone that leads the API's name to its endpoint.
//!
//! The way back stands in the main Region, in a stack of its own: it needs the peering connection, which is there only once
//! the client is.

use ipnet::Ipv4Net;

use super::address::next_free;
use super::network::{VPC, planned_within};
use super::option::{Places, Whole, component};
use super::private_vpc::PrivateVpc;
use super::routes::private_tables;
use super::{
    CLIENT, Design, Edit, Expansion, NETWORK, Network, ROUTES, SECURITY, endpoints, function,
    private_zone,
};
use crate::aws::{
    Cidr, Name, Region, Route, Rule, SecurityGroup, SecurityGroupIngress, SsmParameter, Value,
    VpcPeeringConnection, Zone, overlap,
};
use crate::text::text;

/// So many Regions can have a client.
pub(super) const MOST: usize = 2;

/// Prefix length of a range with room for a subnet in each of six zones.
const ROOMY: u8 = 24;

component! {
    /// Clients in other Regions.
    Clients at clients in Clients {
        "client.enabled" "le" enabled: bool = false, "Client VPC", "A private VPC in another Region, or in the same, peered with the main VPC";
        "client.region" "lr" region: Region = Region::VIRGINIA, "Client Region", "Where the client's VPC stands";
        "client.second" "l2" second: bool = false, "Second client", "A second client VPC like the first, as a rule in yet another Region; the two do not reach each other, as peering is not transitive";
        "client.second_region" "ls" second_region: Region = Region::IRELAND, "Region of the second client", "Where the second client's VPC stands";
        "client.zones" "lz" zones: Whole<1, 6> = Whole::new(2), "Client zones", "How many zones a client has subnets in";
        "client.cidrs" "lc" cidrs: Places<MOST> = Places::default(), "Client ranges", "IPv4 ranges of the clients' VPCs, /16 to /28, with a comma between; auto, or none given, takes the next free block of the main VPC's size";
        "client.peering" "lp" peering: bool = true, "Peering", "A VPC peering connection from each client to the main VPC, and the routes to it; no transit gateway, on purpose: between two VPCs it carries nothing more and costs by the hour and the gigabyte";
        "client.return_routes" "lb" return_routes: bool = true, "Return routes", "Routes from the main VPC back to the clients; without them calls arrive and answers do not";
        "client.hosted_zone" "ld" hosted_zone: bool = true, "Private hosted zone", "A private zone for the API's name in each client's VPC, whose alias leads to the API's endpoint";
        "client.flow_logs" "lf" flow_logs: bool = true, "Client flow logs", "A record of every connection of the clients' VPCs in CloudWatch Logs of their own Region, kept for 30 days";
    }
}

/// A client in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    pub place: usize,
    pub region: Region,
    /// `None`: no private address is left.
    pub range: Option<Ipv4Net>,
}

impl Client {
    /// What the names of its resources begin with.
    pub fn word(&self) -> &'static str {
        if self.place == 0 {
            "Client"
        } else {
            "SecondClient"
        }
    }

    /// The name of one of its nodes.
    pub fn node(&self, what: &str) -> String {
        format!("{}{what}", self.word())
    }

    /// What its tags begin with.
    pub(super) fn tag(&self, what: &str) -> String {
        let word = if self.place == 0 {
            "client"
        } else {
            "second-client"
        };
        format!("{word}-{what}")
    }

    /// The main Region, as a `Sub` of the client's stack names it.
    pub(super) fn main(&self, design: &Design) -> &'static str {
        let main = design.network.region;
        if main == self.region {
            "${AWS::Region}"
        } else {
            main.code()
        }
    }

    /// The same as a value of its own.
    pub(super) fn main_region(&self, design: &Design) -> Value {
        let main = design.network.region;
        if main == self.region {
            Value::reference("AWS::Region")
        } else {
            main.code().into()
        }
    }

    /// Its stack.
    pub(super) fn stack(&self) -> usize {
        CLIENT + self.place
    }

    /// Its subnets by zone: name, and range where there is room for one.
    pub fn subnets(&self, zones: u32) -> Vec<(Zone, String, Option<Ipv4Net>)> {
        let range = |zone| planned_within(self.range?, zones, zone);
        let name = |zone: Zone| self.node(&format!("Subnet{}", zone.capital()));
        let all = Zone::first(zones);
        all.map(|zone| (zone, name(zone), range(zone))).collect()
    }
}

impl Clients {
    /// Every client, with the range that is given or planned for it, clear of the main VPC, of further VPCs and of one
    /// another.
    pub fn all(&self, design: &Design) -> Vec<Client> {
        self.planned(&design.network, &mut taken(design))
    }

    fn planned(&self, network: &Network, taken: &mut Vec<Ipv4Net>) -> Vec<Client> {
        if !self.enabled {
            return Vec::new();
        }
        let count = 1 + usize::from(self.second);
        taken.extend((0..count).filter_map(|it| self.cidrs.of(it)));
        let length = network.cidr.prefix_len().clamp(16, 28);
        let regions = [self.region, self.second_region].into_iter().take(count);
        let mut all = Vec::new();
        for (place, region) in regions.enumerate() {
            let planned = || next_free(length, network.cidr, taken);
            let range = self.cidrs.of(place).or_else(planned);
            taken.extend(range);
            all.push(Client {
                place,
                region,
                range,
            });
        }
        all
    }

    /// The clients with the one in a place moved to a free range, and that range: the plan's, else a /24 where the plan's
    /// is what it has, or small.
    pub fn moved(&self, design: &Design, place: usize) -> Option<(Self, Ipv4Net)> {
        let mut moved = self.clone();
        let roomy = design.network.cidr.prefix_len() <= ROOMY;
        let given = moved.cidrs.0.get_mut(place);
        if let Some(given) = given.filter(|it| roomy && it.is_some()) {
            *given = None;
            let range = moved.all(design).get(place)?.range?;
            return Some((moved, range));
        }
        let mut taken = taken(design);
        taken.extend(self.all(design).into_iter().filter_map(|it| it.range));
        let range = next_free(ROOMY, design.network.cidr, &taken)?;
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
}

/// Ranges of the VPCs that clients must keep clear of.
fn taken(design: &Design) -> Vec<Ipv4Net> {
    let further = design.vpcs.all(&design.network);
    let further = further.into_iter().filter_map(|it| it.range);
    design.network.ranges().chain(further).collect()
}

pub(super) const ROUTE_TABLES: &str = "RouteTableIds";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let all = design.clients.all(design);
    for it in &all {
        let Some(range) = it.range else {
            continue;
        };
        if let Some(stack) = to.topology.stacks.get_mut(it.stack()) {
            stack.region = it.region;
        }
        vpc(design, to, it, range);
        if design.clients.peering {
            peering(design, to, it);
        }
        if design.api.enabled {
            admit(to, it, range);
            if design.clients.hosted_zone {
                private_zone::expand(design, to, it);
            }
        }
        function::expand(design, to, it);
    }
    if !all.is_empty() && design.clients.peering && design.clients.return_routes {
        way_back(design, to, &all);
    }
}

fn vpc(design: &Design, to: &mut Expansion<'_>, it: &Client, range: Ipv4Net) {
    PrivateVpc {
        stack: it.stack(),
        vpc: it.node("Vpc"),
        table: it.node("RouteTable"),
        range,
        subnets: it.subnets(design.clients.zones.get()),
        tag: it.tag("vpc"),
        private: it.tag("private"),
        comment: text(
            "comment.client-vpc",
            "No internet gateway: a function in a VPC has no public address, so one would carry nothing.",
        ),
    }
    .expand(to);
}

fn peering_name(it: &Client) -> String {
    it.node("Peering")
}

/// The connection and the way there.
fn peering(design: &Design, to: &mut Expansion<'_>, it: &Client) {
    let main = design.network.region;
    let tags = to.tags(&it.tag("to-main"));
    to.add(
        it.stack(),
        peering_name(it),
        VpcPeeringConnection {
            vpc: it.node("Vpc").into(),
            peer: VPC.into(),
            peer_region: (main != it.region).then(|| main.code().into()),
            peer_owner: None,
            tags,
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.client-peering",
        "CloudFormation accepts the request by itself, in the other Region too, as both VPCs belong to this account.",
    ));
    for (place, range) in design.network.ranges().enumerate() {
        let number = numbered(place);
        let there = over(&it.node("RouteTable"), range, it);
        to.add(it.stack(), it.node(&format!("RouteToMain{number}")), there);
    }
}

fn over(table: &str, destination: Ipv4Net, it: &Client) -> Route {
    Route {
        table: table.into(),
        destination: Some(destination.trunc()),
        gateway: None,
        nat: None,
        peering: Some(peering_name(it).into()),
        rest: Vec::new(),
    }
}

fn numbered(place: usize) -> String {
    if place == 0 {
        String::new()
    } else {
        (place + 1).to_string()
    }
}

/// The way back, from every private route table of the main VPC, whose ids the main Region publishes in Parameter Store.
fn way_back(design: &Design, to: &mut Expansion<'_>, all: &[Client]) {
    let tables = private_tables(design);
    let ids = tables.iter().map(|it| Value::reference(it.as_str()));
    to.add(
        NETWORK,
        ROUTE_TABLES,
        SsmParameter {
            name: Some(Value::sub("/azimuth/${AWS::StackName}/route-table-ids")),
            kind: "StringList".into(),
            value: Value::join(ids.collect()),
            description: Some("Private route tables, for the stack with the return routes".into()),
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.route-tables",
        "The name is derived from the stack's, so that two copies of the design fit into one account; it begins with a word of its own, as AWS keeps names that begin with aws or ssm.",
    ));
    for it in all {
        let Some(range) = it.range else {
            continue;
        };
        for (place, table) in tables.iter().enumerate() {
            let back = over(table, range, it);
            let name = format!("{table}To{}", it.word());
            let node = to.add(ROUTES, name, back);
            if place == 0 {
                node.comment(text(
                    "comment.client-back",
                    "The way back: without it calls arrive at the endpoint, and their answers find no route.",
                ));
            }
        }
    }
}

/// Name of the rule that lets a client into the API's endpoint.
fn admit(to: &mut Expansion<'_>, it: &Client, range: Ipv4Net) {
    to.add(
        SECURITY,
        format!("{}ToEndpoints443Ingress", it.word()),
        SecurityGroupIngress {
            group: endpoints::SECURITY_GROUP.into(),
            protocol: "tcp".into(),
            from_port: Some(443),
            to_port: Some(443),
            cidr: Some(Cidr::Range(range.trunc())),
            source: None,
            description: Some("HTTPS from the client VPC".into()),
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.client-admitted",
        "A range and no group: one of another Region could not be named.",
    ));
}

/// The client's way out of its security group: to the main VPC alone.
pub(super) fn group(design: &Design, to: &mut Expansion<'_>, it: &Client) -> Name {
    let name = it.node("SecurityGroup");
    let egress = design
        .network
        .ranges()
        .map(|range| Rule::range(443, range.trunc(), "HTTPS to the main VPC"));
    let tags = to.tags(&it.tag("function"));
    let node = to.add(
        it.stack(),
        name.as_str(),
        SecurityGroup {
            description: "Function: HTTPS to the main VPC and nowhere else".into(),
            vpc: it.node("Vpc").into(),
            ingress: Vec::new(),
            egress: egress.collect(),
            tags,
            rest: Vec::new(),
        },
    );
    node.name.clone()
}
