//! Ways out of an address plan that does not work.

use ipnet::Ipv4Net;

use super::remedy::{Claim, sets};
use super::secondary_range::is_refused;
use super::{Fix, Subject};
use crate::aws::{Name, overlap};
pub use crate::design::{DOCKER, PRIVATE, net};
use crate::design::{Design, Network, Ranges, Setting, Tier, Whole, subnet_name};
use crate::text::text;

/// Prefix lengths of a VPC and of a subnet (VPC user guide, VPC CIDR blocks and subnet sizing).
pub const LENGTHS: std::ops::RangeInclusive<u8> = 16..=28;

/// RFC 6598's shared space: goes with a first range of any private family.
const SHARED: Ipv4Net = net([100, 64, 0, 0], 10);

const HOME: Ipv4Net = net([10, 0, 0, 0], 16);

/// The /16 around a range where that is a private one, else 10.0.0.0/16: room for as many zones as there are.
pub fn wide(range: Ipv4Net) -> Ipv4Net {
    Ipv4Net::new(range.addr(), 16)
        .map(|it| it.trunc())
        .ok()
        .filter(|it| PRIVATE.iter().any(|private| private.contains(it)) && *it != DOCKER)
        .unwrap_or(HOME)
}

/// Longest prefix of a load balancer's subnet (ELB user guide, subnets for your load balancer).
pub const BALANCER: u8 = 27;

/// Whether every subnet has a range inside the VPC, apart from the others and of a size that AWS takes: of the load
/// balancer's where it is public.
fn is_sound(network: &Network) -> bool {
    let mut taken: Vec<Ipv4Net> = Vec::new();
    network.places().all(|(tier, zone)| {
        let Some(range) = network.range(tier, zone) else {
            return false;
        };
        let apart = !taken.iter().any(|it| overlap(it, &range));
        taken.push(range);
        let longest = match tier {
            Tier::Public => BALANCER,
            Tier::Private | Tier::Isolated => *LENGTHS.end(),
        };
        let fits = (*LENGTHS.start()..=longest).contains(&range.prefix_len());
        apart && fits && network.ranges().any(|it| it.contains(&range))
    })
}

/// The design as it is, else with its subnets left to the address plan, else in a VPC of /16: the first that is sound
/// and fits.
fn settled(design: &Design, fits: &dyn Fn(&Network) -> bool) -> Option<Design> {
    let mut planned = design.clone();
    planned.network.public = Ranges::default();
    planned.network.private = Ranges::default();
    planned.network.isolated = Ranges::default();
    let mut widened = planned.clone();
    widened.network.cidr = wide(design.network.cidr);
    let mut found = [design.clone(), planned, widened]
        .into_iter()
        .find(|it| is_sound(&it.network) && fits(&it.network))?;
    found.vpcs.give_way(&found.network);
    found.clients.give_way(&found.network);
    Some(found)
}

/// A VPC beside the main one: its place among those of its kind.
#[derive(Clone, Copy)]
enum Place {
    Further(usize),
    Client(usize),
}

impl Subject<'_> {
    /// Names of the subnets that the address plan has no room for.
    pub(super) fn unplaced(&self) -> Vec<String> {
        let Some(network) = self.design.map(|it| &it.network) else {
            return Vec::new();
        };
        network
            .places()
            .filter(|(tier, zone)| network.range(*tier, *zone).is_none())
            .map(|(tier, zone)| subnet_name(tier, zone))
            .collect()
    }

    /// Other ranges for the subnets, in a larger VPC if need be, so that they fit.
    pub(super) fn renumber(&self, at: &[&Name], fits: &dyn Fn(&Network) -> bool) -> Option<Fix> {
        let claims: Vec<Claim<'_>> = at.iter().map(|it| (*it, "CidrBlock")).collect();
        if let Some(fix) = self.release(&claims) {
            return Some(fix);
        }
        let design = self.editable()?;
        let settled = settled(design, fits)?;
        let range = settled.network.cidr;
        let title = if range == design.network.cidr {
            text(
                "check.fix.plan",
                "Leave the subnet ranges to the address plan",
            )
            .into()
        } else {
            text(
                "check.fix.widen",
                "Use {range} for the VPC and leave the subnet ranges to the address plan",
            )
            .with("range", range)
        };
        self.way(title, settled)
    }

    /// The place of a VPC beside the main one.
    fn place_of(&self, vpc: &str) -> Option<Place> {
        let design = self.design?;
        let further = design.vpcs.all(&design.network);
        let further = further.iter().position(|it| it.node() == *vpc);
        let clients = design.clients.all(design);
        let client = || clients.iter().position(|it| it.node("Vpc") == *vpc);
        let further = further.map(Place::Further);
        further.or_else(|| client().map(Place::Client))
    }

    /// Whether a VPC is a client's.
    pub(super) fn is_client(&self, vpc: &str) -> bool {
        matches!(self.place_of(vpc), Some(Place::Client(_)))
    }

    /// Whether no client has an address in common with the main VPC or with another one, so that they can be peered.
    pub(super) fn clients_are_apart(&self) -> bool {
        self.design.is_some_and(|design| {
            let clients = design.clients.all(design).into_iter();
            let mut taken: Vec<Ipv4Net> = design.network.ranges().collect();
            clients.filter_map(|it| it.range).all(|range| {
                let free = !taken.iter().any(|it| overlap(it, &range));
                taken.push(range);
                free
            })
        })
    }

    /// A free range for a VPC beside the main one; `None` for that.
    pub(super) fn move_beside(&self, vpc: &Name) -> Option<Fix> {
        let (design, place) = (self.editable()?, self.place_of(vpc)?);
        let title = |range: Ipv4Net| {
            text("check.fix.move-further", "Use {range} for {vpc}")
                .with("range", range)
                .with("vpc", vpc.as_str())
        };
        let claim = [(vpc, "CidrBlock")];
        let (vpcs, clients) = (&design.vpcs, &design.clients);
        let (key, own, given) = match place {
            Place::Further(it) => (
                "vpcs.cidrs",
                vpcs.all(&design.network).get(it)?.range?,
                vpcs.cidrs.show(),
            ),
            Place::Client(it) => (
                "client.cidrs",
                clients.all(design).get(it)?.range?,
                clients.cidrs.show(),
            ),
        };
        if design.overrides.iter().any(|it| sets(it, claim[0])) {
            return self.fix(&claim, title(own), &[(key, &given)]);
        }
        let (shown, range) = match place {
            Place::Further(it) => {
                let (moved, range) = vpcs.moved(&design.network, it)?;
                (moved.cidrs.show(), range)
            }
            Place::Client(it) => {
                let (moved, range) = clients.moved(design, it)?;
                (moved.cidrs.show(), range)
            }
        };
        self.fix(&claim, title(range), &[(key, &shown)])
    }

    /// Another range for the VPC.
    pub(super) fn move_vpc(&self, vpc: &Name, range: Ipv4Net) -> Option<Fix> {
        if self.place_of(vpc).is_some() {
            return self.move_beside(vpc);
        }
        let title = text("check.fix.move-vpc", "Use {range} for the VPC").with("range", range);
        let mut fix = self.fix(&[(vpc, "CidrBlock")], title, &[("network.cidr", &range)])?;
        fix.design = settled(&fix.design, &|_| true)?;
        Some(fix)
    }

    /// Secondary ranges that AWS takes: those that it refuses give way to free ones of the shared space.
    pub(super) fn other_secondary_ranges(&self, at: &Name) -> Option<Fix> {
        if let Some(fix) = self.release(&[(at, "CidrBlock")]) {
            return Some(fix);
        }
        let design = self.editable()?;
        let mut changed = design.clone();
        let mut held = vec![design.network.cidr.trunc()];
        for range in &mut changed.network.secondary.0 {
            if is_refused(&range.trunc(), &held) {
                let mut free = SHARED.subnets(16).ok()?;
                *range = free.find(|it| !is_refused(it, &held))?;
            }
            held.push(range.trunc());
        }
        let title = text("check.net-006.fix", "Use {ranges} as secondary ranges")
            .with("ranges", changed.network.secondary.show());
        self.way(title, settled(&changed, &|_| true)?)
    }

    /// So many zones, where there are more, and room for their subnets.
    pub(super) fn fewer_zones(&self, count: u32) -> Option<Fix> {
        let mut changed = self.editable()?.clone();
        if changed.network.zones.get() <= count {
            return None;
        }
        changed.network.zones = Whole::new(count);
        let title = text("check.fix.zones", "Use {count} zones").with("count", count);
        self.way(title, settled(&changed, &|_| true)?)
    }

    /// Clients in two zones, where there is room for them.
    pub(super) fn two_client_zones(&self, claims: &[Claim<'_>]) -> Option<Fix> {
        let design = self.editable()?;
        let clients = design.clients.all(design);
        let mut subnets = clients.iter().flat_map(|it| it.subnets(2));
        if subnets.any(|(.., range)| range.is_none()) {
            return None;
        }
        let title = text("check.net-016.client-fix", "Use two client zones");
        self.fix(claims, title, &[("client.zones", &2)])
    }

    /// Subnets in two zones; where two were asked for, room for them.
    pub(super) fn two_zones(&self, at: &[&Name]) -> Option<Fix> {
        let design = self.editable()?;
        if design.network.zones.get() >= 2 {
            let unplaced = !self.unplaced().is_empty();
            return unplaced.then(|| self.renumber(at, &|_| true)).flatten();
        }
        let mut changed = design.clone();
        changed.network.zones = Whole::new(2);
        let title = text("check.fix.two-zones", "Use two zones");
        self.way(title, settled(&changed, &|_| true)?)
    }
}
