//! Writes into a secret which database its password opens: engine, address, port.

use super::{DbInstance, Describe, Figure, Home, Id, Secret, typed};
use crate::text::{Text, text};

typed! {
    SecretAttachment {
        "SecretId" secret: Id<Secret>,
        "TargetId" target: Id<DbInstance>,
        /// The target's resource type.
        "TargetType" kind: String,
    }
}

impl Describe for SecretAttachment {
    const KIND: &'static str = "AWS::SecretsManager::SecretTargetAttachment";
    const TITLE: Text = text("aws.secret-attachment", "Database of a secret");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
