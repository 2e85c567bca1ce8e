//! A root volume is made from the image's snapshot.

use super::image_architecture::default_of;
use super::{Check, Finding, Severity, Subject};
use crate::aws::LaunchTemplate;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EC2-010",
    severity: Severity::Error,
    title: text("check.ec2-010.title", "Volume smaller than its image"),
    why: text(
        "check.ec2-010.why",
        "The root volume begins as a copy of the image's snapshot, which has 8 GiB for Amazon Linux 2023; EC2 refuses a smaller one at launch.",
    ),
    advice: text("check.ec2-010.advice", "Use 8 GiB or more."),
    reference: "EC2 API reference, EbsBlockDevice; Amazon Linux 2023 user guide",
    run,
};

/// GiB of the snapshot of Amazon Linux 2023's standard image.
const SNAPSHOT: i64 = 8;

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, template) in topology.all::<LaunchTemplate>() {
        let image = default_of(topology, &template.data.image);
        let first = template.disks().next().map(|(_, size, _)| size);
        let (Some(size), true) = (first, image.is_some_and(|it| it.contains("al2023"))) else {
            continue;
        };
        if !(1..SNAPSHOT).contains(&size) {
            continue;
        }
        let message = text(
            "check.ec2-010.message",
            "{template} gives its instances {size} GiB; their image has 8 GiB.",
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
    fn flags_four_gibibytes_and_accepts_eight() {
        let of = |size: u32| {
            let property = "LaunchTemplateData.BlockDeviceMappings.0.Ebs.VolumeSize";
            let edit = set("WebLaunchTemplate", property, json!(size));
            findings(&CHECK, "", &[edit])
        };
        assert_eq!(
            of(4),
            "WebLaunchTemplate: WebLaunchTemplate gives its instances 4 GiB; their image has 8 GiB."
        );
        assert_eq!(of(8), "");
    }
}
