//! What stands beside the shapes, in words: the one place of this stage that knows types.

use std::cell::LazyCell;

use ipnet::Ipv4Net;
use itoa::Buffer;

use super::detail::Detail;
use super::wire::is_synchronous;
use crate::aws::{
    AutoScalingGroup, BackupVault, CacheGroup, CustomerGateway, DbCluster, DbInstance, Figure,
    Function, Glyph, Home, LaunchTemplate, Name, NatGateway, Region, RouteTable, Subnet,
    VpcEndpoint, VpcPeeringConnection, VpnPropagation, Zone,
};
use crate::text::{Lang, Text, text};
use crate::topology::traffic::Tables;
use crate::topology::{Node, Role, Topology};

/// Words about a topology in a language.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub topology: &'a Topology,
    pub tables: &'a Tables<'a>,
    pub detail: Detail,
    pub lang: Lang,
}

const USERS: Text = text("diagram.users", "Users");
const INTERNET: Text = text("diagram.internet", "Internet");
const REGION: Text = text("diagram.region", "Region");
const ZONE: Text = text("diagram.zone", "Availability Zone {zone}");
const ZONE_DOWN: Text = text("diagram.zone-down", "Zone {zone} DOWN");
const WITHIN: Text = text("diagram.within", "{what}, {where}");
const MISSING: Text = text("diagram.missing", "{name} (missing)");
const PUBLIC_SUBNET: Text = text("diagram.subnet.public", "Public subnet {zone}");
const PRIVATE_SUBNET: Text = text("diagram.subnet.private", "Private subnet {zone}");
const ISOLATED_SUBNET: Text = text("diagram.subnet.isolated", "Isolated subnet {zone}");
const PUBLIC_ROUTES: Text = text("diagram.routes.public", "Public routes {zone}");
const PRIVATE_ROUTES: Text = text("diagram.routes.private", "Private routes {zone}");
const ISOLATED_ROUTES: Text = text("diagram.routes.isolated", "Isolated routes {zone}");
const ENDPOINT_ROUTE: Text = text("diagram.routes.endpoint", "{service} → endpoint");
const VPN_ROUTES: Text = text("diagram.routes.vpn", "VPN → VGW (learned)");
const ENDPOINT: Text = text("diagram.endpoint", "{service} endpoint");
const ENDPOINTS: Text = text("diagram.endpoints", "Interface endpoints ×{count}");
const CLIENT_VPC: Text = text("diagram.client-vpc", "Client VPC");
const SECOND_CLIENT_VPC: Text = text("diagram.second-client-vpc", "Second client VPC");
const RUNNER: Text = text("diagram.runner", "Network interface of {name}");
const INTERFACE: Text = text(
    "diagram.interface",
    "Network interface of the {service} endpoint",
);
const INSPECTOR: Text = text("diagram.inspector", "Amazon Inspector");
const SCHEDULED: Text = text("diagram.scheduled", "{what}, scheduled");
const REGIONAL_NAT: Text = text("diagram.nat-regional", "Regional NAT gateway");
const MAIN_ROUTES: Text = text("diagram.routes.main", "Main route table");
const LOCAL: Text = text("diagram.routes.local-target", "local");
const LOCAL_ONLY: Text = text("diagram.routes.local", "local only");
const BLACKHOLE: Text = text("diagram.routes.blackhole", "blackhole");
const BALANCER_NODE: Text = text("diagram.balancer-node", "Load balancer node in zone {zone}");
const INSTANCE: Text = text("diagram.instance", "EC2 instance {name}");
const INSTANCES: Text = text("diagram.instances", "{count} EC2 instances in zone {zone}");
const PRIMARY: Text = text("diagram.primary", "Primary");
const STANDBY: Text = text("diagram.standby", "Standby");
const MANY: Text = text("diagram.many", "{what}s ×{count}");
const MANY_PLURAL: Text = text("diagram.many-plural", "{what} ×{count}");
const BASTION: Text = text("diagram.bastion", "Bastion host");
const REPLICA: Text = text("diagram.replica", "Replica");
const WRITER: Text = text("diagram.writer", "Writer");
const READER: Text = text("diagram.reader", "Reader");
const READ_REPLICA: Text = text("diagram.read-replica", "Read replica");
const DEGRADED: Text = text("diagram.degraded", "degraded");
const FAILED: Text = text("diagram.failed", "failed");
const RECOVERING: Text = text("diagram.recovering", "recovering");
const REPLICATION: Text = text("diagram.replication", "Synchronous replication");
const PEERING: Text = text("diagram.peering", "VPC peering");
const PEERING_ROUTE: Text = text("diagram.routes.peering", "peering");
const BACKUP_COPIES: Text = text("diagram.backup-copies", "Backup copies");
const ONE_VOLUME: Text = text("diagram.one-volume", "Shared volume");
const ASYNCHRONOUS: Text = text("diagram.asynchronous", "Asynchronous");

impl Words<'_> {
    pub fn say(self, text: Text) -> String {
        text.render(self.lang).to_owned()
    }

    /// Accessible words of the classes of what is not healthy.
    pub fn states(self) -> [(&'static str, &'static str); 3] {
        [
            ("degraded", DEGRADED),
            ("failed", FAILED),
            ("recovering", RECOVERING),
        ]
        .map(|(class, text)| (class, text.render(self.lang)))
    }

    pub fn users(self) -> String {
        self.say(USERS)
    }

    pub fn internet(self) -> String {
        self.say(INTERNET)
    }

    /// The label of a wire between copies.
    pub fn replication(self, to: &str) -> String {
        let reads_along = self.topology.readers().any(|it| **it == *to);
        let is_vault = self.topology.named::<BackupVault>(to).is_some();
        self.say(match is_synchronous(to) {
            true => REPLICATION,
            false if is_vault => BACKUP_COPIES,
            false if reads_along => ONE_VOLUME,
            false => ASYNCHRONOUS,
        })
    }

    pub fn peering(self) -> String {
        self.say(PEERING)
    }

    pub fn within(self, what: &str, place: &str) -> String {
        WITHIN.filled(self.lang, &[("what", what), ("where", place)])
    }

    pub fn region(self, region: Option<Region>) -> String {
        region.map_or_else(
            || self.say(REGION),
            |it| format!("{} ({})", it.code(), it.city()),
        )
    }

    /// A VPC's name.
    pub fn network(self, name: &str, is_there: bool) -> String {
        if is_there {
            match name {
                "ClientVpc" => self.say(CLIENT_VPC),
                "SecondClientVpc" => self.say(SECOND_CLIENT_VPC),
                _ => humanize(name),
            }
        } else {
            MISSING.with("name", name).render(self.lang)
        }
    }

    pub fn zone(self, zone: Zone) -> String {
        self.of_zone(ZONE, zone)
    }

    pub fn zone_down(self, zone: Zone) -> String {
        self.of_zone(ZONE_DOWN, zone)
    }

    fn of_zone(self, text: Text, zone: Zone) -> String {
        let mut letter = [0; 4];
        let letter = zone.letter().encode_utf8(&mut letter);
        text.filled(self.lang, &[("zone", letter)])
    }

    /// A subnet's name.
    pub fn subnet(self, name: &str) -> String {
        let subnet = self.topology.named::<Subnet>(name);
        self.tiered(
            name,
            subnet.map(|it| &it.vpc.name),
            "Subnet",
            [PUBLIC_SUBNET, PRIVATE_SUBNET, ISOLATED_SUBNET],
        )
        .unwrap_or_else(|| humanize(name))
    }

    /// The words for `PublicSubnetA` and the like, and for what has its own VPC's name before its zone; `None` for a name
    /// of another build.
    fn tiered(
        self,
        name: &str,
        vpc: Option<&Name>,
        kind: &str,
        words: [Text; 3],
    ) -> Option<String> {
        let (tier, zone) = name.split_once(kind)?;
        let [public, private, isolated] = words;
        let words = match tier {
            "Public" => public,
            "Private" => private,
            "Isolated" => isolated,
            // The one tier of a further VPC, or of a client's, in whose frame it is drawn.
            _ if vpc.is_some_and(|it| it.strip_suffix("Vpc").unwrap_or(it) == tier) => private,
            _ => return None,
        };
        let plain = zone.chars().all(|it| it.is_ascii_alphanumeric());
        plain.then(|| {
            words
                .filled(self.lang, &[("zone", zone)])
                .trim_end()
                .to_owned()
        })
    }

    /// The lines of a tag.
    pub fn tag(self, node: &Node) -> Vec<String> {
        let Some(table) = self.topology.named::<RouteTable>(&node.name) else {
            return vec![self.say(node.resource.title())];
        };
        let title = self
            .tiered(
                &node.name,
                Some(&table.vpc.name),
                "RouteTable",
                [PUBLIC_ROUTES, PRIVATE_ROUTES, ISOLATED_ROUTES],
            )
            .unwrap_or_else(|| humanize(&node.name));
        let mut lines = vec![title];
        lines.extend(self.routes(&node.name, &table.vpc.name));
        lines
    }

    /// The tag of a subnet that no table is associated with.
    pub fn main_routes(self, vpc: &str) -> Vec<String> {
        let mut lines = vec![self.say(MAIN_ROUTES)];
        lines.extend(self.local_routes(vpc));
        if lines.len() == 1 {
            lines.push(self.say(LOCAL_ONLY));
        }
        lines
    }

    /// The routes that every table of a VPC has without asking: one for each range.
    fn local_routes(self, vpc: &str) -> Vec<String> {
        if !self.detail.has_layers() {
            return Vec::new();
        }
        let ranges = self.topology.vpc_ranges(vpc).into_iter();
        ranges
            .map(|it| route(it, LOCAL.render(self.lang)))
            .collect()
    }

    fn routes(self, table: &str, vpc: &str) -> Vec<String> {
        let mut lines = self.local_routes(vpc);
        lines.extend(self.tables.routes(table).filter_map(|it| {
            let to = it.destination?;
            Some(route(to, &self.target(it.target()?)))
        }));
        let endpoints = self.topology.all::<VpcEndpoint>();
        let endpoints = endpoints.filter(|(_, it)| it.tables.iter().any(|it| *it.name == *table));
        lines.extend(endpoints.map(|(_, it)| {
            let service = service(it.service_code().unwrap_or_default());
            ENDPOINT_ROUTE.with("service", service).render(self.lang)
        }));
        let mut learned = self.topology.all::<VpnPropagation>();
        if learned.any(|(_, it)| it.tables.iter().any(|it| *it.name == *table)) {
            lines.push(self.say(VPN_ROUTES));
        }
        if lines.is_empty() {
            return vec![self.say(LOCAL_ONLY)];
        }
        lines
    }

    /// A route's target, short as architects say it.
    fn target(self, name: &Name) -> String {
        let Some(node) = self.topology.node(name) else {
            return self.say(BLACKHOLE);
        };
        if self.topology.named::<VpcPeeringConnection>(name).is_some() {
            return self.say(PEERING_ROUTE);
        }
        let zones = self.topology.zones_of(name);
        match (node.resource.figure(), zones.as_slice()) {
            (Figure::Icon(Glyph::InternetGateway), _) => "IGW".into(),
            (Figure::Icon(Glyph::NatGateway), [zone]) => format!("NAT {}", zone.capital()),
            (Figure::Icon(Glyph::NatGateway), []) => "NAT".into(),
            _ => self.icon(node),
        }
    }

    /// A node's label: AWS's name for it, with its zone where it has one; its own name where that is not enough. What is
    /// there for hours only says so.
    pub fn icon(self, node: &Node) -> String {
        let label = self.plain_icon(node);
        match node.made_by {
            Some(_) => SCHEDULED.with("what", label).render(self.lang),
            None => label,
        }
    }

    fn plain_icon(self, node: &Node) -> String {
        let endpoint = self.topology.named::<VpcEndpoint>(&node.name);
        if let Some(code) = endpoint.and_then(VpcEndpoint::service_code) {
            return ENDPOINT.with("service", service(code)).render(self.lang);
        }
        let customer = self.topology.named::<CustomerGateway>(&node.name);
        let customer = customer.filter(|_| self.detail.has_figures());
        if let Some(address) = customer.and_then(|it| it.address.as_ref()?.as_str()) {
            return format!("{} {address}", self.title(node));
        }
        let nat = self.topology.named::<NatGateway>(&node.name);
        if nat.is_some_and(NatGateway::is_regional) {
            return self.say(REGIONAL_NAT);
        }
        let zone = match node.resource.home() {
            Home::Subnet(subnet) => self.topology.zone_of(&subnet),
            Home::Within(_, zone) => Some(zone),
            Home::Global | Home::Region | Home::Vpc(_) | Home::Spread(_) | Home::With(_) => None,
        };
        let region = |it: &Node| self.topology.stacks.get(it.stack).map(|it| it.region);
        let zones = LazyCell::new(|| self.topology.zones_of(&node.name));
        // What a function does is not to be seen by where it stands.
        let anywhere = self.topology.named::<Function>(&node.name).is_some();
        let mut twins = self.topology.alike(&node.resource).filter(|it| {
            it.name != node.name
                && region(it) == region(node)
                && (anywhere || self.topology.lives_in(it, &zones))
        });
        if twins.next().is_some() {
            return self.numbered(node);
        }
        match zone {
            Some(zone) => format!("{} {}", self.title(node), zone.capital()),
            None => self.title(node),
        }
    }

    /// A replica with its number; of anything else its own name.
    fn numbered(self, node: &Node) -> String {
        let stem = node.name.trim_end_matches(|it: char| it.is_ascii_digit());
        let database = self.topology.named::<DbInstance>(&node.name);
        match node.name.strip_prefix(stem) {
            Some(number) if database.is_some_and(DbInstance::is_replica) => {
                format!("{} {number}", self.title(node))
                    .trim_end()
                    .to_owned()
            }
            _ => humanize(&node.name),
        }
    }

    /// AWS's name for a type; of one that is not modelled, the service and what CloudFormation calls it.
    fn title(self, node: &Node) -> String {
        match &node.resource {
            crate::aws::Resource::Unmodelled(it) => {
                let (service, resource) = it.words();
                format!("{service} {}", uncapital(&humanize(resource)))
                    .trim_end()
                    .to_owned()
            }
            crate::aws::Resource::SsmParameter(it) if it.is_inspector() => self.say(INSPECTOR),
            crate::aws::Resource::DbInstance(it) if it.is_replica() => self.say(READ_REPLICA),
            crate::aws::Resource::Instance(_) if self.topology.has_public_address(&node.name) => {
                self.say(BASTION)
            }
            other => self.say(other.title()),
        }
    }

    pub fn group(self, node: &Node) -> String {
        let figures = self.detail.has_figures();
        let group = self.topology.named::<AutoScalingGroup>(&node.name);
        if let Some(it) = group.filter(|_| figures) {
            let sizes = format!("{} / {} / {}", it.min.0, it.desired(), it.max.0);
            return format!("{} {sizes}", self.icon(node));
        }
        if let Some(it) = self.topology.named::<DbInstance>(&node.name) {
            let deployment = if it.has_standby() { " · Multi-AZ" } else { "" };
            let class = self.class(&it.class);
            return format!("RDS for {}{class}{deployment}", engine(&it.engine));
        }
        if let Some(it) = self.topology.named::<DbCluster>(&node.name) {
            return self.cluster(&node.name, it);
        }
        if let Some(it) = self.topology.named::<CacheGroup>(&node.name) {
            let deployment = if it.multi_az { " · Multi-AZ" } else { "" };
            let class = self.class(&it.node_type);
            return format!("ElastiCache for {}{class}{deployment}", it.product());
        }
        self.icon(node)
    }

    /// The capacity of an Aurora cluster is that of its instances, which are alike unless somebody made them differ.
    fn cluster(self, name: &str, cluster: &DbCluster) -> String {
        let product = format!("Aurora {}", engine(&cluster.engine));
        if let Some(capacity) = &cluster.capacity {
            let (min, max) = capacity.limits();
            let units = self.class(&format!("{min}–{max} ACU"));
            return format!("{product} Serverless v2{units}");
        }
        let writer = self.topology.members(name).next();
        let class = writer.map_or(String::new(), |(_, it)| self.class(&it.class));
        format!("{product}{class}")
    }

    /// How large something is, behind its name.
    fn class(self, class: &str) -> String {
        if self.detail.has_figures() {
            format!(" · {class}")
        } else {
            String::new()
        }
    }

    /// Several interface endpoints in one group.
    pub fn endpoints(self, nodes: &[&Node]) -> String {
        match nodes {
            [node] => self.icon(node),
            _ => ENDPOINTS.with("count", nodes.len()).render(self.lang),
        }
    }

    /// Several nodes of one kind under one icon.
    pub fn companion(self, nodes: &[&Node]) -> String {
        match nodes {
            [] => String::new(),
            [node] => self.icon(node),
            // VPC Flow Logs are plural as they are.
            [node, ..] => if node.resource.title().render(Lang::En).ends_with('s') {
                MANY_PLURAL
            } else {
                MANY
            }
            .with("what", self.title(node))
            .with("count", nodes.len())
            .render(self.lang),
        }
    }

    /// What stands under a part of a group, if anything.
    pub fn part_label(self, of: &Node, role: Role) -> Option<String> {
        match role {
            Role::BalancerNode | Role::Runner | Role::Whole => None,
            Role::Interface => {
                let endpoint = self.topology.named::<VpcEndpoint>(&of.name)?;
                let code = endpoint.service_code()?;
                Some(code.rsplit('.').next().unwrap_or(code).to_owned())
            }
            Role::Primary => Some(self.say(PRIMARY)),
            Role::Standby => Some(self.say(STANDBY)),
            Role::Leader => Some(self.say(leader(of))),
            Role::Follower => Some(self.say(follower(of))),
            Role::Instance if !self.detail.has_figures() => None,
            Role::Instance => {
                let (template, _) = of.resource.launches()?;
                let template = self.topology.named::<LaunchTemplate>(&template);
                Some(
                    template
                        .map(|it| it.data.instance_type.clone())
                        .unwrap_or_default(),
                )
            }
        }
    }

    /// The accessible name of a part.
    pub fn part(self, of: &Node, name: &str, role: Role, zone: Zone) -> String {
        let own = name.rsplit('.').next().unwrap_or(name);
        match role {
            Role::BalancerNode => self.of_zone(BALANCER_NODE, zone),
            Role::Instance => INSTANCE.filled(self.lang, &[("name", own)]),
            Role::Runner => RUNNER.with("name", self.group(of)).render(self.lang),
            Role::Interface => {
                let endpoint = self.topology.named::<VpcEndpoint>(&of.name);
                let code = endpoint.and_then(VpcEndpoint::service_code);
                let service = service(code.unwrap_or(own));
                INTERFACE.with("service", service).render(self.lang)
            }
            Role::Primary => self.within(&self.say(PRIMARY), &self.group(of)),
            Role::Leader => self.within(&self.say(leader(of)), &self.group(of)),
            Role::Follower => self.within(&self.say(follower(of)), &self.group(of)),
            Role::Standby => self.within(&self.say(STANDBY), &self.group(of)),
            Role::Whole => self.icon(of),
        }
    }

    /// The accessible name of several instances under one icon.
    pub fn instances(self, count: usize, zone: Zone) -> String {
        INSTANCES
            .with("count", count)
            .with("zone", zone.letter())
            .render(self.lang)
    }
}

/// An AWS service as AWS writes it; a term, the same in every language.
fn service(code: &str) -> &str {
    match code {
        "s3" => "S3",
        "dynamodb" => "DynamoDB",
        "logs" => "CloudWatch Logs",
        "monitoring" => "CloudWatch",
        "ssm" => "Systems Manager",
        "ecr.api" => "ECR API",
        "ecr.dkr" => "ECR registry",
        "secretsmanager" => "Secrets Manager",
        "sts" => "STS",
        "sqs" => "SQS",
        "execute-api" => "API Gateway",
        other => other,
    }
}

/// What takes writes, in a cache and in an Aurora cluster.
fn leader(of: &Node) -> Text {
    if matches!(of.resource, crate::aws::Resource::DbCluster(_)) {
        WRITER
    } else {
        PRIMARY
    }
}

/// What follows it.
fn follower(of: &Node) -> Text {
    if matches!(of.resource, crate::aws::Resource::DbCluster(_)) {
        READER
    } else {
        REPLICA
    }
}

/// A database engine as its makers write it.
fn engine(code: &str) -> &str {
    match code {
        "mysql" | "aurora-mysql" => "MySQL",
        "postgres" | "aurora-postgresql" => "PostgreSQL",
        "mariadb" => "MariaDB",
        other => other,
    }
}

/// Words that stay in capitals.
const ACRONYMS: [&str; 9] = ["Vpc", "Nat", "Db", "Api", "Ip", "Sns", "Alb", "Dns", "Acl"];

/// `Rest API` as `rest API`; an acronym stays.
fn uncapital(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first
            .to_lowercase()
            .chain([second])
            .chain(letters)
            .collect(),
        _ => words.to_owned(),
    }
}

/// A range of addresses, as every subnet and route has one: written faster than by its own means.
pub(super) fn range(it: Ipv4Net) -> String {
    let mut text = String::with_capacity("255.255.255.255/32".len());
    for (part, behind) in it.addr().octets().into_iter().zip([".", ".", ".", "/"]) {
        text.push_str(Buffer::new().format(part));
        text.push_str(behind);
    }
    text.push_str(Buffer::new().format(it.prefix_len()));
    text
}

/// A line of a route table.
fn route(to: Ipv4Net, target: &str) -> String {
    [&range(to), " → ", target].concat()
}

/// `AppSubnetA` as `App subnet A`.
pub(super) fn humanize(name: &str) -> String {
    let mut said = String::with_capacity(name.len() + 8);
    for word in words(name) {
        let is_first = said.is_empty();
        if !is_first {
            said.push(' ');
        }
        if ACRONYMS.contains(&word) {
            said.extend(word.chars().map(|it| it.to_ascii_uppercase()));
        } else if !is_first && word.chars().skip(1).any(char::is_lowercase) {
            said.extend(word.chars().flat_map(char::to_lowercase));
        } else {
            said.push_str(word);
        }
    }
    said
}

/// The words of a name: one begins at every capital and number.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices();
        let (_, mut before) = letters.next()?;
        let end = letters.find(|(_, letter)| {
            let starts = (letter.is_uppercase() && !before.is_uppercase())
                || (letter.is_ascii_digit() && !before.is_ascii_digit());
            before = *letter;
            starts
        });
        let (word, after) = rest.split_at(end.map_or(rest.len(), |it| it.0));
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::{humanize, uncapital};

    #[test]
    fn a_capital_goes_but_an_acronym_stays() {
        for (name, words) in [
            ("RestApi", "rest API"),
            ("DBCluster", "DBCluster"),
            ("", ""),
        ] {
            assert_eq!(uncapital(&humanize(name)), words);
        }
    }

    #[test]
    fn names_read_as_words() {
        for (name, words) in [
            ("AppSubnetA", "App subnet A"),
            ("Vpc", "VPC"),
            ("MainVpc2", "Main VPC 2"),
            ("WebGroup", "Web group"),
            ("", ""),
        ] {
            assert_eq!(humanize(name), words);
        }
    }
}
