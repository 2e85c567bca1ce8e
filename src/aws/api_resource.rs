//! A path of a REST API.

use super::{Describe, Figure, Home, Id, RestApi, Value, typed};
use crate::text::{Text, text};

typed! {
    ApiResource {
        "RestApiId" api: Id<RestApi>,
        "ParentId" parent: Value,
        "PathPart" path: String,
    }
}

impl Describe for ApiResource {
    const KIND: &'static str = "AWS::ApiGateway::Resource";
    const TITLE: Text = text("aws.api-resource", "API Gateway resource");

    fn home(&self) -> Home {
        Home::With(self.api.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
