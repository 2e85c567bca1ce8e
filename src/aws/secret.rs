//! A password that Secrets Manager makes up and keeps.

use super::{Describe, Figure, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Secret {
        "Description" description: Option<String>,
        "GenerateSecretString" generated: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for Secret {
    const KIND: &'static str = "AWS::SecretsManager::Secret";
    const TITLE: Text = text("aws.secret", "Secret");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::monthly(text("meter.own-secret", "Secret"), "SecretsManager", "secret", 1.0)]
    }
}
