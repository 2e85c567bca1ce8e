//! An identity that a service or an instance takes on.

use super::{Describe, Figure, Home, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Role {
        "AssumeRolePolicyDocument" trust: Value,
        "ManagedPolicyArns" managed_policies: Vec<Value>,
        "Tags" tags: Tags,
    }
}

impl Describe for Role {
    const KIND: &'static str = "AWS::IAM::Role";
    const TITLE: Text = text("aws.role", "IAM role");
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
