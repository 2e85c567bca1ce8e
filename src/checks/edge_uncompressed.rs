//! Text travels compressed.

use super::{Check, Finding, Severity, Subject, behaviors};
use crate::aws::Value;
use crate::text::text;

pub static CHECK: Check = Check {
    code: "ED-012",
    severity: Severity::Low,
    title: text("check.ed-012.title", "CloudFront does not compress"),
    why: text(
        "check.ed-012.why",
        "Text is three to five times as large as it need be: pages load slower, and data out of CloudFront is billed by the gigabyte.",
    ),
    advice: text(
        "check.ed-012.advice",
        "Turn compression on for the behavior; its cache policy has to admit gzip and Brotli.",
    ),
    reference: "PERF04-BP04; CloudFront developer guide, serve compressed files",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let message = text(
        "check.ed-012.message",
        "{distribution} sends what “{path}” answers uncompressed.",
    );
    behaviors::lacking(
        &CHECK,
        message,
        |it| it.get("Compress") != Some(&Value::Bool(true)),
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
        assert_flags(&CHECK, "Compress", &json!(false), |path| {
            format!("sends what “{path}” answers uncompressed.")
        });
    }
}
