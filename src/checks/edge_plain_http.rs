//! Viewers speak HTTPS.

use super::{Check, Finding, Severity, Subject, behaviors};
use crate::aws::Value;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-011",
    severity: Severity::High,
    title: text("check.ed-011.title", "CloudFront answers plain HTTP"),
    why: text(
        "check.ed-011.why",
        "Whoever is on the way reads pages and cookies of viewers who ask by HTTP, and can change them.",
    ),
    advice: text(
        "check.ed-011.advice",
        "Redirect viewers to HTTPS, or answer HTTPS alone.",
    ),
    reference: "SEC09-BP02; CloudFront developer guide, require HTTPS",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let message = text(
        "check.ed-011.message",
        "{distribution} answers “{path}” by plain HTTP, too.",
    );
    behaviors::lacking(
        &CHECK,
        message,
        |it| it.get("ViewerProtocolPolicy").and_then(Value::as_str) == Some("allow-all"),
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
        assert_flags(
            &CHECK,
            "ViewerProtocolPolicy",
            &json!("allow-all"),
            |path| format!("answers “{path}” by plain HTTP, too."),
        );
    }
}
