//! A REST API under a name in its path, with its limits and its log.

use super::{ApiDeployment, Describe, Figure, Home, Id, RestApi, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    ApiStage {
        "RestApiId" api: Id<RestApi>,
        "DeploymentId" deployment: Id<ApiDeployment>,
        "StageName" name: String,
        "AccessLogSetting" access_log: Option<Value>,
        /// Limits and metrics by path and method.
        "MethodSettings" settings: Vec<Value>,
        "TracingEnabled" tracing: bool,
        "Tags" tags: Tags,
    }
}

impl ApiStage {
    /// Whether its calls are held to a rate below the account's (API Gateway developer guide, throttling).
    pub fn is_throttled(&self) -> bool {
        let limited = |it: &Value| it.get("ThrottlingRateLimit").is_some();
        self.settings.iter().any(limited)
    }

    /// The node whose log group its access log goes to.
    pub fn logs_to(&self) -> Option<&Value> {
        self.access_log.as_ref()?.get("DestinationArn")
    }
}

impl Describe for ApiStage {
    const KIND: &'static str = "AWS::ApiGateway::Stage";
    const TITLE: Text = text("aws.api-stage", "API Gateway stage");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::With(self.api.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
