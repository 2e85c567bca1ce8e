//! The role with which API Gateway writes logs: one for all APIs of an account in a Region, so the last stack to set it wins
//! (API Gateway developer guide, CloudWatch logging).

use super::{Describe, Figure, Home, Value, typed};
use crate::text::{Text, text};

typed! {
    ApiAccount {
        "CloudWatchRoleArn" role: Option<Value>,
    }
}

impl Describe for ApiAccount {
    const KIND: &'static str = "AWS::ApiGateway::Account";
    const TITLE: Text = text("aws.api-account", "API Gateway account settings");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
