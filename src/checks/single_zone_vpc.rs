//! One zone is one power supply.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Vpc;
use crate::text::text;

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
    let [zone] = subject.topology.zones()[..] else {
        return;
    };
    if !subject.unplaced().is_empty() {
        return;
    }
    for (name, _) in subject.topology.all::<Vpc>() {
        let message = text(
            "check.net-016.message",
            "Every subnet stands in zone {zone}: its loss is the loss of everything.",
        )
        .with("zone", zone.letter());
        let fix = subject.two_zones(&[name]);
        let asks_for_one = subject.design.is_some_and(|it| it.network.zones.get() == 1);
        let options = if asks_for_one {
            vec!["network.zones"]
        } else {
            Vec::new()
        };
        let finding = Finding::new(&CHECK, [name], message);
        findings.push(finding.at_options(options).with_fix(fix));
    }
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
    fn accepts_two() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
