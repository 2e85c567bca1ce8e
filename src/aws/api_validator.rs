//! What a REST API checks of a request before anything behind it is called.

use super::{Describe, Figure, Home, Id, RestApi, typed};
use crate::text::{Text, text};

typed! {
    ApiValidator {
        "RestApiId" api: Id<RestApi>,
        "ValidateRequestBody" body: bool,
        "ValidateRequestParameters" parameters: bool,
    }
}

impl Describe for ApiValidator {
    const KIND: &'static str = "AWS::ApiGateway::RequestValidator";
    const TITLE: Text = text("aws.api-validator", "API Gateway request validator");

    fn home(&self) -> Home {
        Home::With(self.api.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
