//! Encryption of a volume costs nothing.

use super::{Check, Finding, Severity, Subject};
use crate::aws::LaunchTemplate;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EC2-003",
    severity: Severity::Medium,
    title: text("check.ec2-003.title", "Volume that is not encrypted"),
    why: text(
        "check.ec2-003.why",
        "Snapshots and discarded disks stay readable; a volume cannot be encrypted later without being copied.",
    ),
    advice: text("check.ec2-003.advice", "Set Encrypted on every volume."),
    reference: "SEC08-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, template) in subject.topology.all::<LaunchTemplate>() {
        let Some((kind, size, _)) = template.disks().find(|(_, _, encrypted)| !encrypted) else {
            continue;
        };
        let message = text(
            "check.ec2-003.message",
            "Instances of {template} have a {kind} volume of {size} GiB that is not encrypted.",
        )
        .with("template", name.as_str())
        .with("kind", kind)
        .with("size", size);
        let fix = subject.release(&[(name, "LaunchTemplateData.BlockDeviceMappings")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_plain_volume() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebLaunchTemplate",
                    "LaunchTemplateData.BlockDeviceMappings.0.Ebs.Encrypted",
                    json!(false)
                )]
            ),
            "WebLaunchTemplate: Instances of WebLaunchTemplate have a gp3 volume of 8 GiB that is not encrypted."
        );
    }

    #[test]
    fn accepts_an_encrypted_one() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
