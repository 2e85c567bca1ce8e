//! Regions differ in how many zones they have.

use super::remedy::Claim;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet, Vpc};
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
    let topology = subject.topology;
    let Some(region) = topology.region() else {
        return;
    };
    let offered = region.zones();
    let asked = subject.design.map_or(0, |it| it.network.zones.get());
    let standing = topology
        .zones()
        .last()
        .map_or(0, |it| it.index() as u32 + 1);
    let used = asked.max(standing);
    if used <= offered {
        return;
    }
    let message = text(
        "check.net-020.message",
        "{region} ({city}) offers {offered} zones, and the design uses {used}.",
    )
    .with("region", region.code())
    .with("city", region.city())
    .with("offered", offered)
    .with("used", used);
    let beyond: Vec<&Name> = topology
        .all::<Subnet>()
        .filter(|(_, it)| it.zone.index() >= offered as usize)
        .map(|(name, _)| name)
        .collect();
    let claims: Vec<Claim<'_>> = beyond.iter().map(|it| (*it, "AvailabilityZone")).collect();
    let zones = asked.min(offered);
    let title = text("check.net-020.fix", "Use {zones} zones").with("zones", zones);
    let fix = subject.fix(&claims, title, &[("network.zones", &zones)]);
    let vpcs = topology.all::<Vpc>().map(|(name, _)| name);
    let options = if asked > offered {
        vec!["network.zones"]
    } else {
        Vec::new()
    };
    let finding = Finding::new(&CHECK, vpcs.take(1).chain(beyond), message);
    findings.push(finding.at_options(options).with_fix(fix));
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
    fn accepts_six_where_there_are_six() {
        for settings in ["region=us-east-1 network.zones=6", "network.zones=3"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
