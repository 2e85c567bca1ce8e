//! gp3 replaced gp2.

use super::{Check, Finding, Severity, Subject};
use crate::aws::LaunchTemplate;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EC2-004",
    severity: Severity::Low,
    title: text("check.ec2-004.title", "Volume of the older type gp2"),
    why: text(
        "check.ec2-004.why",
        "gp3 costs about 20 % less a gigabyte and has 3,000 IOPS at any size; gp2 has 3 a gigabyte.",
    ),
    advice: text("check.ec2-004.advice", "Use gp3."),
    reference: "COST06; EBS user guide, general purpose SSD volumes",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, template) in subject.topology.all::<LaunchTemplate>() {
        let Some((_, size, _)) = template.disks().find(|(kind, ..)| *kind == "gp2") else {
            continue;
        };
        let message = text(
            "check.ec2-004.message",
            "Instances of {template} have a gp2 volume of {size} GiB.",
        )
        .with("template", name.as_str())
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
    fn flags_gp2_given_and_by_default() {
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebLaunchTemplate",
                    "LaunchTemplateData.BlockDeviceMappings.0.Ebs.VolumeType",
                    json!("gp2")
                )]
            ),
            "WebLaunchTemplate: Instances of WebLaunchTemplate have a gp2 volume of 8 GiB."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebLaunchTemplate",
                    "LaunchTemplateData.BlockDeviceMappings.0.Ebs.VolumeType",
                    json!(null)
                )]
            ),
            "WebLaunchTemplate: Instances of WebLaunchTemplate have a gp2 volume of 8 GiB."
        );
    }

    #[test]
    fn accepts_gp3() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
