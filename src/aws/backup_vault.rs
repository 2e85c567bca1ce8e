//! Where AWS Backup keeps recovery points. It cannot be deleted while it holds one.

use super::{Describe, Figure, Glyph, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    BackupVault {
        "BackupVaultName" name: Value,
    }
}

impl Describe for BackupVault {
    const KIND: &'static str = "AWS::Backup::BackupVault";
    const TITLE: Text = text("aws.backup-vault", "Backup vault");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Vault)
    }
}
