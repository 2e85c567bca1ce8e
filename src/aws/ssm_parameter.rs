//! A value that others look up by name in Systems Manager Parameter Store. Standard parameters are free of charge.

use super::{Describe, Figure, Glyph, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    SsmParameter {
        "Name" name: Option<Value>,
        /// `String` or `StringList`, whose items are separated by commas.
        "Type" kind: String,
        "Value" value: Value,
        "Description" description: Option<String>,
    }
}

impl SsmParameter {
    /// What a list holds, item by item, where the template joins it by itself.
    pub fn items(&self) -> &[Value] {
        if self.kind != "StringList" {
            return &[];
        }
        Value::joined(&self.value).unwrap_or_default()
    }
}

impl Describe for SsmParameter {
    const KIND: &'static str = "AWS::SSM::Parameter";
    const TITLE: Text = text("aws.ssm-parameter", "SSM parameter");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Companion(Glyph::Parameter)
    }
}
