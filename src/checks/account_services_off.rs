//! Threats, configurations and their hub: asked for where the design means to guard its account.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{ConfigRecorder, GuardDutyDetector, MacieSession, SecurityHub, SsmParameter};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "GV-001",
    severity: Severity::Low,
    title: text("check.gv-001.title", "Account without guard"),
    why: text(
        "check.gv-001.why",
        "Stolen keys, buckets that open and configurations that drift are found by services that look at the whole account; without them they are found by whoever gains from them.",
    ),
    advice: text(
        "check.gv-001.advice",
        "Enable GuardDuty, Config and Security Hub, each once in the account and Region; leave out what somebody has enabled there already.",
    ),
    reference: "SEC04-BP02",
    run,
};

/// Blueprints that are meant to stand in an account of their own.
const GUARDED: [&str; 1] = ["ecommerce-burst"];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let detector = topology
        .all::<GuardDutyDetector>()
        .any(|(_, it)| it.enabled);
    let recorder = topology.all::<ConfigRecorder>().next().is_some();
    let hub = topology.all::<SecurityHub>().next().is_some();
    let mut parameters = topology.all::<SsmParameter>();
    let others = topology.all::<MacieSession>().next().is_some()
        || parameters.any(|(_, it)| it.is_inspector());
    let design = subject.design.map(|it| it.blueprint.as_str());
    let is_meant = design.is_some_and(|it| GUARDED.contains(&it));
    if !(is_meant || detector || recorder || hub || others) {
        return;
    }
    let services = [
        (detector, "GuardDuty", "account.guardduty"),
        (recorder, "AWS Config", "account.config"),
        (hub, "Security Hub", "account.security_hub"),
    ];
    let missing = services.iter().filter(|it| !it.0);
    let missing: Vec<(&str, &str)> = missing.map(|it| (it.1, it.2)).collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<&str> = missing.iter().map(|it| it.0).collect();
    let message = text(
        "check.gv-001.message",
        "The account stack is without {services}.",
    )
    .with("services", names.join(", "));
    let stopped: Vec<_> = topology.all::<GuardDutyDetector>().map(|it| it.0).collect();
    let claims: Vec<_> = stopped.iter().map(|it| (*it, "Enable")).collect();
    let title = text("check.gv-001.fix", "Enable {services}").with("services", names.join(", "));
    let options: Vec<(&str, &dyn std::fmt::Display)> = missing
        .iter()
        .map(|it| (it.1, &true as &dyn std::fmt::Display))
        .collect();
    let fix = subject.fix(&claims, title, &options);
    findings.push(Finding::new(&CHECK, stopped, message).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_what_is_missing_beside_what_is_there() {
        assert_eq!(
            findings(&CHECK, "account.guardduty=true account.macie=true", &[]),
            "GuardDutyDetector: The account stack is without AWS Config, Security Hub."
        );
        let all = "account.guardduty=true account.config=true account.security_hub=true";
        assert_eq!(
            findings(
                &CHECK,
                all,
                &[set("GuardDutyDetector", "Enable", json!(false))]
            ),
            "GuardDutyDetector: The account stack is without GuardDuty."
        );
    }

    #[test]
    fn accepts_all_three_and_a_design_that_leaves_the_account_to_others() {
        let all = "account.guardduty=true account.config=true account.security_hub=true";
        assert_eq!(findings(&CHECK, all, &[]), "");
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
