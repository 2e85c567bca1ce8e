//! When AWS Backup makes recovery points, how long it keeps them, and where it copies them to.

use super::{Describe, Figure, Home, Name, Value, typed};
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

    /// Vaults that recovery points are made in.
    pub fn vaults(&self) -> impl Iterator<Item = &Name> {
        let rules = self.rules().iter();
        rules.filter_map(|it| it.get("TargetBackupVault")?.named())
    }

    /// Vaults of recovery points, each with a vault that these are copied to.
    pub fn copied(&self) -> Vec<(&Name, &Name)> {
        let mut pairs = Vec::new();
        for rule in self.rules() {
            let Some(vault) = rule.get("TargetBackupVault").and_then(Value::named) else {
                continue;
            };
            if let Some(Value::List(actions)) = rule.get("CopyActions") {
                let vaults = actions.iter();
                let vaults = vaults.filter_map(|it| it.get("DestinationBackupVaultArn")?.named());
                pairs.extend(vaults.map(|it| (vault, it)));
            }
        }
        pairs
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
