//! Images are looked at before they run.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Repository, SsmParameter};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DL-002",
    severity: Severity::Medium,
    title: text("check.dl-002.title", "Images that nobody scans"),
    why: text(
        "check.dl-002.why",
        "Known holes come with base images and libraries; a scan at the push names them before the image runs.",
    ),
    advice: text(
        "check.dl-002.advice",
        "Scan on push, or enable Amazon Inspector, which scans again whenever a new hole becomes known.",
    ),
    reference: "SEC06-BP01; ECR user guide, image scanning",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let mut parameters = topology.all::<SsmParameter>();
    if parameters.any(|(_, it)| it.is_inspector()) {
        return;
    }
    for (name, repository) in topology.all::<Repository>() {
        if repository.scans() {
            continue;
        }
        let message = text(
            "check.dl-002.message",
            "Nothing scans the images of {repository}.",
        )
        .with("repository", name.as_str());
        let fix = subject.release(&[(name, "ImageScanningConfiguration")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_repository_without_scans() {
        let edit = || set("Repository", "ImageScanningConfiguration", json!(null));
        assert_eq!(
            findings(&CHECK, "delivery.registry=true", &[edit()]),
            "Repository: Nothing scans the images of Repository."
        );
        let inspected = "delivery.registry=true account.inspector=true";
        assert_eq!(findings(&CHECK, inspected, &[edit()]), "");
    }

    #[test]
    fn accepts_scans() {
        assert_eq!(findings(&CHECK, "delivery.registry=true", &[]), "");
    }
}
