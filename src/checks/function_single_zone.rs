//! A function in a VPC has network interfaces in more than one zone.

use super::site::zones_of_vpc;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "SV-001",
    severity: Severity::High,
    title: text("check.sv-001.title", "Function in one zone"),
    why: text(
        "check.sv-001.why",
        "A function in a VPC runs where it has network interfaces. With subnets of one zone alone, the loss of that zone is the loss of the function.",
    ),
    advice: text(
        "check.sv-001.advice",
        "Give the function a subnet in each of two or more zones: further ones cost nothing.",
    ),
    reference: "REL10-BP01; Lambda developer guide, resilience in AWS Lambda",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<Function>() {
        let [zone] = topology.zones_of(name)[..] else {
            continue;
        };
        let message = text(
            "check.sv-001.message",
            "{function} has network interfaces in zone {zone} alone.",
        )
        .with("function", name.as_str())
        .with("zone", zone.letter());
        let finding = Finding::new(&CHECK, [name], message);
        let clients = subject.design.map(|it| &it.clients);
        let asked = clients.is_some_and(|it| it.enabled && it.zones.get() == 1);
        // More were asked for, and there was no room: NET-015's.
        let vpc = topology.vpc_of(name).filter(|_| !asked);
        let is_cramped =
            |vpc: &Name| subject.is_client(vpc) && zones_of_vpc(topology, vpc).len() == 1;
        if vpc.is_some_and(is_cramped) {
            continue;
        }
        let claims = [(name, "VpcConfig")];
        findings.push(if asked {
            let options = subject.blame(&claims, &["client.zones"]);
            let fix = subject.two_client_zones(&claims);
            finding.at_options(options).with_fix(fix)
        } else {
            finding.with_fix(subject.release(&claims))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_client_of_one_zone_and_a_function_with_one_subnet() {
        let settings = "api.enabled=true client.enabled=true";
        let found = "ClientFunction: ClientFunction has network interfaces in zone a alone.";
        assert_eq!(
            findings(&CHECK, &format!("{settings} client.zones=1"), &[]),
            found
        );
        let one = json!([{"Ref": "ClientSubnetA"}]);
        let edits = [set("ClientFunction", "VpcConfig.SubnetIds", one)];
        assert_eq!(findings(&CHECK, settings, &edits), found);
    }

    #[test]
    fn accepts_two_zones_and_a_function_outside_of_any_vpc() {
        let settings = "api.enabled=true client.enabled=true";
        assert_eq!(findings(&CHECK, settings, &[]), "");
        let edits = [set("ClientFunction", "VpcConfig", json!(null))];
        assert_eq!(findings(&CHECK, settings, &edits), "");
    }

    #[test]
    fn leaves_a_vpc_without_room_to_the_rule_of_the_address_plan() {
        let settings = "api.enabled=true client.enabled=true client.cidrs=10.9.0.0/28";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
