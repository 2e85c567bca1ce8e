//! What was found, counted.

use super::Finding;
use crate::text::{Message, counted, text};

/// How many findings there are, and how many of them are errors, in a few words.
pub fn summary(findings: &[Finding]) -> Message {
    let errors = findings.iter().filter(|it| it.is_error()).count();
    if findings.is_empty() {
        return text("check.summary.none", "No findings").into();
    }
    let all = counted(
        findings.len(),
        text("check.summary.one", "{count} finding"),
        text("check.summary.many", "{count} findings"),
    );
    if errors == 0 {
        return all;
    }
    text("check.summary.errors", "{errors}, {all}")
        .with("errors", count_of_errors(errors))
        .with("all", all)
}

/// `1 error`, `2 errors`.
pub fn count_of_errors(count: usize) -> Message {
    counted(
        count,
        text("check.summary.error", "{count} error"),
        text("check.summary.several", "{count} errors"),
    )
}
