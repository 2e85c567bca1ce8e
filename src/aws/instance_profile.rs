//! What hands a role to an EC2 instance.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    InstanceProfile {
        /// Exactly one role's name.
        "Roles" roles: Vec<Value>,
    }
}

impl Describe for InstanceProfile {
    const KIND: &'static str = "AWS::IAM::InstanceProfile";
    const TITLE: Text = text("aws.instance-profile", "Instance profile");
    const ATTRIBUTE: Option<&'static str> = Some("Arn");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Global
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
