//! An interface endpoint has one subnet a zone at most.

use super::site::list;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, VpcEndpoint};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EP-002",
    severity: Severity::Error,
    title: text(
        "check.ep-002.title",
        "Interface endpoint with two subnets in one zone",
    ),
    why: text(
        "check.ep-002.why",
        "CreateVpcEndpoint takes one subnet of each zone and refuses a second.",
    ),
    advice: text("check.ep-002.advice", "Leave one subnet of each zone."),
    reference: "AWS PrivateLink guide, interface endpoint subnets",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, it) in topology.all::<VpcEndpoint>() {
        let subnets = topology.subnets_of(name);
        let twice: Vec<&Name> = subnets
            .iter()
            .enumerate()
            .filter(|(place, subnet)| {
                let mut before = subnets.iter().take(*place);
                before.any(|other| topology.zone_of(other) == topology.zone_of(subnet))
            })
            .map(|(_, subnet)| *subnet)
            .collect();
        if !it.is_interface() || twice.is_empty() {
            continue;
        }
        let message = text(
            "check.ep-002.message",
            "{endpoint} has {subnets} in zones where it has a subnet already.",
        )
        .with("endpoint", name.as_str())
        .with("subnets", list(&twice));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(subject.undo([name])));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_the_public_subnet_of_the_same_zone() {
        let both = json!([{"Ref": "PrivateSubnetA"}, {"Ref": "PublicSubnetA"}]);
        assert_eq!(
            findings(
                &CHECK,
                "endpoints.sts=true",
                &[set("StsEndpoint", "SubnetIds", both)]
            ),
            "StsEndpoint: StsEndpoint has PublicSubnetA in zones where it has a subnet already."
        );
    }

    #[test]
    fn accepts_one_subnet_a_zone() {
        assert_eq!(
            findings(&CHECK, "endpoints.sts=true network.zones=3", &[]),
            ""
        );
    }
}
