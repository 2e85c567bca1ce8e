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

impl Secret {
    /// Whether CloudFormation reads a value from Secrets Manager, by a dynamic reference.
    pub fn is_read_by(value: &Value) -> bool {
        written(value).is_some_and(|it| it.starts_with(READ))
    }

    /// Whether it is the secret of that name in the same template.
    pub fn is_named_by(value: &Value, name: &str) -> bool {
        let rest = written(value).and_then(|it| it.strip_prefix(READ));
        rest.is_some_and(|it| it.starts_with(&format!("${{{name}}}")))
    }
}

const READ: &str = "{{resolve:secretsmanager:";

fn written(value: &Value) -> Option<&str> {
    match value {
        Value::Fn(name, inner) if name == "Sub" => inner.as_str(),
        own => own.as_str(),
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
