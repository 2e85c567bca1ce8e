//! An inline policy as a resource of its own, so that a later stack can grant what it alone knows to an earlier stack's role.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    RolePolicy {
        "PolicyName" name: String,
        /// The role's name, which is what `Ref` gives.
        "RoleName" role: Value,
        "PolicyDocument" document: Value,
    }
}

impl Describe for RolePolicy {
    const KIND: &'static str = "AWS::IAM::RolePolicy";
    const TITLE: Text = text("aws.role-policy", "IAM role policy");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
