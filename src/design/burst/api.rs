//! The public API that takes orders: it validates them, limits them, and calls the function or the queue.

use super::Integration;
use super::queue::QUEUE;
use super::taker::TAKER;
use super::{Design, Expansion, allow, inline};
use crate::aws::{
    ApiDeployment, ApiMethod, ApiModel, ApiResource, ApiValidator, EndpointConfiguration, RestApi,
    Role, Value, list, map, properties,
};
use crate::design::api::Authorization;
use crate::design::policy::trust;
use crate::design::rest_api::{Published, publish};
use crate::design::{BURST, Edit};
use crate::text::text;

pub const API: &str = "OrdersApi";
/// The API's own name, by which its metrics are found.
pub(in crate::design) const NAME: &str = "${Vpc}-orders";
pub const STAGE: &str = "OrdersApiStage";
/// The path of its one resource.
pub const PATH: &str = "orders";
const RESOURCE: &str = "OrdersApiOrders";
const METHOD: &str = "OrdersApiOrdersPost";
const MODEL: &str = "OrdersApiOrder";
const VALIDATOR: &str = "OrdersApiValidator";
const ROLE: &str = "OrdersApiRole";

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    to.add(
        BURST,
        API,
        RestApi {
            name: Some(Value::sub(NAME)),
            endpoint: EndpointConfiguration {
                kinds: vec!["REGIONAL".into()],
                endpoints: Vec::new(),
                rest: Vec::new(),
            },
            policy: None,
            tags: to.tags("orders"),
            rest: Vec::new(),
        },
    );
    to.add(
        BURST,
        RESOURCE,
        ApiResource {
            api: API.into(),
            parent: Value::att(API, "RootResourceId"),
            path: PATH.into(),
            rest: Vec::new(),
        },
    );
    to.add(
        BURST,
        MODEL,
        ApiModel {
            api: API.into(),
            content_type: Some("application/json".into()),
            schema: Some(schema()),
            rest: Vec::new(),
        },
    );
    to.add(
        BURST,
        VALIDATOR,
        ApiValidator {
            api: API.into(),
            body: true,
            parameters: true,
            rest: Vec::new(),
        },
    );
    if is_direct(design) {
        role(to);
    }
    to.add(BURST, METHOD, method(design)).comment(if is_direct(design) {
        text(
            "comment.orders-direct",
            "The API sends to the queue by itself: no function starts, and none is paid for. The sender gives the key by which a repeated order is known.",
        )
    } else {
        text(
            "comment.orders-function",
            "A function looks at each order. API Gateway waits for it for 29 s at most.",
        )
    });
    to.add(
        BURST,
        deployment(design).as_str(),
        ApiDeployment {
            api: API.into(),
            rest: Vec::new(),
        },
    )
    .after(METHOD);
    stage(design, to);
}

fn is_direct(design: &Design) -> bool {
    design.burst.queue && design.burst.integration == Integration::Direct
}

/// Name of the deployment: another one for each shape of the method.
fn deployment(design: &Design) -> String {
    let way = if is_direct(design) {
        "Direct"
    } else {
        "Function"
    };
    let guard = match design.burst.authorization {
        Authorization::Iam => "Signed",
        Authorization::None => "Open",
    };
    format!("OrdersApiDeployment{way}{guard}")
}

/// What an order must look like (API Gateway developer guide, models: JSON schema draft 4).
fn schema() -> Value {
    let text = |longest: i64| {
        map([
            ("type", "string".into()),
            ("minLength", 1.into()),
            ("maxLength", longest.into()),
        ])
    };
    let item = map([
        ("type", "object".into()),
        ("required", list(["sku", "quantity"])),
        (
            "properties",
            map([
                ("sku", text(64)),
                (
                    "quantity",
                    map([("type", "integer".into()), ("minimum", 1.into())]),
                ),
            ]),
        ),
    ]);
    let items = map([
        ("type", "array".into()),
        ("minItems", 1.into()),
        ("maxItems", 100.into()),
        ("items", item),
    ]);
    map([
        ("$schema", "http://json-schema.org/draft-04/schema#".into()),
        ("type", "object".into()),
        ("required", list(["customer", "items"])),
        (
            "properties",
            map([("customer", text(200)), ("items", items)]),
        ),
    ])
}

/// Lets the API send to the queue.
fn role(to: &mut Expansion<'_>) {
    let send = allow("sqs:SendMessage".into(), Value::att(QUEUE, "Arn"));
    let tags = to.tags("orders-api");
    to.add(
        BURST,
        ROLE,
        Role {
            trust: trust("apigateway.amazonaws.com", []),
            managed_policies: Vec::new(),
            tags,
            rest: properties([("Policies", inline("send", vec![send]))]),
        },
    );
}

const KEY: &str = "method.request.header.Idempotency-Key";

fn method(design: &Design) -> ApiMethod {
    let authorization = match design.burst.authorization {
        Authorization::Iam => "AWS_IAM",
        Authorization::None => "NONE",
    };
    let direct = is_direct(design);
    let integration = if direct { to_queue() } else { to_function() };
    let mut rest = properties([
        ("RequestValidatorId", Value::reference(VALIDATOR)),
        (
            "RequestModels",
            map([("application/json", Value::reference(MODEL))]),
        ),
        ("RequestParameters", map([(KEY, direct.into())])),
    ]);
    if direct {
        let answers = ["202", "400", "503"].map(|it| map([("StatusCode", it.into())]));
        rest.push(("MethodResponses".into(), list(answers)));
    }
    ApiMethod {
        api: API.into(),
        resource: Value::reference(RESOURCE),
        method: "POST".into(),
        authorization: authorization.into(),
        integration: Some(integration),
        rest,
    }
}

fn to_function() -> Value {
    let uri = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{TAKER}.Arn}}/invocations"
    );
    map([
        ("Type", "AWS_PROXY".into()),
        // Lambda is called with POST, whatever the method.
        ("IntegrationHttpMethod", "POST".into()),
        ("Uri", Value::sub(uri)),
    ])
}

/// What SQS is asked, as a form: the body as it came, and the sender's key beside it.
const MESSAGE: &str = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=IdempotencyKey&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=$util.urlEncode($input.params('Idempotency-Key'))";

fn to_queue() -> Value {
    let uri = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:sqs:path/${{AWS::AccountId}}/${{{QUEUE}.QueueName}}"
    );
    let template = |text: &str| map([("application/json", text.into())]);
    let answer = |status: &str, pattern: Option<&str>, said: &str| {
        let mut answer = properties([("StatusCode", status.into())]);
        answer.extend(pattern.map(|it| ("SelectionPattern".into(), it.into())));
        answer.push(("ResponseTemplates".into(), template(said)));
        Value::Map(answer)
    };
    map([
        ("Type", "AWS".into()),
        ("IntegrationHttpMethod", "POST".into()),
        ("Uri", Value::sub(uri)),
        ("Credentials", Value::att(ROLE, "Arn")),
        ("PassthroughBehavior", "NEVER".into()),
        (
            "RequestParameters",
            map([(
                "integration.request.header.Content-Type",
                "'application/x-www-form-urlencoded'".into(),
            )]),
        ),
        ("RequestTemplates", template(MESSAGE)),
        (
            "IntegrationResponses",
            list([
                answer(
                    "202",
                    Some("2\\d{2}"),
                    r#"{"message": "taken", "requestId": "$context.requestId"}"#,
                ),
                answer(
                    "400",
                    Some("4\\d{2}"),
                    r#"{"message": "The queue does not take this order."}"#,
                ),
                answer(
                    "503",
                    None,
                    r#"{"message": "The queue does not answer. Send the order again, with the same key."}"#,
                ),
            ]),
        ),
    ])
}

/// What the log says of a call: neither the order nor its customer, and nothing that quotation marks could stand in.
const LOGGED: [(&str, &str); 9] = [
    ("requestId", "$context.requestId"),
    ("time", "$context.requestTime"),
    ("caller", "$context.identity.sourceIp"),
    ("method", "$context.httpMethod"),
    ("path", "$context.path"),
    ("status", "$context.status"),
    ("latency", "$context.responseLatency"),
    ("integration", "$context.integration.status"),
    ("error", "$context.error.responseType"),
];

fn stage(design: &Design, to: &mut Expansion<'_>) {
    let burst = &design.burst;
    let published = Published {
        stack: BURST,
        api: API,
        stage: STAGE,
        path: "v1",
        log: "OrdersApiLogGroup",
        deployment: deployment(design),
        tag: "orders-api",
        logged: LOGGED.to_vec(),
        limits: (burst.rate.get(), burst.burst_limit.get()),
    };
    publish(design, to, &published);
    let rate = [(STAGE, "MethodSettings.0.ThrottlingRateLimit")];
    to.adjust(BURST, "OrdersRate", "burst.rate", rate);
    let at_once = [(STAGE, "MethodSettings.0.ThrottlingBurstLimit")];
    to.adjust(BURST, "OrdersAtOnce", "burst.burst_limit", at_once);
}
