//! A range that is given for more zones or VPCs than there are does nothing, and must say so.

use ipnet::Ipv4Net;

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::design::Design;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DS-004",
    severity: Severity::Medium,
    title: text("check.ds-004.title", "Range that nothing takes"),
    why: text(
        "check.ds-004.why",
        "Ranges are taken in order: one for each zone, for each name of a further VPC, or for each client. What is left over is in no template, and comes into force with the next zone, name or client.",
    ),
    advice: text(
        "check.ds-004.advice",
        "Take the range out, or add the zone or the VPC that it is for.",
    ),
    reference: "This design's options",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(mut design) = subject.design.cloned() else {
        return;
    };
    let mut spare: Vec<Ipv4Net> = Vec::new();
    let mut options = Vec::new();
    for (option, given, places) in given(&mut design) {
        let places = places.min(given.len());
        let before = spare.len();
        spare.extend(given.drain(places..).flatten());
        if spare.len() > before {
            options.push(option);
        }
    }
    if spare.is_empty() {
        return;
    }
    let message = text(
        "check.ds-004.message",
        "No zone and no other VPC is there to take {ranges}.",
    )
    .with("ranges", list(spare));
    let title = text("check.ds-004.fix", "Take out the ranges that nothing takes");
    let fix = subject.editable().and_then(|_| subject.way(title, design));
    findings.push(
        Finding::new(&CHECK, [], message)
            .at_options(options)
            .with_fix(fix),
    );
}

/// Ranges that options give one by one, and how many there is a place for.
fn given(design: &mut Design) -> [(&'static str, &mut Vec<Option<Ipv4Net>>, usize); 5] {
    let clients = design.clients.all(design).len();
    let (network, vpcs) = (&mut design.network, &mut design.vpcs);
    let zones = network.zones.get() as usize;
    let isolated = if network.tiers.get() > 2 { zones } else { 0 };
    [
        ("network.public_cidrs", &mut network.public.0, zones),
        ("network.private_cidrs", &mut network.private.0, zones),
        ("network.isolated_cidrs", &mut network.isolated.0, isolated),
        ("vpcs.cidrs", &mut vpcs.cidrs.0, vpcs.names.0.len()),
        ("client.cidrs", &mut design.clients.cidrs.0, clients),
    ]
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{design, findings};
    use crate::checks::{Subject, check};

    #[test]
    fn flags_more_ranges_than_zones_or_names() {
        assert_eq!(
            findings(
                &CHECK,
                "vpcs.names=shared vpcs.cidrs=auto,10.9.0.0/16,auto,10.8.0.0/16 network.public_cidrs=auto,auto,10.0.9.0/24 network.isolated_cidrs=10.0.7.0/24",
                &[]
            ),
            ": No zone and no other VPC is there to take 10.0.9.0/24, 10.0.7.0/24, 10.9.0.0/16, 10.8.0.0/16."
        );
    }

    #[test]
    fn flags_a_range_for_a_client_that_is_not_there() {
        let settings = "client.enabled=true client.cidrs=10.9.0.0/16,10.8.0.0/16";
        assert_eq!(
            findings(&CHECK, settings, &[]),
            ": No zone and no other VPC is there to take 10.8.0.0/16."
        );
        let both = format!("{settings} client.second=true");
        assert_eq!(findings(&CHECK, &both, &[]), "");
    }

    #[test]
    fn accepts_what_is_left_to_the_plan_and_a_range_for_each_place() {
        for settings in [
            "vpcs.cidrs=auto,auto",
            "vpcs.names=a,b vpcs.cidrs=10.8.0.0/16,10.9.0.0/16",
            "network.tiers=3 network.isolated_cidrs=auto,10.0.7.0/24",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }

    #[test]
    fn the_fix_drops_the_surplus_and_nothing_else() {
        let design = design(
            "vpcs.names=shared vpcs.cidrs=10.9.0.0/16,10.8.0.0/16 network.public_cidrs=auto,10.0.9.0/24",
            &[],
        );
        let topology = design.expand();
        let subject = Subject::new(Some(&design), &topology);
        let found = check(&subject);
        let found = found.iter().find(|it| it.check.code == CHECK.code).unwrap();
        assert_eq!(found.options, ["vpcs.cidrs"]);
        let [fix] = found.fixes.as_slice() else {
            panic!("one fix");
        };
        assert_eq!(fix.design, design.with("vpcs.cidrs", "10.9.0.0/16"));
        assert_eq!(fix.design.expand(), topology);
    }
}
