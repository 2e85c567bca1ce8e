//! Regions differ in how many zones they have.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::remedy::Claim;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Region, Subnet, Vpc};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-020",
    severity: Severity::Error,
    title: text("check.net-020.title", "More zones than the Region has"),
    why: text(
        "check.net-020.why",
        "Fn::Select over Fn::GetAZs fails where the list is shorter than the index.",
    ),
    advice: text(
        "check.net-020.advice",
        "Use as many zones as the Region offers to a new account, or another Region.",
    ),
    reference: "AWS global infrastructure; CloudFormation user guide, Fn::GetAZs",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let stacks = &subject.topology.stacks;
    let regions: BTreeSet<Region> = stacks.iter().map(|it| it.region).collect();
    for region in regions {
        findings.extend(beyond(subject, region));
    }
}

/// The options that ask for zones of a Region, and how many they ask for.
fn asked(subject: &Subject<'_>, region: Region) -> Vec<(&'static str, u32)> {
    let Some(design) = subject.design else {
        return Vec::new();
    };
    let mut asked = Vec::new();
    if design.network.region == region {
        asked.push(("network.zones", design.network.zones.get()));
    }
    let clients = design.clients.all(design);
    if clients.iter().any(|it| it.region == region) {
        asked.push(("client.zones", design.clients.zones.get()));
    }
    asked
}

fn beyond(subject: &Subject<'_>, region: Region) -> Option<Finding> {
    let topology = subject.topology;
    let offered = region.zones();
    let here = |name: &Name| topology.region_of(name) == Some(region);
    let subnets: Vec<(&Name, &Subnet)> = topology
        .all::<Subnet>()
        .filter(|(name, _)| here(name))
        .collect();
    let standing = subnets.iter().map(|(_, it)| it.zone.index() as u32 + 1);
    let asked = asked(subject, region);
    let used = standing.chain(asked.iter().map(|it| it.1)).max()?;
    if used <= offered {
        return None;
    }
    let message = text(
        "check.net-020.message",
        "{region} ({city}) offers {offered} zones, and the design uses {used}.",
    )
    .with("region", region.code())
    .with("city", region.city())
    .with("offered", offered)
    .with("used", used);
    let outside = subnets
        .into_iter()
        .filter(|(_, it)| it.zone.index() >= offered as usize);
    let outside: Vec<(&Name, &Subnet)> = outside.collect();
    let claims: Vec<Claim<'_>> = outside
        .iter()
        .map(|(name, _)| (*name, "AvailabilityZone"))
        .collect();
    let title = text("check.net-020.fix", "Use {zones} zones").with("zones", offered);
    let wrong = asked.iter().filter(|(_, zones)| *zones > offered);
    let options: Vec<&'static str> = wrong.map(|(key, _)| *key).collect();
    let fewer: Vec<(&str, &dyn Display)> = options
        .iter()
        .map(|key| (*key, &offered as &dyn Display))
        .collect();
    let fix = subject.fix(&claims, title, &fewer);
    let first = outside.first().map(|(_, it)| &it.vpc.name);
    let vpc = first.or_else(|| {
        topology
            .all::<Vpc>()
            .map(|(name, _)| name)
            .find(|it| here(it))
    });
    let at = vpc.into_iter().chain(outside.iter().map(|(name, _)| *name));
    Some(
        Finding::new(&CHECK, at, message)
            .at_options(options)
            .with_fix(fix),
    )
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_fourth_zone_in_tokyo() {
        assert_eq!(
            findings(&CHECK, "network.zones=4", &[]),
            "Vpc, PublicSubnetD, PrivateSubnetD: ap-northeast-1 (Tokyo) offers 3 zones, and the design uses 4."
        );
    }

    #[test]
    fn flags_a_client_in_a_region_with_fewer_zones() {
        let settings = "client.enabled=true client.region=eu-west-1 client.zones=4";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            "ClientVpc, ClientSubnetD: eu-west-1 (Ireland) offers 3 zones, and the design uses 4."
        );
    }

    #[test]
    fn accepts_six_where_there_are_six() {
        for settings in [
            "region=us-east-1 network.zones=6",
            "network.zones=3",
            "client.enabled=true client.zones=6",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
