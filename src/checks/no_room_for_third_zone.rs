//! Two zones are a start; a third makes the loss of one cheaper to survive.

use ipnet::Ipv4Net;

use super::plan::{LENGTHS, wide};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet, Vpc, overlap};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-014",
    severity: Severity::Low,
    title: text("check.net-014.title", "No room for a third zone"),
    why: text(
        "check.net-014.why",
        "With three zones the others need 150 % of the load's capacity instead of 200 % to survive the loss of one; a VPC's first range cannot be enlarged later.",
    ),
    advice: text(
        "check.net-014.advice",
        "Start with a VPC range that leaves room for more subnets.",
    ),
    reference: "REL02-BP03",
    run,
};

/// Ranges that are tried: as many as a /16 has of /28.
const TRIES: usize = 4096;
/// Subnets of a zone that are counted: nobody has more tiers.
const TIERS: usize = 6;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, vpc) in topology.all::<Vpc>() {
        let offered = topology.region_of(name).map_or(0, |it| it.zones());
        let subnets: Vec<&Subnet> = topology
            .all::<Subnet>()
            .filter(|(_, it)| it.vpc.name == *name)
            .map(|(_, it)| it)
            .collect();
        let mut zones: Vec<_> = subnets.iter().map(|it| it.zone).collect();
        zones.sort();
        zones.dedup();
        let usual = LENGTHS.contains(&vpc.cidr.prefix_len());
        if zones.len() != 2
            || offered < 3
            || !usual
            || has_room(&topology.vpc_ranges(name), &subnets)
        {
            continue;
        }
        findings.push(finding(subject, name, vpc.cidr, subnets.len()));
    }
}

/// Whether the VPC still holds as many subnets of the same sizes as its first zone has.
fn has_room(ranges: &[Ipv4Net], subnets: &[&Subnet]) -> bool {
    let mut taken: Vec<Ipv4Net> = subnets.iter().map(|it| it.cidr).collect();
    let first = subnets.iter().map(|it| it.zone).min();
    let mut lengths: Vec<u8> = subnets
        .iter()
        .filter(|it| Some(it.zone) == first)
        .map(|it| it.cidr.prefix_len())
        .collect();
    lengths.sort_unstable();
    lengths.truncate(TIERS);
    lengths.into_iter().all(|length| {
        let mut within = ranges
            .iter()
            .filter_map(|it| it.trunc().subnets(length).ok())
            .flat_map(|it| it.take(TRIES));
        let free = within.find(|range| !taken.iter().any(|it| overlap(it, range)));
        taken.extend(free);
        free.is_some()
    })
}

fn finding(subject: &Subject<'_>, vpc: &Name, range: Ipv4Net, count: usize) -> Finding {
    let message = text(
        "check.net-014.message",
        "The {count} subnets of {vpc} leave no room in {range} for those of a third zone.",
    )
    .with("count", count)
    .with("vpc", vpc.as_str())
    .with("range", range);
    Finding::new(&CHECK, [vpc], message).with_fix(subject.move_vpc(vpc, wide(range)))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_vpc_that_is_used_up() {
        assert_eq!(
            findings(
                &CHECK,
                "network.cidr=10.0.0.0/25 network.public_cidrs=10.0.0.0/27,10.0.0.64/27 network.private_cidrs=10.0.0.32/27,10.0.0.96/27",
                &[]
            ),
            "Vpc: The 4 subnets of Vpc leave no room in 10.0.0.0/25 for those of a third zone."
        );
    }

    #[test]
    fn accepts_room_and_what_has_three_zones() {
        for settings in ["network.cidr=10.0.0.0/24", "network.zones=3"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
