//! A recorder needs somewhere to put what it records.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{ConfigChannel, ConfigRecorder, Name};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "GV-002",
    severity: Severity::Error,
    title: text("check.gv-002.title", "Recorder without delivery channel"),
    why: text(
        "check.gv-002.why",
        "AWS Config refuses to start a recorder that has no delivery channel, and CloudFormation gives up after waiting for it.",
    ),
    advice: text(
        "check.gv-002.advice",
        "Add a delivery channel with a bucket in the same Region.",
    ),
    reference: "AWS Config developer guide, managing the delivery channel",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<ConfigRecorder>() {
        let region = topology.region_of(name);
        let mut channels = topology.all::<ConfigChannel>();
        if channels.any(|(it, _)| topology.region_of(it) == region) {
            continue;
        }
        let message = text(
            "check.gv-002.message",
            "{recorder} has no delivery channel in its Region and will not start.",
        )
        .with("recorder", name.as_str());
        let channel: Name = "ConfigDeliveryChannel".into();
        let fix = subject.undo([name, &channel]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, remove};

    #[test]
    fn flags_a_recorder_alone() {
        assert_eq!(
            findings(
                &CHECK,
                "account.config=true",
                &[remove("ConfigDeliveryChannel")]
            ),
            "ConfigRecorder: ConfigRecorder has no delivery channel in its Region and will not start."
        );
    }

    #[test]
    fn accepts_a_channel_and_none_of_both() {
        assert_eq!(findings(&CHECK, "account.config=true", &[]), "");
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
