//! A bastion host is a door that Session Manager does without.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Instance;
use crate::text::text;
use crate::topology::traffic::{SSH, ingress};

pub static CHECK: Check = Check {
    code: "EC2-006",
    severity: Severity::Medium,
    title: text("check.ec2-006.title", "Bastion host"),
    why: text(
        "check.ec2-006.why",
        "A host with a public address and an open SSH port has to be patched, watched and paid for, and dies with its zone.",
    ),
    advice: text(
        "check.ec2-006.advice",
        "Use Session Manager: the instances open the connection, IAM says who may, and CloudTrail records it.",
    ),
    reference: "SEC06-BP03; Systems Manager user guide, Session Manager",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, _) in topology.all::<Instance>() {
        let groups = topology.security_groups_of(name);
        let takes_ssh = groups
            .iter()
            .any(|group| ingress(topology, group).iter().any(|it| it.admits(SSH)));
        if !topology.has_public_address(name) || !takes_ssh {
            continue;
        }
        let message = text(
            "check.ec2-006.message",
            "{instance} has a public address and takes SSH.",
        )
        .with("instance", name.as_str());
        let fix = subject.fix(
            &[(name, "")],
            text("check.ec2-006.fix", "Use Session Manager instead"),
            &[("access.kind", &"session-manager")],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_bastion() {
        assert_eq!(
            findings(&CHECK, "access.kind=bastion", &[]),
            "Bastion: Bastion has a public address and takes SSH."
        );
    }

    #[test]
    fn accepts_session_manager_and_no_access() {
        for settings in ["", "access.kind=session-manager"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
