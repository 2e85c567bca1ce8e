//! The shape that a REST API asks of a request's body, as a JSON schema.

use super::{Describe, Figure, Home, Id, RestApi, Value, typed};
use crate::text::{Text, text};

typed! {
    ApiModel {
        "RestApiId" api: Id<RestApi>,
        "ContentType" content_type: Option<String>,
        "Schema" schema: Option<Value>,
    }
}

impl Describe for ApiModel {
    const KIND: &'static str = "AWS::ApiGateway::Model";
    const TITLE: Text = text("aws.api-model", "API Gateway model");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::With(self.api.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
