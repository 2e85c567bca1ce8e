//! A value that nobody types: made by Secrets Manager, read by the stacks that need it.

use super::{Describe, Figure, Glyph, Home, Meter, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Secret {
        "Description" description: Option<String>,
        "GenerateSecretString" generate: Option<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for Secret {
    const KIND: &'static str = "AWS::SecretsManager::Secret";
    const TITLE: Text = text("aws.secret", "Secrets Manager secret");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Secret)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter::monthly(
            text("meter.origin-secret", "Secret that CloudFront proves itself by"),
            "SecretsManager",
            "secret",
            1.0,
        )]
    }
}
