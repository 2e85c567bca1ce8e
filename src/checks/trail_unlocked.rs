//! What guards an account keeps its own records safe.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{Bucket, ConfigRecorder, GuardDutyDetector, Trail, lookup};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "GV-005",
    severity: Severity::Low,
    title: text("check.gv-005.title", "Trail that can be deleted"),
    why: text(
        "check.gv-005.why",
        "Whoever takes over an administrator deletes the record of it next. Object Lock keeps every version for its time, and the bucket is the trail's alone.",
    ),
    advice: text(
        "check.gv-005.advice",
        "Give the trail a bucket of its own with Object Lock and a default retention.",
    ),
    reference: "SEC04-BP01; S3 user guide, Object Lock",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let is_guarded = topology.all::<GuardDutyDetector>().next().is_some()
        || topology.all::<ConfigRecorder>().next().is_some();
    if !is_guarded {
        return;
    }
    for (name, trail) in topology.all::<Trail>() {
        let Some(bucket) = topology.get::<Bucket>(&trail.bucket) else {
            continue;
        };
        let lock = lookup(&bucket.rest, "ObjectLockConfiguration");
        let retention = lock.and_then(|it| it.get("Rule")?.get("DefaultRetention"));
        if retention.is_some() {
            continue;
        }
        let message = text(
            "check.gv-005.message",
            "{trail} writes into {bucket}, whose objects can be deleted at any time.",
        )
        .with("trail", name.as_str())
        .with("bucket", trail.bucket.name.as_str());
        let claims = [(&trail.bucket.name, "ObjectLockConfiguration")];
        let title = text("check.gv-005.fix", "Lock the trail for {days} days").with("days", DAYS);
        let option = [(
            "observability.trail_lock_days",
            &DAYS as &dyn std::fmt::Display,
        )];
        let fix = match subject.design.map(|it| it.observability.trail_lock.get()) {
            Some(0) => subject.fix(&claims, title, &option),
            _ => subject.release(&claims),
        };
        findings.push(Finding::new(&CHECK, [name, &trail.bucket.name], message).with_fix(fix));
    }
}

/// Days that the fix locks for.
const DAYS: u32 = 30;

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::{findings, set};
    use serde_json::json;

    const SAID: &str = "Trail, TrailBucket: Trail writes into TrailBucket, whose objects can be deleted at any time.";

    #[test]
    fn flags_a_trail_in_a_bucket_without_lock() {
        assert_eq!(
            findings(&CHECK, "account.guardduty=true", &[]),
            SAID.replace("TrailBucket", "LogBucket")
        );
        let edit = set("TrailBucket", "ObjectLockConfiguration", json!(null));
        let locked = "account.guardduty=true observability.trail_lock_days=30";
        assert_eq!(findings(&CHECK, locked, &[edit]), SAID);
    }

    #[test]
    fn accepts_a_lock_and_a_design_that_guards_no_account() {
        let locked = "account.guardduty=true observability.trail_lock_days=30";
        assert_eq!(findings(&CHECK, locked, &[]), "");
        assert_eq!(findings(&CHECK, "", &[]), "");
    }
}
