//! A resource that a function makes and takes away: CloudFormation calls it when the stack is created, changed or deleted.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    CustomResource {
        /// ARN of the function.
        "ServiceToken" function: Value,
        /// Seconds that CloudFormation waits for an answer, 3,600 at most and by default.
        "ServiceTimeout" timeout: Option<u32>,
    }
}

impl Describe for CustomResource {
    const KIND: &'static str = "AWS::CloudFormation::CustomResource";
    const TITLE: Text = text("aws.custom-resource", "Custom resource");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
