//! A private REST API: it answers over the VPC's own interface endpoint and nowhere else.

use super::option::{Whole, choice, component};
use super::policy::policy;
use super::rest_api::{Published, publish};
use super::{APP, Design, Edit, Expansion, endpoints};
use crate::aws::{
    ApiDeployment, ApiMethod, ApiResource, EndpointConfiguration, RestApi, Value, list, map,
    properties,
};
use crate::text::text;

choice! {
    /// Whom the API answers, of those who come over the endpoint.
    Authorization {
        /// Requests that an identity of this account has signed, and that its policies allow.
        Iam = "iam",
        /// Everybody.
        None = "none",
    }
}

component! {
    /// A private REST API in the main VPC.
    PrivateApi at api in Api {
        "api.enabled" "je" enabled: bool = false, "Private REST API", "A REST API of API Gateway that answers over an interface endpoint of the VPC alone; the endpoint comes with it";
        "api.authorization" "ja" authorization: Authorization = Authorization::Iam, "Authorization", "iam takes requests that this account's identities sign and may send; none answers whoever reaches the endpoint";
        "api.rate" "jr" rate: Whole<1, 10000> = Whole::new(50), "Calls a second", "Steady rate of calls that the stage takes; more is answered with 429";
        "api.burst" "jb" burst: Whole<1, 5000> = Whole::new(100), "Burst", "Calls at once that the stage takes beyond the rate";
        "api.access_logs" "jl" access_logs: bool = true, "API access logs", "A line for each call in CloudWatch Logs, kept for 30 days";
        "api.log_role" "jg" log_role: bool = true, "API logging role", "Sets the role with which API Gateway writes logs: one for all APIs of the account in this Region, so switch it off where one is set";
    }
}

pub const API: &str = "PrivateApi";
/// The API's own name, by which its metrics are found: the same from every stack, and another one in every copy.
pub(super) const NAME: &str = "${Vpc}-private";
pub const STAGE: &str = "PrivateApiStage";
/// Name of the stage, the first part of every path.
pub const STAGE_NAME: &str = "v1";
/// The path that the API has, and the one method on it.
pub const PATH: &str = "hello";
const RESOURCE: &str = "PrivateApiHello";
const METHOD: &str = "PrivateApiHelloGet";
const LOG: &str = "PrivateApiLogGroup";

impl PrivateApi {
    pub fn is_signed(&self) -> bool {
        self.authorization == Authorization::Iam
    }
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.api.enabled {
        return;
    }
    let endpoint = || Value::reference(endpoints::EXECUTE_API);
    to.add(
        APP,
        API,
        RestApi {
            name: Some(Value::sub(NAME)),
            endpoint: EndpointConfiguration {
                kinds: vec!["PRIVATE".into()],
                endpoints: vec![endpoints::EXECUTE_API.into()],
                rest: Vec::new(),
            },
            policy: Some(policy([
                invocation("Allow", callers(design), "StringEquals", endpoint()),
                invocation("Deny", "*".into(), "StringNotEquals", endpoint()),
            ])),
            tags: to.tags("private-api"),
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.private-api",
        "Attached to the endpoint, the API has a second name, API-ENDPOINT.execute-api…, which public DNS resolves to the endpoint's private addresses. Its policy names the endpoint twice: nobody is let in over another one, whatever their own policies say.",
    ));
    to.add(
        APP,
        RESOURCE,
        ApiResource {
            api: API.into(),
            parent: Value::att(API, "RootResourceId"),
            path: PATH.into(),
            rest: Vec::new(),
        },
    );
    to.add(APP, METHOD, method(design)).comment(text(
        "comment.api-method",
        "A mock integration: API Gateway itself answers, so that what is measured is the way to it and nothing behind it.",
    ));
    to.add(
        APP,
        deployment(design),
        ApiDeployment {
            api: API.into(),
            rest: Vec::new(),
        },
    )
    .after(METHOD)
    .comment(text(
        "comment.api-deployment",
        "A deployment shows methods and policy as they were when it was made: whoever edits them by hand gives this a new name, or the stage goes on with the old ones.",
    ));
    stage(design, to);
}

/// Name of the deployment: another one for each way to guard the methods.
fn deployment(design: &Design) -> &'static str {
    match design.api.authorization {
        Authorization::Iam => "PrivateApiDeploymentSigned",
        Authorization::None => "PrivateApiDeploymentOpen",
    }
}

/// Whom the resource policy lets in. Naming everybody would let every identity of the account in, whatever its own policies
/// say; naming the account leaves it to them (API Gateway developer guide, how resource policies affect authorization).
fn callers(design: &Design) -> Value {
    if !design.api.is_signed() {
        return "*".into();
    }
    let account = "arn:${AWS::Partition}:iam::${AWS::AccountId}:root";
    map([("AWS", Value::sub(account))])
}

fn invocation(effect: &str, principal: Value, operator: &'static str, endpoint: Value) -> Value {
    map([
        ("Effect", effect.into()),
        ("Principal", principal),
        ("Action", "execute-api:Invoke".into()),
        ("Resource", "execute-api:/*".into()),
        (
            "Condition",
            map([(operator, map([("aws:SourceVpce", endpoint)]))]),
        ),
    ])
}

/// What the API says: where it stands, and the request as it saw it.
const ANSWER: &str = r#"{"message": "hello", "api": "$context.apiId", "requestId": "$context.requestId", "caller": "$context.identity.sourceIp"}"#;

fn method(design: &Design) -> ApiMethod {
    let authorization = match design.api.authorization {
        Authorization::Iam => "AWS_IAM",
        Authorization::None => "NONE",
    };
    let template = |text: &str| map([("application/json", text.into())]);
    let answer = map([
        ("StatusCode", "200".into()),
        ("ResponseTemplates", template(ANSWER)),
    ]);
    ApiMethod {
        api: API.into(),
        resource: Value::reference(RESOURCE),
        method: "GET".into(),
        authorization: authorization.into(),
        integration: Some(map([
            ("Type", "MOCK".into()),
            ("RequestTemplates", template(r#"{"statusCode": 200}"#)),
            ("IntegrationResponses", list([answer])),
        ])),
        rest: properties([(
            "MethodResponses",
            list([map([("StatusCode", "200".into())])]),
        )]),
    }
}

/// What the log says of a call: nothing that quotation marks could stand in, which would break its JSON.
const LOGGED: [(&str, &str); 9] = [
    ("requestId", "$context.requestId"),
    ("time", "$context.requestTime"),
    ("caller", "$context.identity.sourceIp"),
    ("endpoint", "$context.identity.vpceId"),
    ("user", "$context.identity.userArn"),
    ("method", "$context.httpMethod"),
    ("path", "$context.path"),
    ("status", "$context.status"),
    ("error", "$context.error.responseType"),
];

fn stage(design: &Design, to: &mut Expansion<'_>) {
    let logged = if design.api.access_logs {
        LOGGED.to_vec()
    } else {
        Vec::new()
    };
    let published = Published {
        stack: APP,
        api: API,
        stage: STAGE,
        path: STAGE_NAME,
        log: LOG,
        deployment: deployment(design).to_owned(),
        tag: "private-api",
        logged,
        limits: (design.api.rate.get(), design.api.burst.get()),
    };
    publish(design, to, &published);
    let rate = [(STAGE, "MethodSettings.0.ThrottlingRateLimit")];
    to.adjust(APP, "ApiRate", "api.rate", rate);
    let burst = [(STAGE, "MethodSettings.0.ThrottlingBurstLimit")];
    to.adjust(APP, "ApiBurst", "api.burst", burst);
}
