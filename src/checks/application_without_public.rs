//! The web application needs public subnets for its load balancer: without them it is left out.

use super::{Check, Finding, Severity, Subject};
use crate::design::Design;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "NET-023",
    severity: Severity::High,
    title: text(
        "check.net-023.title",
        "Web application without public subnets",
    ),
    why: text(
        "check.net-023.why",
        "Its load balancer faces the internet. Without public subnets neither it nor what stands behind it is in the templates: deployed over an earlier design, they would be deleted.",
    ),
    advice: text(
        "check.net-023.advice",
        "Add public subnets, or switch the web application off.",
    ),
    reference: "REL02-BP02",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let left_out = |it: &Design| it.application.enabled && !it.has_application();
    if !subject.design.is_some_and(left_out) {
        return;
    }
    let message = text(
        "check.net-023.message",
        "The web application is asked for and left out: the VPC has no public subnets.",
    );
    let add = text("check.net-023.fix", "Add public subnets");
    let off = text("check.net-023.fix-off", "Switch the web application off");
    let finding = Finding::new(&CHECK, [], message).at_options(vec!["network.tiers"]);
    let finding = finding.with_fix(subject.fix(&[], add, &[("network.tiers", &2)]));
    findings.push(finding.with_fix(subject.fix(&[], off, &[("application.enabled", &false)])));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_what_is_asked_for_and_not_there() {
        let found = findings(&CHECK, "network.tiers=1", &[]);
        assert!(found.contains("left out"), "{found}");
    }

    #[test]
    fn accepts_public_subnets_and_a_design_without_the_application() {
        for settings in ["", "network.tiers=1 application.enabled=false"] {
            assert_eq!(findings(&CHECK, settings, &[]), "", "{settings}");
        }
    }
}
