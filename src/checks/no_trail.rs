//! CloudTrail records who changed what.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Instance, Trail};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "OB-002",
    severity: Severity::Medium,
    title: text("check.ob-002.title", "No record of API calls"),
    why: text(
        "check.ob-002.why",
        "Without a trail the calls that changed or read the account are gone after 90 days, and nobody is told of them.",
    ),
    advice: text(
        "check.ob-002.advice",
        "Keep one multi-Region trail in the account; the first copy of management events is free.",
    ),
    reference: "SEC04-BP01",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut trails = topology.all::<Trail>();
    if trails.any(|(_, it)| it.logging) {
        return;
    }
    // An account keeps one trail. Beside it a network, an API or a function alone asks for none.
    let mut instances = topology.all::<AutoScalingGroup>().map(|(name, _)| name);
    let mut hosts = topology.all::<Instance>().map(|(name, _)| name);
    let first = instances.next().or(hosts.next());
    if first
        .or(topology.stores().map(|(name, _)| name).next())
        .is_none()
    {
        return;
    }
    let stopped: Vec<_> = subject
        .topology
        .all::<Trail>()
        .map(|(name, _)| name)
        .collect();
    let message = text(
        "check.ob-002.message",
        "None of the stacks has a CloudTrail trail that is logging.",
    );
    let claims: Vec<_> = stopped.iter().map(|it| (*it, "IsLogging")).collect();
    let title = text("check.ob-002.fix", "Turn CloudTrail on");
    let fix = subject.fix(&claims, title, &[("observability.trail", &true)]);
    findings.push(Finding::new(&CHECK, stopped, message).with_fix(fix));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_no_trail_and_one_that_is_stopped() {
        assert_eq!(
            findings(&CHECK, "observability.trail=false", &[]),
            ": None of the stacks has a CloudTrail trail that is logging."
        );
        assert_eq!(
            findings(&CHECK, "", &[set("Trail", "IsLogging", json!(false))]),
            "Trail: None of the stacks has a CloudTrail trail that is logging."
        );
    }

    #[test]
    fn accepts_a_trail() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }

    #[test]
    fn asks_for_none_beside_a_private_api() {
        let settings = "application.enabled=false api.enabled=true client.enabled=true observability.trail=false";
        assert_eq!(findings(&CHECK, settings, &[]), "");
    }
}
