//! Regions differ in how many zones they have.

use super::remedy::Claim;
use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, Subnet};
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
    let beyond: Vec<&Name> = topology
        .all::<Subnet>()
        .filter(|(_, it)| it.zone.index() >= offered as usize)
        .map(|(name, _)| name)
        .collect();
    if beyond.is_empty() {
        return;
    }
    let message = text(
        "check.net-020.message",
        "{region} ({city}) offers {offered} zones; beyond them: {subnets}",
    )
    .with("region", region.code())
    .with("city", region.city())
    .with("offered", offered)
    .with("subnets", list(&beyond));
    let claims: Vec<Claim<'_>> = beyond.iter().map(|it| (*it, "AvailabilityZone")).collect();
    let zones = subject
        .design
        .map_or(offered, |it| it.network.zones.get().min(offered));
    let title = text("check.net-020.fix", "Use {zones} zones").with("zones", zones);
    let fix = subject.fix(&claims, title, &[("network.zones", &zones)]);
    findings.push(Finding::new(&CHECK, beyond, message).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_fourth_zone_in_tokyo() {
        assert_eq!(
            findings(&CHECK, "network.zones=4", &[]),
            "PublicSubnetD, PrivateSubnetD: ap-northeast-1 (Tokyo) offers 3 zones; beyond them: PublicSubnetD, PrivateSubnetD"
        );
    }

    #[test]
    fn accepts_six_where_there_are_six() {
        for settings in ["region=us-east-1 network.zones=6", "network.zones=3"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
