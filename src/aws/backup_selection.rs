//! What a backup plan covers.

use super::{BackupPlan, Describe, Figure, Home, Id, Value, typed};
use crate::text::{Text, text};

typed! {
    BackupSelection {
        "BackupPlanId" plan: Id<BackupPlan>,
        "BackupSelection" selection: Value,
    }
}

impl BackupSelection {
    /// Whether it names a node.
    pub fn covers(&self, name: &str) -> bool {
        let Some(Value::List(resources)) = self.selection.get("Resources") else {
            return false;
        };
        resources
            .iter()
            .any(|it| matches!(it, Value::Ref(node) | Value::Att(node, _) if **node == *name))
    }
}

impl Describe for BackupSelection {
    const KIND: &'static str = "AWS::Backup::BackupSelection";
    const TITLE: Text = text("aws.backup-selection", "Backup selection");

    fn home(&self) -> Home {
        Home::With(self.plan.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
