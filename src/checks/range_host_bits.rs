//! A range that starts in the middle of itself.

use ipnet::Ipv4Net;

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet, Vpc, VpcCidrBlock};
use crate::design::{Blocks, Network, Ranges, Setting};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-003",
    severity: Severity::Medium,
    title: text("check.net-003.title", "Range with host bits"),
    why: text(
        "check.net-003.why",
        "AWS silently stores the canonical form: template and account then say different things, and the range is seldom the one that was meant.",
    ),
    advice: text(
        "check.net-003.advice",
        "Write the range with its first address.",
    ),
    reference: "EC2 API reference, CreateVpc and CreateSubnet",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let vpcs = subject
        .topology
        .all::<Vpc>()
        .map(|(name, it)| (name, it.cidr));
    let more = subject.topology.all::<VpcCidrBlock>();
    let vpcs = vpcs.chain(more.filter_map(|(name, it)| Some((name, it.cidr?))));
    let subnets = subject.topology.all::<Subnet>();
    for (name, range) in vpcs.chain(subnets.map(|(name, it)| (name, it.cidr))) {
        if range != range.trunc() {
            findings.push(finding(subject, name, range));
        }
    }
}

fn finding(subject: &Subject<'_>, name: &Name, range: Ipv4Net) -> Finding {
    let message = text(
        "check.net-003.message",
        "{node} is written as {range}; AWS makes {canonical} of it.",
    )
    .with("node", name.as_str())
    .with("range", range)
    .with("canonical", range.trunc());
    let network = subject.design.map(|it| &it.network);
    let canonical = |of: fn(&Network) -> &Ranges| {
        let given = network.map(|it| of(it).0.as_slice()).unwrap_or_default();
        let ranges = given.iter().map(|it| it.map(|range| range.trunc()));
        Ranges(ranges.collect()).show()
    };
    let cidr = network.map_or(range, |it| it.cidr).trunc();
    let secondary = network.map(|it| it.secondary.0.iter().map(Ipv4Net::trunc).collect());
    let secondary = Blocks::<4>(secondary.unwrap_or_default()).show();
    let mut further = subject
        .design
        .map(|it| it.vpcs.cidrs.clone())
        .unwrap_or_default();
    let mut clients = subject
        .design
        .map(|it| it.clients.cidrs.clone())
        .unwrap_or_default();
    let given = further.0.iter_mut().chain(&mut clients.0);
    for range in given.flatten() {
        *range = range.trunc();
    }
    let title = text("check.net-003.fix", "Write ranges with their first address");
    let fix = subject.fix(
        &[(name, "CidrBlock")],
        title,
        &[
            ("network.cidr", &cidr),
            ("network.public_cidrs", &canonical(|it| &it.public)),
            ("network.private_cidrs", &canonical(|it| &it.private)),
            ("network.isolated_cidrs", &canonical(|it| &it.isolated)),
            ("network.secondary_cidrs", &secondary),
            ("vpcs.cidrs", &further.show()),
            ("client.cidrs", &clients.show()),
        ],
    );
    Finding::new(&CHECK, [name], message)
        .at_options(subject.blame_ranges(&[range]))
        .with_fix(fix)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_vpc_and_a_subnet() {
        assert_eq!(
            findings(&CHECK, "network.cidr=10.0.0.5/16", &[]),
            "Vpc: Vpc is written as 10.0.0.5/16; AWS makes 10.0.0.0/16 of it."
        );
        assert_eq!(
            findings(&CHECK, "network.public_cidrs=auto,10.0.2.9/24", &[]),
            "PublicSubnetB: PublicSubnetB is written as 10.0.2.9/24; AWS makes 10.0.2.0/24 of it."
        );
    }

    #[test]
    fn accepts_canonical_ranges() {
        assert_eq!(
            findings(&CHECK, "network.public_cidrs=10.0.8.0/24", &[]),
            ""
        );
    }
}
