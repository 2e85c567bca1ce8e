//! What security groups let through, whether a rule stands in the group or is a resource of its own.

use ipnet::Ipv4Net;

use super::Reason;
use crate::aws::{
    AutoScalingGroup, Cidr, Id, Kind, Name, Properties, SecurityGroup, SecurityGroupEgress,
    SecurityGroupIngress, Subnet, lookup,
};
use crate::topology::Topology;

/// Whether security groups let TCP from one node to another.
///
/// # Errors
/// [`Reason::SecurityGroupRules`] where no rule does.
pub fn groups_admit(topology: &Topology, from: &str, to: &str, port: u16) -> Result<(), Reason> {
    // Most pairs of nodes have nothing to do with each other, which the rules of the second say.
    if let_in_from(topology, from, to, port) && let_out_to(topology, from, to, port) {
        Ok(())
    } else {
        Err(Reason::SecurityGroupRules)
    }
}

/// Whether the security groups of the second node let TCP from the first one in.
pub(super) fn let_in_from(topology: &Topology, from: &str, to: &str, port: u16) -> bool {
    let groups = topology.security_groups_of(to);
    let (source, ranges) = (topology.security_groups_of(from), || ranges(topology, from));
    let other = Other::Inside(&source, &ranges);
    groups.is_empty() || groups.iter().any(|it| lets_in(topology, it, port, &other))
}

/// Whether the security groups of the first node let TCP to the second one out.
pub(super) fn let_out_to(topology: &Topology, from: &str, to: &str, port: u16) -> bool {
    let groups = topology.security_groups_of(from);
    let (destination, ranges) = (topology.security_groups_of(to), || ranges(topology, to));
    let other = Other::Inside(&destination, &ranges);
    groups.is_empty() || groups.iter().any(|it| lets_out(topology, it, port, &other))
}

/// The Auto Scaling groups, to ask of many nodes which of them may connect.
pub struct Callers<'a> {
    topology: &'a Topology,
    /// With the security groups of each.
    all: Vec<(&'a Name, Vec<&'a Name>)>,
}

impl<'a> Callers<'a> {
    pub fn new(topology: &'a Topology) -> Self {
        let all = topology.all::<AutoScalingGroup>();
        let all = all.map(|(name, _)| (name, topology.security_groups_of(name)));
        Self {
            topology,
            all: all.collect(),
        }
    }

    /// Those that [`groups_admit`] to a port of a node.
    pub fn of(&self, to: &str, port: u16) -> Vec<&'a Name> {
        let topology = self.topology;
        let groups = topology.security_groups_of(to);
        let grants = groups.iter().flat_map(|it| ingress(topology, it));
        let grants: Vec<Grant<'_>> = grants.filter(|it| it.admits(port)).collect();
        let all = self.all.iter().filter(|(name, worn)| {
            let ranges = || ranges(topology, name);
            let other = Other::Inside(worn, &ranges);
            let is_let_in = groups.is_empty() || grants.iter().any(|it| other.is_met_by(it.peer));
            is_let_in && let_out_to(topology, name, to, port)
        });
        all.map(|(name, _)| *name).collect()
    }
}

/// Of a subnet itself, or of a node's subnets.
fn ranges(topology: &Topology, name: &str) -> Vec<Ipv4Net> {
    let own = topology.named::<Subnet>(name);
    let subnets = topology.subnets_of(name);
    let typed = subnets.iter().filter_map(|it| topology.named::<Subnet>(it));
    own.into_iter().chain(typed).map(|it| it.cidr).collect()
}

/// The other end of a connection, as a rule sees it.
pub(super) enum Other<'a> {
    /// Anywhere on the internet.
    World,
    /// CloudFront, whose addresses a prefix list holds.
    CloudFront,
    /// The customer's network behind a VPN: the ranges that may be its own.
    Customer(&'a dyn Fn(&Ipv4Net) -> bool),
    /// An interface with these groups, in these ranges, which few rules ask for.
    Inside(&'a [&'a Name], &'a dyn Fn() -> Vec<Ipv4Net>),
}

impl Other<'_> {
    fn is_met_by(&self, peer: Option<Peer<'_>>) -> bool {
        match (self, peer) {
            (_, None) => false,
            (Self::World, Some(Peer::Range(range))) => range.prefix_len() == 0,
            (Self::World, Some(Peer::Group(_) | Peer::PrefixList)) => false,
            (Self::CloudFront, Some(Peer::Range(range))) => range.prefix_len() == 0,
            (Self::CloudFront, Some(Peer::PrefixList)) => true,
            (Self::CloudFront, Some(Peer::Group(_))) => false,
            (Self::Customer(is_its), Some(Peer::Range(range))) => {
                range.prefix_len() == 0 || is_its(&range)
            }
            (Self::Customer(_), Some(Peer::Group(_) | Peer::PrefixList)) => false,
            (Self::Inside(..), Some(Peer::PrefixList)) => false,
            (Self::Inside(groups, _), Some(Peer::Group(group))) => groups.contains(&group),
            (Self::Inside(_, ranges), Some(Peer::Range(range))) => {
                let ranges = ranges();
                !ranges.is_empty() && ranges.iter().all(|it| range.contains(it))
            }
        }
    }
}

pub(super) fn lets_in(topology: &Topology, group: &str, port: u16, other: &Other<'_>) -> bool {
    ingress(topology, group)
        .iter()
        .any(|it| it.admits(port) && other.is_met_by(it.peer))
}

pub(super) fn lets_out(topology: &Topology, group: &str, port: u16, other: &Other<'_>) -> bool {
    let grants = egress(topology, group);
    // A group without any egress rule keeps AWS's default: everything out.
    let default = grants.is_empty() && topology.named::<SecurityGroup>(group).is_some();
    default
        || grants
            .iter()
            .any(|it| it.admits(port) && other.is_met_by(it.peer))
}

/// A security group rule, inline or a resource of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant<'a> {
    /// The node that holds the rule.
    pub at: &'a Name,
    pub protocol: &'a str,
    pub from_port: Option<u16>,
    pub to_port: Option<u16>,
    pub peer: Option<Peer<'a>>,
}

impl Grant<'_> {
    /// Whether TCP to a port passes the rule's protocol and port range. `-1` is every protocol.
    pub fn admits(&self, port: u16) -> bool {
        match self.protocol {
            "-1" => true,
            "tcp" | "6" => {
                self.from_port.is_none_or(|it| it <= port)
                    && self.to_port.is_none_or(|it| port <= it)
            }
            _ => false,
        }
    }
}

macro_rules! grants {
    ($(#[$meta:meta])* $function:ident, $inline:ident, $separate:ident, $peer:ident) => {
        $(#[$meta])*
        pub fn $function<'a>(topology: &'a Topology, group: &str) -> Vec<Grant<'a>> {
            let mut grants = Vec::new();
            if let Some(node) = topology.node(group)
                && let Some(it) = SecurityGroup::of(&node.resource)
            {
                grants.extend(it.$inline.iter().map(|rule| Grant {
                    at: &node.name,
                    protocol: &rule.protocol,
                    from_port: rule.from_port,
                    to_port: rule.to_port,
                    peer: peer(rule.$peer.as_ref(), rule.cidr, &rule.rest),
                }));
            }
            let separate = topology.all::<$separate>();
            grants.extend(separate.filter(|(_, it)| *it.group.name == *group).map(|(at, rule)| Grant {
                at,
                protocol: &rule.protocol,
                from_port: rule.from_port,
                to_port: rule.to_port,
                peer: peer(
                    rule.$peer.as_ref(),
                    rule.cidr.as_ref().and_then(Cidr::range),
                    &rule.rest,
                ),
            }));
            grants
        }
    };
}

grants!(
    /// Every rule that lets traffic into a group.
    ingress, ingress, SecurityGroupIngress, source
);
grants!(
    /// Every rule that lets traffic out of a group.
    egress, egress, SecurityGroupEgress, destination
);

fn peer<'a>(
    group: Option<&'a Id<SecurityGroup>>,
    range: Option<Ipv4Net>,
    rest: &Properties,
) -> Option<Peer<'a>> {
    let lists = ["SourcePrefixListId", "DestinationPrefixListId"];
    let is_list = || lists.iter().any(|it| lookup(rest, it).is_some());
    group
        .map(|it| Peer::Group(&it.name))
        .or(range.map(Peer::Range))
        .or(is_list().then_some(Peer::PrefixList))
}

/// Whom a rule lets in or out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Peer<'a> {
    Range(Ipv4Net),
    Group(&'a Name),
    /// Addresses that AWS keeps a list of: CloudFront's, of those that face outside.
    PrefixList,
}
