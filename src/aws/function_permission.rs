//! Lets an AWS service call a function.

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    FunctionPermission {
        "FunctionName" function: Value,
        "Action" action: Value,
        "Principal" principal: Value,
        "SourceArn" source: Option<Value>,
    }
}

impl Describe for FunctionPermission {
    const KIND: &'static str = "AWS::Lambda::Permission";
    const TITLE: Text = text("aws.function-permission", "Lambda permission");

    fn home(&self) -> Home {
        self.function.named().map_or(Home::Region, |it| Home::With(it.clone()))
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
