//! What a path of a REST API does with one HTTP method, and who may ask for it.

use super::{Describe, Figure, Home, Id, Name, RestApi, Value, typed};
use crate::text::{Text, text};

typed! {
    ApiMethod {
        "RestApiId" api: Id<RestApi>,
        "ResourceId" resource: Value,
        "HttpMethod" method: String,
        /// `NONE`, `AWS_IAM`, `CUSTOM` or `COGNITO_USER_POOLS`.
        "AuthorizationType" authorization: String,
        "Integration" integration: Option<Value>,
    }
}

impl ApiMethod {
    /// What it calls: a function or a queue, as far as its integration names one.
    pub fn calls(&self) -> Vec<Name> {
        let mut named = Vec::new();
        if let Some(mut uri) = self.integration.as_ref().and_then(|it| it.get("Uri")).cloned() {
            uri.rewire(&mut |name, _| {
                named.push(Name::from(name));
                None
            });
        }
        named
    }
}

impl ApiMethod {
    /// Whether callers have to sign their requests or prove who they are.
    pub fn is_guarded(&self) -> bool {
        self.authorization != "NONE"
    }
}

impl Describe for ApiMethod {
    const KIND: &'static str = "AWS::ApiGateway::Method";
    const TITLE: Text = text("aws.api-method", "API Gateway method");

    fn home(&self) -> Home {
        Home::With(self.api.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
