//! One address cannot flood the application.

use super::{Check, Finding, Severity, Subject};
use crate::aws::WebAcl;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-010",
    severity: Severity::Medium,
    title: text("check.ed-010.title", "Web ACL without a rate limit"),
    why: text(
        "check.ed-010.why",
        "One client can send as many requests as it likes: guesses of passwords, copies of the whole site, floods.",
    ),
    advice: text(
        "check.ed-010.advice",
        "Add a rate-based rule that blocks addresses above a number of requests in five minutes.",
    ),
    reference: "SEC05-BP03; WAF developer guide, rate-based rules",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, acl) in subject.topology.all::<WebAcl>() {
        if acl
            .statements()
            .any(|it| it.get("RateBasedStatement").is_some())
        {
            continue;
        }
        let message = text(
            "check.ed-010.message",
            "{acl} limits nobody's rate of requests.",
        )
        .with("acl", name.as_str());
        let fix = subject.release(&[(name, "Rules")]);
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    #[test]
    fn flags_a_web_acl_without_rules() {
        assert_eq!(
            findings(
                &CHECK,
                "edge.waf=true",
                &[set("WebAcl", "Rules", json!([]))]
            ),
            "WebAcl: WebAcl limits nobody's rate of requests."
        );
    }

    #[test]
    fn accepts_what_the_design_makes_with_and_without_lists() {
        for settings in ["edge.waf=true", "edge.waf=true edge.deny=198.51.100.0/24"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
