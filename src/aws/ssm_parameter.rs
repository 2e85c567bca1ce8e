//! A value that others look up by name in Systems Manager Parameter Store. Standard parameters are free of charge.

use super::{Describe, Figure, Flow, Glyph, Home, Meter, Value, typed};
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

/// How the name of the parameter ends that says what Amazon Inspector scans. CloudFormation has no type that enables it: the
/// deploy script does what the parameter says, and the destroy script undoes it.
pub const INSPECTOR: &str = "/inspector";

impl SsmParameter {
    /// Whether it stands for Amazon Inspector, which the scripts enable by it.
    pub fn is_inspector(&self) -> bool {
        let name = self.name.as_ref();
        name.is_some_and(|it| match it {
            Value::Fn(_, text) => text.as_str().is_some_and(|it| it.ends_with(INSPECTOR)),
            other => other.as_str().is_some_and(|it| it.ends_with(INSPECTOR)),
        })
    }

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
        Figure::Companion(if self.is_inspector() {
            Glyph::VulnerabilityScanner
        } else {
            Glyph::Parameter
        })
    }

    fn meters(&self) -> Vec<Meter> {
        if !self.is_inspector() {
            return Vec::new();
        }
        let item = text("meter.inspector-instances", "Inspector, instances scanned");
        vec![Meter::flow(item, "Inspector", "ec2_instance_scanned", Flow::Instances)]
    }
}
