//! The metadata service hands out the role's credentials.

use super::{Check, Finding, Severity, Subject};
use crate::aws::LaunchTemplate;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "EC2-002",
    severity: Severity::Medium,
    title: text(
        "check.ec2-002.title",
        "Instance metadata without session tokens",
    ),
    why: text(
        "check.ec2-002.why",
        "Version 1 answers any request from the instance: a web server that can be made to fetch an address gives the role's credentials away.",
    ),
    advice: text(
        "check.ec2-002.advice",
        "Require IMDSv2 (HttpTokens: required).",
    ),
    reference: "SEC06; EC2 user guide, instance metadata options",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, template) in subject.topology.all::<LaunchTemplate>() {
        if template.requires_session_tokens() {
            continue;
        }
        let message = text(
            "check.ec2-002.message",
            "Instances of {template} answer metadata requests without a token (IMDSv1).",
        )
        .with("template", name.as_str());
        let fix = subject.fix(
            &[(name, "LaunchTemplateData.MetadataOptions")],
            text("check.ec2-002.fix", "Require IMDSv2"),
            &[("fleet.imdsv2", &true)],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_optional_tokens() {
        assert_eq!(
            findings(&CHECK, "fleet.imdsv2=false", &[]),
            "WebLaunchTemplate: Instances of WebLaunchTemplate answer metadata requests without a token (IMDSv1)."
        );
        assert_eq!(
            findings(
                &CHECK,
                "",
                &[set(
                    "WebLaunchTemplate",
                    "LaunchTemplateData.MetadataOptions",
                    json!(null)
                )]
            ),
            "WebLaunchTemplate: Instances of WebLaunchTemplate answer metadata requests without a token (IMDSv1)."
        );
    }

    #[test]
    fn accepts_required_tokens() {
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
