//! Most families have a sibling with an Arm processor.

use super::{Check, Finding, Severity, Subject};
use crate::aws::LaunchTemplate;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EC2-005",
    severity: Severity::Low,
    title: text(
        "check.ec2-005.title",
        "The same instance on Graviton costs less",
    ),
    why: text(
        "check.ec2-005.why",
        "A Graviton sibling has as many vCPUs and as much memory for about 20 % less, and uses less energy.",
    ),
    advice: text(
        "check.ec2-005.advice",
        "Use it if the software and its machine image run on arm64.",
    ),
    reference: "COST06-BP02, SUS05",
    run,
};

/// Families and their siblings on Graviton (EC2 user guide, instance types). The price differs by 19 to 21 % in every
/// Region that the price table covers.
const SIBLINGS: [(&str, &str); 7] = [
    ("t3", "t4g"),
    ("m5", "m6g"),
    ("m6i", "m6g"),
    ("c5", "c6g"),
    ("c6i", "c6g"),
    ("r5", "r6g"),
    ("r6i", "r6g"),
];

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, template) in subject.topology.all::<LaunchTemplate>() {
        let own = template.data.instance_type.as_str();
        let Some((family, size)) = own.split_once('.') else {
            continue;
        };
        let Some((_, sibling)) = SIBLINGS.iter().find(|(it, _)| *it == family) else {
            continue;
        };
        let other = format!("{sibling}.{size}");
        let message = text(
            "check.ec2-005.message",
            "{template} launches {own}; {other} is as large for about 20 % less.",
        )
        .with("template", name.as_str())
        .with("own", own)
        .with("other", other.as_str());
        let title = text("check.ec2-005.fix", "Use {other}").with("other", other.as_str());
        let fix = subject.fix(
            &[(name, "LaunchTemplateData.InstanceType")],
            title,
            &[("fleet.instance_type", &other)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_families_with_a_sibling() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "WebLaunchTemplate: WebLaunchTemplate launches t3.micro; t4g.micro is as large for about 20 % less."
        );
        assert_eq!(
            findings(&CHECK, "fleet.instance_type=c6i.xlarge", &[]),
            "WebLaunchTemplate: WebLaunchTemplate launches c6i.xlarge; c6g.xlarge is as large for about 20 % less."
        );
    }

    #[test]
    fn accepts_graviton() {
        assert_eq!(findings(&CHECK, "fleet.instance_type=t4g.small", &[]), "");
    }
}
