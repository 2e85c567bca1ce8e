//! Rules that find what is wrong with a design before AWS, or an outage, does.
//!
//! One file a rule: what it detects, its words (what, why, what to do), its fixes and its tests. A fix is the whole edited
//! design, so that applying, previewing and undoing need no more machinery.

use crate::aws::Name;
use crate::design::Design;
use crate::text::{Message, Text};
use crate::topology::Topology;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It will not deploy, or will not work.
    Error,
    High,
    Medium,
    Low,
}

impl Severity {
    /// The word in `azimuth check --json`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// A rule.
pub struct Check {
    /// Stable for ever, as `RT-006`.
    pub code: &'static str,
    pub severity: Severity,
    /// A few words that name the rule.
    pub title: Text,
    pub why: Text,
    /// What to do.
    pub advice: Text,
    /// Well-Architected id or AWS document that the rule rests on.
    pub reference: &'static str,
    pub run: fn(&Subject<'_>, &mut Vec<Finding>),
}

/// What a rule looks at.
pub struct Subject<'a> {
    /// `None` for a template that somebody else wrote: findings then have no fixes.
    pub design: Option<&'a Design>,
    pub topology: &'a Topology,
}

/// Something that a rule found.
#[derive(Clone)]
pub struct Finding {
    pub check: &'static Check,
    /// The nodes that it is about; the first is the one to look at.
    pub at: Vec<Name>,
    pub message: Message,
    pub fixes: Vec<Fix>,
}

/// A way out: the design as it would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    pub title: Message,
    pub design: Design,
}

/// Every rule, by code.
pub const ALL: &[&Check] = &[];

/// Runs every rule: the worst findings first, then by code.
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in ALL {
        (check.run)(subject, &mut findings);
    }
    findings.sort_by_key(|it: &Finding| (it.check.severity, it.check.code));
    findings
}
