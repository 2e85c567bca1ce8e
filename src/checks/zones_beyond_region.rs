//! Regions differ in how many zones they have.

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
    let topology = subject.topology;
    let (asked, of_clients) = subject.design.map_or((0, 0), |it| {
        let clients = it.clients.enabled.then(|| it.clients.zones.get());
        (it.network.zones.get(), clients.unwrap_or_default())
    });
    let home = topology.region();
    for region in topology.regions() {
        let (key, asked) = if Some(region) == home {
            ("network.zones", asked)
        } else {
            ("client.zones", of_clients)
        };
        findings.extend(beyond(subject, region, key, asked));
    }
}

/// Of a Region in which an option asks for so many zones.
fn beyond(subject: &Subject<'_>, region: Region, key: &'static str, asked: u32) -> Option<Finding> {
    let topology = subject.topology;
    let offered = region.zones();
    let is_here = |name: &Name| topology.region_of(name) == Some(region);
    let subnets = || topology.all::<Subnet>().filter(|(name, _)| is_here(name));
    let standing = subnets().map(|(_, it)| it.zone.index() as u32 + 1).max();
    let used = standing.map_or(asked, |it| it.max(asked));
    if standing.is_none() && Some(region) != topology.region() || used <= offered {
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
    let beyond: Vec<&Name> = subnets()
        .filter(|(_, it)| it.zone.index() >= offered as usize)
        .map(|(name, _)| name)
        .collect();
    let claims: Vec<Claim<'_>> = beyond.iter().map(|it| (*it, "AvailabilityZone")).collect();
    let zones = asked.min(offered);
    let title = text("check.net-020.fix", "Use {zones} zones").with("zones", zones);
    let fix = subject.fix(&claims, title, &[(key, &zones)]);
    let vpcs = topology.all::<Vpc>().map(|(name, _)| name);
    let vpcs = vpcs.filter(|it| is_here(it));
    let options = if asked > offered {
        vec![key]
    } else {
        Vec::new()
    };
    let finding = Finding::new(&CHECK, vpcs.take(1).chain(beyond), message);
    Some(finding.at_options(options).with_fix(fix))
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
    fn each_region_has_zones_of_its_own() {
        let clients = "client.enabled=true client.region=eu-west-1 client.zones=4";
        assert_eq!(
            findings(&CHECK, clients, &[]),
            "ClientVpc, ClientSubnetD: eu-west-1 (Ireland) offers 3 zones, and the design uses 4."
        );
        let many = "client.enabled=true client.region=us-east-1 client.zones=6";
        assert_eq!(findings(&CHECK, many, &[]), "");
    }

    #[test]
    fn accepts_six_where_there_are_six() {
        for settings in ["region=us-east-1 network.zones=6", "network.zones=3"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
