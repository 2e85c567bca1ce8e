//! VPCs that are peered with the same one may want to meet one day.

use super::peering_overlap::{clash, meet_in_a_table};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Name, VpcPeeringConnection};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "PE-008",
    severity: Severity::Low,
    title: text("check.pe-008.title", "VPCs that can never be peered"),
    why: text(
        "check.pe-008.why",
        "Both are peered with the same VPC, but not with each other. With addresses in common they never can be, and no transit gateway can tell them apart either.",
    ),
    advice: text(
        "check.pe-008.advice",
        "Give each a range of its own while nothing stands in them.",
    ),
    reference: "REL02-BP05; VPC peering guide, VPC peering limitations",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let all: Vec<(&Name, &VpcPeeringConnection)> = topology.all().collect();
    for (place, (name, it)) in all.iter().enumerate() {
        for (other_name, earlier) in all.iter().take(place) {
            let hub = [&it.vpc.name, &it.peer.name].into_iter().find_map(|hub| {
                let (a, b) = (it.other_end(hub)?, earlier.other_end(hub)?);
                (a != b).then_some((&a.name, &b.name))
            });
            // Where one table leads to both, PE-001 says more.
            let Some((one, other)) = hub.filter(|_| !meet_in_a_table(topology, name, other_name))
            else {
                continue;
            };
            let Some(ranges) = clash(topology, one, other) else {
                continue;
            };
            let message = text(
                "check.pe-008.message",
                "{one} ({range}) and {other} ({taken}) overlap: they can never be peered.",
            )
            .with("one", one.as_str())
            .with("range", ranges[0])
            .with("other", other.as_str())
            .with("taken", ranges[1]);
            let fix = subject.move_beside(one);
            let finding = Finding::new(&CHECK, [one, other], message);
            let options = subject.blame_ranges(&ranges);
            findings.push(finding.at_options(options).with_fix(fix));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_two_clients_that_share_addresses() {
        assert_eq!(
            findings(
                &CHECK,
                "client.enabled=true client.second=true client.cidrs=10.7.0.0/16,10.7.0.0/20 client.return_routes=false",
                &[]
            ),
            "SecondClientVpc, ClientVpc: SecondClientVpc (10.7.0.0/20) and ClientVpc (10.7.0.0/16) overlap: they can never be peered."
        );
    }

    #[test]
    fn accepts_the_plan_and_what_the_graver_rule_says() {
        let clients = "client.enabled=true client.second=true";
        assert_eq!(findings(&CHECK, clients, &[]), "");
        let met = format!("{clients} client.cidrs=10.7.0.0/16,10.7.0.0/20");
        assert_eq!(findings(&CHECK, &met, &[]), "");
    }
}
