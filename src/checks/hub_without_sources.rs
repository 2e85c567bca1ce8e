//! A hub shows what others find.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{ConfigRecorder, GuardDutyDetector, MacieSession, SecurityHub, SsmParameter};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "GV-003",
    severity: Severity::Medium,
    title: text("check.gv-003.title", "Security Hub without its sources"),
    why: text(
        "check.gv-003.why",
        "The hub finds little by itself: its findings come from GuardDuty, Macie and Inspector, and its controls look at what AWS Config records. Without Config most controls have nothing to look at.",
    ),
    advice: text(
        "check.gv-003.advice",
        "Enable Config and at least one of GuardDuty, Macie and Inspector in the same Region.",
    ),
    reference: "Security Hub user guide, enabling and configuring AWS Config",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<SecurityHub>() {
        let recorded = topology.all::<ConfigRecorder>().next().is_some();
        let mut parameters = topology.all::<SsmParameter>();
        let fed = topology
            .all::<GuardDutyDetector>()
            .any(|(_, it)| it.enabled)
            || topology.all::<MacieSession>().next().is_some()
            || parameters.any(|(_, it)| it.is_inspector());
        let mut options: Vec<(&str, &dyn std::fmt::Display)> = Vec::new();
        if !recorded {
            options.push(("account.config", &true));
        }
        if !fed {
            options.push(("account.guardduty", &true));
        }
        let words = match (recorded, fed) {
            (true, true) => continue,
            (false, _) => text(
                "check.gv-003.message",
                "{hub} checks a standard, but nothing records configurations for it.",
            ),
            (true, false) => text(
                "check.gv-003.unfed",
                "{hub} gets no findings: GuardDuty, Macie and Inspector are off.",
            ),
        };
        let title = match (recorded, fed) {
            (false, true) => text("check.gv-003.fix", "Enable AWS Config"),
            (true, _) => text("check.gv-003.feed", "Enable GuardDuty"),
            (false, false) => text("check.gv-003.both", "Enable AWS Config and GuardDuty"),
        };
        let fix = subject.fix(&[], title, &options);
        let message = words.with("hub", name.as_str());
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_hub_without_records_and_one_without_findings() {
        let alone = "account.security_hub=true account.guardduty=true";
        assert_eq!(
            findings(&CHECK, alone, &[]),
            "SecurityHub: SecurityHub checks a standard, but nothing records configurations for it."
        );
        let unfed = "account.security_hub=true account.config=true";
        assert_eq!(
            findings(&CHECK, unfed, &[]),
            "SecurityHub: SecurityHub gets no findings: GuardDuty, Macie and Inspector are off."
        );
    }

    #[test]
    fn accepts_a_hub_that_is_fed() {
        let fed = "account.security_hub=true account.config=true account.inspector=true";
        assert_eq!(findings(&CHECK, fed, &[]), "");
    }
}
