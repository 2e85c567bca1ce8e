//! AWS Backup over the database: a recovery point a day in a vault, and a copy in another Region where asked for.

use super::option::{Whole, component};
use super::policy::trust;
use super::{COPY, DATA, Design, Edit, Expansion, SECURITY, database};
use crate::aws::{
    BackupPlan, BackupSelection, BackupVault, Region, Role, Value, list, map, properties,
};
use crate::text::text;
use crate::topology::Keep;

component! {
    /// Backups beside those that RDS makes by itself.
    Backup at backup in Protection {
        "backup.enabled" "ue" enabled: bool = false, "AWS Backup", "A recovery point of the database every day, apart from the database's own backups";
        "backup.retention_days" "ur" retention: Whole<1, 3650> = Whole::new(35), "Backups kept (days)", "Days that a recovery point of AWS Backup is kept";
        "backup.copy" "ux" copy: bool = false, "Copy to another Region", "Copies every recovery point to a vault in another Region";
        "backup.copy_region" "ug" destination: Region = Region::OSAKA, "Region of the copies", "The Region that recovery points are copied to";
    }
}

const ROLE: &str = "BackupRole";
const VAULT: &str = "BackupVault";
const COPY_VAULT: &str = "BackupCopyVault";
const PLAN: &str = "BackupPlan";

impl Backup {
    /// The Region with the vault of the copies, where there are any.
    pub(super) fn copies_to(&self) -> Option<Region> {
        (self.enabled && self.copy).then_some(self.destination)
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let backup = &design.backup;
    if !backup.enabled {
        return;
    }
    to.add(
        SECURITY,
        ROLE,
        Role {
            trust: trust("backup.amazonaws.com", []),
            managed_policies: ["Backup", "Restores"].map(policy).to_vec(),
            tags: to.tags("backup"),
            rest: Vec::new(),
        },
    );
    if backup.copies_to().is_some() {
        vault(to, COPY, COPY_VAULT);
    }
    vault(to, DATA, VAULT);
    let places = [
        (
            PLAN,
            "BackupPlan.BackupPlanRule.0.Lifecycle.DeleteAfterDays",
        ),
        (
            PLAN,
            "BackupPlan.BackupPlanRule.0.CopyActions.0.Lifecycle.DeleteAfterDays",
        ),
    ];
    to.adjust(DATA, "BackupRetentionDays", "backup.retention_days", places);
    to.add(DATA, PLAN, plan(backup)).comment(text(
        "comment.backup-plan",
        "Every day at 18:00 UTC. A vault that holds a recovery point cannot be deleted: the destroy script empties it first.",
    ));
    to.add(
        DATA,
        "BackupSelection",
        BackupSelection {
            plan: PLAN.into(),
            selection: map([
                ("SelectionName", "database".into()),
                ("IamRoleArn", Value::att(ROLE, "Arn")),
                (
                    "Resources",
                    list([Value::att(
                        database::holder(design),
                        if design.database.kind.is_aurora() {
                            "DBClusterArn"
                        } else {
                            "DBInstanceArn"
                        },
                    )]),
                ),
            ]),
            rest: Vec::new(),
        },
    );
}

fn policy(what: &str) -> Value {
    Value::sub(format!(
        "arn:${{AWS::Partition}}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor{what}"
    ))
}

fn vault(to: &mut Expansion<'_>, stack: usize, name: &str) {
    let named = Value::sub("${AWS::StackName}-backups");
    let node = to.add(
        stack,
        name,
        BackupVault {
            name: named.clone(),
            rest: properties([("BackupVaultTags", map([("Name", named)]))]),
        },
    );
    node.keep = Some(Keep::Delete);
}

fn plan(backup: &Backup) -> BackupPlan {
    let lifecycle = map([("DeleteAfterDays", backup.retention.get().into())]);
    let mut rule = properties([
        ("RuleName", "daily".into()),
        ("TargetBackupVault", Value::reference(VAULT)),
        ("ScheduleExpression", "cron(0 18 * * ? *)".into()),
        ("StartWindowMinutes", 60.into()),
        ("CompletionWindowMinutes", 360.into()),
        ("Lifecycle", lifecycle.clone()),
    ]);
    if backup.copies_to().is_some() {
        let copy = map([
            (
                "DestinationBackupVaultArn",
                Value::att(COPY_VAULT, "BackupVaultArn"),
            ),
            ("Lifecycle", lifecycle),
        ]);
        rule.extend(properties([("CopyActions", list([copy]))]));
    }
    BackupPlan {
        plan: map([
            ("BackupPlanName", Value::sub("${AWS::StackName}-backups")),
            ("BackupPlanRule", list([Value::Map(rule)])),
        ]),
        rest: Vec::new(),
    }
}
