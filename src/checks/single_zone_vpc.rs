//! One zone is one power supply.

use super::site::zones_of_vpc;
use super::{Check, Finding, Severity, Subject};
use crate::aws::{Function, Name, Vpc};
use crate::text::{Message, text};

pub static CHECK: Check = Check {
    code: "NET-016",
    severity: Severity::High,
    title: text("check.net-016.title", "Everything in one zone"),
    why: text(
        "check.net-016.why",
        "A zone is a failure domain: data centers with power, cooling and network in common. What stands in one zone alone goes down with it.",
    ),
    advice: text(
        "check.net-016.advice",
        "Spread the subnets over two zones at least.",
    ),
    reference: "REL10-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    if !subject.unplaced().is_empty() {
        return;
    }
    for (name, _) in topology.all::<Vpc>() {
        let [zone] = zones_of_vpc(topology, name)[..] else {
            continue;
        };
        // SV-001 says it of a function's VPC.
        let mut functions = topology.all::<Function>();
        if functions.any(|(it, _)| topology.vpc_of(it) == Some(name)) {
            continue;
        }
        let message = text(
            "check.net-016.message",
            "Every subnet stands in zone {zone}: its loss is the loss of everything.",
        )
        .with("zone", zone.letter());
        findings.push(if subject.is_client(name) {
            let finding = Finding::new(&CHECK, [name], message);
            finding.with_fix(subject.two_client_zones(&[]))
        } else {
            main(subject, name, message)
        });
    }
}

/// Of the main VPC, and of those that have its zones.
fn main(subject: &Subject<'_>, vpc: &Name, message: Message) -> Finding {
    let asks_for_one = subject.design.is_some_and(|it| it.network.zones.get() == 1);
    let options = if asks_for_one {
        vec!["network.zones"]
    } else {
        Vec::new()
    };
    let finding = Finding::new(&CHECK, [vpc], message).at_options(options);
    finding.with_fix(subject.two_zones(&[vpc]))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_one_zone() {
        assert_eq!(
            findings(&CHECK, "network.zones=1", &[]),
            "Vpc: Every subnet stands in zone a: its loss is the loss of everything."
        );
    }

    #[test]
    fn looks_at_each_vpc_by_itself() {
        let line = |vpc| {
            format!("{vpc}: Every subnet stands in zone a: its loss is the loss of everything.")
        };
        let found = |settings: &str| findings(&CHECK, settings, &[]);
        assert_eq!(
            found("network.zones=1 client.enabled=true client.zones=3"),
            line("Vpc")
        );
        assert_eq!(
            found("client.enabled=true client.zones=1"),
            line("ClientVpc")
        );
    }

    #[test]
    fn leaves_the_vpc_of_a_function_to_the_rule_of_functions() {
        let settings = "api.enabled=true client.enabled=true client.zones=1";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }

    #[test]
    fn accepts_two() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
