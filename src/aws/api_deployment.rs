//! A REST API as it was when it was deployed: a stage shows one of them, and a later change of a method needs another.

use super::{Describe, Figure, Home, Id, RestApi, typed};
use crate::text::{Text, text};

typed! {
    ApiDeployment {
        "RestApiId" api: Id<RestApi>,
    }
}

impl Describe for ApiDeployment {
    const KIND: &'static str = "AWS::ApiGateway::Deployment";
    const TITLE: Text = text("aws.api-deployment", "API Gateway deployment");

    fn home(&self) -> Home {
        Home::With(self.api.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
