//! When AWS Backup makes recovery points, how long it keeps them, and where it copies them to.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    BackupPlan {
        "BackupPlan" plan: Value,
    }
}

impl BackupPlan {
    fn rules(&self) -> &[Value] {
        match self.plan.get("BackupPlanRule") {
            Some(Value::List(rules)) => rules,
            _ => &[],
        }
    }

    /// Whether every recovery point is copied to another vault.
    pub fn copies(&self) -> bool {
        self.rules().iter().any(|it| it.get("CopyActions").is_some())
    }

    /// Days that the longest rule keeps recovery points; `None` for ever, or nothing at all.
    pub fn days(&self) -> Option<f64> {
        let days = self.rules().iter();
        days.filter_map(|it| it.get("Lifecycle")?.get("DeleteAfterDays")?.as_number())
            .reduce(f64::max)
    }
}

impl Describe for BackupPlan {
    const KIND: &'static str = "AWS::Backup::BackupPlan";
    const TITLE: Text = text("aws.backup-plan", "Backup plan");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
