//! Browsers are told what they may do with a page.

use super::{Check, Finding, Severity, Subject, behaviors};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-014",
    severity: Severity::Low,
    title: text("check.ed-014.title", "No security headers"),
    why: text(
        "check.ed-014.why",
        "Without them a browser may be led to plain HTTP once more, and other sites may frame the pages.",
    ),
    advice: text(
        "check.ed-014.advice",
        "Give the behavior a response headers policy, such as the managed SecurityHeadersPolicy.",
    ),
    reference: "SEC09-BP02; CloudFront developer guide, managed response headers policies",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let message = text(
        "check.ed-014.message",
        "{distribution} adds no security headers to what “{path}” answers.",
    );
    behaviors::lacking(
        &CHECK,
        message,
        |it| it.get("ResponseHeadersPolicyId").is_none(),
        subject,
        findings,
    );
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::behaviors::assert_flags;
    use serde_json::json;

    #[test]
    fn flags_any_behavior_and_accepts_what_the_design_makes() {
        assert_flags(&CHECK, "ResponseHeadersPolicyId", &json!(null), |path| {
            format!("adds no security headers to what “{path}” answers.")
        });
    }
}
