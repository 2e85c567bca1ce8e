//! Backups that a Region takes with it.

use super::{Check, Finding, Severity, Subject};
use crate::aws::{BackupPlan, BackupVault, Region};
use crate::text::text;

pub static CHECK: Check = Check {
    code: "BK-001",
    severity: Severity::Low,
    title: text("check.bk-001.title", "Backups in one Region"),
    why: text(
        "check.bk-001.why",
        "What takes the Region away, or the account's access to it, takes database and backups at once.",
    ),
    advice: text(
        "check.bk-001.advice",
        "Copy recovery points to a vault in another Region.",
    ),
    reference: "REL09-BP02; AWS Backup developer guide, creating backup copies across AWS Regions",
    run,
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    let region_of = |stack: usize| topology.stacks.get(stack).map(|it| it.region);
    for (name, plan) in topology.all::<BackupPlan>() {
        let Some(home) = topology.node(name).and_then(|it| region_of(it.stack)) else {
            continue;
        };
        let vaults = topology.all::<BackupVault>();
        let mut places = vaults.filter_map(|(name, _)| region_of(topology.node(name)?.stack));
        if plan.copies() && places.any(|it| it != home) {
            continue;
        }
        let message = text(
            "check.bk-001.message",
            "Everything that {plan} makes stays in {region}.",
        )
        .with("plan", name.as_str())
        .with("region", home.code());
        let other = other(home);
        let title = text("check.bk-001.fix", "Copy recovery points to {region}")
            .with("region", other.code());
        let fix = subject.fix(
            &[(name, "BackupPlan")],
            title,
            &[
                ("backup.copy", &true),
                ("backup.copy_region", &other.code()),
            ],
        );
        findings.push(Finding::new(&CHECK, [name], message).with_fix(fix));
    }
}

/// Osaka, or for Osaka Tokyo.
fn other(home: Region) -> Region {
    if home == Region::OSAKA {
        Region::TOKYO
    } else {
        Region::OSAKA
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_backups_without_a_copy_and_a_copy_at_home() {
        for settings in [
            "backup.enabled=true",
            "backup.enabled=true backup.copy=true backup.copy_region=ap-northeast-1",
        ] {
            assert_eq!(
                findings(&CHECK, settings, &[]),
                "BackupPlan: Everything that BackupPlan makes stays in ap-northeast-1."
            );
        }
    }

    #[test]
    fn accepts_a_copy_in_another_region_and_no_plan() {
        for settings in ["", "backup.enabled=true backup.copy=true"] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
