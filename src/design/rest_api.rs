//! What REST APIs have in common, private or public: a stage with limits, an access log, and the role that writes it.

use super::policy::trust;
use super::{Design, Edit, Expansion};
use crate::aws::{ApiAccount, ApiStage, LogGroup, Role, Value, map, properties};
use crate::text::text;
use crate::topology::Keep;

const LOG_ROLE: &str = "ApiGatewayLogRole";
const ACCOUNT: &str = "ApiGatewayAccount";

/// Days that CloudWatch Logs keeps what APIs and functions write.
pub(super) const LOG_DAYS: u32 = 30;

/// A stage and its log.
pub(super) struct Published {
    /// Index of the stack.
    pub stack: usize,
    pub api: &'static str,
    pub stage: &'static str,
    /// First part of every path.
    pub path: &'static str,
    pub log: &'static str,
    pub deployment: String,
    /// What is tagged with the name of the stack and this.
    pub tag: &'static str,
    /// What the log says of a call; none: there is no log.
    pub logged: Vec<(&'static str, &'static str)>,
    /// Calls a second, and at once beyond these.
    pub limits: (u32, u32),
}

/// Adds the log, the role that writes it, and the stage.
pub(super) fn publish(design: &Design, to: &mut Expansion<'_>, it: &Published) {
    let is_logged = !it.logged.is_empty();
    if is_logged {
        log(to, it);
    }
    let has_role = is_logged && design.api.log_role;
    if has_role {
        log_role(to, it);
    }
    let node = to.add(it.stack, it.stage, stage(it, to));
    if has_role {
        node.after(ACCOUNT);
    }
}

fn log(to: &mut Expansion<'_>, it: &Published) {
    let tags = to.tags(it.tag);
    let node = to.add(
        it.stack,
        it.log,
        LogGroup {
            name: None,
            retention: Some(LOG_DAYS),
            tags,
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
}

/// One for all APIs of the account in the Region: the first API brings it.
fn log_role(to: &mut Expansion<'_>, it: &Published) {
    if to.topology.node(ACCOUNT).is_some() {
        return;
    }
    let managed =
        "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";
    to.add(
        it.stack,
        LOG_ROLE,
        Role {
            trust: trust("apigateway.amazonaws.com", []),
            managed_policies: vec![Value::sub(managed)],
            tags: to.tags("api-gateway-logs"),
            rest: Vec::new(),
        },
    );
    to.add(
        it.stack,
        ACCOUNT,
        ApiAccount {
            role: Some(Value::att(LOG_ROLE, "Arn")),
            rest: Vec::new(),
        },
    )
    // An account without any API used to refuse its settings.
    .after(it.api)
    .comment(text(
        "comment.api-account",
        "Without a role in the account's settings, API Gateway refuses a stage that logs. There is one for all APIs of the Region: where another stack has set it, leave this one out. Whoever deletes the stack that set it last sets it anew for the others.",
    ));
}

fn stage(it: &Published, to: &Expansion<'_>) -> ApiStage {
    let fields = it.logged.iter();
    let fields: Vec<String> = fields
        .map(|(key, value)| format!(r#""{key}": "{value}""#))
        .collect();
    let access_log = (!fields.is_empty()).then(|| {
        map([
            ("DestinationArn", Value::att(it.log, "Arn")),
            ("Format", format!("{{{}}}", fields.join(", ")).into()),
        ])
    });
    let (rate, burst) = it.limits;
    let settings = properties([
        ("ResourcePath", "/*".into()),
        ("HttpMethod", "*".into()),
        ("ThrottlingRateLimit", rate.into()),
        ("ThrottlingBurstLimit", burst.into()),
    ]);
    ApiStage {
        api: it.api.into(),
        deployment: it.deployment.as_str().into(),
        name: it.path.into(),
        access_log,
        settings: vec![Value::Map(settings)],
        tracing: true,
        tags: to.tags(it.tag),
        rest: Vec::new(),
    }
}
