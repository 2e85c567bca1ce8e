//! A secondary range goes with the VPC's first one.

use ipnet::Ipv4Net;

use super::plan::{LENGTHS, PRIVATE, net};
use super::vpc_reserved_range::RESERVED;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Vpc, VpcCidrBlock, overlap};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-006",
    severity: Severity::Error,
    title: text("check.net-006.title", "Secondary range that AWS refuses"),
    why: text(
        "check.net-006.why",
        "A VPC takes further ranges of /16 to /28 that overlap none of its own, and of another private family than its first range none at all; a few ranges are AWS's own.",
    ),
    advice: text(
        "check.net-006.advice",
        "Take a range of the first one's family, or of 100.64.0.0/10.",
    ),
    reference: "VPC user guide, IPv4 CIDR block association restrictions",
    run,
};

/// RFC 1918's families: a VPC that starts in one takes nothing of the others.
fn family(range: &Ipv4Net) -> Option<usize> {
    PRIVATE.iter().take(3).position(|it| it.contains(range))
}

/// Ranges that AWS keeps to itself, beside those that no VPC takes.
const KEPT: Ipv4Net = net([198, 19, 0, 0], 16);
/// Refused beside a first range of 172.16.0.0/12.
const DEFAULT: Ipv4Net = net([172, 31, 0, 0], 16);
/// Refused beside a range of 10.0.0.0/15.
const LOWEST: Ipv4Net = net([10, 0, 0, 0], 16);
const LOW: Ipv4Net = net([10, 0, 0, 0], 15);

/// Whether AWS refuses a range beside others of a VPC, the first one first.
pub fn is_refused(range: &Ipv4Net, others: &[Ipv4Net]) -> bool {
    let Some(first) = others.first() else {
        return false;
    };
    let reserved = RESERVED.iter().chain([&KEPT]).any(|it| overlap(it, range));
    let sized = LENGTHS.contains(&range.prefix_len());
    let overlapping = others.iter().any(|it| overlap(it, range));
    let strange = family(range).is_some() && family(range) != family(first);
    let by_default = family(first) == Some(1) && overlap(&DEFAULT, range);
    let lowest = LOWEST.contains(range) && others.iter().any(|it| LOW.contains(it));
    reserved || !sized || overlapping || strange || by_default || lowest
}

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (vpc, it) in topology.all::<Vpc>() {
        let mut held = vec![it.cidr.trunc()];
        for (name, block) in topology.all::<VpcCidrBlock>() {
            let (true, Some(range)) = (block.vpc.name == *vpc, block.cidr.map(|it| it.trunc()))
            else {
                continue;
            };
            if is_refused(&range, &held) {
                findings.push(finding(subject, name, vpc, range, it.cidr));
            }
            held.push(range);
        }
    }
}

fn finding(
    subject: &Subject<'_>,
    name: &Name,
    vpc: &Name,
    range: Ipv4Net,
    first: Ipv4Net,
) -> Finding {
    let message = text(
        "check.net-006.message",
        "{vpc} has the range {first}; AWS refuses {range} beside it.",
    )
    .with("vpc", vpc.as_str())
    .with("first", first)
    .with("range", range);
    let fix = subject.other_secondary_ranges(name);
    Finding::new(&CHECK, [name, vpc], message)
        .at_options(subject.blame_ranges(&[range]))
        .with_fix(fix)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_other_families_overlaps_and_sizes() {
        for range in [
            "172.16.0.0/16",
            "192.168.0.0/20",
            "10.0.4.0/24",
            "100.64.0.0/10",
            "198.19.0.0/24",
            "169.254.0.0/16",
        ] {
            assert_eq!(
                findings(&CHECK, &format!("network.secondary_cidrs={range}"), &[]),
                format!(
                    "SecondaryRange1, Vpc: Vpc has the range 10.0.0.0/16; AWS refuses {range} beside it."
                )
            );
        }
        assert_eq!(
            findings(
                &CHECK,
                "network.cidr=10.0.0.0/24 network.secondary_cidrs=10.0.1.0/24",
                &[]
            ),
            "SecondaryRange1, Vpc: Vpc has the range 10.0.0.0/24; AWS refuses 10.0.1.0/24 beside it."
        );
    }

    #[test]
    fn accepts_the_same_family_and_shared_space() {
        for range in ["10.1.0.0/16", "100.64.0.0/16", "10.7.0.0/20,100.65.0.0/24"] {
            assert_eq!(
                findings(&CHECK, &format!("network.secondary_cidrs={range}"), &[]),
                ""
            );
        }
    }
}
