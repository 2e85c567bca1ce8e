//! A tag stays with its image.

use super::{Check, Finding, Severity, Subject};
use crate::aws::Repository;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "DL-001",
    severity: Severity::Medium,
    title: text("check.dl-001.title", "Image tags that move"),
    why: text(
        "check.dl-001.why",
        "Under a tag that can be given anew another image runs than was tested, and a rollback to the tag brings back what just failed.",
    ),
    advice: text(
        "check.dl-001.advice",
        "Make the repository's tags immutable, and give every build a tag of its own.",
    ),
    reference: "SEC11-BP06; ECR user guide, image tag mutability",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, repository) in subject.topology.all::<Repository>() {
        if repository.has_fixed_tags() {
            continue;
        }
        let message = text(
            "check.dl-001.message",
            "{repository} lets a tag be given to another image.",
        )
        .with("repository", name.as_str());
        let fix = subject
            .release(&[(name, "ImageTagMutability")])
            .or_else(|| subject.undo([name]));
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_tags_that_move() {
        assert_eq!(
            findings(
                &CHECK,
                "delivery.registry=true",
                &[set("Repository", "ImageTagMutability", json!("MUTABLE"))]
            ),
            "Repository: Repository lets a tag be given to another image."
        );
    }

    #[test]
    fn accepts_tags_that_stay() {
        assert_eq!(findings(&CHECK, "delivery.registry=true", &[]), "");
    }
}
