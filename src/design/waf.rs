//! The web ACL: AWS's managed rules and a rate limit.

use super::edge::WafAction;
use super::option::Section;
use super::{Design, EDGE, Edit, Expansion, api, balancer};
use crate::aws::{
    LogGroup, Properties, Region, Value, WafLogging, WebAcl, WebAclAssociation, list, map,
    properties,
};
use crate::text::text;
use crate::topology::{Keep, Takes};

pub const ACL: &str = "WebAcl";
const LOGS: &str = "WebAclLogGroup";

/// Rule groups that AWS keeps: name of the rule, name of the group (WAF developer guide, AWS Managed Rules).
const MANAGED: [(&str, &str); 3] = [
    ("IpReputation", "AWSManagedRulesAmazonIpReputationList"),
    ("Common", "AWSManagedRulesCommonRuleSet"),
    ("KnownBadInputs", "AWSManagedRulesKnownBadInputsRuleSet"),
];

/// Days that CloudWatch Logs can keep a log group, up to two years (CloudWatch Logs API reference, PutRetentionPolicy).
const RETENTIONS: [&str; 15] = [
    "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731",
];

/// Seconds over which a rate limit counts.
const WINDOW_S: i64 = 300;

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    let has_door = design.has_application() || design.api.enabled;
    if !design.edge.waf || !has_door {
        return;
    }
    let scope = if is_global(design) {
        "CLOUDFRONT"
    } else {
        "REGIONAL"
    };
    to.add(EDGE, ACL, WebAcl {
        scope: scope.into(),
        default: map([("Allow", map([]))]),
        rules: rules(design),
        visibility: visibility("WebAcl"),
        tags: to.tags("web"),
        rest: Vec::new(),
    })
    .comment(text(
        "comment.web-acl",
        "The rate limit stands first: what it blocks costs no further rule. Let new managed rules count for some days before they block.",
    ));
    let limit = [(ACL, "Rules.0.Statement.RateBasedStatement.Limit")];
    to.adjust(EDGE, "WafRateLimit", "edge.waf_rate_limit", limit);
    if design.edge.waf_logs {
        logs(to);
    }
    if is_global(design) {
        return;
    }
    let stage = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}::/restapis/${{{}}}/stages/${{{}}}",
        api::API,
        api::STAGE
    );
    let doors = [
        (
            design.has_application(),
            "WebAclAssociation",
            Value::reference(balancer::BALANCER),
        ),
        (
            design.api.enabled,
            "ApiWebAclAssociation",
            Value::sub(stage),
        ),
    ];
    for (_, name, resource) in doors.into_iter().filter(|(there, ..)| *there) {
        let association = WebAclAssociation {
            resource,
            acl: Value::att(ACL, "Arn"),
            rest: Vec::new(),
        };
        to.add(EDGE, name, association);
    }
}

/// What was let through is left out: it is most of all, and says little.
fn logs(to: &mut Expansion<'_>) {
    let node = to.add(
        EDGE,
        LOGS,
        LogGroup {
            name: Some(Value::sub("aws-waf-logs-${AWS::StackName}")),
            retention: Some(30),
            tags: to.tags("firewall"),
            rest: Vec::new(),
        },
    );
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.waf-logs",
        "AWS WAF writes to log groups alone whose name begins with aws-waf-logs-.",
    ));
    to.adjust_as(
        EDGE,
        "WafLogRetentionDays",
        Section::Edge.title(),
        (
            text("parameter.waf-days", "WAF logs kept (days)"),
            text(
                "parameter.waf-days.help",
                "Days that CloudWatch Logs keeps what AWS WAF has written",
            ),
        ),
        Takes::OneOf(RETENTIONS.to_vec()),
        [(LOGS, "RetentionInDays")],
    );
    let condition = |action: &str| map([("ActionCondition", map([("Action", action.into())]))]);
    let keep = map([
        ("Behavior", "KEEP".into()),
        ("Requirement", "MEETS_ANY".into()),
        ("Conditions", list(["BLOCK", "COUNT"].map(condition))),
    ]);
    let filter = map([
        ("DefaultBehavior", "DROP".into()),
        ("Filters", list([keep])),
    ]);
    let group = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:aws-waf-logs-${AWS::StackName}";
    to.add(
        EDGE,
        "WebAclLogging",
        WafLogging {
            acl: Value::att(ACL, "Arn"),
            destinations: vec![Value::sub(group)],
            rest: properties([("LoggingFilter", filter)]),
        },
    )
    .after(LOGS);
}

/// Whether it filters at the edge locations: CloudFront takes web ACLs of us-east-1 alone (WAF developer guide).
pub fn is_global(design: &Design) -> bool {
    let fronted = design.edge.cloudfront && design.has_application();
    design.edge.waf && fronted && design.network.region == Region::EDGE
}

fn rules(design: &Design) -> Vec<Value> {
    let action = match design.edge.waf_action {
        WafAction::Block => "None",
        WafAction::Count => "Count",
    };
    let rate = properties([
        ("Statement", map([("RateBasedStatement", rate(design))])),
        ("Action", map([("Block", map([]))])),
    ]);
    let managed = MANAGED.map(|(name, group)| {
        let group = map([("VendorName", "AWS".into()), ("Name", group.into())]);
        let rule = properties([
            ("Statement", map([("ManagedRuleGroupStatement", group)])),
            ("OverrideAction", map([(action, map([]))])),
        ]);
        (name, rule)
    });
    let all = [("RateLimit", rate)].into_iter().chain(managed);
    all.zip(0..)
        .map(|((name, rule), priority)| numbered(name, priority, rule))
        .collect()
}

fn numbered(name: &str, priority: i64, rule: Properties) -> Value {
    let mut all = properties([("Name", name.into()), ("Priority", priority.into())]);
    all.extend(rule);
    all.push(("VisibilityConfig".into(), visibility(name)));
    Value::Map(all)
}

fn rate(design: &Design) -> Value {
    let limit = properties([
        ("Limit", design.edge.rate_limit.get().into()),
        ("EvaluationWindowSec", WINDOW_S.into()),
    ]);
    let by = if design.edge.cloudfront && !is_global(design) {
        // Behind CloudFront the load balancer sees its addresses, and the users' in a header.
        let header = map([
            ("HeaderName", "X-Forwarded-For".into()),
            ("FallbackBehavior", "MATCH".into()),
        ]);
        properties([
            ("AggregateKeyType", "FORWARDED_IP".into()),
            ("ForwardedIPConfig", header),
        ])
    } else {
        properties([("AggregateKeyType", "IP".into())])
    };
    Value::Map(limit.into_iter().chain(by).collect())
}

fn visibility(metric: &str) -> Value {
    map([
        ("SampledRequestsEnabled", true.into()),
        ("CloudWatchMetricsEnabled", true.into()),
        ("MetricName", metric.into()),
    ])
}
